/**
 * Writes notebooks/solutions/: for each chapter, its exercises solved. Run it after changing an exercise; a test compares.
 *
 * @module
 */
import { numberOf } from "../../lib/course/catalogue.ts";
import { CHAPTERS } from "../../lib/course/chapters/mod.ts";
import { type Cell, type Notebook, readNotebook, toLines, writeNotebook } from "../notebooks/notebook_file.ts";
import { ROOT } from "../root.ts";

/** One chapter's solutions, by path; not run, so that nobody reads an answer by accident. */
export async function solutionNotebooks(): Promise<Map<string, Notebook>> {
  const result = new Map<string, Notebook>();
  for (const chapter of CHAPTERS) {
    const { name, title, exercises } = chapter, number = numberOf(chapter);
    const { metadata } = await readNotebook(new URL(`notebooks/${name}.ipynb`, ROOT));
    const made: Cell[] = [
      markdown(
        `${number}s-00`,
        `# Solutions to ${number}, ${title}\n\nThe exercises are in [${name}](../${name}.ipynb). Try them there first: ` +
          "`check` says what is wrong, `hint` helps.",
      ),
      code(`${number}s-01`, 'import { check } from "../../../lib/mod.ts";'),
      ...exercises.flatMap(({ id, task, solution }, i) => [
        markdown(`${number}s-${String(2 * i + 2).padStart(2, "0")}`, `**${id}** ${task}`),
        code(
          `${number}s-${String(2 * i + 3).padStart(2, "0")}`,
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
