import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { type ExperimentRow, runExperiment } from "../../lib/course/experiment.ts";
import { expandGrid, type Grid, settingsId } from "../../lib/course/experiment_settings.ts";
import { recordedRows } from "../../lib/course/recorded.ts";
import { drawDigits } from "../../lib/data/drawn_digits.ts";
import { loadDigits } from "../../lib/data/sources.ts";
import { parseShard, readRows } from "../../tools/experiment.ts";

const small: Grid = {
  data: "drawn:2500",
  hidden: [[8], [6, 5]],
  init: "he",
  optimiser: ["adam", "sgd"],
  epochs: 1,
  rng: [1, 2],
};

Deno.test("expandGrid() gives every combination once, and refuses what it does not know, by name", () => {
  const all = expandGrid(small);
  assertEquals([all.length, new Set(all.map((one) => JSON.stringify(one))).size], [8, 8]);
  assertEquals(all[0], { data: "drawn:2500", hidden: [8], init: "he", optimiser: "adam", epochs: 1, rng: 1 });
  const wrong: [unknown, string][] = [
    [{ data: "drawn", hiden: [3] }, '"hiden" is not one of data, rows'],
    [{ data: "drawn", hidden: [3], init: "xavier", optimiser: "adam" }, '"init" must be one of uniformHalf'],
    [
      { data: "drawn", hidden: [], init: "he", optimiser: "adam" },
      '"hidden" must be a list of whole numbers from 1, got []',
    ],
    [{ data: "drawn", hidden: [3], init: "he", optimiser: "adam", rate: 0 }, '"rate" must be a number above 0, got 0'],
    [{ data: "drawn", hidden: [3], init: "he" }, '"optimiser" is missing'],
    [{ data: "drawn", tutorial: "000", rate: 1 }, '"rate" does nothing with tutorial 000'],
    [{ data: "drawn", tutorial: "005" }, '"tutorial" must be one of 000'],
    [{ data: "drawn", tutorial: [] }, '"tutorial" is an empty list'],
    [{ data: "drawn", tutorial: "000", epochs: 2 }, '"epochs" does nothing with tutorial 000'],
    [{ data: "drawn", hidden: [3], init: "he", optimiser: "lbfgs", rate: [1, 2] }, '"rate" does nothing with lbfgs'],
    [
      { data: "drawn", hidden: [3], init: "he", optimiser: "adam", variant: "corrected" },
      '"variant" does nothing with adam',
    ],
    [{ tutorial: "000" }, '"data" is missing'],
    [{ data: "drawn", tutorial: "000", toString: 1 }, '"toString" is not one of'],
  ];
  for (const [grid, message] of wrong) assertThrows(() => expandGrid(grid as Grid), RangeError, message);
});

Deno.test("settingsId() depends on the settings, not on their order", async () => {
  const [a, b] = [{ data: "drawn", tutorial: "000", rng: 1 }, { rng: 1, tutorial: "000", data: "drawn" }];
  assertEquals(await settingsId(a), await settingsId(b));
  assert(await settingsId(a) !== await settingsId({ ...a, rng: 2 }));
});

Deno.test("runExperiment() gives the same weights twice, for every kind of training; a rate that is too large is told", async () => {
  const set = drawDigits(2300, 1), common = { data: "drawn:2300", hidden: [6], init: "he" };
  const kinds = [
    { ...common, optimiser: "descent", iterations: 12 },
    { ...common, optimiser: "lbfgs", iterations: 5 },
    { ...common, optimiser: "momentum", epochs: 1, batch: 50, rows: 500 },
    { data: "drawn:2300", tutorial: "001", variant: "as-written", iterations: 3 } as const,
    { data: "drawn:2300", tutorial: "003", iterations: 4 },
  ];
  for (const settings of kinds) {
    const [one, two] = await Promise.all([runExperiment(settings, set), runExperiment(settings, set)]);
    assert("weights" in one && "weights" in two, JSON.stringify(one));
    assertEquals({ ...one, seconds: 0 }, { ...two, seconds: 0 });
    assert(one.loss > 0 && one.testExamples === 1000 && one.testAccuracy > 0.05 && one.history.length > 0);
    assert(
      one.history.at(-1)![1] < one.history[0]![1] || one.history.length === 1,
      `${JSON.stringify(settings)}: ${one.history}`,
    );
  }
  const wild = await runExperiment({ ...kinds[0]!, rate: 1e30 } as never, set);
  assert("error" in wild && /finite/.test(wild.error), JSON.stringify(wild));
  const few = await runExperiment(kinds[0]!, drawDigits(100, 1));
  assert("error" in few && few.error.includes("2000 are needed"), JSON.stringify(few));
});

