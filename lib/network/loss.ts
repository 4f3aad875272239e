/**
 * One number for "how wrong".
 *
 * @module
 */
import { told } from "../errors.ts";
import { at, type Matrix } from "../matrix.ts";
import type { ForwardPass } from "./forward.ts";
import type { Activation, Network } from "./network.ts";

/**
 * What training lowers: the cross-entropy that belongs to the last layer (after softmax the categorical one, after sigmoids the
 * logistic loss), or half the squared error after sigmoids.
 */
export type Loss = "cross-entropy" | "squared-error";

/**
 * Mean cross-entropy from logits: the mean over examples of `log Σ exp(z) − z_label`.
 *
 * It equals `−log p_label`, but is computed from the logits: a probability that has rounded to 0
 * would make the logarithm infinite, the logits never do.
 *
 * @param logits Z of the last layer, `[classes × examples]`, finite.
 * @param labels The true class of each example, 0 to classes − 1.
 * @returns Nats per example, at least 0; knowing nothing about ten digits costs ln 10 = 2.303.
 * @throws {TypeError} If there is not one label per column.
 * @throws {RangeError} If there is no example, or a label is not a class.
 * @see notebooks/05_loss.ipynb
 * @see Goodfellow, Bengio and Courville, Deep Learning (2016), section 6.2.2
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { matrix } from "../matrix.ts";
 *
 * assertAlmostEquals(crossEntropy(matrix(10, 1), [3]), Math.log(10), 1e-12);
 * ```
 */
export function crossEntropy(logits: Matrix, labels: ArrayLike<number>): number {
  assertLabels(labels, logits);
  let sum = 0;
  for (let example = 0; example < logits.cols; example++) {
    const column = logits.data.subarray(example * logits.rows, (example + 1) * logits.rows);
    const largest = column.reduce((a, b) => Math.max(a, b), -Infinity);
    const logSumExp = largest + Math.log(column.reduce((total, z) => total + Math.exp(z - largest), 0));
    sum += logSumExp - column[labels[example]!]!;
  }
  return sum / logits.cols;
}

/**
 * `−log p` of the true class of each example, from probabilities; infinite where p is 0.
 *
 * For pictures of single losses. Training uses {@linkcode crossEntropy}, which starts from logits.
 */
export function lossPerExample(probabilities: Matrix, labels: ArrayLike<number>): Float64Array {
  assertLabels(labels, probabilities);
  return Float64Array.from({ length: probabilities.cols }, (_, j) => -Math.log(at(probabilities, labels[j]!, j)));
}

/**
 * Logistic loss from logits: every output is a yes-or-no question of its own, and each costs `−log` of the truth.
 *
 * With a = σ(z) and y 0 or 1: `−y log a − (1−y) log(1−a)`, summed over outputs and averaged over examples. From the
 * logits this is `max(z, 0) − z y + log(1 + exp(−|z|))`, which stays finite where `log(1 − a)` does not.
 *
 * @param logits Z of the last layer, `[classes × examples]`.
 * @param labels The true class of each example.
 * @returns Nats per example, at least 0.
 * @throws {TypeError} If there is not one label per column.
 * @throws {RangeError} If there is no example, or a label is not a class.
 * @see notebooks/10_the_sigmoid_network.ipynb
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { matrix } from "../matrix.ts";
 *
 * assertAlmostEquals(logisticLoss(matrix(10, 1), [3]), 10 * Math.log(2), 1e-12);
 * ```
 */
export function logisticLoss(logits: Matrix, labels: ArrayLike<number>): number {
  assertLabels(labels, logits);
  let sum = 0;
  for (let example = 0; example < logits.cols; example++) {
    for (let output = 0; output < logits.rows; output++) {
      const z = logits.data[example * logits.rows + output]!;
      sum += Math.max(z, 0) - (output === labels[example] ? z : 0) + Math.log1p(Math.exp(-Math.abs(z)));
    }
  }
  return sum / logits.cols;
}

