/**
 * Experiments: a training described by its settings, with one row of results.
 *
 * @module
 */
import { augmented } from "../data/augment.ts";
import { type Digits, slice } from "../data/digits.ts";
import type { Examples } from "../data/examples.ts";
import { assertWhole } from "../assert_whole.ts";
import { NotFinite } from "../errors.ts";
import { evaluateOn, fastObjective } from "../engine/choice.ts";
import { train } from "../engine/train.ts";
import { forward } from "../network/forward.ts";
import { initialise } from "../network/init.ts";
import { countParameters, type Network } from "../network/network.ts";
import { flatten, unflatten } from "../network/theta.ts";
import { seededRandom } from "../random.ts";
import { minimise } from "../training/lbfgs.ts";
import { defaultSchedule } from "../training/loop.ts";
import { adam, momentum, type Optimiser, sgd } from "../training/optimisers.ts";
import type { TrainingRecord } from "../training/plan.ts";
import { scheduled, SCHEDULES } from "../training/schedules.ts";
import { stepsPerEpoch } from "../training/batches.ts";
import { networkToSafetensors } from "../formats/safetensors.ts";
import { trainTutorial } from "../tutorials/train_tutorial.ts";
import { tutorial } from "../tutorials/tutorials.ts";
import { activationsOf, INITIALISERS, LOSSES, type Settings, trialId } from "./settings.ts";
import { sha256 } from "../sha256.ts";

/** Which digits a row is of: by what they are, not by where they lay. */
export interface DataNote {
  /** Their name. */
  readonly name: string;
  /** How many. */
  readonly digits: number;
  /** The first 12 digits of the SHA-256 of pixels and labels. */
  readonly sha256: string;
}

/** A training that came to nothing. */
export interface FailedRow {
  /** As in {@linkcode ExperimentRow}. */
  readonly id: string;
  /** As there. */
  readonly settings: Settings;
  /** As there. */
  readonly data: DataNote;
  /** Why: mostly a loss that is no longer a number, because the rate is too large. */
  readonly error: string;
  /** True if that is the reason: then the same settings would end the same way again. */
  readonly diverged: boolean;
}

/** The way of a training, as columns: the k-th numbers belong together. */
export interface Curve {
  /** After how many epochs; with full batches, after how many evaluations of all it learned from. */
  readonly after: readonly number[];
  /** Loss as the method counts it; with mini-batches, the mean over the epoch. */
  readonly loss: readonly number[];
  /** Share of what it learned from that is read correctly, measured the same way. */
  readonly accuracy?: readonly number[];
  /** Loss on the validation part, where there is one. */
  readonly validationLoss?: readonly number[];
  /** Share of it read correctly. */
  readonly validationAccuracy?: readonly number[];
}

/** What came of one training. */
export interface ExperimentRow {
  /** A name made from settings and digits: the same of both, the same name. */
  readonly id: string;
  /** The settings. */
  readonly settings: Settings;
  /** The digits. */
  readonly data: DataNote;
  /** Loss at the end as the method counts it: on all it learned from, with the penalty; with mini-batches, the mean over the last epoch. */
  readonly loss: number;
  /** Share of what it learned from that is read correctly. */
  readonly trainAccuracy: number;
  /** Share of the validation part read correctly, where there is one: what to choose by. */
  readonly validationAccuracy?: number;
  /** How many those are. */
  readonly validationExamples?: number;
  /** Share of the test part read correctly: for what was chosen, once. */
  readonly testAccuracy: number;
  /** How many of those there were. */
  readonly testExamples: number;
  /** How many numbers the network has. */
  readonly parameters: number;
  /** How many hidden units with ReLU never wake for a thousand of the digits learned from. */
  readonly deadUnits?: number;
  /** With `patience`: after which epoch the network was taken. */
  readonly bestEpoch?: number;
  /** The way there. */
  readonly history: Curve;
  /** SHA-256 of the trained weights. */
  readonly weights: string;
  /** How long it took. */
  readonly seconds: number;
}

const UNSEEN = 1000;
const FAST = { engine: "fast" } as const;

type Point = { readonly [K in keyof Curve]: number };

interface Outcome {
  readonly network: Network;
  readonly loss: number;
  readonly history: readonly Point[];
  readonly bestEpoch?: number;
}

const notes = new WeakMap<Digits, Promise<DataNote>>();

/** Says which digits these are. */
export function noteOf(set: Digits): Promise<DataNote> {
  if (!notes.has(set)) notes.set(set, makeNote(set));
  return notes.get(set)!;
}

