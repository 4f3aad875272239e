/**
 * Type-checks and lints the cells of the notebooks, which the kernel runs unchecked.
 *
 * The code cells of each notebook are joined into one module beside it, checked like any other file, and
 * what the compiler says is translated back to notebook, cell and line.
 *
 * @module
 */
import { parseCommand, run, UsageError } from "../command.ts";
import { type Cell, listNotebooks, type Notebook, readNotebook, sourceOf } from "../notebooks/notebook_file.ts";
import { ROOT } from "../root.ts";
import { runDeno } from "../run_deno.ts";

/** A notebook as a module. */
export interface CellModule {
  /** Its path from the project's folder, as long as it is there. */
  readonly path: string;
  /** Whose it is. */
  readonly notebook: string;
  /** At which line each code cell begins, counted from 1, and its place among all cells, counted from 0. */
  readonly starts: readonly { readonly cell: number; readonly line: number }[];
}

/**
 * Writes the cells of notebooks as modules beside them, and takes them away when all is done.
 *
 * @param notebooks By path from the project's folder.
 * @param code What stands for a cell.
 * @param end What is added at the end.
 */
export async function withModules<T>(
  notebooks: ReadonlyMap<string, Notebook>,
  code: (cell: Cell) => string,
  end: string,
  action: (modules: CellModule[]) => Promise<T>,
): Promise<T> {
  const modules: CellModule[] = [];
  await removeForgotten();
  try {
    for (const [notebook, { cells }] of notebooks) {
      const starts: { cell: number; line: number }[] = [], parts: string[] = [];
      let line = 1;
      for (const [index, cell] of cells.entries()) {
        if (cell.cell_type !== "code") continue;
        const part = code(cell).replace(/\n?$/, "\n");
        starts.push({ cell: index, line });
        line += part.split("\n").length - 1;
        parts.push(part);
      }
      const path = notebook.replace(/\.ipynb$/, `.${Deno.pid}.nbcheck.ts`); // two checks at once keep out of each other's way
      modules.push({ path, notebook, starts });
      await Deno.writeTextFile(new URL(path, ROOT), `${parts.join("")}${end}\n`);
    }
    return await action(modules);
  } finally {
    for (const { path } of modules) await Deno.remove(new URL(path, ROOT)).catch(() => {});
  }
}

/** Takes away what checks that were killed have left; none takes an hour. */
async function removeForgotten(): Promise<void> {
  const folder = new URL("notebooks/", ROOT);
  for await (const { name } of Deno.readDir(folder)) {
    if (!name.endsWith(".nbcheck.ts")) continue;
    const { mtime } = await Deno.stat(new URL(name, folder));
    if (Date.now() - Number(mtime) > 3_600_000) await Deno.remove(new URL(name, folder));
  }
}

/** The cell at a line of a module, counted from 1. */
export function cellAt({ starts }: CellModule, line: number): CellModule["starts"][number] | undefined {
  return starts.findLast((start) => start.line <= line);
}

/**
 * Checks the cells of the given notebooks.
 *
 * @param paths From the project's folder.
 * @returns What is wrong, one text per tool that complains; empty if all is well.
 */
export async function checkCells(paths: readonly string[]): Promise<string[]> {
  const notebooks = new Map<string, Notebook>();
  for (const path of paths) notebooks.set(path, await readNotebook(new URL(path, ROOT)));
  return await withModules(notebooks, forTheReader, "export {};", async (modules) => {
    const names = modules.map(({ path }) => path);
    const types = await runDeno(["check", ...names]);
    const { output } = await runDeno(["lint", "--json", "--rules-exclude=no-import-prefix", ...names]);
    const lint = (JSON.parse(output).diagnostics as Diagnostic[]).flatMap(({ filename, range, code, message }) => {
      const module = modules.find(({ path }) => filename.endsWith(path))!, start = cellAt(module, range.start.line)!;
      const stub = notebooks.get(module.notebook)!.cells[start.cell]!.metadata.tags?.includes("exercise");
      const place = `${module.notebook} cell ${start.cell + 1} line ${range.start.line - start.line + 1}`;
      return stub && code === "no-unused-vars" ? [] : [`${place}: ${message} (${code})`]; // a stub has no use for its arguments yet
    });
    return [...types.success ? [] : [modules.reduce(translate, types.text)], ...lint];
  });
}

interface Diagnostic {
  readonly filename: string;
  readonly range: { readonly start: { readonly line: number } };
  readonly code: string;
  readonly message: string;
}

/** `hint` and `solution` are there for cells that the reader adds, `lib` for whatever else lib/ has. */
function forTheReader(cell: Cell): string {
  const setup = cell.metadata.tags?.includes("setup");
  const words = setup ? sourceOf(cell).match(/\b(?:hint|solution|lib)\b(?!\/|\.ts)/g) : null;
  return words ? `${sourceOf(cell)}; void [${[...new Set(words)].join(", ")}];` : sourceOf(cell);
}

function translate(text: string, module: CellModule): string {
  const place = new RegExp(`(?:file://)?[^\\s"'(]*${module.path.replaceAll(".", "\\.")}:(\\d+)`, "g");
  return text.replace(place, (_, digits: string) => {
    const line = Number(digits), start = cellAt(module, line);
    return start ? `${module.notebook} cell ${start.cell + 1} line ${line - start.line + 1}` : module.notebook;
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
