/**
 * Experiments: a training described by its settings, with one row of results.
 *
 * @module
 */
import { augmented } from "../data/augment.ts";
import { HANDWRITING } from "../data/distort.ts";
import { type Digits, slice } from "../data/digits.ts";
import type { Examples } from "../data/examples.ts";
import { assertWhole } from "../assert_whole.ts";
import { NotFinite } from "../errors.ts";
import { evaluateOn, fastObjective } from "../engine/choice.ts";
import { train } from "../engine/train.ts";
import { forward } from "../network/forward.ts";
import { initialiseLayers } from "../network/init_layers.ts";
import { countParameters, type Network } from "../network/network.ts";
import { flatten, unflatten } from "../network/theta.ts";
import { seededRandom } from "../random.ts";
import { earlyStopping } from "../training/early_stopping.ts";
import { minimise } from "../training/lbfgs.ts";
import { defaultSchedule } from "../training/loop.ts";
import { adam, momentum, type Optimiser, sgd } from "../training/optimisers.ts";
import { scheduled, SCHEDULES } from "../training/schedules.ts";
import { stepsPerEpoch } from "../training/batches.ts";
import { networkToSafetensors } from "../formats/safetensors.ts";
import { trainTutorial } from "../tutorials/train_tutorial.ts";
import { tutorial } from "../tutorials/tutorials.ts";
import type { Curve, DataNote, ExperimentRow, FailedRow } from "./rows.ts";
import { activationsOf, INITIALISERS, layersOf, LOSSES, type Settings, trialId } from "./settings.ts";
import { sha256 } from "../sha256.ts";

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
  if (layers.some(({ convolution }) => convolution)) return {}; // a filter has as many units as places
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
  const { init, optimiser, lambda = 0, seed = 1, distort, dropout } = settings, random = seededRandom(seed);
  const { loss } = LOSSES[settings.loss ?? "cross-entropy"]!, layers = layersOf(settings, training.images.rows);
  const start = initialiseLayers(layers, random, INITIALISERS[init!]!, activationsOf(settings));
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
  const steps = full ? iterations : epochs * stepsPerEpoch(count, batchSize),
    stop = settings.patience === undefined ? null : earlyStopping(settings.patience, "testAccuracy");
  const { network, history } = await train(start, training, {
    ...full ? { iterations, record: (k: number) => defaultSchedule(k) || k % 10 === 0 } : { epochs, batchSize, random },
    ...{ optimiser: optimiserOf(settings, steps), loss, lambda, ...FAST },
    ...validation && { test: validation },
    ...distort && { distortions: { ...HANDWRITING, seed } },
    ...dropout && { dropout: { share: dropout, seed } },
    onRecord: stop?.onRecord,
  });
  const best = stop?.best();
  return {
    ...{ network: best?.network ?? network, loss: history.at(-1)!.loss },
    ...best && { bestEpoch: best.record.epoch },
    history: history.map(({ iteration, epoch, loss, accuracy, testLoss, testAccuracy }) => ({
      ...{ after: full ? iteration : epoch, loss, accuracy },
      ...testLoss !== undefined && { validationLoss: testLoss, validationAccuracy: testAccuracy! },
    })),
  };
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
