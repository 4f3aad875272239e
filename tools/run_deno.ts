/**
 * Runs Deno itself, the very one that runs this, and gathers what it prints.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import { ROOT } from "./notebook_file.ts";

/** Runs `deno ARGS` in the project's folder, without colours and without input. */
export async function runDeno(args: string[]): Promise<{ success: boolean; text: string }> {
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args,
    cwd: fileURLToPath(ROOT),
    env: { NO_COLOR: "1" },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).output();
  return { success, text: new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr) };
}
