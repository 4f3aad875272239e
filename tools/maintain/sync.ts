/**
 * Brings what is written twice in step: shown cells with lib/, set-up cells with what the cells use, contents and links with the
 * chapters, the script of the pictures that answer with lib/plots/views; and formats the notebooks. With --check it only lists what differs.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import { writeWhole } from "../../lib/files/write_file.ts";
import { parseCommand, run } from "../command.ts";
import {
  type Notebook,
  notebookText,
  parseNotebook,
  readNotebook,
  sourceOf,
  toLines,
} from "../notebooks/notebook_file.ts";
import { ROOT } from "../root.ts";
import { runDeno } from "../run_deno.ts";
import { aheadTable, chapterList, readChapters, readmeTable, syncLink, withTable } from "./contents.ts";
import { setupCell, syncSetupCells } from "./setup_cells.ts";
import { syncShownCells } from "./shown_cells.ts";
import { staleViews, VIEWS_SCRIPT } from "./views_script.ts";

/**
 * Every file that sync writes, as it should be.
 *
 * @returns What differs, one line each, and the texts of the files that do.
 * @throws {Error} If a cell names a function that is not there.
 */
export async function inStep(): Promise<{ changes: string[]; texts: Map<string, string> }> {
  const changes: string[] = [], texts = new Map<string, string>();
  const change = async (path: string, wanted: (text: string) => string, what: string) => {
    const text = await Deno.readTextFile(new URL(path, ROOT)).catch(() => "");
    if (wanted(text) === text) return;
    texts.set(path, wanted(text));
    changes.push(`${path}: ${what}`);
  };
  const chapters = await readChapters();
  await change("lib/course/chapters/mod.ts", () => chapterList(chapters), "list of chapters");
  await change("README.md", (text) => withTable(text, "chapter", readmeTable(chapters)), "table of chapters");

  const views = await staleViews();
  if (views) await change(VIEWS_SCRIPT, () => views, "the script of the pictures that answer");

  const notebooks = new Map<string, Notebook>(), before = new Map<string, string>();
  for (const { name } of chapters) {
    const path = `notebooks/${name}.ipynb`;
    before.set(path, await Deno.readTextFile(new URL(path, ROOT)).catch(() => ""));
    notebooks.set(path, await readNotebook(new URL(path, ROOT)));
  }
  for (const [index, [path, notebook]] of [...notebooks].entries()) {
    for (const shown of await syncShownCells(path, notebook.cells)) changes.push(`${path}: ${shown}`);
    if (syncLink(notebook, chapters, index)) changes.push(`${path}: link at the end`);
    const ahead = index === 0 ? notebook.cells.find((cell) => /^\| chapter /m.test(sourceOf(cell))) : undefined;
    if (ahead) {
      const wanted = withTable(sourceOf(ahead), "chapter", aheadTable(chapters));
      if (wanted !== sourceOf(ahead)) changes.push(`${path}: table of chapters`);
      ahead.source = toLines(wanted);
    }
  }
  for (const path of await syncSetupCells(notebooks)) changes.push(`${path}: set-up cell`);
  for (const [path, text] of await formatted(notebooks)) {
    if (text === before.get(path)) continue;
    texts.set(path, text);
    if (!changes.some((line) => line.startsWith(path))) changes.push(`${path}: format`);
  }
  return { changes, texts };
}

/**
 * Notebooks as `deno fmt` writes them, but for the set-up cells, whose names it would put in a line each.
 *
 * `deno fmt --check` calls every notebook unformatted, whatever it looks like, so deno.json leaves them out; formatting
 * a copy does not lie.
 */
export async function formatted(notebooks: ReadonlyMap<string, Notebook>): Promise<Map<string, string>> {
  const folder = await Deno.makeTempDir(), copy = (path: string) => `${folder}/${path.replaceAll("/", "_")}`;
  try {
    for (const [path, notebook] of notebooks) await Deno.writeTextFile(copy(path), notebookText(notebook));
    const args = ["fmt", "--quiet", "--config", fileURLToPath(new URL("deno.json", ROOT)), folder];
    const { success, text } = await runDeno(args);
    if (!success) throw new Error(`Cannot format the notebooks: ${text}`);
    const texts = new Map<string, string>();
    for (const [path, notebook] of notebooks) {
      const made = parseNotebook(await Deno.readTextFile(copy(path)), path), setup = setupCell(made);
      if (setup) setup.source = setupCell(notebook)!.source;
      texts.set(path, notebookText(made));
    }
    return texts;
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

if (import.meta.main) {
  const { values } = parseCommand({
    name: "sync",
    summary: "Writes shown cells, set-up cells, contents and links from lib/, and formats the notebooks.",
    options: { check: { type: "boolean", help: "only list what differs; exit status 1 if anything does" } },
  });
  await run(async () => {
    const { changes, texts } = await inStep();
    for (const change of changes) console.log(change);
    if (!values.check) { for (const [path, text] of texts) await writeWhole(new URL(path, ROOT), text); }
    else if (changes.length) console.error('Run "deno task sync" to bring these in step.');
    if (!changes.length) console.log("All is in step with lib/.");
    return values.check && changes.length ? 1 : 0;
  });
}
