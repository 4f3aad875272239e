/**
 * Type-checks and lints the cells of the notebooks, which the kernel runs unchecked.
 *
 * The code cells of each notebook are joined into one module beside it, checked like any other file, and
 * what the compiler says is translated back to notebook, cell and line.
 *
 * @module
 */
import { parseCommand, run, UsageError } from "./command.ts";
import { listNotebooks, readNotebook, ROOT, sourceOf } from "./notebook_file.ts";
import { runDeno } from "./run_deno.ts";

/**
 * Checks the cells of the given notebooks.
 *
 * @param paths From the project's folder.
 * @returns What is wrong, one text per tool that complains; empty if all is well.
 */
export async function checkCells(paths: readonly string[]): Promise<string[]> {
  const files: { path: string; notebook: string; starts: { cell: number; line: number }[] }[] = [];
  try {
    for (const notebook of paths) {
      const { cells } = await readNotebook(new URL(notebook, ROOT));
      const starts: { cell: number; line: number }[] = [], parts: string[] = [];
      let line = 1;
      for (const [index, cell] of cells.entries()) {
        if (cell.cell_type !== "code") continue;
        const code = sourceOf(cell).replace(/\n?$/, "\n");
        starts.push({ cell: index + 1, line });
        line += code.split("\n").length - 1;
        parts.push(code);
      }
      const path = notebook.replace(/\.ipynb$/, ".nbcheck.ts");
      files.push({ path, notebook, starts });
      await Deno.writeTextFile(new URL(path, ROOT), parts.join("") + "export {};\n");
    }
    const names = files.map((file) => file.path);
    const complaints = [
      await runDeno(["check", ...names]),
      await runDeno(["lint", "--quiet", "--rules-exclude=no-unused-vars,no-import-prefix", ...names]),
    ];
    return complaints.filter(({ success }) => !success).map(({ text }) => files.reduce(translate, text));
  } finally {
    for (const { path } of files) await Deno.remove(new URL(path, ROOT)).catch(() => {});
  }
}

function translate(
  text: string,
  { path, notebook, starts }: { path: string; notebook: string; starts: { cell: number; line: number }[] },
): string {
  const place = new RegExp(`(?:file://)?[^\\s"'(]*${path.replaceAll(".", "\\.")}:(\\d+)`, "g");
  return text.replace(place, (_, digits: string) => {
    const line = Number(digits), start = starts.findLast((s) => s.line <= line);
    return start ? `${notebook} cell ${start.cell} line ${line - start.line + 1}` : notebook;
  });
}

if (import.meta.main) {
  const { operands } = parseCommand({
    name: "cells",
    summary: "Type-checks and lints the cells of the notebooks.",
    operands: "[NOTEBOOK…]",
    count: [0, 100],
    options: {},
  });
  await run(async () => {
    const other = operands.find((path) => !path.endsWith(".ipynb"));
    if (other) throw new UsageError(`Cannot check "${other}": must end in .ipynb`);
    const paths = operands.length ? operands : await listNotebooks();
    const complaints = await checkCells(paths);
    for (const complaint of complaints) console.error(complaint);
    if (!complaints.length) console.log(`The cells of ${paths.length} notebooks are sound.`);
    return complaints.length ? 1 : 0;
  });
}
