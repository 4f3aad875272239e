import { assert, assertEquals } from "@std/assert";
import { exercise, EXERCISES } from "../../lib/course/catalogue.ts";
import { listNotebooks, type Notebook, readNotebook, sourceOf } from "../../tools/notebooks/notebook_file.ts";
import { withModules } from "../../tools/maintain/cells.ts";
import { ROOT } from "../../tools/root.ts";
import { runDeno } from "../../tools/run_deno.ts";

const notebooks = new Map<string, Notebook>();
for (const path of await listNotebooks()) notebooks.set(path, await readNotebook(new URL(path, ROOT)));

/** The exercises of a cell's source. */
const idOf = (source: string) => /await (?:lib\.)?check\("(\w+)"/.exec(source)?.[1];

Deno.test("a plain right answer in a stub has no red line in the editor: it fits the stub's types, without a single !", async () => {
  const solved: string[] = [];
  const { success, text } = await withModules(
    notebooks,
    (cell) => {
      const source = sourceOf(cell), id = cell.metadata.tags?.includes("exercise") ? idOf(source) : undefined;
      if (!id) return /^type /.test(source) ? source : "";
      solved.push(id);
      const { solution } = exercise(id), body = solution.slice(solution.indexOf("{\n")).replace(/(?<=[\w\])])!/g, "");
      const stub = source.slice(0, source.indexOf("\nawait ")), open = stub.lastIndexOf("{\n  return null");
      assert(open > 0, `${id}: a stub returns null`);
      return `{\n${stub.slice(0, open)}${body}\n}`;
    },
    'import type { Parts, TrainingPlan } from "../lib/mod.ts";',
    (modules) => runDeno(["check", ...modules.map(({ path }) => path)]),
  );
  assert(success, text);
  assertEquals(solved.sort(), EXERCISES.map(({ id }) => id).sort(), "and every exercise has one stub");
});

/** What would give an answer away, if it stood above the exercise in its notebook. */
const GIVES_AWAY: Readonly<Record<string, string>> = {
  "01c": "checkDigitTable(dirty)",
  "02a": "test.push(row)",
  "02b": "targets.data[",
  "04a": "Math.max(...column)",
  "04b": "Math.max(0,",
  "05a": "-Math.log(at(",
  "05b": "-Math.log(0.1)",
  "05c": "logSumExp",
  "06a": "/ (2 * h)",
  "06b": "> 0 ? da1",
  "06c": "* (1 -",
  "07a": "sumRows(slopes)",
  "07b": "* blame",
  "08a": "- alpha *",
  "08b": "best = digit",
  "09a": "counts[labels[i]",
  "09c": "distances.indexOf",
  "11a": "vector[at++]",
  "12a": "Math.ceil(",
  "12b": "beta1 * m",
  "13b": "x / mass",
};

Deno.test("no exercise is answered by code that stands above it in its notebook; below it, ours may be compared", () => {
  for (const [id, code] of Object.entries(GIVES_AWAY)) {
    const [path, { cells }] = [...notebooks].find(([path]) => path.includes(`/${id.slice(0, 2)}_`))!;
    const task = cells.findIndex((cell) => idOf(sourceOf(cell)) === id);
    const given = cells.flatMap((cell, i) => cell.cell_type === "code" && sourceOf(cell).includes(code) ? [i] : []);
    assert(given.length > 0, `${id}: "${code}" is nowhere in ${path}`);
    assert(given[0]! > task, `${id} is answered by cell ${given[0]! + 1}`);
  }
});
