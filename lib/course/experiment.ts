/**
 * Experiments: one training described by its settings, many of them by a grid, each with one row of results.
 *
 * @module
 */
import { type Digits, slice } from "../data/digits.ts";
import { evaluateOn, fastObjective } from "../engine/evaluate.ts";
import { train, trainEpochs } from "../engine/train.ts";
import {
  epsilonUniform,
  gaussian,
  glorot,
  he,
  initialise,
  type Initialiser,
  type Network,
  uniformHalf,
} from "../network/init.ts";
import { pack, unpack } from "../network/theta.ts";
import { seededRandom } from "../random.ts";
import { minimise } from "../training/lbfgs.ts";
import { adam, momentum, type Optimiser, sgd } from "../training/optimisers.ts";
import { type Examples, logged } from "../training/train.ts";
import { networkToSafetensors } from "../weights/safetensors.ts";
import { trainTutorial } from "./train_tutorial.ts";
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

/** A training that came to nothing. */
export interface FailedRow {
  /** As in {@linkcode ExperimentRow}. */
  readonly id: string;
  /** The settings. */
  readonly settings: Settings;
  /** Why: mostly a loss that is no longer a number, because the rate is too large. */
  readonly error: string;
}

/** What came of one training. */
export interface ExperimentRow {
  /** A name made from the settings: the same settings, the same name. */
  readonly id: string;
  /** The settings. */
  readonly settings: Settings;
  /** Loss at the end as the method counts it: on the lesson, with 002's and 003's penalty; with mini-batches, the mean over the last epoch. */
  readonly loss: number;
  /** Share of the lesson read correctly. */
  readonly trainAccuracy: number;
  /** Share of the unseen digits read correctly. */
  readonly testAccuracy: number;
  /** How many of those there were. */
  readonly testExamples: number;
  /** How many numbers the network has. */
  readonly parameters: number;
  /** That loss along the way: after how many looks at the whole lesson (of a tutorial: updates or epochs), and the loss. */
  readonly history: readonly (readonly [looks: number, loss: number])[];
  /** SHA-256 of the trained weights. */
  readonly weights: string;
  /** How long it took. */
  readonly seconds: number;
}

const INITIALISERS: Readonly<Record<string, Initialiser>> = { uniformHalf, epsilonUniform, gaussian, he, glorot };
const BATCHED: Readonly<Record<string, (rate: number) => Optimiser>> = {
  sgd,
  momentum,
  adam: (learningRate) => adam({ learningRate }),
};
const UNSEEN = 1000;

/**
 * All combinations of a grid's lists, the last key turning fastest.
 *
 * `hidden` is a list by nature: several of them are a list of lists.
 *
 * @throws {RangeError} If a key or value is unknown, or one is missing.
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
    if (values.length === 0) throw new RangeError(`Cannot use the grid: "${key}" is an empty list`);
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
  optimiser: oneOf(["descent", "lbfgs", ...Object.keys(BATCHED)]),
  rate: [(v) => Number.isFinite(v) && Number(v) > 0, "a number above 0"],
  batch: whole(1),
  iterations: whole(1),
  epochs: whole(1),
};

function checkSettings(settings: Record<string, unknown>): Settings {
  const fail = (message: string): never => {
    throw new RangeError(`Cannot use the grid: ${message}`);
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
  return (await sha256(new TextEncoder().encode(sorted))).slice(0, 12);
}

async function sha256(bytes: Uint8Array): Promise<string> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes as Uint8Array<ArrayBuffer>)).toHex();
}

interface Outcome {
  readonly network: Network;
  readonly loss: number;
  readonly history: [number, number][];
}

/**
 * Runs one training on the engine, with one worker: the same settings and digits give the same weights, to the last bit.
 * (As written, 000 and 001 follow gradients of their own, by the plain code.)
 *
 * @param set The digits that `settings.data` names; their own test part, or the first thousand, are kept back.
 */
export async function runExperiment(settings: Settings, set: Digits): Promise<ExperimentRow | FailedRow> {
  try {
    return await runOne(settings, set);
  } catch (error) {
    return { id: await settingsId(settings), settings, error: (error as Error).message };
  }
}

