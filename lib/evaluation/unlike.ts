/**
 * Whether a picture is like anything that one knows: a network has ten answers, and gives one of them to a house, too.
 *
 * @module
 */
import type { Digits } from "../data/digits.ts";

/**
 * Beyond this, a picture is unlike each of 2,000 drawn digits: of MNIST's test digits, which people wrote, 99 of 100 are
 * nearer (tests/notebooks/claims_test.ts).
 */
export const UNLIKE_BEYOND = 8;

/**
 * How far a picture is from the nearest of the digits that one knows: √Σ(x − y)², with ink from 0 to 1.
 *
 * @param pixels Grey levels of one picture.
 * @param known At least one digit, of the same size.
 * @returns Zero for a digit that is among them.
 * @throws {TypeError} If the pictures differ in size.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { drawDigits } from "../data/drawn_digits.ts";
 *
 * const known = drawDigits(20, 1);
 * assertEquals(distanceToNearest(known.pixels.slice(0, 784), known), 0);
 * assertEquals(distanceToNearest(new Uint8Array(784).fill(255), known) > UNLIKE_BEYOND, true);
 * ```
 */
export function distanceToNearest(pixels: ArrayLike<number>, known: Digits): number {
  const size = known.width * known.height;
  if (pixels.length !== size) {
    throw new TypeError(`Cannot compare ${pixels.length} pixels with digits of ${size}: must be as many`);
  }
  let least = Infinity;
  for (let start = 0; start < known.pixels.length; start += size) {
    let sum = 0;
    for (let p = 0; p < size && sum < least; p++) sum += (pixels[p]! - known.pixels[start + p]!) ** 2;
    least = Math.min(least, sum);
  }
  return Math.sqrt(least) / 255;
}
