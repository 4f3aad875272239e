import { assertEquals, assertThrows } from "@std/assert";
import { expandGrid, type Grid } from "../../lib/experiments/grid.ts";
import { small } from "./fixtures.ts";

Deno.test("expandGrid() gives every combination once", () => {
  const all = expandGrid(small);
  assertEquals([all.length, new Set(all.map((one) => JSON.stringify(one))).size], [8, 8]);
  assertEquals(all[0], {
    data: "drawn:2500",
    settings: { hidden: [8], init: "he", optimiser: "adam", epochs: 1, seed: 1 },
  });
});

Deno.test("expandGrid() takes hidden layers as a list, or as a list of lists; none is a network, too", () => {
  const hidden = (value: unknown) =>
    expandGrid({ data: "drawn", hidden: value, init: "he", optimiser: "sgd" } as Grid).map(({ settings }) =>
      settings.hidden
    );
  assertEquals(hidden([8]), [[8]]);
  assertEquals(hidden([]), [[]]);
  assertEquals(hidden([[]]), [[]]);
  assertEquals(hidden([[], [8], [8, 16]]), [[], [8], [8, 16]]);
});

Deno.test("expandGrid() takes one network's filters, or several networks'", () => {
  const filters = (value: unknown) =>
    expandGrid({ data: "drawn", hidden: [8], filters: value, init: "he", optimiser: "sgd" } as Grid).map((
      { settings },
    ) => settings.filters);
  assertEquals(filters([[8, 5, 2]]), [[[8, 5, 2]]]);
  assertEquals(filters([]), [[]]);
  assertEquals(filters([[[8, 5, 2]], [[8, 5], [16, 3, 2, 1]], []]), [[[8, 5, 2]], [[8, 5], [16, 3, 2, 1]], []]);
});

Deno.test("expandGrid() refuses what it does not know, and what makes no difference or no sense, by name", () => {
  const own = { data: "drawn", hidden: [3], init: "he", optimiser: "adam" };
  const wrong: [unknown, string][] = [
    [{ data: "drawn", hiden: [3] }, '"hiden" is not one of data, rows'],
    [{ ...own, init: "xavier" }, '"init" must be one of uniformHalf'],
    [{ ...own, hidden: [0] }, '"hidden" must be a list of whole numbers from 1, got [0]'],
    [{ ...own, hidden: 8 }, '"hidden" must be a list of whole numbers from 1, got 8'],
    [
      { ...own, hidden: [8, 16] },
      '"hidden" must be a list of lists where it has several numbers: [[8], [16]] for 2 networks, ' +
      "[[8, 16]] for one with 2 hidden layers; got [8,16]",
    ],
    [{ ...own, rate: 0 }, '"rate" must be a number above 0, got 0'],
    [{ ...own, beta1: 1 }, '"beta1" must be a number from 0 to below 1, got 1'],
    [{ ...own, beta: 0.5 }, '"beta" does nothing with adam'],
    [{ ...own, optimiser: "momentum", epsilon: 1 }, '"epsilon" does nothing with momentum'],
    [{ ...own, batch: "full" }, '"batch" must be a whole number from 1, or all, got "full"'],
    [{ ...own, lambda: -1 }, '"lambda" must be a number from 0, got -1'],
    [{ ...own, loss: "hinge" }, '"loss" must be one of cross-entropy, logistic, squared-error, got "hinge"'],
    [{ ...own, activation: "softmax" }, '"activation" must be one of relu, sigmoid, tanh'],
    [{ ...own, schedule: "warm" }, '"schedule" must be one of constant, linear, cosine'],
    [{ ...own, augment: "flip" }, '"augment" must be one of none, shift, turn, shift+turn'],
    [{ ...own, hidden: [[]], activation: "tanh" }, '"activation" does nothing without a hidden layer'],
    [{ ...own, patience: 2 }, '"patience" needs a "validation" part to look at'],
    [{ ...own, filters: [[8]] }, '"filters" must be a list of [filters, size], [filters, size, pool]'],
    [{ ...own, filters: 8 }, '"filters" must be a list of [filters, size]'],
    [{ ...own, filters: [[8, 5, 0]] }, '"filters" must be a list of [filters, size]'],
    [{ ...own, distort: "yes" }, '"distort" must be true or false, got "yes"'],
    [{ ...own, dropout: 1 }, '"dropout" must be a number from 0 to below 1, got 1'],
    [{ ...own, optimiser: "descent", distort: true }, '"distort" does nothing with descent'],
    [{ ...own, rng: 1 }, '"rng" is called "seed" now'],
    [{ data: "drawn", hidden: [3], init: "he" }, '"optimiser" is missing'],
    [{ data: "drawn", tutorial: "000", rate: 1 }, '"rate" does nothing with tutorial 000'],
    [{ data: "drawn", tutorial: "005" }, '"tutorial" must be one of 000'],
    [{ data: "drawn", tutorial: [] }, '"tutorial" is an empty list'],
    [{ data: "drawn", tutorial: "000", epochs: 2 }, '"epochs" does nothing with tutorial 000'],
    [{ ...own, optimiser: "lbfgs", rate: [1, 2] }, '"rate" does nothing with lbfgs'],
    [{ ...own, optimiser: "descent", patience: 1, validation: 9 }, '"patience" does nothing with descent'],
    [{ ...own, variant: "corrected" }, '"variant" does nothing with adam'],
    [{ tutorial: "000" }, '"data" is missing'],
    [{ data: "drawn", tutorial: "000", toString: 1 }, '"toString" is not one of'],
    [null, "must be an object, got null"],
  ];
  for (const [grid, message] of wrong) assertThrows(() => expandGrid(grid as Grid), RangeError, message);
});

Deno.test("a grid of more trainings than there may be is counted, not built; names of Object's are names like any other", () => {
  const many = Array.from({ length: 1000 }, (_, i) => i + 1);
  const grid = { data: "drawn", tutorial: "000", seed: many, iterations: many, rows: many } as unknown as Grid;
  assertThrows(
    () => expandGrid(grid),
    RangeError,
    'with "iterations", 1,000,000 combinations are too many, at most 100,000',
  );
  for (const name of ["__proto__", "constructor"]) {
    const odd = JSON.parse(`{"data": "drawn", "tutorial": "000", "${name}": [1, 2]}`);
    assertThrows(() => expandGrid(odd), RangeError, `"${name}" is not one of`);
  }
});
