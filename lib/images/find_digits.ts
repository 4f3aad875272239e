/**
 * All digits of a picture, row by row: parts of similar height, what belongs to them joined, what touches parted.
 *
 * @module
 */
import { findParts, isLine, type Part } from "./digit_parts.ts";
import { fitDigit, isBlob } from "./fit_digit.ts";
import { type GreyImage, shrunk } from "./grey_image.ts";
import { inkOf } from "./ink.ts";
import { withoutRim } from "./rim.ts";

/** A rectangle of a picture, in its pixels. */
export interface Box {
  /** Of the leftmost column. */
  readonly left: number;
  /** Of the topmost row. */
  readonly top: number;
  /** Columns. */
  readonly width: number;
  /** Rows. */
  readonly height: number;
}

/** A digit of a picture. */
export interface FoundDigit {
  /** Where it is. */
  readonly box: Box;
  /** 28 × 28 grey levels in MNIST's form. */
  readonly prepared: Uint8Array;
  /** Whether it hung together with a neighbour and was cut off. */
  readonly touched: boolean;
}

/** The longer side that pictures with several digits are brought down to first. */
const WORKING_SIZE = 1024;

const SMALLEST = 0.5, TALLEST = 2.2; // of the usual height: what is a digit of its own
const NEAR = 0.25; // of the usual height: how far a small part may be from the digit that it belongs to
const WIDE = 1.35; // times as wide as high: more than one digit

/** What belongs to one digit: the labels of its parts, and the columns that it may have. */
interface Group {
  readonly labels: Set<number>;
  left: number;
  right: number;
  top: number;
  bottom: number;
  readonly touched: boolean;
}

/**
 * Finds the digits of a picture.
 *
 * @param image Its brightness.
 * @returns The rows from top to bottom, each from left to right; none where there is no ink.
 * @throws {RangeError} If it has no pixels.
 */
export function findDigits(image: GreyImage): FoundDigit[][] {
  const { picture: whole, scale } = shrunk(image, WORKING_SIZE),
    { picture, left: cutLeft, top: cutTop } = withoutRim(whole);
  const { ink, level } = inkOf(picture);
  if (level === null) return [];
  const labels = new Int32Array(ink.data.length);
  const written = findParts(ink, level, labels).filter((part) => !isLine(part, ink));
  const parts = written.filter((part) => !isFrame(part, written, ink));
  const usual = usualHeight(parts, ink);
  const groups = joined(parts, usual, ink).flatMap((group) => parted(group, usual, ink, labels));
  const digits = new Map(groups.map((group) => [group, fitDigit(alone(group, ink, labels))]));
  return rowsOf(groups.filter((group) => !isBlob(digits.get(group)!)), usual).map((row) =>
    row.map((group): FoundDigit => {
      const { left, top, right, bottom, touched } = group, [width, height] = [right - left + 1, bottom - top + 1];
      const [x, y, across, down] = [left + cutLeft, top + cutTop, width, height].map((value) =>
        Math.round(value / scale)
      ) as [number, number, number, number];
      return { box: { left: x, top: y, width: across, height: down }, prepared: digits.get(group)!, touched };
    })
  );
}

/** A printed box round about: as large as most of the picture, nearly empty, and with something in it. */
function isFrame(part: Part, all: readonly Part[], { width, height }: GreyImage): boolean {
  const across = widthOf(part), down = heightOf(part);
  if (across < 0.6 * width || down < 0.6 * height || part.area > 0.2 * across * down) return false;
  return all.some((other) =>
    other !== part && other.left > part.left && other.right < part.right && other.top > part.top &&
    other.bottom < part.bottom && heightOf(other) > 0.15 * down && other.mass > 0.05 * part.mass
  );
}

const heightOf = ({ top, bottom }: { top: number; bottom: number }) => bottom - top + 1;
const widthOf = ({ left, right }: { left: number; right: number }) => right - left + 1;

/** How high most of the ink stands, large parts counted more: the grain of the paper is of many small ones. */
function usualHeight(parts: readonly Part[], { width, height }: GreyImage): number {
  const inside = parts.filter(({ left, right, top, bottom }) =>
    left > 0 && top > 0 && right < width - 1 && bottom < height - 1
  );
  const known = (inside.length ? inside : parts).toSorted((a, b) => heightOf(b) - heightOf(a));
  const worth = (part: Part) => part.mass * heightOf(part);
  let rest = known.reduce((sum, part) => sum + worth(part), 0) / 2;
  return heightOf(known.find((part) => (rest -= worth(part)) <= 0) ?? { top: 0, bottom: 0 });
}

