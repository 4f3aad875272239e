/**
 * Trains any of the five tutorials' networks, each by its own method, with one kind of report.
 *
 * @module
 */
import { assertWhole } from "../assert_whole.ts";
import { backward } from "../network/backward.ts";
import { initialise, type Initialiser } from "../network/init.ts";
import { type Network, sizesOf } from "../network/network.ts";
import { flatten, unflatten } from "../network/theta.ts";
import { type Random, seededRandom } from "../random.ts";
import { minimise } from "../training/lbfgs.ts";
import { objectiveOf } from "../training/objective.ts";
import { type EngineChoice, evaluateOn, fastObjective } from "../engine/choice.ts";
import { train } from "../engine/train.ts";
import { defaultSchedule } from "../training/loop.ts";
import type { TrainingRecord } from "../training/plan.ts";
import { scheduled, SCHEDULES } from "../training/schedules.ts";
import { stepsPerEpoch } from "../training/batches.ts";
import type { Distortions } from "../data/distort.ts";
import { initialiseLayers } from "../network/init_layers.ts";
import { adam } from "../training/optimisers.ts";
import type { Examples } from "../data/examples.ts";
import type { AdamMethod, Tutorial, Variant } from "./tutorials.ts";

/** What {@linkcode trainTutorial} is told. */
export interface TutorialRun extends EngineChoice {
  /** Pictures to learn from, in the tutorial's form. */
  readonly examples: Examples;
  /** Pictures that are only looked at. */
  readonly test?: Examples;
  /** Pictures that are looked at after each epoch (004). */
  readonly validation?: Examples;
  /** With the published mistakes or without. */
  readonly variant: Variant;
  /** Seed of the starting weights, and of the shuffling of mini-batches. */
  readonly seed: number;
  /** Other starting weights. */
  readonly start?: Network;
  /** Another rule for starting weights than the tutorial's. */
  readonly initialiser?: Initialiser;
  /** Another number of iterations (000 to 003). */
  readonly iterations?: number;
  /** Another number of epochs (004). */
  readonly epochs?: number;
  /** λ of the weight penalty instead of the tutorial's (000 to 003). */
  readonly lambda?: number;
  /** Learns from other pictures of the same digits in each epoch (004 and chapter 15). */
  readonly distortions?: Distortions;
  /** Share of the hidden units that are dropped in each step (004 and chapter 15). */
  readonly dropout?: number;
  /** Units of the hidden layer instead of the tutorial's (000 to 003). */
  readonly hidden?: number;
  /** Called, and awaited, after each epoch (004). */
  readonly onEpoch?: (record: TrainingRecord) => void | Promise<void>;
  /** Called, and awaited, at 0, 10, 20, 50, 100, every 100 updates and the last. */
  readonly onProgress?: (progress: TrainingRecord) => void | Promise<void>;
  /** Called, and awaited, between updates, now and then; return true to stop here and keep everything. */
  readonly shouldStop?: (iteration: number) => boolean | Promise<boolean>;
}

/** A trained network. */
export interface TutorialResult {
  /** The network as it stood at the end. */
  readonly network: Network;
  /** How it stood: loss and accuracy on all it learned from and the test part. */
  readonly final: TrainingRecord;
  /** Why it ended, where the method says so. */
  readonly message?: string;
  /** How often cost and gradient were looked at, where that is not once per iteration. */
  readonly evaluations?: number;
}

/**
 * Trains a tutorial's network.
 *
 * @param tutorial Which.
 * @param run What to learn from, and how it is watched.
 * @throws {TypeError} If the starting weights have other sizes than the tutorial's network.
 * @throws {RangeError} As `train` and `minimise`.
 */
