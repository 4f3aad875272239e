/**
 * Training by mini-batches: many small looks instead of one long one.
 *
 * @module
 */
import { oneHot } from "../data/prepare.ts";
import { matrix } from "../matrix.ts";
import { backward } from "../network/backward.ts";
import { forward } from "../network/forward.ts";
import { type Network, sizesOf } from "../network/init.ts";
import { cost } from "../network/loss.ts";
import { accuracy, predict } from "../network/predict.ts";
import { type Random, shuffledIndices } from "../random.ts";
import type { Optimiser } from "./optimisers.ts";
import type { Examples } from "./train.ts";

/** One update, and how the batch it was made from was read before it. */
export interface BatchStep {
  /** How many epochs are complete. */
  readonly epoch: number;
  /** How many updates have been made, this one included. */
  readonly iteration: number;
  /** The network after the update. */
  readonly network: Network;
  /** Mean loss on the batch before the update, nats per example. */
  readonly loss: number;
  /** Share of the batch read correctly before the update. */
  readonly accuracy: number;
  /** How many examples the batch holds: the last one of an epoch may be smaller. */
  readonly examples: number;
}

/** How {@linkcode miniBatches} goes about it. */
export interface BatchOptions {
  /** Examples per batch, Keras' default is 32. */
  readonly batchSize?: number;
  /** How many times to go through all examples, a whole number from 1. */
  readonly epochs: number;
  /** What to do with each gradient. */
  readonly optimiser: Optimiser;
  /** Shuffles the examples before each epoch; in their order where it is left out. */
  readonly random?: Random;
  /** λ of the weight penalty. */
  readonly lambda?: number;
}

/**
 * How many updates an epoch has: `⌈examples / batchSize⌉`.
 *
 * Tutorial 004's 1688 is ⌈54,000 / 32⌉, and its 313 is ⌈10,000 / 32⌉.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals([stepsPerEpoch(54_000, 32), stepsPerEpoch(10_000, 32)], [1688, 313]);
 * ```
 */
export function stepsPerEpoch(examples: number, batchSize: number): number {
  return Math.ceil(examples / batchSize);
}

/**
 * Goes through the examples in batches and steps after each, for so many epochs; hands over every step.
 *
 * @param network Where to start.
 * @param examples What to learn from.
 * @param options Batch size, epochs, optimiser.
 * @throws {RangeError} If epochs or batch size are not whole numbers from 1, or the loss stops being finite.
 * @see notebooks/12_deeper_minibatch_adam.ipynb
 */
export function* miniBatches(
  network: Network,
  { images, labels }: Examples,
  options: BatchOptions,
): Generator<BatchStep, void, void> {
  const { batchSize = 32, epochs, optimiser, random, lambda = 0 } = options;
  checkBatchOptions(options);
  const classes = sizesOf(network).at(-1)!, count = images.cols;
  let iteration = 0;
  for (let epoch = 0; epoch < epochs; epoch++) {
    const order = random ? shuffledIndices(count, random) : null;
    for (let from = 0; from < count; from += batchSize) {
      const size = Math.min(batchSize, count - from);
      const batch = matrix(images.rows, size), batchLabels = new Uint8Array(size);
      for (let j = 0; j < size; j++) {
        const example = order ? order[from + j]! : from + j;
        batch.data.set(images.data.subarray(example * images.rows, (example + 1) * images.rows), j * images.rows);
        batchLabels[j] = labels[example]!;
      }
      const pass = diagnosed(() => forward(network, batch), iteration), loss = cost(network, pass, batchLabels, lambda);
      network = optimiser(network, backward(network, pass, oneHot(batchLabels, classes), lambda));
      iteration++;
      const read = accuracy(predict(pass.probabilities), batchLabels);
      yield {
        epoch: from + size === count ? epoch + 1 : epoch,
        iteration,
        network,
        loss,
        accuracy: read,
        examples: size,
      };
    }
  }
}

