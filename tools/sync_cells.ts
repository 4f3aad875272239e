/**
 * Writes the shown cells of the notebooks from lib/ and formats them, or with --check lists those that differ.
 *
 * A shown cell begins with one comment that names its origin, `// lib/network/forward.ts: forward`; the
 * rest is that function as it stands in lib/.
 *
 * @module
 */
import { writeWhole } from "../lib/data/write_file.ts";
import { parseCommand, run } from "./command.ts";
import { fileURLToPath } from "node:url";
import { listNotebooks, readNotebook, ROOT, sourceOf, toLines, writeNotebook } from "./notebook_file.ts";
import { runDeno } from "./run_deno.ts";

const ORIGIN = /^\/\/ (lib\/[\w/]+\.ts): (\w+)(?:\n|$)/;

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
 * Brings the shown cells of all notebooks in step with lib/.
 *
 * @param check Only look, change nothing.
 * @returns One line per cell that differed.
 * @throws {Error} If a cell names a function that is not there.
 */
export async function syncCells(check: boolean): Promise<string[]> {
  const changes: string[] = [];
  for (const path of await listNotebooks()) {
    const file = new URL(path, ROOT), notebook = await readNotebook(file);
    let changed = false;
    for (const [index, cell] of notebook.cells.entries()) {
      const origin = cell.cell_type === "code" ? ORIGIN.exec(sourceOf(cell)) : null;
      if (!origin) continue;
      const [, module, name] = origin as unknown as [string, string, string];
      const code = await Deno.readTextFile(new URL(module, ROOT)).catch(() => {
        throw new Error(`Cannot sync ${path} cell ${index + 1}: there is no file ${module}`);
      });
      const text = exportedFunction(code.replaceAll("\r\n", "\n"), name);
      if (text === null) {
        throw new Error(`Cannot sync ${path} cell ${index + 1}: ${module} exports no function ${name}`);
      }
      const wanted = `// ${module}: ${name}\n${text}`;
      if (sourceOf(cell) === wanted) continue;
      changes.push(`${path} cell ${index + 1}: ${name}`);
      cell.source = toLines(wanted);
      changed = true;
    }
    if (changed && !check) await writeNotebook(file, notebook);
  }
  return changes;
}

/**
 * The notebooks as `deno fmt` writes them.
 *
 * `deno fmt --check` calls every notebook unformatted, whatever it looks like, so deno.json leaves them out; formatting
 * a copy does not lie.
 *
 * @param paths From the project's folder.
 * @returns The formatted text by path.
 */
export async function formattedNotebooks(paths: readonly string[]): Promise<Map<string, string>> {
  const folder = await Deno.makeTempDir(), copy = (path: string) => `${folder}/${path.replaceAll("/", "_")}`;
  try {
    for (const path of paths) await Deno.copyFile(new URL(path, ROOT), copy(path));
    const args = ["fmt", "--quiet", "--config", fileURLToPath(new URL("deno.json", ROOT)), folder];
    const { success, text } = await runDeno(args);
    if (!success) throw new Error(`Cannot format the notebooks: ${text}`);
    return new Map(await Promise.all(paths.map(async (path) => [path, await Deno.readTextFile(copy(path))] as const)));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

if (import.meta.main) {
  const { values } = parseCommand({
    name: "sync",
    summary: "Writes the shown cells of the notebooks from lib/, and formats the notebooks.",
    options: { check: { type: "boolean", help: "only list the cells that differ; exit status 1 if there are any" } },
  });
  await run(async () => {
    const changes = await syncCells(values.check === true);
    for (const [path, text] of await formattedNotebooks(await listNotebooks())) {
      if (text === await Deno.readTextFile(new URL(path, ROOT))) continue;
      changes.push(`${path}: format`);
      if (!values.check) await writeWhole(new URL(path, ROOT), text);
    }
    for (const change of changes) console.log(change);
    if (values.check && changes.length) console.error('Run "deno task sync" to bring these cells in step with lib/.');
    else if (!changes.length) console.log("All shown cells are in step with lib/.");
    return values.check && changes.length ? 1 : 0;
  });
}
