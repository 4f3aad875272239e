/**
 * Experiments: a training described by its settings, with one row of results.
 *
 * @module
 */
import { type Digits, slice } from "../data/digits.ts";
import { NotFinite } from "../errors.ts";
import { evaluateOn, fastObjective } from "../engine/choice.ts";
import { train } from "../engine/train.ts";
import { initialise } from "../network/init.ts";
import type { Network } from "../network/network.ts";
import { flatten, unflatten } from "../network/theta.ts";
import { seededRandom } from "../random.ts";
import { minimise } from "../training/lbfgs.ts";
import { adam, momentum, type Optimiser, sgd } from "../training/optimisers.ts";
import type { Examples } from "../data/examples.ts";
import { defaultSchedule } from "../training/loop.ts";
import { networkToSafetensors } from "../formats/safetensors.ts";
import { trainTutorial } from "./train_tutorial.ts";
import { INITIALISERS, type Settings, settingsId } from "./experiment_settings.ts";
import { sha256 } from "../sha256.ts";
import { tutorial } from "./tutorials.ts";

/** A training that came to nothing. */
export interface FailedRow {
  /** As in {@linkcode ExperimentRow}. */
  readonly id: string;
  /** The settings. */
  readonly settings: Settings;
  /** Why: mostly a loss that is no longer a number, because the rate is too large. */
  readonly error: string;
  /** True if that is the reason: then the same settings would end the same way again. */
  readonly diverged: boolean;
}

/** What came of one training. */
export interface ExperimentRow {
  /** A name made from the settings: the same settings, the same name. */
  readonly id: string;
  /** The settings. */
  readonly settings: Settings;
  /** Loss at the end as the method counts it: on all it learned from, with 002's and 003's penalty; with mini-batches, the mean over the last epoch. */
  readonly loss: number;
  /** Share of what it learned from that is read correctly. */
  readonly trainAccuracy: number;
  /** Share of the test part read correctly. */
  readonly testAccuracy: number;
  /** How many of those there were. */
  readonly testExamples: number;
  /** How many numbers the network has. */
  readonly parameters: number;
  /** That loss along the way: after how many evaluations of all it learned from (of a tutorial: updates or epochs), and the loss. */
  readonly history: readonly (readonly [evaluations: number, loss: number])[];
  /** SHA-256 of the trained weights. */
  readonly weights: string;
  /** How long it took. */
  readonly seconds: number;
}

const BATCHED: Readonly<Record<string, (rate: number) => Optimiser>> = {
  sgd,
  momentum,
  adam: (learningRate) => adam({ learningRate }),
};
const UNSEEN = 1000;

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
    return {
      id: await settingsId(settings),
      settings,
      error: (error as Error).message,
      diverged: error instanceof NotFinite,
    };
  }
}

async function runOne(settings: Settings, set: Digits): Promise<ExperimentRow> {
  const started = performance.now(), own = settings.tutorial === undefined ? null : tutorial(settings.tutorial);
  const parts = set.test ? { train: set, test: set.test } : keepBack(set);
  const { train: all, test = parts.test } = own?.divide(parts.train, settings.variant ?? "corrected", parts.test) ??
    parts;
  const learned = slice(all, 0, Math.min(settings.rows ?? Infinity, all.labels.length));
  const form = own?.examples ?? tutorial("004").examples, training = form(learned), testing = form(test);
  const { network, loss, history } = own ? await runTutorial(settings, training) : await runOwn(settings, training);
  const [known, read] = [await evaluateOn(network, training, FAST), await evaluateOn(network, testing, FAST)];
  return {
    id: await settingsId(settings),
    settings,
    loss: digits6(loss),
    trainAccuracy: known.accuracy,
    testAccuracy: read.accuracy,
    testExamples: testing.images.cols,
    parameters: flatten(network.layers).length,
    history: thin(history).map(([x, y]) => [x, digits6(y)] as const),
    weights: (await sha256(networkToSafetensors(network))).toHex(),
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

async function runTutorial(settings: Settings, training: Examples): Promise<Outcome> {
  const { variant = "corrected", rng: seed = 1, iterations, epochs } = settings, history: [number, number][] = [];
  const own = tutorial(settings.tutorial!), byEpochs = own.method.kind === "adam";
  const { network, final } = await trainTutorial(own, {
    variant,
    seed,
    iterations,
    epochs,
    examples: training,
    ...FAST,
    onProgress: ({ iteration, loss }) => void (byEpochs || history.push([iteration, loss])),
    onEpoch: ({ epoch, loss }) => void history.push([epoch, loss]),
  });
  return { network, loss: final.loss, history };
}

async function runOwn(settings: Settings, training: Examples): Promise<Outcome> {
  const { hidden, init, optimiser, rate, batch = 32, rng = 1 } = settings, random = seededRandom(rng);
  const start = initialise([training.images.rows, ...hidden!, 10], random, INITIALISERS[init!]!),
    history: [number, number][] = [];
  if (optimiser === "lbfgs") {
    await using fast = await fastObjective(start, training, 0, FAST);
    if (!fast) throw new Error("Cannot experiment here: this machine has no vectors in WebAssembly");
    const { x, value } = await minimise(fast.objective, flatten(start.layers), {
      maxIterations: settings.iterations ?? 100,
      onIteration: ({ evaluations, value }) => void history.push([evaluations, value]),
    });
    return { network: unflatten(x, start), loss: value, history };
  }
  if (optimiser === "descent") {
    const { network, history: records } = await train(start, training, {
      iterations: settings.iterations ?? 200,
      learningRate: rate ?? 0.1,
      record: (k) => defaultSchedule(k) || k % 10 === 0,
      ...FAST,
    });
    return { network, loss: records.at(-1)!.loss, history: records.map(({ iteration, loss }) => [iteration, loss]) };
  }
  const { network, history: records } = await train(start, training, {
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
