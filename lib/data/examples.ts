/**
 * What a network learns from and is tested on: pictures as columns, a label for each.
 *
 * @module
 */
import { told } from "../errors.ts";
import type { Matrix } from "../matrix.ts";
import { assertDigits, type Digits } from "./digits.ts";
import { normalise } from "./prepare.ts";

/** Images with their labels, ready for a network. */
export interface Examples {
  /** X, `[inputs × examples]`, 0 to 1. */
  readonly images: Matrix;
  /** One class per example. */
  readonly labels: ArrayLike<number>;
}

/** Throws a TypeError if something else was handed over than examples. */
export function assertExamples(action: string, examples: Examples): void {
  if (typeof examples?.images?.rows === "number" && examples.labels !== undefined) return;
  throw new TypeError(
    `Cannot ${action}: examples must be { images, labels }, as examplesOf(digits) gives, got ${told(examples)}`,
  );
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
  assertDigits("make examples", set);
  return { images: normalise(set), labels: set.labels };
}
