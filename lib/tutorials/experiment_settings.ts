/**
 * The settings of experiments: one training, or a grid of many, checked before anything runs.
 *
 * @module
 */
import { sha256 } from "../sha256.ts";
import { epsilonUniform, gaussian, glorot, he, type Initialiser, uniformHalf } from "../network/init.ts";
import { UnknownName } from "../errors.ts";
import { tutorial, TUTORIALS, type Variant } from "./tutorials.ts";

/** One training. A tutorial brings its own network and method; without one, they are said here. */
export interface Settings {
  /** Where the digits come from, as after `--data`. */
  readonly data: string;
  /** Learn from so many digits only. */
  readonly rows?: number;
  /** Seed of the starting weights and of shuffling; 1 where nothing is said. */
  readonly rng?: number;
  /** A tutorial's number; it brings its own network and method. */
  readonly tutorial?: string;
  /** Of a tutorial; `corrected` where nothing is said. */
  readonly variant?: Variant;
  /** Units of the hidden layers, such as `[10]` or `[128, 128]`. */
  readonly hidden?: readonly number[];
  /** The start: uniformHalf, epsilonUniform, gaussian, he or glorot. */
  readonly init?: string;
  /** descent (over all digits), lbfgs, sgd, momentum or adam (in mini-batches). */
  readonly optimiser?: string;
  /** Learning rate; not for lbfgs. */
  readonly rate?: number;
  /** Examples per mini-batch; 32 where nothing is said. */
  readonly batch?: number;
  /** Updates, for descent and lbfgs. */
  readonly iterations?: number;
  /** Times through all digits, for mini-batches. */
  readonly epochs?: number;
}

/** Settings of which some or all are lists: one training for each combination. */
export type Grid = { readonly [K in keyof Settings]: Settings[K] | readonly Settings[K][] };

/** The starts by name. */
export const INITIALISERS: Readonly<Record<string, Initialiser>> = {
  uniformHalf,
  epsilonUniform,
  gaussian,
  he,
  glorot,
};
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
 * const all = expandGrid({ data: "drawn", tutorial: ["000", "004"], rng: [1, 2] });
 * assertEquals(all.map(({ tutorial, rng }) => `${tutorial}/${rng}`), ["000/1", "000/2", "004/1", "004/2"]);
 * ```
 */
export function expandGrid(grid: Grid): Settings[] {
  let all: Record<string, unknown>[] = [{}];
  for (const [key, value] of Object.entries(grid)) {
    const many = key === "hidden" ? Array.isArray((value as unknown[])?.[0]) : Array.isArray(value);
    const values = many ? value as unknown[] : [value];
    if (values.length === 0) throw new UnknownName(`Cannot use the grid: "${key}" is an empty list`);
    all = all.flatMap((settings) => values.map((one) => ({ ...settings, [key]: one })));
  }
  return all.map((settings) => checkSettings(settings));
}

type Rule = readonly [(value: unknown) => boolean, string];
const oneOf = (names: string[]): Rule => [(v) => names.includes(v as string), `one of ${names.join(", ")}`];
const whole = (
  least: number,
): Rule => [(v) => Number.isSafeInteger(v) && Number(v) >= least, `a whole number from ${least}`];
const RULES: Readonly<Record<keyof Settings, Rule>> = {
  data: [(v) => typeof v === "string" && v !== "", "a source, such as drawn or mnist"],
  rows: whole(1),
  rng: whole(0),
  tutorial: oneOf(Object.keys(TUTORIALS)),
  variant: oneOf(["as-written", "corrected"]),
  hidden: [(v) => Array.isArray(v) && v.length > 0 && v.every((n) => whole(1)[0](n)), "a list of whole numbers from 1"],
  init: oneOf(Object.keys(INITIALISERS)),
  optimiser: oneOf(["descent", "lbfgs", "sgd", "momentum", "adam"]),
  rate: [(v) => Number.isFinite(v) && Number(v) > 0, "a number above 0"],
  batch: whole(1),
  iterations: whole(1),
  epochs: whole(1),
};

function checkSettings(settings: Record<string, unknown>): Settings {
  const fail = (message: string): never => {
    throw new UnknownName(`Cannot use the grid: ${message}`);
  };
  for (const [key, value] of Object.entries(settings)) {
    const rule = Object.hasOwn(RULES, key)
      ? RULES[key as keyof Settings]
      : fail(`"${key}" is not one of ${Object.keys(RULES).join(", ")}`);
    if (!rule[0](value)) fail(`"${key}" must be ${rule[1]}, got ${JSON.stringify(value)}`);
  }
  const needed = ["data", ...settings.tutorial ? [] : ["hidden", "init", "optimiser"]];
  const missing = needed.find((key) => !(key in settings));
  if (missing) fail(`"${missing}" is missing`);
  const kind = settings.tutorial ? `tutorial ${settings.tutorial}` : String(settings.optimiser);
  const extra = Object.keys(settings).find((key) => !["data", "rows", "rng", ...usedBy(settings)].includes(key));
  if (extra) fail(`"${extra}" does nothing with ${kind}`);
  return settings as unknown as Settings;
}

/** The keys that make a difference to this training. */
function usedBy({ tutorial: id, optimiser }: Record<string, unknown>): string[] {
  if (id) return ["tutorial", "variant", tutorial(id as string).method.kind === "adam" ? "epochs" : "iterations"];
  const common = ["hidden", "init", "optimiser"];
  if (optimiser === "lbfgs") return [...common, "iterations"];
  return [...common, "rate", ...optimiser === "descent" ? ["iterations"] : ["batch", "epochs"]];
}

/** The same name for the same settings, whatever their order. */
export async function settingsId(settings: Settings): Promise<string> {
  const sorted = JSON.stringify(Object.entries(settings).toSorted(([a], [b]) => a < b ? -1 : 1));
  return (await sha256(sorted)).toHex().slice(0, 12);
}