async function runOne(settings: Settings, set: Digits): Promise<ExperimentRow> {
  const started = performance.now(), own = settings.tutorial === undefined ? null : tutorial(settings.tutorial);
  const parts = set.test ? { train: set, test: set.test } : keepBack(set);
  const { train: all, test = parts.test } = own?.divide(parts.train, settings.variant ?? "corrected", parts.test) ??
    parts;
  const learned = slice(all, 0, Math.min(settings.rows ?? Infinity, all.labels.length));
  const form = own?.examples ?? tutorial("004").examples, lesson = form(learned), unseen = form(test);
  const { network, loss, history } = own ? await runTutorial(settings, lesson) : await runOwn(settings, lesson);
  const [known, read] = [await evaluateOn(network, lesson, FAST), await evaluateOn(network, unseen, FAST)];
  return {
    id: await settingsId(settings),
    settings,
    loss: digits6(loss),
    trainAccuracy: known.accuracy,
    testAccuracy: read.accuracy,
    testExamples: unseen.images.cols,
    parameters: pack(network.layers).length,
    history: thin(history).map(([x, y]) => [x, digits6(y)] as const),
    weights: await sha256(networkToSafetensors(network)),
    seconds: Number(((performance.now() - started) / 1000).toFixed(2)),
  };
}

const FAST = { engine: "fast" } as const;

function keepBack(set: Digits): { train: Digits; test: Digits } {
  if (set.labels.length < 2 * UNSEEN) {
    throw new RangeError(`Cannot experiment with ${set.labels.length} digits: ${2 * UNSEEN} are needed at least`);
  }
  return { train: slice(set, UNSEEN), test: slice(set, 0, UNSEEN) };
}

async function runTutorial(settings: Settings, lesson: Examples): Promise<Outcome> {
  const { variant = "corrected", rng: seed = 1, iterations, epochs } = settings, history: [number, number][] = [];
  const own = tutorial(settings.tutorial!), byEpochs = own.method.kind === "adam";
  const { network, final } = await trainTutorial(own, {
    variant,
    seed,
    iterations,
    epochs,
    lesson,
    ...FAST,
    onProgress: ({ iteration, loss }) => void (byEpochs || history.push([iteration, loss])),
    onEpoch: ({ epoch, loss }) => void history.push([epoch, loss]),
  });
  return { network, loss: final.loss, history };
}

async function runOwn(settings: Settings, lesson: Examples): Promise<Outcome> {
  const { hidden, init, optimiser, rate, batch = 32, rng = 1 } = settings, random = seededRandom(rng);
  const start = initialise([lesson.images.rows, ...hidden!, 10], random, INITIALISERS[init!]!),
    history: [number, number][] = [];
  if (optimiser === "lbfgs") {
    await using fast = await fastObjective(start, lesson, 0, FAST);
    if (!fast) throw new Error("Cannot experiment here: this machine has no vectors in WebAssembly");
    const { x, value } = await minimise(fast.objective, pack(start.layers), {
      maxIterations: settings.iterations ?? 100,
      onIteration: ({ evaluations, value }) => void history.push([evaluations, value]),
    });
    return { network: unpack(x, start), loss: value, history };
  }
  if (optimiser === "descent") {
    const { network, history: records } = await train(start, lesson, {
      iterations: settings.iterations ?? 200,
      learningRate: rate ?? 0.1,
      record: (k) => logged(k) || k % 10 === 0,
      ...FAST,
    });
    return { network, loss: records.at(-1)!.loss, history: records.map(({ iteration, loss }) => [iteration, loss]) };
  }
  const { network, history: records } = await trainEpochs(start, lesson, {
    epochs: settings.epochs ?? 3,
    batchSize: batch,
    optimiser: BATCHED[optimiser!]!(rate ?? (optimiser === "adam" ? 0.001 : 0.05)),
    random,
    ...FAST,
  });
  return { network, loss: records.at(-1)!.loss, history: records.map(({ epoch, loss }) => [epoch, loss]) };
}

/** At most forty points of a curve, its ends among them. */
function thin<T>(points: readonly T[]): T[] {
  const step = Math.ceil(points.length / 40);
  return points.filter((_, i) => i % step === 0 || i === points.length - 1);
}

function digits6(value: number): number {
  return Number(value.toPrecision(6));
}