/** Parts joined to digits: large ones that stand above each other, and small ones with the large one beside them. */
function joined(parts: readonly Part[], usual: number, { width, height }: GreyImage): Group[] {
  const onRim = ({ left, right, top, bottom }: Part) =>
    left === 0 || top === 0 || right === width - 1 || bottom === height - 1;
  const fits = (part: Part) => heightOf(part) >= SMALLEST * usual && heightOf(part) <= TALLEST * usual;
  const large = parts.filter((part) => fits(part) && !(onRim(part) && widthOf(part) > 2 * heightOf(part)));
  const groups: Group[] = [];
  for (const part of large.toSorted((a, b) => b.mass - a.mass)) {
    const home = groups.find((group) => {
      const overlap = Math.min(group.right, part.right) - Math.max(group.left, part.left) + 1;
      const together = Math.max(group.bottom, part.bottom) - Math.min(group.top, part.top) + 1;
      return overlap >= 0.6 * Math.min(widthOf(group), widthOf(part)) && together <= 1.5 * usual;
    });
    if (home) grow(home, part);
    else groups.push({ ...bounds(part), labels: new Set([part.label]), touched: false });
  }
  const least = 0.04 * (large.map(({ mass }) => mass).toSorted((a, b) => a - b)[large.length >> 1] ?? 0);
  for (const part of parts) {
    if (large.includes(part) || heightOf(part) >= SMALLEST * usual || part.mass < least || onRim(part)) continue;
    const near = groups.map((group) => ({ group, away: gap(group, part) })).toSorted((a, b) => a.away - b.away)[0];
    if (near && near.away <= NEAR * usual && heightOf(unionOf(near.group, part)) <= 1.6 * usual) grow(near.group, part);
  }
  return groups;
}

function bounds({ left, right, top, bottom }: Part) {
  return { left, right, top, bottom };
}

function unionOf<T extends Omit<Group, "labels" | "touched">>(a: T, b: Part) {
  return {
    left: Math.min(a.left, b.left),
    right: Math.max(a.right, b.right),
    top: Math.min(a.top, b.top),
    bottom: Math.max(a.bottom, b.bottom),
  };
}

function grow(group: Group, part: Part): void {
  Object.assign(group, unionOf(group, part));
  group.labels.add(part.label);
}

function gap(a: Group, b: Part): number {
  const between = (from: number, to: number, otherFrom: number, otherTo: number) =>
    Math.max(0, otherFrom - to, from - otherTo);
  return Math.hypot(between(a.left, a.right, b.left, b.right), between(a.top, a.bottom, b.top, b.bottom));
}

/** Neighbours that touch, cut where there is least ink; everything else as it is. */
function parted(group: Group, usual: number, ink: GreyImage, labels: Int32Array): Group[] {
  const wide = widthOf(group), count = Math.round(wide / (0.8 * Math.max(usual, 0.8 * heightOf(group))));
  if (wide < WIDE * heightOf(group) || count < 2) return [group];
  const columns = new Float64Array(wide);
  for (let y = group.top; y <= group.bottom; y++) {
    for (let x = group.left; x <= group.right; x++) {
      const i = y * ink.width + x;
      if (group.labels.has(labels[i]!)) columns[x - group.left]! += ink.data[i]!;
    }
  }
  const cuts = [0];
  for (let k = 1; k < count; k++) {
    const middle = wide * k / count, reach = 0.3 * wide / count;
    let best = Math.round(middle);
    for (let x = Math.ceil(middle - reach); x <= middle + reach; x++) if (columns[x]! < columns[best]!) best = x;
    cuts.push(best);
  }
  return cuts.map((cut, k) => ({
    ...group,
    left: group.left + cut,
    right: group.left + (cuts[k + 1] ?? wide) - 1,
    touched: true,
  }));
}

/** The ink of a digit and nothing else, cut out, as dark as it is high contrast. */
function alone(group: Group, ink: GreyImage, labels: Int32Array): GreyImage {
  const width = widthOf(group), height = heightOf(group), data = new Float64Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const i = (group.top + y) * ink.width + group.left + x;
      if (group.labels.has(labels[i]!)) data[y * width + x] = ink.data[i]!;
    }
  }
  const values = data.filter((value) => value > 0).toSorted(), full = values[Math.floor(0.6 * values.length)] ?? 1;
  return { width, height, data: data.map((value) => Math.min(255, 255 * value / full)) };
}

/** Rows from top to bottom: from left to right, each digit goes to the row whose last three stand beside it. */
function rowsOf(groups: readonly Group[], usual: number): Group[][] {
  const rows: Group[][] = [], middle = ({ top, bottom }: Group) => (top + bottom) / 2;
  for (const group of groups.toSorted((a, b) => a.left - b.left)) {
    const height = (row: readonly Group[]) =>
      row.slice(-3).reduce((sum, last) => sum + middle(last) / Math.min(3, row.length), 0);
    const beside = rows.map((row) => ({ row, off: Math.abs(height(row) - middle(group)) }))
      .toSorted((a, b) => a.off - b.off)[0];
    if (beside && beside.off <= 0.6 * usual) beside.row.push(group);
    else rows.push([group]);
  }
  const place = (row: readonly Group[]) => row.reduce((sum, group) => sum + middle(group), 0) / row.length;
  return rows.toSorted((a, b) => place(a) - place(b));
}
