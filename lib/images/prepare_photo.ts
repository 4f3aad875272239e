/**
 * From a photo to what a network can read: the way MNIST's makers prepared their scans.
 *
 * Numbers in, numbers out, so that a browser does exactly the same.
 *
 * @module
 */
import { shiftToCentre } from "../data/digits.ts";
import { blur, type GreyImage, mapPixels, minimum, resize } from "./grey_image.ts";
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
  /** How many other parts were left out that are large enough to be digits of their own. */
  readonly others: number;
}

/** The longer side that photos are brought down to first: enough for any digit, and quick. */
export const WORKING_SIZE = 256;

const SIDE = 28, BOX = 20;
const LEAST_CONTRAST = 20; // grey levels: below, it is the grain of the paper

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
export function preparePhoto(image: GreyImage): PhotoStages {
  if (image.width < 1 || image.height < 1) {
    throw new RangeError(`Cannot prepare a photo of ${image.width} × ${image.height} pixels: needs at least one`);
  }
  const scale = Math.min(1, WORKING_SIZE / Math.max(image.width, image.height));
  const grey = scale < 1
    ? resize(image, Math.max(1, Math.round(image.width * scale)), Math.max(1, Math.round(image.height * scale)))
    : image;
  const lightOnDark = isLightOnDark(grey);
  const turned = lightOnDark ? grey : mapPixels(grey, (value) => 255 - value);
  const paper = paperOf(turned);
  const ink = mapPixels(turned, (value, i) => Math.max(0, value - paper.data[i]!));
  const level = otsu(ink);
  const { digit, others } = level === null ? { digit: mapPixels(ink, () => 0), others: 0 } : keepDigit(ink, level);
  const blank = level === null || digit.data.every((value) => value === 0);
  return { grey, ink, digit, prepared: fitDigit(digit), lightOnDark, blank, others };
}

/** Paper is what the rim is made of; ink is what differs most from it. */
function isLightOnDark({ width, height, data }: GreyImage): boolean {
  const rim = Math.max(1, Math.round(0.05 * Math.min(width, height)));
  const border = [...data].filter((_, i) => {
    const x = i % width, y = Math.floor(i / width);
    return x < rim || y < rim || x >= width - rim || y >= height - rim;
  }).sort((a, b) => a - b);
  const all = [...data].sort((a, b) => a - b), middle = border[border.length >> 1]!;
  const darkest = all[Math.floor(0.01 * all.length)]!, lightest = all[Math.ceil(0.99 * all.length) - 1]!;
  return lightest - middle > middle - darkest;
}

/** The paper's brightness at each place: the least ink nearby, smoothed. Wide enough to look past any stroke. */
function paperOf(turned: GreyImage): GreyImage {
  const reach = Math.max(2, Math.round(Math.max(turned.width, turned.height) / 6));
  return blur(blur(minimum(blur(turned, 1), reach), reach), reach);
}

/** The level that parts ink from paper best (Otsu 1979), or null if there is hardly any contrast. */
function otsu({ data }: GreyImage): number | null {
  const counts = new Float64Array(256);
  for (const value of data) counts[Math.min(255, Math.floor(value))]!++;
  let total = 0, weight = 0, sum = 0, best = -1, level = 0;
  counts.forEach((count, value) => total += count * value);
  for (let t = 0; t < 255; t++) {
    weight += counts[t]!;
    sum += t * counts[t]!;
    const rest = data.length - weight;
    if (weight === 0 || rest === 0) continue;
    const between = weight * rest * (sum / weight - (total - sum) / rest) ** 2;
    if (between > best) [best, level] = [between, t + 1];
  }
  let paper = 0, papers = 0, ink = 0, inks = 0;
  counts.forEach((count, value) => {
    if (value < level) paper += count * value, papers += count;
    else ink += count * value, inks += count;
  });
  return inks > 0 && ink / inks - paper / Math.max(1, papers) >= LEAST_CONTRAST ? level : null;
}

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
export function fitDigit({ width, height, data }: GreyImage): Uint8Array {
  let left = width, right = -1, top = height, bottom = -1;
  data.forEach((value, i) => {
    if (value === 0) return;
    const x = i % width, y = Math.floor(i / width);
    left = Math.min(left, x), right = Math.max(right, x), top = Math.min(top, y), bottom = Math.max(bottom, y);
  });
  if (right < 0) return new Uint8Array(SIDE * SIDE);
  const wide = right - left + 1, high = bottom - top + 1, cut = new Float64Array(wide * high);
  for (let y = 0; y < high; y++) {
    cut.set(data.subarray((top + y) * width + left, (top + y) * width + right + 1), y * wide);
  }
  const longer = Math.max(wide, high), size = (side: number) => Math.max(1, Math.round(BOX * side / longer));
  const small = resize({ width: wide, height: high, data: cut }, size(wide), size(high));
  const peak = small.data.reduce((a, b) => Math.max(a, b), 0), pixels = new Uint8Array(SIDE * SIDE);
  const offX = (SIDE - small.width) >> 1, offY = (SIDE - small.height) >> 1;
  small.data.forEach((value, i) => {
    const x = i % small.width + offX, y = Math.floor(i / small.width) + offY;
    pixels[y * SIDE + x] = Math.round(255 * Math.min(1, value / peak * 1.15)); // a thin line is black all the same
  });
  return centreByMass(pixels);
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

/**
 * What tutorial 004 does instead: shrink the whole photo to 28 × 28 and turn it round, always.
 *
 * @returns 28 × 28 grey levels.
 */
export function preparePhotoRaw(image: GreyImage): Uint8Array {
  return Uint8Array.from(resize(image, SIDE, SIDE).data, (value) => 255 - Math.round(value));
}
