/**
 * A digit alone, brought into the form of MNIST's.
 *
 * @module
 */
import { shiftToCentre } from "../data/digits.ts";
import { type GreyImage, mapPixels, maximum, resize } from "./grey_image.ts";

const SIDE = 28, BOX = 20;
const FAINT = 0.02; // of the darkest ink: fainter is no part of the box
const BLOB = 275; // pixels full of ink
const THINNEST = 2; // pixels of the 28
const LARGE = 2; // times as large as the box: what is as small as MNIST's digits is left as it is

/**
 * A digit alone, of any size and anywhere, in MNIST's form: into 20 × 20 with the aspect kept, then by the centre of
 * mass onto 28 × 28.
 *
 * @param digit Ink, 0 where there is none; on a drawing pad that is all there is.
 * @returns 28 × 28 grey levels, 0 paper to 255 ink; all 0 if there is no ink.
 *
 * @example A stroke in a corner comes out in the middle
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const data = new Float64Array(100 * 100);
 * for (let y = 5; y < 45; y++) data.fill(255, y * 100 + 90, y * 100 + 94);
 * const pixels = fitDigit({ width: 100, height: 100, data });
 * assertEquals([pixels[14 * 28 + 14], pixels[14 * 28 + 25]], [255, 0]);
 * ```
 */
export function fitDigit(digit: GreyImage, { strokes = true }: { readonly strokes?: boolean } = {}): Uint8Array {
  const cut = cutOut(digit);
  if (!cut) return new Uint8Array(SIDE * SIDE);
  const longer = Math.max(cut.width, cut.height), size = (side: number) => Math.max(1, Math.round(BOX * side / longer));
  const small = resize(strokes ? thickened(cut, longer / BOX) : cut, size(cut.width), size(cut.height));
  const peak = small.data.reduce((a, b) => Math.max(a, b), 0), pixels = new Uint8Array(SIDE * SIDE);
  const offX = (SIDE - small.width) >> 1, offY = (SIDE - small.height) >> 1;
  small.data.forEach((value, i) => {
    const x = i % small.width + offX, y = Math.floor(i / small.width) + offY;
    pixels[y * SIDE + x] = Math.round(255 * Math.min(1, value / peak * 1.15)); // a thin line is black all the same
  });
  return centreByMass(pixels);
}

/** Whether so much of the 28 × 28 is ink that it is no digit: of MNIST's 10,000 test digits the fullest has 264 of 784. */
export function isBlob(prepared: Uint8Array): boolean {
  return prepared.reduce((sum, grey) => sum + grey, 0) > BLOB * 255;
}

/** The smallest rectangle that holds the ink; a faint rim, as pictures that were made small have, is none. */
function cutOut({ width, height, data }: GreyImage): GreyImage | null {
  const faint = FAINT * data.reduce((most, value) => Math.max(most, value), 0);
  let left = width, right = -1, top = height, bottom = -1;
  data.forEach((value, i) => {
    if (value === 0 || value < faint) return;
    const x = i % width, y = Math.floor(i / width);
    left = Math.min(left, x), right = Math.max(right, x), top = Math.min(top, y), bottom = Math.max(bottom, y);
  });
  if (right < 0) return null;
  const wide = right - left + 1, high = bottom - top + 1, cut = new Float64Array(wide * high);
  for (let y = 0; y < high; y++) {
    cut.set(data.subarray((top + y) * width + left, (top + y) * width + right + 1), y * wide);
  }
  return { width: wide, height: high, data: cut };
}

/** Strokes that would be thinner than two pixels of 28 are widened before they are made small: no pen of MNIST's wrote so. */
function thickened(digit: GreyImage, scale: number): GreyImage {
  const reach = (THINNEST - strokeOf(digit) / scale) * scale / 2;
  if (scale < LARGE || reach <= 0) return digit;
  const rim = Math.ceil(reach), whole = Math.floor(reach), part = reach - whole;
  const wide = padded(digit, rim), less = maximum(wide, whole), more = part > 0 ? maximum(wide, whole + 1) : less;
  return mapPixels(less, (value, i) => value + part * (more.data[i]! - value));
}

/** How wide the strokes are: area over length, and the length is half the outline. */
function strokeOf({ width, height, data }: GreyImage): number {
  const half = data.reduce((most, value) => Math.max(most, value), 0) / 2;
  let area = 0, outline = 0;
  const ink = (x: number, y: number) => x >= 0 && y >= 0 && x < width && y < height && data[y * width + x]! >= half;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (!ink(x, y)) continue;
      area++;
      outline += Number(!ink(x - 1, y)) + Number(!ink(x + 1, y)) + Number(!ink(x, y - 1)) + Number(!ink(x, y + 1));
    }
  }
  return 2 * area / (outline * Math.PI / 4); // steps along rows and columns are 4/π times as long as what they follow
}

function padded({ width, height, data }: GreyImage, rim: number): GreyImage {
  const wide = width + 2 * rim, result = new Float64Array(wide * (height + 2 * rim));
  for (let y = 0; y < height; y++) result.set(data.subarray(y * width, (y + 1) * width), (y + rim) * wide + rim);
  return { width: wide, height: height + 2 * rim, data: result };
}

/**
 * Moves a 28 × 28 digit by whole pixels until its centre of mass is nearest to pixel (14, 14), as MNIST has it.
 *
 * Ink that would leave the picture is lost; a digit that fits MNIST's 20 × 20 box never does. A blank picture stays.
 *
 * @throws {TypeError} If it is not 784 pixels.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const dot = new Uint8Array(784);
 * dot[3 * 28 + 20] = 255;
 * assertEquals(centreByMass(dot).indexOf(255), 14 * 28 + 14);
 * ```
 */
export function centreByMass(pixels: Uint8Array): Uint8Array {
  const side = 28;
  if (pixels.length !== side * side) {
    throw new TypeError(`Cannot centre ${pixels.length} pixels: must be ${side} × ${side}`);
  }
  if (pixels.every((grey) => grey === 0)) return pixels.slice();
  const { right, down } = shiftToCentre(pixels, side);
  const moved = new Uint8Array(pixels.length);
  pixels.forEach((grey, i) => {
    const x = i % side + right, y = Math.floor(i / side) + down;
    if (grey && x >= 0 && x < side && y >= 0 && y < side) moved[y * side + x] = grey;
  });
  return moved;
}
