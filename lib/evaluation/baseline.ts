/**
 * The number to beat: what a reader without any learning scores.
 *
 * @module
 */
import type { Digits } from "../data/digits.ts";
import { type Matrix, matrix } from "../matrix.ts";

/**
 * The average picture of each digit.
 *
 * @returns Mean grey levels 0–255, `[pixels × 10]`, one column per digit; zeros for a digit that is absent.
 */
export function meanImages(set: Digits): Matrix {
  const size = set.width * set.height, means = matrix(size, 10), counts = new Float64Array(10);
  set.labels.forEach((label, i) => {
    counts[label]!++;
    for (let p = 0; p < size; p++) means.data[label * size + p]! += set.pixels[i * size + p]!;
  });
  return matrix(size, 10, means.data.map((sum, i) => sum / Math.max(1, counts[Math.floor(i / size)]!)));
}

/**
 * Reads each digit as the one whose average picture is nearest (least sum of squared differences).
 *
 * No training, no network, and 82 % of MNIST's test digits right: a network that is not clearly
 * better has learned next to nothing.
 *
 * @param means What {@linkcode meanImages} returned.
 * @param set The digits to read.
 * @returns One class per digit.
 * @throws {TypeError} If the pictures differ in size from the means.
 * @see notebooks/09_evaluate_honestly.ipynb
 */
export function nearestMean(means: Matrix, set: Digits): Uint8Array {
  const size = set.width * set.height;
  if (means.rows !== size) {
    throw new TypeError(`Cannot compare means of ${means.rows} pixels with pictures of ${size}`);
  }
  return Uint8Array.from(set.labels, (_, i) => {
    let best = 0, least = Infinity;
    for (let digit = 0; digit < 10; digit++) {
      let distance = 0;
      for (let p = 0; p < size; p++) distance += (set.pixels[i * size + p]! - means.data[digit * size + p]!) ** 2;
      if (distance < least) [best, least] = [digit, distance];
    }
    return best;
  });
}
