/**
 * Digits as Coursera's fourth exercise has them: 20 × 20 pixels, column by column, zero as the tenth class.
 *
 * @module
 */
import { type Matrix, matrix } from "../matrix.ts";
import type { Digits } from "./digits.ts";

/**
 * The middle 20 × 20 pixels of each picture of 28 × 28: the box into which MNIST fits its digits.
 *
 * Pictures of 20 × 20 are returned as they are.
 *
 * @throws {TypeError} If the pictures have another size.
 * @see notebooks/10_the_sigmoid_network.ipynb
 */
export function crop20(set: Digits): Digits {
  if (set.width === 20 && set.height === 20) return set;
  if (set.width !== 28 || set.height !== 28) {
    throw new TypeError(`Cannot crop pictures of ${set.width} × ${set.height} to 20 × 20: must be 28 × 28`);
  }
  const { pixels, values } = set, length = 400 * set.labels.length;
  const from = (i: number) => {
    const [image, pixel] = [Math.floor(i / 400), i % 400];
    return image * 784 + (Math.floor(pixel / 20) + 4) * 28 + pixel % 20 + 4;
  };
  return {
    ...set,
    pixels: Uint8Array.from({ length }, (_, i) => pixels[from(i)]!),
    ...values && { values: Float64Array.from({ length }, (_, i) => values[from(i)]!) },
    width: 20,
    height: 20,
    test: set.test && crop20(set.test),
  };
}

/**
 * Pictures unrolled column by column instead of row by row: pixel (r, c) moves to place `height · c + r`.
 *
 * MATLAB, and with it Coursera's data, unrolls that way. A network does not care, as long as it is always the same way.
 *
 * @param images X, `[pixels × examples]`, each column a picture row by row.
 * @param width Pixels per row.
 * @throws {TypeError} If the pictures have no whole number of rows.
 * @see notebooks/10_the_sigmoid_network.ipynb
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { fromRows, toRows, transpose } from "../matrix.ts";
 *
 * const picture = transpose(fromRows([[1, 2, 3, 4, 5, 6]])); // two rows: 1 2 3 and 4 5 6
 * assertEquals(toRows(transpose(unrollByColumns(picture, 3))), [[1, 4, 2, 5, 3, 6]]);
 * ```
 */
export function unrollByColumns(images: Matrix, width: number): Matrix {
  const height = images.rows / width;
  if (!Number.isInteger(height)) {
    throw new TypeError(`Cannot unroll pictures of ${images.rows} pixels: no whole number of rows of ${width}`);
  }
  const { rows, cols, data } = images;
  return matrix(
    rows,
    cols,
    data.map((_, i) => {
      const place = i % rows, start = i - place; // place = height * c + r
      return data[start + width * (place % height) + Math.floor(place / height)]!;
    }),
  );
}

/**
 * Digits as Coursera's classes: 1 to 9 are classes 0 to 8, and zero, called 10 there, is the last, 9.
 *
 * @param labels Digits 0 to 9.
 */
export function digitsToCoursera(labels: ArrayLike<number>): Uint8Array {
  return Uint8Array.from(labels, (digit) => (digit + 9) % 10);
}

/** The inverse of {@linkcode digitsToCoursera}: class 0 is the digit 1, class 9 the digit 0. Forgetting it reads 0 % correctly. */
export function courseraToDigits(classes: ArrayLike<number>): Uint8Array {
  return Uint8Array.from(classes, (k) => (k + 1) % 10);
}