/**
 * Half the squared error: `½ Σ (a − y)²` over the outputs, y 0 or 1, averaged over examples.
 *
 * The loss of the first networks, and of many first chapters since. Where a sigmoid is flat, its slope is too: an output that
 * is surely wrong hardly learns.
 *
 * @param outputs A of the last layer, `[classes × examples]`, each 0 to 1.
 * @param labels The true class of each example.
 * @returns A mean from 0 to half the number of classes, no unit.
 * @throws {TypeError} If there is not one label per column.
 * @throws {RangeError} If there is no example, or a label is not a class.
 * @see Nielsen, Neural Networks and Deep Learning (2015), chapters 1 and 3
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { fromRows } from "../matrix.ts";
 *
 * assertEquals(squaredError(fromRows([[0.5], [1]]), [0]), (0.5 ** 2 + 1) / 2);
 * ```
 */
export function squaredError(outputs: Matrix, labels: ArrayLike<number>): number {
  assertLabels(labels, outputs);
  const { rows, data } = outputs;
  const sum = data.reduce((sum, a, i) => {
    const y = Number(i % rows === labels[Math.floor(i / rows)]);
    return sum + (a - y) ** 2;
  }, 0);
  return sum / 2 / outputs.cols;
}

/**
 * What large weights cost (L2 regularisation, weight decay): `λ / 2m · Σ W²`, biases left out.
 *
 * m is the size of the training set, also where a step looks at a mini-batch only: λ then means the same for every batch size.
 *
 * @param network Its weights are summed.
 * @param lambda λ, at least 0.
 * @param examples m.
 */
export function weightPenalty(network: Network, lambda: number, examples: number): number {
  if (lambda === 0) return 0;
  const squares = network.layers.map(({ weights }) => weights.data.reduce((sum, w) => sum + w * w, 0));
  return lambda / (2 * examples) * squares.reduce((a, b) => a + b);
}

/**
 * The number that training lowers: cross-entropy after softmax, logistic loss or squared error after sigmoids, plus the weight
 * penalty.
 *
 * @param network The network that made the pass.
 * @param pass What `forward` returned.
 * @param labels One class per example.
 * @param lambda λ of the weight penalty.
 * @param loss Which, where there is a choice.
 * @throws {TypeError} If the loss does not go with the last layer, or a label is missing.
 * @throws {RangeError} If there is no example, or a label is not a class.
 */
export function cost(
  network: Network,
  pass: ForwardPass,
  labels: ArrayLike<number>,
  lambda = 0,
  loss: Loss = "cross-entropy",
): number {
  const { logits, probabilities } = pass;
  const { activation } = network.layers.at(-1)!;
  assertLoss(loss, activation);
  const penalty = weightPenalty(network, lambda, logits.cols);
  if (loss === "squared-error") return squaredError(probabilities, labels) + penalty;
  return (activation === "softmax" ? crossEntropy : logisticLoss)(logits, labels) + penalty;
}

/** Checks that a loss goes with the activation of the last layer. Throws a TypeError if not. */
export function assertLoss(loss: Loss, activation: Activation): void {
  if (activation === "relu" || activation === "tanh") {
    throw new TypeError(`Cannot take the loss after ${activation}: the last layer must be softmax or sigmoid`);
  }
  if (loss === "squared-error" && activation !== "sigmoid") {
    throw new TypeError("Cannot take the squared error after softmax: the last layer must be sigmoid");
  }
}

/**
 * Checks that there is one label per example and that each is a class.
 *
 * @param labels One whole number per example, 0 to classes − 1.
 * @param outputs `[classes × examples]`.
 * @throws {TypeError} If there is not one label per column.
 * @throws {RangeError} If there is no example, or a label is not a class.
 */
export function assertLabels(labels: ArrayLike<number>, outputs: Pick<Matrix, "rows" | "cols">): void {
  if (outputs.cols === 0) throw new RangeError("Cannot average over no examples: needs at least one column");
  if (labels.length !== outputs.cols) {
    throw new TypeError(`Cannot compare ${outputs.cols} columns of outputs with ${labels.length} labels`);
  }
  for (let j = 0; j < labels.length; j++) {
    const label = labels[j]!;
    if (!Number.isInteger(label) || label < 0 || label >= outputs.rows) {
      throw new RangeError(
        `Cannot use labels[${j}]: must be a whole number from 0 to ${outputs.rows - 1}, got ${told(label)}`,
      );
    }
  }
}
