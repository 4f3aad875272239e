/**
 * What does the network say, and how often is it right?
 *
 * @module
 */
import { at, type Matrix } from "../matrix.ts";

/**
 * The digit with the largest probability in each column; of equals, the first.
 *
 * @param probabilities `[classes × examples]`.
 * @returns One class per example, 0 to classes − 1.
 * @see notebooks/08_update_and_train.ipynb
 */
export function predict(probabilities: Matrix): Uint8Array {
  return Uint8Array.from({ length: probabilities.cols }, (_, example) => {
    let best = 0;
    for (let digit = 1; digit < probabilities.rows; digit++) {
      if (at(probabilities, digit, example) > at(probabilities, best, example)) best = digit;
    }
    return best;
  });
}

/**
 * The share of predictions that are right.
 *
 * @param predictions One class per example.
 * @param labels The true classes.
 * @returns 0 to 1.
 * @throws {TypeError} If there is not one prediction per label.
 * @throws {RangeError} If there is no example.
 * @see notebooks/08_update_and_train.ipynb
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(accuracy([7, 2, 1, 0], [7, 2, 1, 9]), 0.75);
 * ```
 */
export function accuracy(predictions: ArrayLike<number>, labels: ArrayLike<number>): number {
  assertSameLength(predictions, labels);
  let right = 0;
  for (let i = 0; i < labels.length; i++) if (predictions[i] === labels[i]) right++;
  return right / labels.length;
}

/**
 * Checks that two lists have the same length and are not empty.
 *
 * @throws {TypeError} If the lengths differ.
 * @throws {RangeError} If there is nothing to compare.
 */
export function assertSameLength(predictions: ArrayLike<number>, labels: ArrayLike<number>): void {
  if (predictions.length !== labels.length) {
    throw new TypeError(`Cannot compare ${predictions.length} predictions with ${labels.length} labels`);
  }
  if (labels.length === 0) throw new RangeError("Cannot measure accuracy on no examples: needs at least one");
}
