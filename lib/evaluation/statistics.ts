/**
 * What a set of digits is like in numbers, so that two sets can be laid side by side.
 *
 * @module
 */
import type { Digits } from "../data/digits.ts";

/** A set of digits in numbers. */
export interface DigitStatistics {
  /** Mean grey level, 0 to 255. */
  readonly meanInk: number;
  /** Share of pixels that are exactly 0. */
  readonly blankShare: number;
  /** Share of pixels of at least 250: solid ink, not the grey rim. */
  readonly solidShare: number;
  /** Where the centre of mass is on average: its column, counted from 0. */
  readonly centreX: number;
  /** And its row. */
  readonly centreY: number;
  /** Mean width of the inked box, in pixels. */
  readonly boxWidth: number;
  /** Mean height of the inked box, in pixels. */
  readonly boxHeight: number;
  /** How far a digit leans to the right: pixels to the right per pixel upwards, on average. */
  readonly slant: number;
  /** Standard deviation of the slant. */
  readonly slantSpread: number;
}

/**
 * Ink, place, size and slant of a set of digits.
 *
 * @throws {RangeError} If a picture is blank: it has no centre.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { digits } from "../data/digits.ts";
 *
 * const pixels = Uint8Array.of(0, 255, 0, 0, 255, 0, 0, 255, 0); // an upright stroke
 * const one = digits({ pixels, labels: Uint8Array.of(1), width: 3, height: 3, name: "one", provenance: "by hand" });
 * const { meanInk, blankShare, centreX, centreY, boxWidth, boxHeight, slant } = digitStatistics(one);
 * assertEquals([meanInk, blankShare, centreX, centreY, boxWidth, boxHeight, slant], [85, 6 / 9, 1, 1, 1, 3, 0]);
 * ```
 */
export function digitStatistics(set: Digits): DigitStatistics {
  const { pixels, labels, width, height } = set, count = labels.length, size = width * height;
  let ink = 0,
    blank = 0,
    solid = 0,
    centresX = 0,
    centresY = 0,
    boxWidth = 0,
    boxHeight = 0,
    slant = 0,
    slantSquares = 0;
  for (let i = 0; i < count; i++) {
    let mass = 0, sumX = 0, sumY = 0, left = width, right = -1, top = height, bottom = -1;
    for (let p = 0; p < size; p++) {
      const grey = pixels[i * size + p]!, x = p % width, y = (p - x) / width;
      if (grey === 0) {
        blank++;
        continue;
      }
      if (grey >= 250) solid++;
      mass += grey;
      sumX += grey * x;
      sumY += grey * y;
      left = Math.min(left, x), right = Math.max(right, x), top = Math.min(top, y), bottom = Math.max(bottom, y);
    }
    if (mass === 0) throw new RangeError(`Cannot measure ${set.name}: picture ${i} is blank`);
    const centreX = sumX / mass, centreY = sumY / mass;
    let spreadY = 0, together = 0;
    for (let p = 0; p < size; p++) {
      const grey = pixels[i * size + p]!, x = p % width, y = (p - x) / width;
      spreadY += grey * (y - centreY) ** 2;
      together += grey * (x - centreX) * (y - centreY);
    }
    const lean = spreadY > 0 ? -together / spreadY : 0; // y points down
    ink += mass;
    centresX += centreX;
    centresY += centreY;
    boxWidth += right - left + 1;
    boxHeight += bottom - top + 1;
    slant += lean;
    slantSquares += lean * lean;
  }
  const mean = slant / count;
  return {
    meanInk: ink / pixels.length,
    blankShare: blank / pixels.length,
    solidShare: solid / pixels.length,
    centreX: centresX / count,
    centreY: centresY / count,
    boxWidth: boxWidth / count,
    boxHeight: boxHeight / count,
    slant: mean + 0, // never −0
    slantSpread: Math.sqrt(Math.max(0, slantSquares / count - mean * mean)),
  };
}
