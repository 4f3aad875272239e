/**
 * Runs Deno itself, the very one that runs this, and gathers what it prints.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import { ROOT } from "./root.ts";

/** Runs `deno ARGS` in the project's folder, without colours and without input; `text` is its output and what it complains of. */
export async function runDeno(args: readonly string[]): Promise<{ success: boolean; output: string; text: string }> {
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [...args],
    cwd: fileURLToPath(ROOT),
    env: { NO_COLOR: "1" },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).output();
  const output = new TextDecoder().decode(stdout);
  return { success, output, text: output + new TextDecoder().decode(stderr) };
}
