/**
 * A picture with a box around each digit that was found on it, and what it was read as.
 *
 * @module
 */
import { encode } from "fast-png";
import { type GreyImage, shrunk } from "../images/grey_image.ts";
import { UNSURE_BELOW } from "../evaluation/metrics.ts";
import type { Box } from "../images/find_digits.ts";
import { COLOURS, type Picture } from "./figure.ts";
import { drawing } from "./svg.ts";

/** What was read on a picture, as far as it is drawn. */
export interface FoundReading {
  /** The digits, row by row. */
  readonly rows: readonly (readonly {
    /** Where it is. */
    readonly box: Box;
    /** What it was read as. */
    readonly digit: number;
    /** How sure that is. */
    readonly probability: number;
  }[])[];
  /** The same as text. */
  readonly text: string;
}

const LONGEST = 640; // screen pixels

/**
 * Draws what was found.
 *
 * @param image The picture's brightness.
 * @param read What was read on it.
 */
export function foundPicture(image: GreyImage, read: FoundReading): Picture {
  const { picture: { width, height, data }, scale } = shrunk(image, LONGEST);
  const png = encode({ width, height, channels: 1, data: Uint8Array.from(data, Math.round) }).toBase64();
  const marks = read.rows.flat().map(({ box, digit, probability }) => {
    const colour = probability < UNSURE_BELOW ? COLOURS.second : COLOURS.main;
    const [x, y, wide, high] = [box.left, box.top, box.width, box.height].map((value) => scale * value) as number[];
    return `<rect x="${x! - 2}" y="${y! - 2}" width="${wide! + 4}" height="${
      high! + 4
    }" fill="none" stroke="${colour}" stroke-width="1.5"/>` +
      `<text x="${x! + wide! / 2}" y="${
        y! > 16 ? y! - 5 : y! + high! + 15
      }" fill="${colour}" font-size="15" font-weight="bold" text-anchor="middle">${digit}</text>`;
  });
  const lines = read.text ? read.text.replaceAll("\n", " / ") : "nothing";
  return {
    ...drawing(width, height, [
      `<image href="data:image/png;base64,${png}" width="${width}" height="${height}"/>`,
      ...marks,
    ]),
    caption: `Read: ${lines}.${
      read.rows.flat().some(({ probability }) => probability < UNSURE_BELOW) ? " Orange: not sure." : ""
    }`,
  };
}
