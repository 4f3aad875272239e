/**
 * The one loop of every training: look, step, keep a record; it can be watched, stopped and taken up again.
 *
 * @module
 */
import { assertWhole } from "../assert_whole.ts";
import type { Examples } from "../data/examples.ts";
import type { Measures } from "../evaluation/evaluate.ts";
import { NotFinite, SumsNotFinite } from "../errors.ts";
import type { Network } from "../network/network.ts";
import { type Random, shuffledIndices } from "../random.ts";
import { stepsPerEpoch } from "./batches.ts";
import { type Optimiser, type OptimiserState, sgd } from "./optimisers.ts";
import type { OpenStepper, Stepper, StepperOptions } from "./stepper.ts";

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

/** What {@linkcode trainingLoop} is told. */
export interface TrainOptions extends Pick<StepperOptions, "lambda" | "test" | "gradients"> {
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
  /** Shuffles the examples before each epoch; in their order where it is left out. */
  readonly random?: Random;
  /** With `iterations`: which to record; {@linkcode defaultSchedule} where nothing is said. The last one always is. */
  readonly record?: (iteration: number) => boolean;
  /** Called, and awaited, with each new record: the place for a live plot. */
  readonly onRecord?: (record: TrainingRecord, history: readonly TrainingRecord[]) => void | Promise<void>;
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
    /** The optimiser's. */
    readonly optimiser: OptimiserState;
    /** The order of the epoch's examples, and the generator of the next ones. */
    readonly order: Uint32Array;
    readonly random?: Random;
    /** Sums of loss and accuracy over the epoch so far. */
    readonly seen: Measures;
  };
}

/** The usual iterations to look at: 0, 10, 20, 50, 100, then every 100. */
export function defaultSchedule(iteration: number): boolean {
  return [0, 10, 20, 50].includes(iteration) || iteration % 100 === 0;
}

/**
 * Trains a network: by updates from all examples (`iterations`), or from mini-batches (`epochs`).
 *
 * @param open Who does the arithmetic.
 * @param start Where to start (unless `resume` is given).
 * @param examples What to learn from.
 * @param options For how long, by which steps, and who is watching.
 * @returns The network, its history, and whether it was stopped. Stopped or not, nothing learned is lost, and stopping
 *   and resuming gives the very same weights as one long run.
 * @throws {TypeError} If it is not said for how long, or by which steps.
 * @throws {RangeError} If the loss stops being a finite number, there is nothing left to do, or a number makes no sense.
 * @see notebooks/08_update_and_train.ipynb
 */
export async function trainingLoop(
  open: OpenStepper,
  start: Network,
  examples: Examples,
  options: TrainOptions,
): Promise<TrainingResult> {
  const { resume, record = defaultSchedule, onRecord, onStep, shouldStop } = options;
  const count = examples.images.cols;
  const { optimiser, batchSize, byEpoch, perEpoch, total } = planOf(options, count);
  const done = resume?.iterations ?? 0;
  const random = resume ? copyOf(resume.memory.random) : options.random;
  const history = [...resume?.history ?? []];
  let seen = resume?.memory.seen ?? NOTHING;
  const state = resume?.memory.optimiser;
  await using stepper = await open(resume?.network ?? start, examples, { ...options, optimiser, batchSize, state });
  if (resume) stepper.order.set(resume.memory.order);

  /** What was seen, unless it is no number any more: before the first update, no step can be to blame for that. */
  const checked = (iteration: number, look: () => Measures | null) => {
    try {
      const measures = look();
      if (measures) assertFinite(iteration, measures.loss, optimiser);
      return measures;
    } catch (error) {
      throw error instanceof SumsNotFinite && iteration > done ? ranAway(iteration, error, optimiser) : error;
    }
  };
  const keep = async (iteration: number, { loss, accuracy }: Measures) => {
    const epoch = Math.floor(iteration / perEpoch);
    const test = options.test && stepper.measure("test");
    const tested = test && { testLoss: test.loss, testAccuracy: test.accuracy };
    const entry = { iteration, epoch, loss, accuracy, ...tested };
    history.push(entry);
    await onRecord?.(entry, history);
  };

  for (let iteration = done;; iteration++) {
    const stopped = iteration < total && await shouldStop?.(iteration) === true;
    const ends = stopped || iteration === total;
    const due = !byEpoch && (ends || record(iteration)) && history.at(-1)?.iteration !== iteration;
    if (ends) {
      if (due) await keep(iteration, checked(iteration, () => stepper.measure("train"))!);
      const memory = { optimiser: stepper.state(), order: stepper.order.slice(), random: copyOf(random), seen };
      return { network: stepper.network(), history, iterations: iteration, stopped, memory };
    }
    const from = iteration % perEpoch * batchSize;
    const size = Math.min(batchSize, count - from);
    if (from === 0 && random) stepper.order.set(shuffledIndices(count, random));
    const wanted = due || byEpoch || onStep !== undefined;
    const measures = checked(iteration, () => stepper.look(from, size, wanted));
    if (due) await keep(iteration, measures!);
    stepper.step();
    await onStep?.(stepOf(stepper, iteration + 1, Math.floor((iteration + 1) / perEpoch), measures!));
    if (!byEpoch) continue;
    seen = { loss: seen.loss + measures!.loss * size, accuracy: seen.accuracy + measures!.accuracy * size };
    if (from + size < count) continue;
    await keep(iteration + 1, { loss: seen.loss / count, accuracy: seen.accuracy / count });
    seen = NOTHING;
  }
}

