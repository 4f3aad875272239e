/**
 * Installs the Deno kernel where Jupyter and VS Code look for kernels of this user.
 *
 * @module
 */
import { parseCommand, run } from "../command.ts";
import { runDeno } from "../run_deno.ts";

if (import.meta.main) {
  parseCommand({
    name: "kernel",
    summary: "Installs the Deno kernel for the current user, so that Jupyter and VS Code can choose it.",
    options: {},
    notes: ["Uninstall it by deleting the folder that this command prints."],
  });
  await run(async () => {
    const { success, text } = await runDeno(["jupyter", "--install", "--force"]);
    const said = text.split("\n").filter((line) => !line.startsWith("Warning")).join("\n").trim(); // that it is unstable, we know
    if (!success) throw new Error(`Cannot install the kernel: ${said}`);
    console.log(said);
    console.log('Now open notebooks/00_start_here.ipynb in VS Code or Jupyter and choose the kernel "Deno".');
    return 0;
  });
}
