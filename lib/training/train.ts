/**
 * Training with a record of how it went, that can be watched, stopped and taken up again.
 *
 * @module
 */
import type { Matrix } from "../matrix.ts";
import { forward, type ForwardPass } from "../network/forward.ts";
import type { Network } from "../network/init.ts";
import { cost } from "../network/loss.ts";
import { accuracy, predict } from "../network/predict.ts";
import { type DescentOptions, gradientDescent, type Step } from "./gradient_descent.ts";

/** Images with their labels, ready for a network. */
export interface Examples {
  /** X, `[inputs × examples]`, 0 to 1. */
  readonly images: Matrix;
  /** One class per example. */
  readonly labels: ArrayLike<number>;
}

/** How the network stood after k updates. */
export interface TrainingRecord {
  /** k, the number of updates made. */
  readonly iteration: number;
  /** Mean loss on the training images with the weight penalty, nats per example. */
  readonly loss: number;
  /** Share of training images read correctly, 0 to 1. */
  readonly accuracy: number;
  /** Mean loss on images it does not learn from, without the penalty, where some were given. */
  readonly testLoss?: number;
  /** Share of test images read correctly, 0 to 1. */
  readonly testAccuracy?: number;
}

/** What {@linkcode train} is told. */
export interface TrainOptions extends DescentOptions {
  /** Images that are only looked at, never learned from. */
  readonly test?: Examples;
  /** Which iterations to record; {@linkcode logged} where nothing is said. The last one always is. */
  readonly record?: (iteration: number) => boolean;
  /** Called with each new record, and awaited: the place for a live plot. */
  readonly onRecord?: (record: TrainingRecord, history: readonly TrainingRecord[]) => void | Promise<void>;
  /** Called, and awaited, before every update; return true to stop here and keep everything. */
  readonly shouldStop?: (iteration: number) => boolean | Promise<boolean>;
  /** What an earlier call returned: go on from there, up to `iterations` in all. */
  readonly resume?: TrainingResult;
}

/** A trained network and its history. */
export interface TrainingResult {
  /** The network as it stood at the end. */
  readonly network: Network;
  /** The records, oldest first. */
  readonly history: readonly TrainingRecord[];
  /** How many updates it has had. */
  readonly iterations: number;
  /** True if `shouldStop` ended it early. */
  readonly stopped: boolean;
}

/** The usual points to look at: 0, 10, 20, 50, 100, then every 100. */
export function logged(iteration: number): boolean {
  return [0, 10, 20, 50].includes(iteration) || iteration % 100 === 0;
}

/**
 * Trains by gradient descent and records loss and accuracy on the way.
 *
 * @param network Where to start (unless `resume` is given).
 * @param examples What to learn from.
 * @param options Iterations, learning rate, and who is watching.
 * @returns The network, its history, and whether it was stopped. Stopped or not, nothing learned is lost,
 *   and stopping and resuming gives the very same weights as one long run.
 * @throws {RangeError} If the loss stops being a finite number, if there is nothing left to do, or as
 *   {@linkcode gradientDescent}.
 * @see notebooks/08_update_and_train.ipynb
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { fromRows } from "../matrix.ts";
 * import { initialise } from "../network/init.ts";
 * import { seededRandom } from "../random.ts";
 *
 * const examples = { images: fromRows([[0, 1], [1, 0]]), labels: [0, 1] };
 * const { history } = await train(initialise([2, 4, 2], seededRandom(3)), examples, {
 *   iterations: 120,
 *   learningRate: 0.5,
 * });
 * assertEquals(history.map((record) => record.iteration), [0, 10, 20, 50, 100, 120]);
 * ```
 */
export async function train(network: Network, examples: Examples, options: TrainOptions): Promise<TrainingResult> {
  const { images, labels } = examples, { resume, learningRate, test, record = logged } = options;
  const done = resume?.iterations ?? 0, history = [...resume?.history ?? []];
  if (resume && options.iterations <= done) {
    throw new RangeError(
      `Cannot resume after ${done} iterations: iterations must be more than that, got ${options.iterations}`,
    );
  }
  const steps = gradientDescent(resume?.network ?? network, images, labels, options); // after resuming, more than are taken
  for (const step of diagnosed(steps, done, learningRate)) {
    const iteration = done + step.iteration, last = iteration === options.iterations;
    const stopped = !last && await options.shouldStop?.(iteration) === true;
    if ((record(iteration) || last || stopped) && history.at(-1)?.iteration !== iteration) {
      const entry = {
        iteration,
        ...measure(step.network, step.pass, labels, options.lambda),
        ...test && testMeasures(step.network, test),
      };
      assertFinite(entry, learningRate);
      history.push(entry);
      await options.onRecord?.(entry, history);
    }
    if (last || stopped) return { network: step.network, history, iterations: iteration, stopped };
  }
  throw new Error("unreachable: the last step returns");
}

function measure(network: Network, pass: ForwardPass, labels: ArrayLike<number>, lambda = 0) {
  return { loss: cost(network, pass, labels, lambda), accuracy: accuracy(predict(pass.probabilities), labels) };
}

function testMeasures(network: Network, { images, labels }: Examples) {
  const { loss, accuracy } = measure(network, forward(network, images), labels);
  return { testLoss: loss, testAccuracy: accuracy };
}

/** The steps; an overflow on the way is reported as what it is, a training that has run away. */
function* diagnosed(steps: Generator<Step>, done: number, learningRate: number): Generator<Step> {
  let next = done;
  try {
    for (const step of steps) {
      next = done + step.iteration + 1;
      yield step;
    }
  } catch (cause) {
    // Before the first update, no step can be to blame.
    if (next === done || !/sums must be finite/.test((cause as Error).message)) throw cause;
    throw new RangeError(
      `Cannot continue training at iteration ${next}: ${
        (cause as Error).message.replace("Cannot use layer", "in layer")
      }; ` +
        `the steps are too long, try a learningRate below ${learningRate}`,
      { cause },
    );
  }
}

/** Throws a RangeError if a training has run away, with the rate to try instead. */
export function assertFinite(
  { iteration, loss }: Pick<TrainingRecord, "iteration" | "loss">,
  learningRate: number,
): void {
  if (!Number.isFinite(loss)) {
    throw new RangeError(
      `Cannot continue training at iteration ${iteration}: loss must be finite, got ${loss}; try a learningRate below ${learningRate}`,
    );
  }
}
