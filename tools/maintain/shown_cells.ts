/**
 * Shown cells: a function of lib/ as it stands there, in a notebook.
 *
 * Such a cell begins with one comment that names its origin, `// lib/network/forward.ts: forward`; the rest is that function.
 *
 * @module
 */
import { type Cell, sourceOf, toLines } from "../notebooks/notebook_file.ts";
import { ROOT } from "../root.ts";

const ORIGIN = /^\/\/ (lib\/[\w/]+\.ts): (\w+)(?:\n|$)/;

/** The function that a cell shows, or null if it shows none. */
export function shownIn(cell: Cell): { module: string; name: string } | null {
  const origin = cell.cell_type === "code" ? ORIGIN.exec(sourceOf(cell)) : null;
  return origin && { module: origin[1]!, name: origin[2]! };
}

/**
 * The text of an exported function, from `export` to its closing brace, as the formatter leaves it.
 *
 * @param code The module.
 * @param name The function.
 * @returns Null if the module exports no such function.
 */
export function exportedFunction(code: string, name: string): string | null {
  const start = code.search(new RegExp(`^export (async )?function\\*? ${name}\\b`, "m"));
  if (start < 0) return null;
  const end = code.indexOf("\n}\n", start); // formatted code closes a function at the start of a line
  return end < 0 ? null : code.slice(start, end + 2);
}

/**
 * Brings the shown cells of a notebook in step with lib/.
 *
 * @returns The names of those that differed.
 * @throws {Error} If a cell names a function that is not there.
 */
export async function syncShownCells(path: string, cells: readonly Cell[]): Promise<string[]> {
  const changed: string[] = [];
  for (const [index, cell] of cells.entries()) {
    const origin = shownIn(cell);
    if (!origin) continue;
    const { module, name } = origin;
    const code = await Deno.readTextFile(new URL(module, ROOT)).catch(() => {
      throw new Error(`Cannot sync ${path} cell ${index + 1}: there is no file ${module}`);
    });
    const text = exportedFunction(code.replaceAll("\r\n", "\n"), name);
    if (text === null) {
      throw new Error(`Cannot sync ${path} cell ${index + 1}: ${module} exports no function ${name}`);
    }
    const wanted = `// ${module}: ${name}\n${text}`;
    if (sourceOf(cell) === wanted) continue;
    changed.push(`cell ${index + 1}, ${name}`);
    cell.source = toLines(wanted);
  }
  return changed;
}
