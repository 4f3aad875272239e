/**
 * From a photo to what a network can read: the way MNIST's makers prepared their scans.
 *
 * Numbers in, numbers out, so that a browser does exactly the same.
 *
 * @module
 */
import { withoutRim } from "./rim.ts";
import { type GreyImage, mapPixels, resize, shrunk } from "./grey_image.ts";
import { fitDigit, isBlob } from "./fit_digit.ts";
import { inkOf, type InkRules } from "./ink.ts";
import { keepDigit } from "./digit_parts.ts";

/** A picture after each step, for looking at. */
export interface PhotoStages {
  /** The brightness, at most {@linkcode WORKING_SIZE} pixels on the longer side. */
  readonly grey: GreyImage;
  /** How much darker (or lighter) than the paper around it each pixel is: uneven light is gone. */
  readonly ink: GreyImage;
  /** The digit alone: specks, ruled lines and shadows at the rim are gone. */
  readonly digit: GreyImage;
  /** Fitted into 20 × 20 and moved by its centre of mass: 28 × 28 grey levels, 0 paper to 255 ink. */
  readonly prepared: Uint8Array;
  /** True if the ink is lighter than what it is written on. */
  readonly lightOnDark: boolean;
  /** True if no ink was found; `prepared` is then all 0. */
  readonly blank: boolean;
  /** True if what was found is a blob and no digit: a shadow, a stain, a thing; it counts as blank, too. */
  readonly blob: boolean;
  /** How many other parts were left out that are large enough to be digits of their own. */
  readonly others: number;
}

/** Rules that can be left out, to see what they are good for. */
export interface Rules extends InkRules {
  /** Strokes thinner than two pixels of the 28 are widened. */
  readonly strokes?: boolean;
  /** What shows round the paper, a table or the edge of a board, is cut off. */
  readonly rim?: boolean;
}

/** The longer side that photos are brought down to first: enough for any digit, and quick. */
export const WORKING_SIZE = 256;

const SIDE = 28;

/**
 * Finds the digit on a photo and puts it into MNIST's form.
 *
 * Brightness; minus the paper's own brightness around each place; ink told from paper by Otsu's threshold; the digit's
 * connected parts; fitted into 20 × 20 by area averaging with its aspect kept; centre of mass on pixel (14, 14).
 *
 * @param image The photo's brightness.
 * @throws {RangeError} If it has no pixel.
 * @see LeCun, Bottou, Bengio and Haffner, "Gradient-based learning applied to document recognition" (1998), section III.A
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const data = new Float64Array(60 * 80).fill(200); // white paper, and one dark stroke
 * for (let y = 20; y < 60; y++) data.fill(40, y * 60 + 10, y * 60 + 16);
 * const { prepared, lightOnDark, blank } = preparePhoto({ width: 60, height: 80, data });
 * assertEquals([prepared.length, lightOnDark, blank], [784, false, false]);
 * ```
 */
export function preparePhoto(image: GreyImage, { rim = true, ...rules }: Rules = {}): PhotoStages {
  const { picture } = shrunk(image, WORKING_SIZE), grey = rim ? withoutRim(picture).picture : picture;
  const { ink, level, lightOnDark } = inkOf(grey, rules);
  const { digit, others } = level === null ? { digit: mapPixels(ink, () => 0), others: 0 } : keepDigit(ink, level);
  const prepared = fitDigit(digit, rules), blob = isBlob(prepared);
  const blank = level === null || blob || digit.data.every((value) => value === 0);
  return { grey, ink, digit, prepared, lightOnDark, blank, blob, others };
}

/**
 * What tutorial 004 does instead: shrink the whole photo to 28 × 28 and turn it round, always.
 *
 * @returns 28 × 28 grey levels.
 */
export function preparePhotoRaw(image: GreyImage): Uint8Array {
  return Uint8Array.from(resize(image, SIDE, SIDE).data, (value) => 255 - Math.round(value));
}
