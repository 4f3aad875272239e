/**
 * How good is it, and how sure can we be of that?
 *
 * @module
 */
import { at, type Matrix, matrix } from "../matrix.ts";
import { mostLikely } from "../network/forward.ts";

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

/**
 * The 95 % interval of an accuracy measured on n examples (Wilson's): another n would mostly land inside.
 *
 * Near ½ it is `p ± 1.96 √(p(1−p)/n)`; near 0 and 1, where that formula leaves the scale, it stays inside.
 *
 * @param share The measured accuracy, 0 to 1.
 * @param examples n, on how many it was measured.
 * @returns The lower and the upper end, 0 to 1.
 * @throws {RangeError} If `share` is not 0 to 1 or `examples` is not at least 1.
 * @see Wilson, "Probable inference, the law of succession, and statistical inference" (1927)
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const [low, high] = interval(0.87, 1000);
 * assertAlmostEquals(high - low, 2 * 0.0208, 1e-3); // about 2 points either way
 * ```
 */
export function interval(share: number, examples: number): [low: number, high: number] {
  if (!(share >= 0 && share <= 1 && examples >= 1)) {
    throw new RangeError(
      `Cannot give an interval: needs a share from 0 to 1 of at least 1 example, got ${share} of ${examples}`,
    );
  }
  const z = 1.96, spread = z * z / examples;
  const middle = (share + spread / 2) / (1 + spread);
  const half = z * Math.sqrt(share * (1 - share) / examples + spread / (4 * examples)) / (1 + spread);
  return [middle - half, middle + half];
}

/**
 * Accuracy as it should always be printed: with the number of examples and its 95 % interval.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(accuracyText(0.87, 1000), "87.0 % of 1,000 (95 % interval 84.8–88.9 %)");
 * ```
 */
export function accuracyText(share: number, examples: number): string {
  const percent = (value: number) => (100 * value).toFixed(1);
  const [low, high] = interval(share, examples);
  return `${percent(share)} % of ${examples.toLocaleString("en")} (95 % interval ${percent(low)}–${percent(high)} %)`;
}

/**
 * The accuracy on what was learned from. It has no interval: these digits are no sample of others, they are all there are.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(lessonText(0.435, 6000), "43.5 % of its own 6,000");
 * ```
 */
export function lessonText(share: number, examples: number): string {
  return `${(100 * share).toFixed(1)} % of its own ${examples.toLocaleString("en")}`;
}

/**
 * Who is taken for whom: row = true digit, column = predicted digit, number = how many.
 *
 * @param predictions One class per example.
 * @param labels The true classes.
 * @param classes The number of classes, 10 for digits.
 * @returns Counts, `[classes × classes]`; the diagonal holds the right ones, each row sums to its class's size.
 * @throws {TypeError} If there is not one prediction per label.
 * @throws {RangeError} If a prediction or a label is not a class.
 * @see notebooks/09_evaluate_honestly.ipynb
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { toRows } from "../matrix.ts";
 *
 * assertEquals(toRows(confusion([0, 1, 1], [0, 0, 1], 2)), [[1, 1], [0, 1]]);
 * ```
 */
export function confusion(predictions: ArrayLike<number>, labels: ArrayLike<number>, classes = 10): Matrix {
  assertSameLength(predictions, labels);
  const counts = matrix(classes, classes);
  for (let i = 0; i < labels.length; i++) {
    const row = labels[i]!, col = predictions[i]!;
    if (!(row in counts.data && row < classes && col in counts.data && col < classes)) {
      throw new RangeError(`Cannot count example ${i}: classes must be 0 to ${classes - 1}, got ${row} read as ${col}`);
    }
    counts.data[col * classes + row]!++;
  }
  return counts;
}

/** Below this probability a reading deserves a remark. */
export const UNSURE_BELOW = 0.8;

/** The share of each true class that was read correctly, from its row of the confusion matrix; NaN for an absent class. */
export function perClass(counts: Matrix): number[] {
  return Array.from({ length: counts.rows }, (_, digit) => {
    let total = 0;
    for (let predicted = 0; predicted < counts.cols; predicted++) total += at(counts, digit, predicted);
    return at(counts, digit, digit) / total;
  });
}

/** One bar of a reliability plot: predictions of about the same confidence. */
export interface CalibrationBin {
  /** Mean probability that the network gave its own answer, 0 to 1. */
  readonly confidence: number;
  /** Share of these answers that were right, 0 to 1. */
  readonly accuracy: number;
  /** How many answers fell here. */
  readonly examples: number;
}

/**
 * Does "92 % sure" mean right 92 times in 100? Groups the answers by confidence and counts.
 *
 * @param probabilities `[classes × examples]`.
 * @param labels The true classes.
 * @param bins How many groups of equal width between 0 and 1.
 * @returns The groups that hold at least one answer, least confident first.
 * @see notebooks/09_evaluate_honestly.ipynb
 * @see Guo et al., "On Calibration of Modern Neural Networks" (2017)
 */
export function calibration(probabilities: Matrix, labels: ArrayLike<number>, bins = 10): CalibrationBin[] {
  const answers = mostLikely(probabilities);
  assertSameLength(answers, labels);
  const groups = Array.from({ length: bins }, () => ({ confidence: 0, right: 0, examples: 0 }));
  for (let j = 0; j < probabilities.cols; j++) {
    const best = answers[j]!, confidence = at(probabilities, best, j);
    const group = groups[Math.min(bins - 1, Math.floor(confidence * bins))]!;
    group.confidence += confidence;
    group.examples++;
    if (best === labels[j]) group.right++;
  }
  return groups.filter(({ examples }) => examples > 0).map(({ confidence, right, examples }) => ({
    confidence: confidence / examples,
    accuracy: right / examples,
    examples,
  }));
}
