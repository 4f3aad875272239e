/**
 * Grids of experiments: settings of which some are lists, checked before anything runs.
 *
 * @module
 */
import { AUGMENTATIONS } from "../data/augment.ts";
import { UnknownName } from "../errors.ts";
import { beyond } from "../limits.ts";
import { SCHEDULES } from "../training/schedules.ts";
import { tutorial, TUTORIALS } from "../tutorials/tutorials.ts";
import { INITIALISERS, LOSSES, type Settings } from "./settings.ts";

/** Settings of which some or all are lists, and where the digits come from: one training for each combination. */
export type Grid =
  & { readonly [K in keyof Settings]: Settings[K] | readonly Settings[K][] }
  & { readonly data: string | readonly string[] };

/** One training of a grid. */
export interface Trial {
  /** Where the digits come from, as after `--data`. */
  readonly data: string;
  /** The rest. */
  readonly settings: Settings;
}

/**
 * All combinations of a grid's lists, the last key turning fastest.
 *
 * `hidden` and `filters` are lists by nature: several of them are a list of lists.
 *
 * @throws {UnknownName} If a key or value is unknown, one is missing, or there are too many combinations.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const all = expandGrid({ data: "drawn", tutorial: ["000", "004"], seed: [1, 2] });
 * assertEquals(all.map(({ settings: { tutorial, seed } }) => `${tutorial}/${seed}`), ["000/1", "000/2", "004/1", "004/2"]);
 * ```
 */
export function expandGrid(grid: Grid): Trial[] {
  if (typeof grid !== "object" || grid === null) fail(`must be an object, got ${JSON.stringify(grid)}`);
  let all: Record<string, unknown>[] = [{}], count = 1;
  for (const [key, value] of Object.entries(grid)) {
    const values = key === "hidden"
      ? hiddenOf(value)
      : key === "filters"
      ? filtersOf(value)
      : Array.isArray(value)
      ? value
      : [value];
    if (values.length === 0) fail(`"${key}" is an empty list`);
    const problem = beyond("combinations", count *= values.length, "combinations"); // before any is made
    if (problem) fail(`with "${key}", ${problem}`);
    all = all.flatMap((settings) => values.map((one) => ({ ...settings, [key]: one })));
  }
  return all.map(checkTrial);
}

/** Several networks as a list of lists; `[8, 16]` could be one network or two, so it is asked about. */
function hiddenOf(value: unknown): readonly unknown[] {
  if (!Array.isArray(value) || value.every((one) => typeof one === "number") && value.length < 2) return [value];
  if (value.every(Array.isArray)) return value;
  return fail(
    `"hidden" must be a list of lists where it has several numbers: [[${
      value.join("], [")
    }]] for ${value.length} networks, ` +
      `[[${value.join(", ")}]] for one with ${value.length} hidden layers; got ${JSON.stringify(value)}`,
  );
}

/** One network's convolutions, or several networks' as a list of lists; `[]` is none. */
function filtersOf(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) return [value];
  const several = value.every((one) => Array.isArray(one) && one.every(Array.isArray));
  return several && value.length ? value : [value];
}