async function makeNote({ name, pixels, values, labels, test }: Digits): Promise<DataNote> {
  const parts = [{ pixels, values, labels }, ...test ? [test] : []];
  const hashes = parts.flatMap((part) => [part.values ? new Uint8Array(part.values.buffer) : part.pixels, part.labels]);
  const each = await Promise.all(hashes.map(async (bytes) => (await sha256(bytes)).toHex()));
  return { name, digits: labels.length, sha256: (await sha256(each.join())).toHex().slice(0, 12) };
}

/**
 * Runs one training on the engine, with one worker: the same settings and digits give the same weights, to the last bit.
 * (As written, 000 and 001 follow gradients of their own, by the plain code.)
 *
 * @param set The digits; their own test part, or the first thousand, are kept back.
 */
export async function runExperiment(settings: Settings, set: Digits): Promise<ExperimentRow | FailedRow> {
  const data = await noteOf(set), named = { id: await trialId(settings, data.sha256), settings, data };
  try {
    return { ...named, ...await runOne(settings, set) };
  } catch (error) {
    return { ...named, error: (error as Error).message, diverged: error instanceof NotFinite };
  }
}

async function runOne(settings: Settings, set: Digits): Promise<Omit<ExperimentRow, "id" | "settings" | "data">> {
  const started = performance.now(), own = settings.tutorial === undefined ? null : tutorial(settings.tutorial);
  const parts = set.test ? { train: set, test: set.test } : keepBack(set);
  const { train: all, test = parts.test } = own?.divide(parts.train, settings.variant ?? "corrected", parts.test) ??
    parts;
  const some = slice(all, 0, Math.min(settings.rows ?? Infinity, all.labels.length));
  const { learned, validation } = chooseBy(some, settings.validation ?? 0);
  const form = own?.examples ?? tutorial("004").examples;
  const training = form(augmented(learned, settings.augment ?? "none")), testing = form(test);
  const validating = validation && form(validation);
  const { network, loss, history, ...more } = own
    ? await runTutorial(settings, training)
    : await runOwn(settings, training, validating);
  const read = async (examples: Examples) => (await evaluateOn(network, examples, FAST)).accuracy;
  return {
    loss: digits6(loss),
    trainAccuracy: await read(training),
    ...validating && {
      validationAccuracy: await read(validating),
      validationExamples: validating.images.cols,
    },
    testAccuracy: await read(testing),
    testExamples: testing.images.cols,
    parameters: countParameters(network),
    ...deadUnits(network, form(slice(learned, 0, Math.min(1000, learned.labels.length)))),
    ...more,
    history: columnsOf(history),
    weights: (await sha256(networkToSafetensors(network))).toHex(),
    seconds: Number(((performance.now() - started) / 1000).toFixed(2)),
  };
}

function keepBack(set: Digits): { train: Digits; test: Digits } {
  if (set.labels.length < 2 * UNSEEN) {
    throw new RangeError(`Cannot experiment with ${set.labels.length} digits: ${2 * UNSEEN} are needed at least`);
  }
  return { train: slice(set, UNSEEN), test: slice(set, 0, UNSEEN) };
}

/** The last ones are kept back, before any are changed: a copy of a digit that is learned must not be what is chosen by. */
function chooseBy(set: Digits, count: number): { learned: Digits; validation?: Digits } {
  if (count === 0) return { learned: set };
  assertWhole("experiment", "validation", count, 1, set.labels.length - 1);
  const kept = set.labels.length - count;
  return { learned: slice(set, 0, kept), validation: slice(set, kept) };
}

function deadUnits({ layers }: Network, { images }: Examples): { deadUnits?: number } {
  const bent = layers.slice(0, -1).map(({ activation }) => activation);
  if (!bent.includes("relu")) return {};
  const { activations } = forward({ layers }, images);
  const asleep = activations.slice(1, -1).map(({ rows, data }) =>
    Array.from({ length: rows }, (_, unit) => data.every((a, i) => i % rows !== unit || a === 0)).filter(Boolean).length
  );
  return { deadUnits: asleep.reduce((a, b) => a + b, 0) };
}

async function runTutorial(settings: Settings, examples: Examples): Promise<Outcome> {
  const { variant = "corrected", seed = 1, init, iterations, epochs } = settings, history: Point[] = [];
  const own = tutorial(settings.tutorial!), byEpochs = own.method.kind === "adam";
  const { network, final } = await trainTutorial(own, {
    ...{ variant, seed, iterations, epochs, examples, ...FAST },
    ...init !== undefined && { initialiser: INITIALISERS[init]! },
    onProgress: ({ iteration, loss, accuracy }) =>
      void (byEpochs || history.push({ after: iteration, loss, accuracy })),
    onEpoch: ({ epoch, loss, accuracy }) => void history.push({ after: epoch, loss, accuracy }),
  });
  return { network, loss: final.loss, history };
}

