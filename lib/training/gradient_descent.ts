/**
 * Gradient descent over the whole batch, one update after another.
 *
 * @module
 */
import { type Matrix, withInk } from "../matrix.ts";
import { oneHot } from "../data/prepare.ts";
import { backward, type Gradients } from "../network/backward.ts";
import { forward, type ForwardPass } from "../network/forward.ts";
import { type Network, sizesOf } from "../network/init.ts";
import { update } from "../network/update.ts";

/** The network after k updates, and what it says about the training images. */
export interface Step {
  /** k, the number of updates made so far. */
  readonly iteration: number;
  /** The network after those updates. */
  readonly network: Network;
  /** Its forward pass over the training images. */
  readonly pass: ForwardPass;
}

/** How {@linkcode gradientDescent} goes about it. */
export interface DescentOptions {
  /** How many updates, a whole number from 1. */
  readonly iterations: number;
  /** α, the length of each step, no unit; above 0. */
  readonly learningRate: number;
  /** λ of the weight penalty; 0 where nothing is said. */
  readonly lambda?: number;
  /** The gradients to follow; `backward` unless a lesson wants to see what a wrong one does. */
  readonly gradients?: (network: Network, pass: ForwardPass, targets: Matrix, lambda?: number) => Gradients;
}

/**
 * Walks downhill and stops at every step to show where it stands: k = 0, 1, … iterations.
 *
 * Nothing happens until the next step is asked for, so the caller may look, plot, stop in the
 * middle, and go on later from any network.
 *
 * @param network Where to start.
 * @param images X, `[inputs × examples]`, 0 to 1.
 * @param labels One class per example.
 * @param options Iterations and learning rate.
 * @returns `iterations + 1` steps: step k is the network after k updates.
 * @throws {RangeError} If `iterations` is not a whole number from 1, or the learning rate is not above 0.
 * @see notebooks/08_update_and_train.ipynb
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { fromRows } from "../matrix.ts";
 * import { crossEntropy } from "../network/loss.ts";
 * import { initialise } from "../network/init.ts";
 * import { seededRandom } from "../random.ts";
 *
 * const start = initialise([2, 4, 2], seededRandom(3));
 * const losses = [];
 * for (const { pass } of gradientDescent(start, fromRows([[0, 1], [1, 0]]), [0, 1], { iterations: 9, learningRate: 0.5 })) {
 *   losses.push(crossEntropy(pass.preActivations.at(-1)!, [0, 1]));
 * }
 * assert(losses.length === 10 && losses[9]! < losses[0]!);
 * ```
 */
export function* gradientDescent(
  network: Network,
  images: Matrix,
  labels: ArrayLike<number>,
  { iterations, learningRate, lambda = 0, gradients = backward }: DescentOptions,
): Generator<Step, void, void> {
  if (!Number.isInteger(iterations) || iterations < 1) {
    throw new RangeError(`Cannot train: iterations must be a whole number from 1, got ${iterations}`);
  }
  const targets = oneHot(labels, sizesOf(network).at(-1));
  const inked = withInk(images); // once for all iterations: only inked pixels are multiplied
  for (let iteration = 0;; iteration++) {
    const pass = forward(network, inked);
    yield { iteration, network, pass };
    if (iteration === iterations) return;
    network = update(network, gradients(network, pass, targets, lambda), learningRate);
  }
}
