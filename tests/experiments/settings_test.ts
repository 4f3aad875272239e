import { assert, assertEquals, assertThrows } from "@std/assert";
import { expandGrid, type Grid, settingsId } from "../../lib/experiments/settings.ts";
import { small } from "./experiment_fixtures.ts";

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
