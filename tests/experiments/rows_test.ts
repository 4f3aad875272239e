import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { noteOf } from "../../lib/experiments/experiment.ts";
import { runExperiment } from "../../lib/experiments/experiment.ts";
import type { ExperimentRow } from "../../lib/experiments/rows.ts";
import { FORMAT, mergeRows, parseRows, readRows, recordedRows, type Row, RowFile } from "../../lib/experiments/rows.ts";
import { trialId } from "../../lib/experiments/settings.ts";
import { expandGrid } from "../../lib/experiments/grid.ts";
import { loadDigits, mnistFolder } from "../../lib/files/sources.ts";

const row = (id: string, more: object = {}) => ({ id, settings: {}, format: FORMAT, ...more }) as unknown as Row;
const line = (id: string) => JSON.stringify(row(id)) + "\n";

Deno.test("parseRows() leaves out a torn last line, and names what is no row or of another version", () => {
  assertEquals(parseRows("", "f"), { rows: [], torn: 0 });
  const { rows, torn } = parseRows(line("a") + '{"id":"to', "f");
  assertEquals([rows.map(({ id }) => id), torn], [["a"], 9]);
  assertThrows(() => parseRows("no row\n", "f"), SyntaxError, 'Cannot read "f": line 1 is no row of an experiment');
  assertThrows(() => parseRows(line("a") + '{"mine": true}', "f"), SyntaxError, "line 2 is no row");
  assertThrows(
    () => parseRows(line("a") + '{"id":"b","settings":{}}\n', "f"),
    SyntaxError,
    "line 2 was written by another version (format 1, this one has 2): name another file",
  );
});

Deno.test("a file of rows takes away a torn line, adds whole ones, and lets in one writer at a time", async () => {
  const folder = await Deno.makeTempDir(), path = `${folder}/rows.jsonl`;
  try {
    await Deno.writeTextFile(path, line("é") + '{"id":"torn é');
    {
      await using file = await RowFile.open(path);
      assertEquals(file.rows.map(({ id }) => id), ["é"]);
      file.add(row("b"));
      await assertRejects(() => RowFile.open(path), Error, "another experiment is adding to it");
    }
    assertEquals(await Deno.readTextFile(path), line("é") + line("b"));
    await Deno.writeTextFile(path, "mine");
    await assertRejects(() => RowFile.open(path), SyntaxError, "is no row");
    assertEquals(await Deno.readTextFile(path), "mine", "what is not ours stays as it was");
    await assertRejects(() => readRows(folder), Error, "Cannot read");
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("mergeRows() takes each training once, the one that is settled", () => {
  const failed = row("a", { error: "no disk", diverged: false }), wild = row("b", { error: "NaN", diverged: true });
  const merged = mergeRows([[failed, wild], [row("a"), row("b")], [row("c"), row("a", { error: "x" })]]);
  assertEquals(merged, [row("a"), wild, row("c")]);
});

Deno.test("the recorded rows: all of the grids' trainings are there, and one, made again, has the same weights", async () => {
  const drawn = await loadDigits("drawn:20000"), mnist = mnistFolder() ? await loadDigits("mnist") : null;
  for (const name of ["tutorials", "rates", "race", "rows", "published", "ladder_choice", "ladder"]) {
    const grid = JSON.parse(await Deno.readTextFile(new URL(`../../data/recorded/${name}.json`, import.meta.url)));
    const trials = [grid].flat().flatMap(expandGrid), rows = await recordedRows(name);
    const notes = new Map(rows.map(({ data }) => [data.name === "MNIST" ? "mnist" : "drawn:20000", data]));
    for (const [source, set] of [["drawn:20000", drawn], ["mnist", mnist]] as const) {
      if (set && notes.has(source)) assertEquals(notes.get(source), await noteOf(set), name);
    }
    const wanted = await Promise.all(trials.map(({ data, settings }) => trialId(settings, notes.get(data)!.sha256)));
    assertEquals(rows.map(({ id }) => id).toSorted(), wanted.toSorted(), name);
  }
  const one = (await recordedRows("rows")).find(({ settings, data }) =>
    data.name !== "MNIST" && settings.rows === 300
  )!;
  const again = await runExperiment(one.settings, drawn) as ExperimentRow;
  for (const key of ["id", "data", "loss", "weights", "history", "testAccuracy"] as const) {
    assertEquals(again[key], one[key]);
  }
});

Deno.test("recordedRows() reads any file of rows, and says which there is not", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.writeTextFile(`${folder}/mine.jsonl`, line("a"));
    assertEquals((await recordedRows(`${folder}/mine.jsonl`)).length, 1);
    const error = await assertRejects(
      () => recordedRows("grids"),
      Error,
      'Cannot read rows "grids": there is no such file',
    );
    assert((error as Error).message.includes("deno task experiment"));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("a file that is not ours stays as it is; a last row without the end of its line is kept", async () => {
  const path = await Deno.makeTempFile();
  try {
    for (const text of ['{"id":"mine"}', "{", '{"id":"', "words", '{"id":"a","settings":{}}']) {
      await Deno.writeTextFile(path, text);
      await assertRejects(() => RowFile.open(path), SyntaxError, "line 1");
      assertEquals(await Deno.readTextFile(path), text);
    }
    await Deno.writeTextFile(path, line("a").trim());
    await using file = await RowFile.open(path);
    assertEquals(file.rows.map(({ id }) => id), ["a"]);
    assertEquals(await Deno.readTextFile(path), line("a"));
  } finally {
    await Deno.remove(path);
  }
});