async function runOwn(settings: Settings, training: Examples, validation?: Examples): Promise<Outcome> {
  const { hidden, init, optimiser, lambda = 0, seed = 1 } = settings, random = seededRandom(seed);
  const { loss } = LOSSES[settings.loss ?? "cross-entropy"]!, sizes = [training.images.rows, ...hidden!, 10];
  const start = initialise(sizes, random, INITIALISERS[init!]!, activationsOf(settings));
  if (optimiser === "lbfgs") {
    await using fast = await fastObjective(start, training, lambda, FAST, loss);
    if (!fast) throw new Error("Cannot experiment here: this machine has no vectors in WebAssembly");
    const history: Point[] = [];
    const { x, value } = await minimise(fast.objective, flatten(start.layers), {
      maxIterations: settings.iterations ?? 100,
      onIteration: ({ evaluations, value }) => void history.push({ after: evaluations, loss: value }),
    });
    return { network: unflatten(x, start), loss: value, history };
  }
  const full = optimiser === "descent", count = training.labels.length;
  const batchSize = full || settings.batch === "all" ? count : settings.batch ?? 32;
  const iterations = settings.iterations ?? 200, epochs = settings.epochs ?? 3;
  const steps = full ? iterations : epochs * stepsPerEpoch(count, batchSize), stop = patienceOf(settings.patience);
  const { network, history } = await train(start, training, {
    ...full ? { iterations, record: (k: number) => defaultSchedule(k) || k % 10 === 0 } : { epochs, batchSize, random },
    ...{ optimiser: optimiserOf(settings, steps), loss, lambda, ...FAST },
    ...validation && { test: validation },
    onRecord: (record, _, network) => stop.look(record, network),
    shouldStop: () => stop.reached,
  });
  const best = stop.best && { bestEpoch: stop.best.epoch };
  return {
    ...{ network: stop.best?.network ?? network, loss: history.at(-1)!.loss, ...best },
    history: history.map(({ iteration, epoch, loss, accuracy, testLoss, testAccuracy }) => ({
      ...{ after: full ? iteration : epoch, loss, accuracy },
      ...testLoss !== undefined && { validationLoss: testLoss, validationAccuracy: testAccuracy! },
    })),
  };
}

/** Watches the validation part: which network was best, and whether there was none better for `patience` epochs. */
function patienceOf(patience: number | undefined) {
  const watch = {
    best: undefined as { epoch: number; accuracy: number; network: Network } | undefined,
    reached: false,
    look({ epoch, testAccuracy: accuracy }: TrainingRecord, network: () => Network) {
      if (patience === undefined || accuracy === undefined) return;
      if (!watch.best || accuracy > watch.best.accuracy) watch.best = { epoch, accuracy, network: network() };
      watch.reached = epoch - watch.best.epoch >= patience;
    },
  };
  return watch;
}

function optimiserOf(settings: Settings, steps: number): Optimiser {
  const { optimiser, beta, beta1, beta2, epsilon, schedule = "constant" } = settings;
  const numbers = Object.entries({ beta1, beta2, epsilon }).filter(([, value]) => value !== undefined);
  const kinds: Readonly<Record<string, readonly [rate: number, make: (rate: number) => Optimiser]>> = {
    descent: [0.1, sgd],
    sgd: [0.05, sgd],
    momentum: [0.05, (rate) => momentum(rate, beta)],
    adam: [0.001, (learningRate) => adam({ learningRate, ...Object.fromEntries(numbers) })],
  };
  const [usual, make] = kinds[optimiser!]!, rate = settings.rate ?? usual;
  return schedule === "constant" ? make(rate) : scheduled(make, rate, (t) => SCHEDULES[schedule]!((t - 1) / steps));
}

/** At most thirty points of a curve, its ends among them, as columns. */
function columnsOf(points: readonly Point[]): Curve {
  const step = Math.ceil(points.length / 30);
  const kept = points.filter((_, i) => i % step === 0 || i === points.length - 1);
  const names = Object.keys(points[0] ?? { after: [], loss: [] }) as (keyof Curve)[];
  return Object.fromEntries(
    names.map((name) => [name, kept.map((point) => Number(point[name]!.toPrecision(5)))]),
  ) as unknown as Curve;
}

function digits6(value: number): number {
  return Number(value.toPrecision(6));
}
