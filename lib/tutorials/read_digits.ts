/**
 * All digits of a picture, found and read.
 *
 * @module
 */
import { type Box, findDigits } from "../images/find_digits.ts";
import type { GreyImage } from "../images/grey_image.ts";
import { type PhotoStages, preparePhoto } from "../images/prepare_photo.ts";
import type { Network } from "../network/network.ts";
import { UNSURE_BELOW } from "../evaluation/metrics.ts";
import { classify, type Reading } from "./classify.ts";

const A_PAGE = 150; // digits: more are rarely written on one sheet
const ONE_DIGIT = 48; // pixels: a smaller picture was made for one digit, as MNIST's are

/** A digit that was found and read. */
export interface ReadDigit extends Omit<Reading, "pass"> {
  /** Where it is on the picture, in its pixels. */
  readonly box: Box;
  /** Whether it hung together with a neighbour and was cut off. */
  readonly touched: boolean;
}

/** What is written on a picture. */
export interface ReadPicture {
  /** The digits, row by row, each row from left to right; none where there is no ink. */
  readonly rows: readonly (readonly ReadDigit[])[];
  /** The same as text, one line for each row. */
  readonly text: string;
  /** Of a picture with at most one digit, how it was prepared. */
  readonly stages: PhotoStages | null;
}

/**
 * Reads all digits of a picture.
 *
 * @param network A network for pictures of 28 × 28 or 20 × 20 pixels.
 * @param image The picture's brightness.
 */
export function readDigits(network: Network, image: GreyImage): ReadPicture {
  const found = Math.max(image.width, image.height) < ONE_DIGIT ? [] : findDigits(image), count = found.flat().length;
  const stages = count > 1 ? null : preparePhoto(image);
  if (stages?.blank) return { rows: [], text: "", stages };
  const whole = { left: 0, top: 0, width: image.width, height: image.height };
  const digits = stages ? [[{ box: found[0]?.[0]?.box ?? whole, prepared: stages.prepared, touched: false }]] : found;
  const rows = digits.map((row) =>
    row.map(({ box, prepared, touched }): ReadDigit => {
      const { pass: _, ...reading } = classify(network, prepared);
      return { ...reading, box, touched };
    })
  );
  return { rows, text: rows.map((row) => row.map(({ digit }) => digit).join("")).join("\n"), stages };
}

/** What should be said besides: which digits are not sure, and which were cut from a neighbour. */
export function remarksOn({ rows }: ReadPicture): string[] {
  const digits = rows.flat(), several = digits.length > 1;
  const named = (which: readonly ReadDigit[]) =>
    which.map((one) => `${one.digit} (${(100 * one.probability).toFixed(0)} %)`).join(", ");
  const unsure = digits.filter(({ probability }) => probability < UNSURE_BELOW);
  const touched = digits.filter((one) => one.touched);
  return [
    ...digits.length > A_PAGE ? ["is it a page of text? Letters are read as digits, too"] : [],
    ...unsure.length
      ? [
        several
          ? unsure.length > 6 ? `not sure of ${unsure.length} of them` : `not sure of ${named(unsure)}`
          : "not sure",
      ]
      : [],
    ...touched.length
      ? [
        touched.length > 6
          ? `${touched.length} touch, and were cut apart`
          : `${touched.map(({ digit }) => digit).join("")} touch, and were cut apart`,
      ]
      : [],
  ];
}
