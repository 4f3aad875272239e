/**
 * What a network learns from and is tested on: pictures as columns, a label for each.
 *
 * @module
 */
import type { Matrix } from "../matrix.ts";
import type { Digits } from "./digits.ts";
import { normalise } from "./prepare.ts";

/** Images with their labels, ready for a network. */
export interface Examples {
  /** X, `[inputs × examples]`, 0 to 1. */
  readonly images: Matrix;
  /** One class per example. */
  readonly labels: ArrayLike<number>;
}

/**
 * Digits as examples: pixels from 0 to 1, one column per digit, and the labels as they are.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { shape } from "../matrix.ts";
 * import { drawDigits } from "./drawn_digits.ts";
 *
 * const { images, labels } = examplesOf(drawDigits(5, 1));
 * assertEquals([shape(images), labels.length], ["[784 × 5]", 5]);
 * ```
 */
export function examplesOf(set: Digits): Examples {
  return { images: normalise(set), labels: set.labels };
}
