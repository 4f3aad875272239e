/**
 * How much a reader takes: bytes, numbers, pixels, parts. Whoever knows a format can build a small file that unpacks to gigabytes;
 * so sizes are compared with these before memory is taken and before time is spent, and what real files hold fits well below.
 *
 * @module
 */

import { UnknownName } from "./errors.ts";

/** The limits as they stand for everybody; {@linkcode raiseLimits} multiplies them. */
const USUAL = {
  /** Bytes of a file that is read whole: Kaggle's train.csv has 77 million. */
  fileBytes: 300e6,
  /** Bytes that one file, or all in an archive, may unpack to: MNIST's largest has 47 million, all of it as Float64 439. */
  unpackedBytes: 460e6,
  /** Files in an archive. */
  members: 1000,
  /** Numbers that are, or will be, kept as Float64: a table, an array, the pixels of a set. MNIST's are 55 million. */
  numbers: 56e6,
  /** Weights and biases of a network: a hidden layer of 2,048 behind another has 6 million. */
  parameters: 20e6,
  /** Rows of a table, pictures of a set. */
  rows: 2e6,
  /** Cells in a row of a table: the pixels of one picture of a set, and its label. */
  columns: 66_000,
  /** Pixels of one side of a picture of a set. */
  setSide: 256,
  /** Cells of a table that are no numbers: with more of them, it is no table of numbers. */
  faults: 1e6,
  /** Bytes of one cell that are looked at: no number has more. */
  cellBytes: 65_536,
  /** Bytes of a picture's file. */
  pictureBytes: 128e6,
  /** Pixels of a picture. */
  pixels: 50e6,
  /** Bytes that a PNG may unpack to; there are two copies of it then. */
  unpackedPicture: 256e6,
  /** Pixels of a JPEG for a press, which is read by a slow decoder. */
  pressPixels: 16e6,
  /** Pixels of one side of a picture. */
  side: 32_768,
  /** Pieces of which a picture's file consists. */
  chunks: 50_000,
  /** Times that a JPEG goes over its pixels: cameras write one, programs about ten. */
  scans: 64,
  /** Pixels times scans. */
  scannedPixels: 1e9,
  /** Bytes of JSON. */
  jsonBytes: 200e6,
  /** Bytes of a header of JSON. */
  headerBytes: 10e6,
  /** Values of JSON: numbers, texts, lists. */
  jsonValues: 16e6,
  /** Lists and objects of JSON. */
  jsonLists: 200_000,
  /** How deep lists and objects of JSON lie in each other. */
  nesting: 32,
  /** Dimensions of an array; NumPy has no more. */
  dimensions: 64,
  /** Matrices in a file. */
  matrices: 1000,
  /** Trainings of a grid. */
  combinations: 100_000,
} as const;

/** What can be limited. */
export type Limit = keyof typeof USUAL;

let factor = 1;

/** How much of something may be read now. */
export function limitOf(what: Limit): number {
  return factor * USUAL[what];
}

/**
 * Lets all readers take so many times as much, for files that are larger than most; the variable `DIGITS_LIMITS` does
 * the same for commands, workers and kernels.
 *
 * @param times A number from 1.
 * @throws {RangeError} If it is not.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const before = limitOf("pixels");
 * raiseLimits(2);
 * assertEquals(limitOf("pixels"), 2 * before);
 * raiseLimits(1);
 * ```
 */
export function raiseLimits(times: number): void {
  if (!(times >= 1 && times < Infinity)) {
    throw new UnknownName(`Cannot raise the limits (DIGITS_LIMITS): must be a number from 1, got ${times}`);
  }
  factor = times;
}

/**
 * What to say where something is beyond its limit; null where it is not.
 *
 * @param count How much there is, or is announced; ∞ where only that much is known.
 * @param unit What is counted, such as "bytes".
 */
export function beyond(what: Limit, count: number, unit: string): string | null {
  const most = limitOf(what);
  if (count <= most) return null;
  const [found, allowed] = [count, most].map((n) => Math.round(n).toLocaleString("en"));
  const times = Math.max(Math.floor(factor) + 1, Number.isFinite(count) ? Math.ceil(count / USUAL[what]) : 0);
  const way = ` (DIGITS_LIMITS=${times} before the command, or raiseLimits(${times}), allows more)`;
  return (Number.isFinite(count) ? `${found} ${unit} are too many, at most ${allowed}` : `at most ${allowed} ${unit}`) +
    ` are read${times <= 100 ? way : ""}`;
}
