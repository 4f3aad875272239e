/**
 * The one form in which digits travel, wherever they come from.
 *
 * @module
 */
import { told } from "../errors.ts";
import { beyond } from "../limits.ts";

/** A set of pictures of digits with their labels. */
export interface Digits {
  /** Grey levels 0 (paper) to 255 (ink), row by row, one picture after another. */
  readonly pixels: Uint8Array;
  /** The same pixels from 0 to 1 as the file gives them, where it holds fractions instead of grey levels. */
  readonly values?: Float64Array;
  /** The true class of each picture, 0 to 9. */
  readonly labels: Uint8Array;
  /** Pixels per row. */
  readonly width: number;
  /** Rows per picture. */
  readonly height: number;
  /** A short name, such as "drawn digits". */
  readonly name: string;
  /** One sentence on where they come from. */
  readonly provenance: string;
  /** What the ten classes are called, where they are not the digits 0 to 9. */
  readonly classNames?: readonly string[];
  /** The source's own test part, where it has one. */
  readonly test?: Digits;
}

/**
 * Puts pixels and labels together.
 *
 * @throws {TypeError} If there are not `width * height` pixels for each label.
 * @throws {RangeError} If a label is not 0 to 9, or there is no digit at all.
 */
export function digits(fields: Digits): Digits {
  const { pixels, labels, width, height, name } = fields;
  if (labels.length === 0) throw new RangeError(`Cannot use ${name}: needs at least one digit`);
  if (pixels.length !== labels.length * width * height) {
    throw new TypeError(
      `Cannot use ${name}: ${labels.length} pictures of ${width} × ${height} need ` +
        `${labels.length * width * height} pixels, got ${pixels.length}`,
    );
  }
  const wrong = labels.findIndex((label) => label > 9);
  if (wrong >= 0) {
    throw new RangeError(`Cannot use ${name}: label ${wrong} must be a digit from 0 to 9, got ${labels[wrong]}`);
  }
  return fields;
}

/**
 * The same of digits that were read from a file.
 *
 * @throws {RangeError} Also if there are too many, or their pictures are too large.
 */
export function digitsFromFile(fields: Digits): Digits {
  const { pixels, labels, width, height, name } = fields;
  const problem = beyond("setSide", Math.max(width, height), "pixels to a side") ??
    beyond("rows", labels.length, "digits") ??
    beyond("numbers", pixels.length, "pixels in all");
  if (problem) throw new RangeError(`Cannot use ${name}: ${problem}`);
  return digits(fields);
}

/** Throws a TypeError if something else than digits was handed over: a promise of them, say. */
export function assertDigits(action: string, set: Digits): void {
  if (set?.labels !== undefined && set.pixels !== undefined) return;
  throw new TypeError(`Cannot ${action}: must be Digits, as await loadDigits() gives, got ${told(set)}`);
}

/**
 * By how many whole pixels a square picture must move so that its centre of mass is nearest to pixel (14, 14) of
 * 28 × 28, where MNIST has it: half its side, counted from 0.
 *
 * @param values Ink row by row, at least one pixel above 0.
 * @param side Pixels per row.
 */
export function shiftToCentre(values: ArrayLike<number>, side: number): { right: number; down: number } {
  let mass = 0, sumX = 0, sumY = 0;
  for (let i = 0, y = 0; i < values.length; y++) {
    for (let x = 0; x < side; x++) {
      const ink = values[i++]!;
      mass += ink;
      sumX += ink * x;
      sumY += ink * y;
    }
  }
  return { right: Math.round(side / 2 - sumX / mass), down: Math.round(side / 2 - sumY / mass) };
}

/**
 * What a class is called: the digit itself, unless the set has names.
 *
 * @param label The class, 0 to 9.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { drawDigits } from "./drawn_digits.ts";
 *
 * assertEquals(className(drawDigits(1, 1), 7), "7");
 * ```
 */
