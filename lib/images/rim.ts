/**
 * What shows round the paper: the table, the edge of a board.
 *
 * @module
 */
import type { GreyImage } from "./grey_image.ts";

const SMALLEST = 64; // pixels: smaller pictures have been cut out already
const OTHER = 40; // grey levels from the paper
const EDGE = 30; // within three lines: without, it is light that falls off, and no rim
const WIDEST = 0.2; // of the picture, at each side

/** A part of a picture, and where it was. */
export interface Inner {
  /** The part. */
  readonly picture: GreyImage;
  /** Columns that were cut off at the left. */
  readonly left: number;
  /** Rows that were cut off at the top. */
  readonly top: number;
}

/** Cuts off rows and columns at the rim that are for the most part of another brightness than the picture. */
export function withoutRim(image: GreyImage): Inner {
  const { width, height, data } = image;
  if (Math.min(width, height) < SMALLEST) return { picture: image, left: 0, top: 0 };
  const paper = middle(data);
  const row = (y: number) => data.subarray(y * width, (y + 1) * width);
  const column = (x: number) => Float64Array.from({ length: height }, (_, y) => data[y * width + x]!);
  const depth = (line: (i: number) => Float64Array, size: number, from: (i: number) => number) => {
    const most = Math.floor(WIDEST * size);
    for (let i = 0; i < most; i++) {
      if (Math.abs(middle(line(from(i))) - paper) >= OTHER) continue;
      const edge = i > 0 && Math.abs(middle(line(from(Math.max(0, i - 2)))) - middle(line(from(i + 1)))) >= EDGE;
      return edge ? i + 1 : 0;
    }
    return 0; // it goes on and on
  };
  const [top, bottom] = [depth(row, height, (i) => i), depth(row, height, (i) => height - 1 - i)];
  const [left, right] = [depth(column, width, (i) => i), depth(column, width, (i) => width - 1 - i)];
  if (!top && !bottom && !left && !right) return { picture: image, left, top };
  const across = width - left - right, down = height - top - bottom, cut = new Float64Array(across * down);
  for (let y = 0; y < down; y++) {
    cut.set(data.subarray((top + y) * width + left, (top + y) * width + left + across), y * across);
  }
  return { picture: { width: across, height: down, data: cut }, left, top };
}

function middle(values: Float64Array): number {
  return values.toSorted()[values.length >> 1]!;
}