export async function trainTutorial(tutorial: Tutorial, run: TutorialRun): Promise<TutorialResult> {
  const { variant, seed, examples, test } = run, random = seededRandom(seed);
  const sizes = run.hidden === undefined ? tutorial.sizes : tutorial.sizes.with(1, run.hidden);
  const initialiser = run.initialiser ?? tutorial.initialiser[variant];
  const start = run.start ??
    (tutorial.layers
      ? initialiseLayers(tutorial.layers, random, initialiser, tutorial.activations)
      : initialise(sizes, random, initialiser, tutorial.activations));
  if (sizesOf(start).join("-") !== sizes.join("-")) {
    throw new TypeError(
      `Cannot train tutorial ${tutorial.id} from these weights: must be ${sizes.join("-")}, got ${
        sizesOf(start).join("-")
      }`,
    );
  }
  const { method } = tutorial;
  if (method.kind === "adam") {
    return await byAdam(start, { ...method, ...run.epochs && { epochs: run.epochs } }, random, run);
  }
  const iterations = run.iterations ?? method.iterations, lambda = run.lambda ?? method.lambda;
  if (method.kind === "lbfgs") {
    const blind = tutorial.neverTrains === true && variant === "as-written";
    return await byLbfgs(start, { lambda, iterations, blind }, run);
  }
  const result = await train(start, examples, {
    learningRate: method.learningRate,
    lambda,
    iterations,
    test,
    ...tutorial.gradients[variant] !== backward && { gradients: tutorial.gradients[variant] },
    engine: run.engine,
    workers: run.workers,
    onRecord: run.onProgress,
    shouldStop: run.shouldStop,
  });
  return { network: result.network, final: result.history.at(-1)! };
}

async function byAdam(start: Network, method: AdamMethod, random: Random, run: TutorialRun): Promise<TutorialResult> {
  const { examples, onProgress, shouldStop, distortions, dropout, seed } = run;
  const { learningRate, schedule } = method, make = (rate: number) => adam({ learningRate: rate });
  const updates = method.epochs * stepsPerEpoch(examples.images.cols, method.batchSize);
  const { network, history, iterations } = await train(start, examples, {
    ...distortions && { distortions: { ...distortions, seed } },
    ...dropout && { dropout: { share: dropout, seed } },
    epochs: method.epochs,
    batchSize: method.batchSize,
    random,
    optimiser: schedule
      ? scheduled(make, learningRate, (t) => SCHEDULES[schedule]!((t - 1) / updates))
      : make(learningRate),
    test: run.validation,
    engine: run.engine,
    workers: run.workers,
    onRecord: run.onEpoch,
    onStep: async ({ epoch, iteration, loss, accuracy }) => {
      const k = iteration - 1; // the batch was read before its update
      if (defaultSchedule(k)) {
        await onProgress?.({ iteration: k, epoch, loss, accuracy, ...k === 0 && await onTest(start, run) });
      }
    },
    shouldStop,
  });
  const final = {
    iteration: iterations,
    epoch: history.length,
    ...await evaluateOn(network, examples, run),
    ...await onTest(network, run),
  };
  await onProgress?.(final);
  return { network, final };
}

/** `blind`: as 003 was printed, with a cost that never looks at the weights it is asked about. */
async function byLbfgs(
  start: Network,
  { lambda, iterations: maxIterations, blind }: { lambda: number; iterations: number; blind: boolean },
  run: TutorialRun,
): Promise<TutorialResult> {
  const { examples, onProgress, shouldStop } = run;
  assertWhole("train", "iterations", maxIterations, 1);
  await using fast = blind ? null : await fastObjective(start, examples, lambda, run);
  const objective = fast?.objective ?? objectiveOf(start, examples, lambda);
  const standing = async (x: Float64Array, iteration: number, loss: number): Promise<TrainingRecord> => {
    const network = unflatten(x, start), { accuracy } = await evaluateOn(network, examples, run);
    return { iteration, epoch: iteration, loss, accuracy, ...await onTest(network, run) };
  };
  const first = flatten(start.layers), fixed = objective(first);
  await onProgress?.(await standing(first, 0, fixed.value));
  const { x, value, iteration, evaluations, message } = await minimise(blind ? () => fixed : objective, first, {
    maxIterations,
    onIteration: async ({ iteration, value, x }) => {
      if (defaultSchedule(iteration) && iteration < maxIterations) {
        await onProgress?.(await standing(x, iteration, value));
      }
      return await shouldStop?.(iteration) ?? false;
    },
  });
  const final = await standing(x, iteration, value);
  if (iteration > 0) await onProgress?.(final);
  return { network: unflatten(x, start), final, message, evaluations };
}

async function onTest(network: Network, run: TutorialRun) {
  if (!run.test) return {};
  const { loss, accuracy } = await evaluateOn(network, run.test, run);
  return { testLoss: loss, testAccuracy: accuracy };
}
