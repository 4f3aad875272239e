/**
 * What a training is told, what comes of it, and the plan made from that.
 *
 * @module
 */
import { assertWhole } from "../assert_whole.ts";
import { assertDistortions } from "../data/distort.ts";
import type { Measures } from "../evaluation/evaluate.ts";
import { assertDropout } from "../network/dropout.ts";
import type { Network } from "../network/network.ts";
import type { Random } from "../random.ts";
import { stepsPerEpoch } from "./batches.ts";
import { MOMENTS, type Optimiser, type OptimiserState, sgd } from "./optimisers.ts";
import type { StepperOptions } from "./stepper.ts";

/** How the network stood. */
export interface TrainingRecord {
  /** How many updates it had had. */
  readonly iteration: number;
  /** How often all examples had been seen. */
  readonly epoch: number;
  /**
   * Mean loss with the weight penalty, nats per example: on all examples as the network stood; with mini-batches the mean over
   * the epoch's batches, each measured before its update, as Keras prints it.
   */
  readonly loss: number;
  /** Share read correctly, 0 to 1, measured the same way. */
  readonly accuracy: number;
  /** Mean loss on the test part, without the penalty, where there is one. */
  readonly testLoss?: number;
  /** Share of the test part read correctly. */
  readonly testAccuracy?: number;
}

/** One update. */
export interface Step {
  /** How many updates have been made, this one included. */
  readonly iteration: number;
  /** How many epochs are complete. */
  readonly epoch: number;
  /** The network after the update. */
  readonly network: Network;
  /** Mean loss, before the update, on what it was made from, nats per example. */
  readonly loss: number;
  /** Share of it read correctly, before the update. */
  readonly accuracy: number;
}

/** What `trainingLoop` is told. */
export interface TrainOptions
  extends Pick<StepperOptions, "lambda" | "loss" | "test" | "gradients" | "dropout" | "distortions"> {
  /** How many updates, each from all examples; a whole number from 1. */
  readonly iterations?: number;
  /** Instead: how often to go through all examples in mini-batches; a whole number from 1. */
  readonly epochs?: number;
  /** Examples per mini-batch; 32, as in Keras, where nothing is said. The last one of an epoch may be smaller. */
  readonly batchSize?: number;
  /** α of plain steps, no unit; above 0. */
  readonly learningRate?: number;
  /** Instead: another optimiser. */
  readonly optimiser?: Optimiser;
  /** Shuffles the examples before each epoch; in their order where it is left out. Not asked for with `resume`, which has its own. */
  readonly random?: Random;
  /** With `iterations`: which to record; 0, 10, 20, 50, 100 and every 100 where nothing is said. The last one always is. */
  readonly record?: (iteration: number) => boolean;
  /**
   * Called, and awaited, with each new record, all records, and a way to the network as it stands: the place for a live plot.
   * Return true to stop here, as with `shouldStop`.
   */
  readonly onRecord?: (
    record: TrainingRecord,
    history: readonly TrainingRecord[],
    network: () => Network,
  ) => void | boolean | Promise<void | boolean>;
  /** Called, and awaited, after every update. */
  readonly onStep?: (step: Step) => void | Promise<void>;
  /** Called, and awaited, before every update with the number of those made; return true to stop here and keep everything. */
  readonly shouldStop?: (iteration: number) => boolean | Promise<boolean>;
  /** What an earlier call returned: go on from there, up to `iterations` or `epochs` in all. */
  readonly resume?: TrainingResult;
}

