/**
 * Which of two networks is better, or was it luck?
 *
 * @module
 */
import { assertSameLength } from "./metrics.ts";

/**
 * The 95 % interval of the difference of two accuracies, each measured on digits of its own:
 * `p − q ± 1.96 √(p(1−p)/n + q(1−q)/m)`. If it holds 0, the difference may be luck.
 *
 * @param p One accuracy, 0 to 1, measured on `n` digits.
 * @param q The other, measured on `m` others.
 * @returns The lower and the upper end, −1 to 1.
 * @throws {RangeError} If an accuracy is not 0 to 1, or measured on no digit.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 *
 * const [low, high] = differenceInterval(0.87, 1000, 0.856, 1000);
 * assert(low < 0 && high > 0); // may be luck
 * ```
 */
export function differenceInterval(p: number, n: number, q: number, m: number): [low: number, high: number] {
  for (const [share, count] of [[p, n], [q, m]] as const) {
    if (share >= 0 && share <= 1 && count >= 1) continue;
    throw new RangeError(`Cannot compare: needs shares from 0 to 1 of at least 1 example, got ${share} of ${count}`);
  }
  const half = 1.96 * Math.sqrt(p * (1 - p) / n + q * (1 - q) / m);
  return [p - q - half, p - q + half];
}

/** Two readers of the same digits, digit by digit. */
export interface PairedDifference {
  /** How many digits only the first reads correctly. */
  readonly onlyFirst: number;
  /** How many only the second. */
  readonly onlySecond: number;
  /** By how much the first is better, as a share of all digits. */
  readonly difference: number;
  /** The 95 % interval of that difference. */
  readonly interval: readonly [low: number, high: number];
}

/**
 * Compares two readers of the same digits: only those count that one reads correctly and the other does not.
 *
 * With b and c such digits of n, the difference is `(b − c) / n ± 1.96 √(b + c − (b − c)² / n) / n`. What both find hard
 * cancels, so that this sees smaller differences than {@linkcode differenceInterval}.
 *
 * @param first What the first says, one class per digit.
 * @param second What the second says.
 * @param labels The true classes.
 * @throws {TypeError} If there is not one answer of each for every label.
 * @see McNemar, "Note on the sampling error of the difference between correlated proportions" (1947)
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const { onlyFirst, onlySecond, difference } = pairedDifference([1, 2, 3, 4], [1, 2, 0, 4], [1, 2, 3, 5]);
 * assertEquals([onlyFirst, onlySecond, difference], [1, 0, 0.25]);
 * ```
 */
export function pairedDifference(
  first: ArrayLike<number>,
  second: ArrayLike<number>,
  labels: ArrayLike<number>,
): PairedDifference {
  assertSameLength(first, labels);
  assertSameLength(second, labels);
  let onlyFirst = 0, onlySecond = 0;
  for (let i = 0; i < labels.length; i++) {
    const [a, b] = [first[i] === labels[i], second[i] === labels[i]];
    if (a && !b) onlyFirst++;
    if (b && !a) onlySecond++;
  }
  const n = labels.length, gap = onlyFirst - onlySecond, difference = gap / n;
  const half = 1.96 * Math.sqrt(onlyFirst + onlySecond - gap ** 2 / n) / n;
  return { onlyFirst, onlySecond, difference, interval: [difference - half, difference + half] };
}