const NOTHING: Measures = { loss: 0, accuracy: 0 };

/** How many updates from how many examples each, and by which optimiser. */
function planOf(options: TrainOptions, count: number) {
  const { iterations, epochs, learningRate, optimiser, resume, random } = options;
  const byEpoch = epochs !== undefined;
  assertOneOf("iterations or epochs", iterations, epochs);
  assertOneOf("learningRate or optimiser", learningRate, optimiser);
  const batchSize = byEpoch ? options.batchSize ?? 32 : count;
  assertWhole("train", byEpoch ? "epochs" : "iterations", byEpoch ? epochs : iterations!, 1);
  assertWhole("train", "batchSize", batchSize, 1);
  const perEpoch = stepsPerEpoch(count, batchSize);
  const total = byEpoch ? epochs * perEpoch : iterations!;
  const done = resume?.iterations ?? 0;
  if (resume && total <= done) {
    const [unit, had, got] = byEpoch ? ["epochs", done / perEpoch, epochs] : ["iterations", done, iterations];
    throw new RangeError(`Cannot resume after ${had} ${unit}: ${unit} must be more than that, got ${got}`);
  }
  if (!byEpoch && (options.batchSize !== undefined || random)) {
    throw new TypeError("Cannot train: batchSize and random belong to epochs; iterations look at all examples at once");
  }
  return { optimiser: optimiser ?? sgd(learningRate!), batchSize, byEpoch, perEpoch, total };
}

function assertOneOf(names: string, one: unknown, other: unknown): void {
  if ((one === undefined) !== (other === undefined)) return;
  throw new TypeError(`Cannot train: needs ${names}, got ${one === undefined ? "neither" : "both"}`);
}

/** A report of an update; the network is fetched only if somebody asks. */
function stepOf(stepper: Stepper, iteration: number, epoch: number, { loss, accuracy }: Measures): Step {
  return {
    iteration,
    epoch,
    loss,
    accuracy,
    get network() {
      return stepper.network();
    },
  };
}

function copyOf(random: Random | undefined): Random | undefined {
  return random?.copy?.() ?? random;
}

function assertFinite(iteration: number, loss: number, optimiser: Optimiser): void {
  if (Number.isFinite(loss)) return;
  throw new NotFinite(
    `Cannot continue training at iteration ${iteration}: loss must be finite, got ${loss}; try ${smaller(optimiser)}`,
  );
}

/** An overflow on the way as what it is: a training that has run away. */
function ranAway(iteration: number, cause: SumsNotFinite, optimiser: Optimiser): NotFinite {
  const { layer, value, example } = cause;
  return new NotFinite(
    `Cannot continue training at iteration ${iteration}: in layer ${layer}: its sums must be finite, got ${value} ` +
      `for example ${example}; the steps are too long, try ${smaller(optimiser)}`,
    { cause },
  );
}

function smaller({ rule }: Optimiser): string {
  return rule ? `a learningRate below ${rule.learningRate}` : "a smaller learningRate";
}