/** A trained network and its history. */
export interface TrainingResult {
  /** The network as it stood at the end. */
  readonly network: Network;
  /** The records, oldest first: the recorded iterations, or one for each complete epoch. */
  readonly history: readonly TrainingRecord[];
  /** How many updates it has had. */
  readonly iterations: number;
  /** True if `shouldStop` ended it early. */
  readonly stopped: boolean;
  /** What `resume` needs besides. */
  readonly memory: {
    /** How many examples there were, and how many of them made an update. */
    readonly count: number;
    readonly batchSize: number;
    /** The optimiser's. */
    readonly optimiser: OptimiserState;
    /** The order of the epoch's examples, and the generator of the next ones. */
    readonly order: Uint32Array;
    readonly random?: Random;
    /** Sums of loss and accuracy over the epoch so far. */
    readonly seen: Measures;
  };
}

/** What a training is to do. */
export interface Plan {
  readonly optimiser: Optimiser;
  /** Examples per update. */
  readonly batchSize: number;
  /** Whether by mini-batches, with one record for each epoch. */
  readonly byEpoch: boolean;
  /** Updates per epoch. */
  readonly perEpoch: number;
  /** Updates in all. */
  readonly total: number;
}

/**
 * How many updates from how many examples each, and by which optimiser.
 *
 * @param count How many examples there are.
 * @throws {TypeError} If it is not said for how long, or by which steps, or too much is said.
 * @throws {RangeError} If a number makes no sense, or what is to go on was another training.
 */
export function planOf(options: TrainOptions, count: number): Plan {
  const { iterations, epochs, learningRate, resume, random } = options, byEpoch = epochs !== undefined;
  assertWhole("train", "the number of examples", count, 1);
  assertOneOf("iterations or epochs", iterations, epochs);
  assertOneOf("learningRate or optimiser", learningRate, options.optimiser);
  const { dropout, distortions } = options;
  if (!byEpoch && (options.batchSize !== undefined || random || dropout || distortions)) {
    throw new TypeError(
      "Cannot train: batchSize, random, dropout and distortions belong to epochs; iterations look at all examples at once",
    );
  }
  if (dropout) assertDropout(dropout);
  if (distortions) assertDistortions(distortions);
  const unit = byEpoch ? "epochs" : "iterations", wanted = byEpoch ? epochs : iterations!;
  const batchSize = byEpoch ? options.batchSize ?? 32 : count, optimiser = options.optimiser ?? sgd(learningRate!);
  assertWhole("train", unit, wanted, 1);
  assertWhole("train", "batchSize", batchSize, 1);
  if (!(0 <= (options.lambda ?? 0) && (options.lambda ?? 0) < Infinity)) {
    throw new RangeError(`Cannot train: lambda must be a finite number from 0, got ${options.lambda}`);
  }
  const perEpoch = stepsPerEpoch(count, batchSize), total = byEpoch ? wanted * perEpoch : wanted;
  if (resume) {
    const done = byEpoch ? resume.iterations / perEpoch : resume.iterations, { memory } = resume;
    if (byEpoch) assertSame("examples", memory.count, count); // in the middle of an epoch, others would be another epoch
    if (byEpoch || memory.batchSize < memory.count) assertSame("batchSize", memory.batchSize, batchSize);
    const kept = memory.optimiser.moments.length, { rule } = optimiser;
    if (rule && kept !== MOMENTS[rule.kind]) {
      throw new RangeError(
        `Cannot resume: the optimiser must be of the kind it was, which kept ${kept} numbers for each parameter; ` +
          `${rule.kind} keeps ${MOMENTS[rule.kind]}`,
      );
    }
    if (wanted <= done) {
      throw new RangeError(`Cannot resume after ${done} ${unit}: ${unit} must be more than that, got ${wanted}`);
    }
  }
  return { optimiser, batchSize, byEpoch, perEpoch, total };
}

function assertOneOf(names: string, one: unknown, other: unknown): void {
  if ((one === undefined) !== (other === undefined)) return;
  throw new TypeError(`Cannot train: needs ${names}, got ${one === undefined ? "neither" : "both"}`);
}

function assertSame(what: string, before: number, now: number): void {
  if (before !== now) throw new RangeError(`Cannot resume: ${what} must be ${before} as before, got ${now}`);
}
