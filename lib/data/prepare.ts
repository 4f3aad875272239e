/**
 * From a file's rows to what a network may see: split, normalised, one column per digit.
 *
 * @module
 */
import { type Matrix, matrix } from "../matrix.ts";
import { type Random, shuffledIndices } from "../random.ts";
import { assertDigits, type Digits, pick, slice } from "./digits.ts";

/** Two parts that share no digit and together are the whole. */
export interface Split {
  /** What the network learns from. */
  readonly train: Digits;
  /** What it is tested on and never learns from. */
  readonly test: Digits;
}

/**
 * The digits in random order, each picture keeping its label.
 *
 * @param set The digits; left as they are.
 * @param random The source of chance.
 */
export function shuffle(set: Digits, random: Random): Digits {
  assertDigits("shuffle", set);
  return pick(set, shuffledIndices(set.labels.length, random));
}

/**
 * Cuts off the first `testSize` digits as the test part; the rest is for training.
 *
 * Every digit lands in exactly one part. Shuffle first if the file may be sorted.
 *
 * @param set The digits, in their order.
 * @param testSize How many to keep back, at least 1 and fewer than there are.
 * @returns Both parts.
 * @throws {RangeError} If either part would be empty.
 * @see notebooks/02_split_shuffle_normalise.ipynb
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { drawDigits } from "./drawn_digits.ts";
 *
 * const { train, test } = split(drawDigits(50, 1), 10);
 * assertEquals([train.labels.length, test.labels.length], [40, 10]);
 * ```
 */
export function split(set: Digits, testSize: number): Split {
  const count = set.labels.length;
  if (!Number.isInteger(testSize) || testSize < 1 || testSize >= count) {
    throw new RangeError(`Cannot split ${count} digits: testSize must be from 1 to ${count - 1}, got ${testSize}`);
  }
  return { test: slice(set, 0, testSize), train: slice(set, testSize) };
}

const MAX_GREY = 255; // 8-bit pixel

/**
 * Pixels as numbers from 0 to 1, one column per digit: `x / 255`.
 *
 * Pictures that came with fractions keep them. Files keep one digit per row; here, once and for all, each becomes a column.
 *
 * @param set Digits with grey levels 0–255.
 * @returns X, `[pixels × digits]`, each 0 to 1.
 * @see notebooks/02_split_shuffle_normalise.ipynb
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { shape } from "../matrix.ts";
 * import { drawDigits } from "./drawn_digits.ts";
 *
 * assertEquals(shape(normalise(drawDigits(5, 1))), "[784 × 5]");
 * ```
 */
export function normalise(set: Digits): Matrix {
  const { pixels, values, labels, width, height } = set;
  const images = matrix(width * height, labels.length), { data } = images;
  for (let i = 0; i < data.length; i++) data[i] = values ? values[i]! : pixels[i]! / MAX_GREY;
  return images;
}

/**
 * Labels as columns with a single 1: `Y(k, j) = 1` where `y_j = k`, otherwise 0.
 *
 * The number of classes is said, never guessed from the largest label present: a batch without a 9
 * would otherwise lose its last row.
 *
 * @param labels Whole numbers from 0 to classes − 1.
 * @param classes The number of classes, 10 for digits.
 * @returns Y, `[classes × examples]`; every column sums to 1.
 * @throws {RangeError} If a label is not a class.
 * @see notebooks/02_split_shuffle_normalise.ipynb
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { toRows } from "../matrix.ts";
 *
 * assertEquals(toRows(oneHot([2, 0], 3)), [[0, 1], [0, 0], [1, 0]]);
 * ```
 */
export function oneHot(labels: ArrayLike<number>, classes = 10): Matrix {
  const targets = matrix(classes, labels.length);
  for (let example = 0; example < labels.length; example++) {
    const label = labels[example]!;
    if (!Number.isInteger(label) || label < 0 || label >= classes) {
      throw new RangeError(
        `Cannot one-hot encode labels[${example}]: must be a whole number from 0 to ${classes - 1}, got ${label}`,
      );
    }
    targets.data[example * classes + label] = 1;
  }
  return targets;
}
