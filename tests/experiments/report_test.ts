import { assert, assertEquals, assertThrows } from "@std/assert";
import type { ExperimentRow } from "../../lib/experiments/rows.ts";
import { reportOf } from "../../lib/experiments/report.ts";
import { reportMarkdown } from "../../tools/commands/experiment_report.ts";
import type { Settings } from "../../lib/experiments/settings.ts";

const row = (settings: Settings, validationAccuracy: number | undefined, testAccuracy: number): ExperimentRow => ({
  ...{
    id: JSON.stringify(settings),
    settings,
    data: { name: "digits", digits: 9, sha256: "f" },
    loss: 1,
    trainAccuracy: 0.5,
  },
  ...{ validationAccuracy, validationExamples: validationAccuracy === undefined ? undefined : 500 },
  ...{ testAccuracy, testExamples: 1000, parameters: 1234, deadUnits: 1, weights: "", seconds: 2 },
  history: { after: [1, 2], loss: [2, 1], ...validationAccuracy !== undefined && { validationLoss: [2, 1.5] } },
});
const common = { init: "he", optimiser: "sgd" };
const grid = [10, 20].flatMap((units) =>
  [0.1, 0.5].flatMap((rate) => [1, 2, 3].map((seed) => ({ ...common, hidden: [units], rate, seed }) as const))
);
/** 20 units at 0.5 are best by validation, 10 at 0.1 by test. */
const validation = ({ hidden: [units], rate, seed }: typeof grid[number]) =>
  0.5 + units / 100 + rate / 10 + seed / 1000;

Deno.test("reportOf() groups by seed, chooses by validation, and opens the test part of the best alone", () => {
  const report = reportOf(grid.map((settings) => row(settings, validation(settings), 1 - validation(settings))));
  assertEquals(report.candidates.map(({ name }) => name), [
    "hidden 20, rate 0.5",
    "hidden 20, rate 0.1",
    "hidden 10, rate 0.5",
    "hidden 10, rate 0.1",
  ]);
  assertEquals(report.table[0], {
    ...{ hidden: "20", rate: "0.5", "validation part": "75.2 % of 500 (3 seeds, 75.1–75.3)" },
    ...{ "of its own lesson": "50.0 %", "dead units": "1", parameters: "1,234", seconds: "2.0" },
  });
  assertEquals(report.sentences, [
    "Best on digits by the validation part: hidden 20, rate 0.5, 75.2 % of 500 (3 seeds, 75.1–75.3). " +
    "Its test part, opened once: 24.8 % of 1,000 (3 seeds, 24.7–24.9).",
  ]);
  const [dots, map, curves, ...more] = report.figures;
  assertEquals(more, []);
  assertEquals((dots!.data[0] as { x: number[] }).x.map((x) => x.toFixed(1)), ["75.1", "75.2", "75.3"]);
  assertEquals((map!.data[0] as { z: number[][] }).z.map((line) => line.map((z) => z.toFixed(1))), [["61.2", "65.2"], [
    "71.2",
    "75.2",
  ]]);
  assertEquals((curves!.data[0] as { y: number[] }).y, [2, 1.5]);
});

Deno.test("reportOf() says when there is nothing to choose by, what failed, and that no rows are none", () => {
  const rows = grid.map((settings) => row(settings, undefined, 0.9));
  const failed = {
    id: "x",
    settings: { ...common, hidden: [5], rate: 9 },
    data: rows[0]!.data,
    error: "wild",
    diverged: true,
  };
  const { sentences, table } = reportOf([...rows, failed]);
  assert(sentences[0]!.startsWith("There is no validation part"), sentences[0]);
  assertEquals(sentences[1], "Failed: hidden 5, rate 9: wild");
  assertEquals(table[0]!["test part"], "90.0 % of 1,000 (3 seeds, 90.0–90.0)");
  assertEquals(reportOf([failed]).figures, []);
  assertThrows(() => reportOf([]), RangeError, "Cannot report on no rows");
});

Deno.test("reportMarkdown() is a table, sentences and pictures with their captions", () => {
  const text = reportMarkdown("Mine", reportOf(grid.map((settings) => row(settings, 0.5, 0.5))), [
    "1.svg",
    "2.svg",
    "3.svg",
  ]);
  assert(text.startsWith("# Mine\n\nBest on digits"));
  assert(text.includes("| hidden | rate | validation part |"));
  assert(/!\[The best: [^\]]+\]\(1\.svg\)/.test(text));
});