export function className(set: Digits, label: number): string {
  return set.classNames?.[label] ?? String(label);
}

/**
 * The pixels of one digit, `width * height` grey levels, row by row.
 *
 * @throws {RangeError} If there is no such digit.
 */
export function pixelsOf(set: Digits, index: number): Uint8Array {
  if (!Number.isInteger(index) || index < 0 || index >= set.labels.length) {
    throw new RangeError(
      `Cannot show digit ${index} of ${set.name}: must be a whole number from 0 to ${set.labels.length - 1}`,
    );
  }
  const size = set.width * set.height;
  return set.pixels.subarray(index * size, (index + 1) * size);
}

/**
 * Some of the digits, in the order asked for.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { drawDigits } from "./drawn_digits.ts";
 *
 * const set = drawDigits(20, 1);
 * assertEquals([...pick(set, [3, 1]).labels], [set.labels[3], set.labels[1]]);
 * ```
 */
export function pick(set: Digits, indices: ArrayLike<number>): Digits {
  assertDigits("pick digits", set);
  const size = set.width * set.height;
  const pixels = new Uint8Array(indices.length * size), labels = new Uint8Array(indices.length);
  for (let i = 0; i < indices.length; i++) {
    pixels.set(pixelsOf(set, indices[i]!), i * size);
    labels[i] = set.labels[indices[i]!]!;
  }
  const { width, height, name, provenance } = set;
  const values = set.values &&
    { values: Float64Array.from(pixels, (_, i) => set.values![indices[Math.floor(i / size)]! * size + i % size]!) };
  return { pixels, ...values, labels, width, height, name, provenance };
}

/** Digits `from` up to but not including `to`, in their order. */
export function slice(set: Digits, from: number, to: number = set.labels?.length): Digits {
  assertDigits("take digits", set);
  const size = set.width * set.height, { width, height, name, provenance } = set;
  if (!(Number.isInteger(from) && Number.isInteger(to) && from >= 0 && from <= to && to <= set.labels.length)) {
    throw new RangeError(`Cannot take digits ${from} to ${to} of ${set.labels.length}`);
  }
  const pixels = set.pixels.subarray(from * size, to * size), labels = set.labels.subarray(from, to);
  const values = set.values && { values: set.values.subarray(from * size, to * size) };
  return { pixels, ...values, labels, width, height, name, provenance };
}

/**
 * Two sets behind each other.
 *
 * @throws {TypeError} If their pictures differ in size.
 */
export function joined(first: Digits, second: Digits): Digits {
  if (first.width !== second.width || first.height !== second.height) {
    throw new TypeError(
      `Cannot join digits of ${first.width} × ${first.height} with digits of ${second.width} × ${second.height}`,
    );
  }
  const pixels = new Uint8Array(first.pixels.length + second.pixels.length);
  pixels.set(first.pixels);
  pixels.set(second.pixels, first.pixels.length);
  return digits({
    pixels,
    labels: Uint8Array.from([...first.labels, ...second.labels]),
    width: first.width,
    height: first.height,
    name: `${first.name} and ${second.name}`,
    provenance: `${first.provenance}, and ${second.provenance}`,
  });
}

/**
 * The mean grey level along the rims of the pictures, 0 to 255: where the paper is, and no ink should be.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(rimOf({ pixels: Uint8Array.of(9, 9, 9, 9, 200, 9, 9, 9, 9), width: 3, height: 3 }), 9);
 * ```
 */
export function rimOf({ pixels, width, height }: Pick<Digits, "pixels" | "width" | "height">): number {
  let sum = 0, count = 0;
  for (let row = 0, y = 0; row < pixels.length; row += width, y = (y + 1) % height) {
    const step = y === 0 || y === height - 1 ? 1 : Math.max(1, width - 1); // of the rows between, the two ends
    for (let x = 0; x < width; x += step, count++) sum += pixels[row + x]!;
  }
  return sum / count;
}
