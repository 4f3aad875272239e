/**
 * The settings of experiments: one training, or a grid of many, checked before anything runs.
 *
 * @module
 */
import { sha256 } from "../sha256.ts";
import {
  epsilonUniform,
  gaussian,
  glorot,
  he,
  type Initialiser,
  scaledGaussian,
  uniformHalf,
  zeros,
} from "../network/init.ts";
import type { Activation, Activations } from "../network/network.ts";
import type { Loss } from "../network/loss.ts";
import { UnknownName } from "../errors.ts";
import { SCHEDULES } from "../training/schedules.ts";
import { AUGMENTATIONS } from "../data/augment.ts";
import { tutorial, TUTORIALS, type Variant } from "../tutorials/tutorials.ts";

/** One training. A tutorial brings its own network and method; without one, they are said here. */
export interface Settings {
  /** Learn from so many digits only, the first ones. */
  readonly rows?: number;
  /** Keep so many of them back, the last ones, to choose by. */
  readonly validation?: number;
  /** Learn from changed copies besides: `shift` (four, by one pixel), `turn` (two, by ten degrees), `shift+turn` or `none`. */
  readonly augment?: string;
  /** Seed of the starting weights and of shuffling; 1 where nothing is said. */
  readonly seed?: number;
  /** A tutorial's number; it brings its own network and method. */
  readonly tutorial?: string;
  /** Of a tutorial; `corrected` where nothing is said. */
  readonly variant?: Variant;
  /** Units of the hidden layers, such as `[10]` or `[128, 128]`; `[]` for none, which is softmax regression. */
  readonly hidden?: readonly number[];
  /** How the hidden layers bend: relu (where nothing is said), sigmoid or tanh. */
  readonly activation?: string;
  /** cross-entropy after softmax (where nothing is said), logistic or squared-error after sigmoids. */
  readonly loss?: string;
  /** The start; of a tutorial another than its own. */
  readonly init?: string;
  /** descent (over all digits), lbfgs, sgd, momentum or adam (in mini-batches). */
  readonly optimiser?: string;
  /** Learning rate; not for lbfgs. */
  readonly rate?: number;
  /** How the rate falls: constant (where nothing is said), linear or cosine, to 0 at the end. */
  readonly schedule?: string;
  /** Momentum's β; 0.9 where nothing is said. */
  readonly beta?: number;
  /** Adam's β₁; 0.9. */
  readonly beta1?: number;
  /** Adam's β₂; 0.999. */
  readonly beta2?: number;
  /** Adam's ε; 1e-7. */
  readonly epsilon?: number;
  /** λ of the weight penalty `λ / 2m · Σ W²`, m the number of digits learned from; 0 where nothing is said. */
  readonly lambda?: number;
  /** Digits per mini-batch, or `all`; 32 where nothing is said. */
  readonly batch?: number | "all";
  /** Updates, for descent and lbfgs. */
  readonly iterations?: number;
  /** Times through all digits, for mini-batches. */
  readonly epochs?: number;
  /** Stop when so many epochs in a row have brought the validation part nothing, and take the best network. */
  readonly patience?: number;
}

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

/** The starts by name. */
export const INITIALISERS: Readonly<Record<string, Initialiser>> = {
  uniformHalf,
  epsilonUniform,
  gaussian,
  scaledGaussian,
  he,
  glorot,
  zeros,
};

/** What a loss's name stands for, and which last layer it needs. */
export const LOSSES: Readonly<Record<string, { readonly loss: Loss; readonly output: Activation }>> = {
  "cross-entropy": { loss: "cross-entropy", output: "softmax" },
  logistic: { loss: "cross-entropy", output: "sigmoid" },
  "squared-error": { loss: "squared-error", output: "sigmoid" },
};

/** The activations of a network with these settings. */
export function activationsOf({ activation = "relu", loss = "cross-entropy" }: Settings): Required<Activations> {
  return { hidden: activation as Activation, output: LOSSES[loss]!.output };
}

/**
 * All combinations of a grid's lists, the last key turning fastest.
 *
 * `hidden` is a list by nature: several of them are a list of lists.
 *
 * @throws {UnknownName} If a key or value is unknown, or one is missing.
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
  let all: Record<string, unknown>[] = [{}];
  for (const [key, value] of Object.entries(grid)) {
    const values = key === "hidden" ? hiddenOf(value) : Array.isArray(value) ? value : [value];
    if (values.length === 0) fail(`"${key}" is an empty list`);
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
  patience: whole(1),
};

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
  if (trial.activation && (trial.hidden as unknown[]).length === 0) {
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
  const common = ["hidden", "activation", "loss", "init", "optimiser", "lambda", "validation"];
  if (optimiser === "lbfgs") return [...common, "iterations"];
  if (optimiser === "descent") return [...common, "rate", "schedule", "iterations"];
  const own = { momentum: ["beta"], adam: ["beta1", "beta2", "epsilon"] }[optimiser as string] ?? [];
  return [...common, ...own, "rate", "schedule", "batch", "epochs", "patience"];
}

/**
 * The same name for the same settings on the same digits, whatever the settings' order and wherever the digits lie.
 *
 * @param content What {@linkcode contentOf} says of the digits.
 */
export async function trialId(settings: Settings, content: string): Promise<string> {
  const sorted = Object.entries(settings).toSorted(([a], [b]) => a < b ? -1 : 1);
  return (await sha256(JSON.stringify([content, sorted]))).toHex().slice(0, 12);
}