/** Throws a RangeError if epochs or batch size are not whole numbers from 1. */
export function checkBatchOptions({ epochs, batchSize = 32 }: Pick<BatchOptions, "epochs" | "batchSize">): void {
  for (const [name, value] of [["epochs", epochs], ["batchSize", batchSize]] as const) {
    if (!Number.isInteger(value) || value < 1) {
      throw new RangeError(`Cannot train: ${name} must be a whole number from 1, got ${value}`);
    }
  }
}

/** An overflow is reported as what it is, a training that has run away: layer, iteration and likely cause. */
function diagnosed<T>(look: () => T, iteration: number): T {
  try {
    return look();
  } catch (cause) {
    if (iteration === 0 || !(cause instanceof RangeError)) throw cause;
    const where = cause.message.replace("Cannot use layer", "in layer");
    throw new RangeError(
      `Cannot continue training at iteration ${iteration}: ${where}; the steps are too long, try a smaller learningRate`,
      { cause },
    );
  }
}

/** What an epoch amounted to. */
export interface EpochRecord {
  /** Counted from 1. */
  readonly epoch: number;
  /** Mean loss over the epoch's batches, each measured before its update, as Keras prints it. */
  readonly loss: number;
  /** Share read correctly, measured the same way. */
  readonly accuracy: number;
  /** Loss on the validation part after the epoch. */
  readonly validationLoss?: number;
  /** Share of the validation part read correctly after the epoch. */
  readonly validationAccuracy?: number;
}

/** What {@linkcode trainEpochs} is told besides. */
export interface EpochOptions extends BatchOptions {
  /** Looked at after each epoch, never learned from. */
  readonly validation?: Examples;
  /** Called, and awaited, after each update. */
  readonly onStep?: (step: BatchStep) => void | Promise<void>;
  /** Called, and awaited, after each epoch. */
  readonly onEpoch?: (record: EpochRecord, network: Network) => void | Promise<void>;
  /** Called, and awaited, after every update; return true to stop here and keep everything. */
  readonly shouldStop?: (step: BatchStep) => boolean | Promise<boolean>;
}

/** A network trained by mini-batches. */
export interface EpochResult {
  /** The network as it stood at the end. */
  readonly network: Network;
  /** One record per complete epoch. */
  readonly history: readonly EpochRecord[];
  /** How many updates were made. */
  readonly iterations: number;
  /** True if `shouldStop` ended it early. */
  readonly stopped: boolean;
}

/**
 * Trains by mini-batches and keeps a record per epoch.
 *
 * @throws {RangeError} As {@linkcode miniBatches}.
 */
export async function trainEpochs(network: Network, examples: Examples, options: EpochOptions): Promise<EpochResult> {
  const history: EpochRecord[] = [];
  let loss = 0, right = 0, iterations = 0;
  for (const step of miniBatches(network, examples, options)) {
    ({ network, iteration: iterations } = step);
    loss += step.loss * step.examples;
    right += step.accuracy * step.examples;
    await options.onStep?.(step);
    if (step.epoch > history.length) {
      const count = examples.images.cols;
      const record = {
        epoch: step.epoch,
        loss: loss / count,
        accuracy: right / count,
        ...validate(network, options.validation),
      };
      history.push(record);
      loss = right = 0;
      await options.onEpoch?.(record, network);
    }
    if (await options.shouldStop?.(step) === true) return { network, history, iterations, stopped: true };
  }
  return { network, history, iterations, stopped: false };
}

function validate(network: Network, validation: Examples | undefined) {
  if (!validation) return {};
  const { loss, accuracy } = evaluate(network, validation);
  return { validationLoss: loss, validationAccuracy: accuracy };
}

/** Loss (without penalty) and accuracy of a network on some examples, without learning from them. */
export function evaluate(network: Network, { images, labels }: Examples): { loss: number; accuracy: number } {
  const pass = forward(network, images);
  return { loss: cost(network, pass, labels), accuracy: accuracy(predict(pass.probabilities), labels) };
}