Deno.test("the recorded rows: all of the grids' trainings are there, and one, made again, has the same weights", async () => {
  for (const name of ["tutorials", "rates", "race", "rows"]) {
    const grid = JSON.parse(await Deno.readTextFile(new URL(`../../data/recorded/${name}.json`, import.meta.url)));
    const wanted = await Promise.all([grid].flat().flatMap(expandGrid).map(settingsId));
    assertEquals((await recordedRows(name)).map(({ id }) => id).toSorted(), wanted.toSorted(), name);
  }
  const row = (await recordedRows("rows")).find(({ settings: s }) => s.data === "drawn:20000" && s.rows === 300)!;
  const again = await runExperiment(row.settings, await loadDigits("drawn:20000")) as ExperimentRow;
  assertEquals({ ...again, seconds: 0 }, { ...row, seconds: 0 });
});

const command = (...args: string[]) =>
  new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "tools/experiment.ts", ...args],
    cwd: new URL("../../", import.meta.url),
    env: { DIGITS_DATA: "drawn", NO_COLOR: "1" },
    stdout: "piped",
    stderr: "piped",
  });
const bare = (rows: readonly unknown[]) =>
  (rows as ExperimentRow[]).map((row) => ({ ...row, seconds: 0 })).toSorted((a, b) => a.id < b.id ? -1 : 1);

Deno.test("experiment: killed at any moment it loses no row, goes on, and shards make up the whole", async () => {
  const folder = await Deno.makeTempDir(), grid = `${folder}/grid.json`, out = `${folder}/rows.jsonl`;
  try {
    await Deno.writeTextFile(grid, JSON.stringify({ ...small, rng: [1, 2, 3] }));
    for (const wait of [700, 1100, 1300]) { // somewhere in the middle
      const child = command(grid, "--out", out, "--workers", "2").spawn(), before = (await readRows(out)).length;
      await new Promise((resolve) => setTimeout(resolve, wait));
      try {
        child.kill("SIGKILL");
      } catch { /* it was done already */ }
      await Promise.all([child.status, child.stdout.cancel(), child.stderr.cancel()]);
      assert((await readRows(out)).length >= before);
    }
    await Deno.writeTextFile(out, '{"id":"torn', { append: true }); // as if the power had failed within a row
    const last = await command(grid, "--out", out).output();
    assertEquals(last.code, 0, new TextDecoder().decode(last.stderr));
    const rows = bare(await readRows(out));
    assertEquals(rows.length, 12);
    const nothing = await command(grid, "--out", out, "--json").output();
    assertEquals([nothing.code, nothing.stdout.length], [0, 0]);
    const parts = await Promise.all([1, 2, 3, 4].map(async (k) => {
      const path = `${folder}/part${k}.jsonl`;
      await command(grid, "--shard", `${k}/4`, "--out", path, "--workers", "1").output();
      return await readRows(path);
    }));
    assertEquals(bare(parts.flat()), rows);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("experiment: wrong grids, shards and rows are named", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const say = async (content: string, ...more: string[]) => {
      await Deno.writeTextFile(`${folder}/g.json`, content);
      const { code, stderr } = await command(`${folder}/g.json`, "--out", `${folder}/o.jsonl`, ...more).output();
      return `${code} ${new TextDecoder().decode(stderr)}`;
    };
    assert((await say("{")).startsWith('1 Cannot read "'));
    assert((await say('{"data":"drawn"}')).startsWith('2 Cannot use the grid: "hidden" is missing'));
    assert((await say('{"data":"moon","tutorial":"000"}')).startsWith('2 Cannot load data "moon"'));
    await Deno.writeTextFile(`${folder}/o.jsonl`, "no row\n");
    assert((await say('{"data":"drawn:2500","tutorial":"003"}')).includes("line 1 is no row"));
    assert((await say("null")).startsWith("2 Cannot use the grid: must be an object, got null"));
    await Deno.writeTextFile(`${folder}/o.jsonl`, '{"mine": true}'); // no row, and not ours to cut off
    assert((await say('{"data":"drawn:2500","tutorial":"003"}')).includes("line 1 is no row"));
    assertEquals(await Deno.readTextFile(`${folder}/o.jsonl`), '{"mine": true}');
    assertEquals(parseShard("3/16"), [3, 16]);
    for (const text of ["0/4", "5/4", "x", "1/0", "1"]) {
      assertThrows(() => parseShard(text), Error, "must be like 3/16");
    }
    await assertRejects(() => readRows(folder), Error, "Cannot read");
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
