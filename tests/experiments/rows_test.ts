import { assertEquals } from "@std/assert";
import { loadDigits } from "../../lib/files/sources.ts";
import { type ExperimentRow, runExperiment } from "../../lib/experiments/experiment.ts";
import { expandGrid, settingsId } from "../../lib/experiments/settings.ts";
import { recordedRows } from "../../lib/experiments/rows.ts";

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
