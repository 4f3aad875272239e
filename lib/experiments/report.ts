/**
 * What many trainings say together: means and ranges over seeds, what to choose, and pictures of both.
 *
 * @module
 */
import { mean, spreadOf, spreadText } from "../evaluation/spread.ts";
import type { Figure } from "../plots/figure.ts";
import { type Axes, type Candidate, figuresOf, type Setup, valueOf } from "./report_figures.ts";
import type { ExperimentRow, FailedRow } from "./rows.ts";
import type { Settings } from "./settings.ts";

/** What {@linkcode reportOf} says. */
export interface Report {
  /** All candidates, the best of each set of digits first. */
  readonly candidates: readonly Candidate[];
  /** A row for each, ready to be shown. */
  readonly table: readonly Readonly<Record<string, string | number>>[];
  /** What to make of it, a sentence each. */
  readonly sentences: readonly string[];
  /** Dots, heat maps of each pair of settings, learning curves. */
  readonly figures: readonly Figure[];
}

/**
 * Groups rows by everything but their seed and reports on them.
 *
 * Where rows have a validation part, candidates are compared by it, and the test part is opened for the best one alone.
 *
 * @param rows Any rows, of one grid or several.
 * @throws {RangeError} If there is none.
 */
export function reportOf(rows: readonly (ExperimentRow | FailedRow)[]): Report {
  const done = rows.filter((row): row is ExperimentRow => !("error" in row));
  const failed = rows.filter((row): row is FailedRow => "error" in row);
  if (rows.length === 0) throw new RangeError("Cannot report on no rows: run the grid first");
  const axes = axesOf(rows), candidates = candidatesOf(done, axes);
  const chosen = candidates.length > 0 && done.every((row) => row.validationAccuracy !== undefined);
  return {
    candidates,
    table: candidates.map((candidate) => tableRow(candidate, axes, chosen)),
    sentences: [
      ...bestOf(candidates, axes, chosen),
      ...failed.map(({ settings, data, error }) => `Failed: ${nameOf({ settings, data }, axes)}: ${error}`),
    ],
    figures: [...Map.groupBy(candidates, ({ data }) => data.sha256).values()].flatMap((own) =>
      figuresOf(own, axes, chosen)
    ),
  };
}

/** The settings in which rows differ, the seed aside, with all their values. */
function axesOf(rows: readonly Setup[]): Axes {
  const names = new Set(["data", ...rows.flatMap(({ settings }) => Object.keys(settings))].filter((n) => n !== "seed"));
  const valuesOf = (name: string) => [...new Set(rows.map((row) => valueOf(row, name)))];
  const inOrder = (values: string[]) => values.sort((a, b) => Number(a) - Number(b) || 0);
  const all = [...names].map((name) => [name, inOrder(valuesOf(name))] as const);
  return new Map(all.filter(([, values]) => values.length > 1));
}

function nameOf(setup: Setup, axes: Axes): string {
  const parts = [...axes.keys()].filter((axis) => axis !== "data" && valueOf(setup, axis) !== "–");
  return parts.map((axis) => `${axis} ${valueOf(setup, axis)}`).join(", ") || "all the same settings";
}

function candidatesOf(rows: readonly ExperimentRow[], axes: Axes): Candidate[] {
  const groups = Map.groupBy(
    rows,
    ({ settings: { seed: _, ...settings }, data }) =>
      JSON.stringify([data.sha256, Object.entries(settings).toSorted()]),
  );
  const candidates = [...groups.values()].map((rows): Candidate => {
    const [{ settings: { seed: _, ...settings }, data, validationExamples, testExamples }] = rows as [ExperimentRow];
    const score = spreadOf(rows.map((row) => row.validationAccuracy ?? row.testAccuracy));
    return {
      name: nameOf({ settings, data }, axes),
      settings,
      data,
      rows,
      score,
      examples: validationExamples ?? testExamples,
    };
  });
  const order = [...new Set(rows.map(({ data }) => data.sha256))];
  const place = ({ data }: Candidate) => order.indexOf(data.sha256);
  return candidates.toSorted((a, b) => place(a) - place(b) || b.score.mean - a.score.mean);
}

function tableRow(candidate: Candidate, axes: Axes, chosen: boolean): Record<string, string | number> {
  const { rows, score, examples } = candidate, dead = rows.map(({ deadUnits }) => deadUnits ?? 0);
  return {
    ...Object.fromEntries([...axes.keys()].map((axis) => [axis, valueOf(candidate, axis)])),
    [chosen ? "validation part" : "test part"]: spreadText(score, examples),
    "of its own lesson": `${(100 * mean(rows.map(({ trainAccuracy }) => trainAccuracy))).toFixed(1)} %`,
    "dead units": rows.some(({ deadUnits }) => deadUnits !== undefined) ? rangeText(dead) : "–",
    parameters: rows[0]!.parameters.toLocaleString("en"),
    seconds: mean(rows.map(({ seconds }) => seconds)).toFixed(1),
  };
}

function rangeText(values: readonly number[]): string {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return low === high ? String(low) : `${low}–${high}`;
}

function bestOf(candidates: readonly Candidate[], axes: Axes, chosen: boolean): string[] {
  if (!chosen) {
    return [
      "There is no validation part: what stands here was measured on the test part, and whoever chooses by it flatters the choice. " +
      'Say "validation": 5000 in the grid, or another number, to choose by digits that are not the test.',
    ];
  }
  const first = new Map(candidates.toReversed().map((candidate) => [candidate.data.sha256, candidate]));
  return [...first.values()].reverse().flatMap((best) => {
    const { name, data, rows, score, examples } = best;
    const test = spreadText(spreadOf(rows.map(({ testAccuracy }) => testAccuracy)), rows[0]!.testExamples);
    return [
      `Best on ${data.name} by the validation part: ${name}, ${
        spreadText(score, examples)
      }. Its test part, opened once: ${test}.`,
      ...edgesOf(best, candidates, axes),
    ];
  });
}

/** Numbers of which the best candidate has the smallest or largest that was tried: a better one may lie beyond. */
function edgesOf(best: Candidate, candidates: readonly Candidate[], axes: Axes): string[] {
  const alike = candidates.filter(({ data, settings }) =>
    data.sha256 === best.data.sha256 && settings.optimiser === best.settings.optimiser
  );
  return [...axes.keys()].flatMap((axis) => {
    const value = best.settings[axis as keyof Settings];
    const tried = alike.map(({ settings }) => settings[axis as keyof Settings]).filter((v) => typeof v === "number");
    if (typeof value !== "number" || new Set(tried).size < 3) return [];
    const [low, high] = [Math.min(...tried), Math.max(...tried)];
    if (value !== low && value !== high) return [];
    return [`That is the ${value === high ? "largest" : "smallest"} ${axis} that was tried: try beyond it.`];
  });
}