type Rule = readonly [(value: unknown) => boolean, string];
const oneOf = (names: string[]): Rule => [(v) => names.includes(v as string), `one of ${names.join(", ")}`];
const whole = (least: number): Rule => [
  (v) => Number.isSafeInteger(v) && Number(v) >= least,
  `a whole number from ${least}`,
];
const above0: Rule = [(v) => Number.isFinite(v) && Number(v) > 0, "a number above 0"];
const share: Rule = [(v) => typeof v === "number" && v >= 0 && v < 1, "a number from 0 to below 1"];
const RULES: Readonly<Record<keyof Settings | "data", Rule>> = {
  data: [(v) => typeof v === "string" && v !== "", "a source, such as drawn or mnist"],
  rows: whole(1),
  validation: whole(1),
  augment: oneOf(Object.keys(AUGMENTATIONS)),
  seed: whole(0),
  tutorial: oneOf(Object.keys(TUTORIALS)),
  variant: oneOf(["as-written", "corrected"]),
  hidden: [(v) => Array.isArray(v) && v.every((n) => whole(1)[0](n)), "a list of whole numbers from 1"],
  filters: [
    (v) => Array.isArray(v) && v.every(isFilter),
    "a list of [filters, size], [filters, size, pool] or [filters, size, pool, padding], all whole numbers",
  ],
  activation: oneOf(["relu", "sigmoid", "tanh"]),
  loss: oneOf(Object.keys(LOSSES)),
  init: oneOf(Object.keys(INITIALISERS)),
  optimiser: oneOf(["descent", "lbfgs", "sgd", "momentum", "adam"]),
  rate: above0,
  schedule: oneOf(Object.keys(SCHEDULES)),
  beta: share,
  beta1: share,
  beta2: share,
  epsilon: above0,
  lambda: [(v) => Number.isFinite(v) && Number(v) >= 0, "a number from 0"],
  batch: [(v) => v === "all" || whole(1)[0](v), "a whole number from 1, or all"],
  iterations: whole(1),
  epochs: whole(1),
  distort: [(v) => typeof v === "boolean", "true or false"],
  dropout: share,
  patience: whole(1),
};

/** Filters and window from 1, a pool from 1 and a padding from 0 where they are given. */
function isFilter(value: unknown): boolean {
  return Array.isArray(value) && value.length >= 2 && value.length <= 4 &&
    value.every((number, i) => whole(i === 3 ? 0 : 1)[0](number));
}

function checkTrial(trial: Record<string, unknown>): Trial {
  for (const [key, value] of Object.entries(trial)) {
    if (key === "rng") fail('"rng" is called "seed" now');
    if (!Object.hasOwn(RULES, key)) fail(`"${key}" is not one of ${Object.keys(RULES).join(", ")}`);
    const [holds, rule] = RULES[key as keyof Settings];
    if (!holds(value)) fail(`"${key}" must be ${rule}, got ${JSON.stringify(value)}`);
  }
  const needed = ["data", ...trial.tutorial ? [] : ["hidden", "init", "optimiser"]];
  const missing = needed.find((key) => !(key in trial));
  if (missing) fail(`"${missing}" is missing`);
  const kind = trial.tutorial ? `tutorial ${trial.tutorial}` : String(trial.optimiser);
  const extra = Object.keys(trial).find((key) => !["data", "rows", "seed", "augment", ...usedBy(trial)].includes(key));
  if (extra) fail(`"${extra}" does nothing with ${kind}`);
  if (trial.activation && (trial.hidden as unknown[]).length + (trial.filters as unknown[] ?? []).length === 0) {
    fail('"activation" does nothing without a hidden layer');
  }
  if (trial.patience && !trial.validation) fail('"patience" needs a "validation" part to look at');
  const { data, ...settings } = trial;
  return { data: data as string, settings };
}

function fail(message: string): never {
  throw new UnknownName(`Cannot use the grid: ${message}`);
}

/** The keys that make a difference to this training. */
function usedBy({ tutorial: id, optimiser }: Record<string, unknown>): string[] {
  if (id) {
    return ["tutorial", "variant", "init", tutorial(id as string).method.kind === "adam" ? "epochs" : "iterations"];
  }
  const common = ["hidden", "activation", "loss", "init", "optimiser", "lambda", "validation", "filters"];
  if (optimiser === "lbfgs") return [...common, "iterations"];
  if (optimiser === "descent") return [...common, "rate", "schedule", "iterations"];
  const own = { momentum: ["beta"], adam: ["beta1", "beta2", "epsilon"] }[optimiser as string] ?? [];
  return [...common, ...own, "rate", "schedule", "batch", "epochs", "patience", "distort", "dropout"];
}
