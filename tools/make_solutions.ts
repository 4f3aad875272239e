/**
 * Writes notebooks/solutions/: for each chapter, its exercises solved. Run it after changing an exercise; a test compares.
 *
 * @module
 */
import { EXERCISES } from "../lib/course/exercises/mod.ts";
import { basename } from "node:path";
import {
  type Cell,
  listNotebooks,
  type Notebook,
  readNotebook,
  ROOT,
  sourceOf,
  toLines,
  writeNotebook,
} from "./notebook_file.ts";

/** One chapter's solutions, by path; not run, so that nobody reads an answer by accident. */
export async function solutionNotebooks(): Promise<Map<string, Notebook>> {
  const result = new Map<string, Notebook>();
  for (const path of await listNotebooks()) {
    const name = basename(path, ".ipynb"),
      chapter = name.slice(0, 2),
      { cells, metadata } = await readNotebook(new URL(path, ROOT));
    const title = /^# (.+?)(:|$)/m.exec(sourceOf(cells[0]!))![1];
    const own = EXERCISES.filter(({ id }) => id.startsWith(chapter));
    const made: Cell[] = [
      markdown(
        `${chapter}s-00`,
        `# Solutions to ${chapter}, ${title}\n\nThe exercises are in [${name}](../${name}.ipynb). Try them there first: ` +
          "`check` says what is wrong, `hint` helps.",
      ),
      code(`${chapter}s-01`, 'import { check } from "../../lib/mod.ts";'),
      ...own.flatMap(({ id, task, solution }, i) => [
        markdown(`${chapter}s-${String(2 * i + 2).padStart(2, "0")}`, `**${id}** ${task}`),
        code(
          `${chapter}s-${String(2 * i + 3).padStart(2, "0")}`,
          `${solution}\nawait check("${id}", ${/function (\w+)/.exec(solution)![1]});`,
        ),
      ]),
    ];
    result.set(`notebooks/solutions/${name}.ipynb`, { cells: made, metadata, nbformat: 4, nbformat_minor: 5 });
  }
  return result;
}

function markdown(id: string, text: string): Cell {
  return { cell_type: "markdown", id, metadata: {}, source: toLines(text) };
}

function code(id: string, text: string): Cell {
  return { cell_type: "code", execution_count: null, id, metadata: {}, outputs: [], source: toLines(text) };
}

if (import.meta.main) {
  await Deno.mkdir(new URL("notebooks/solutions/", ROOT), { recursive: true });
  for (const [path, notebook] of await solutionNotebooks()) await writeNotebook(new URL(path, ROOT), notebook);
}
