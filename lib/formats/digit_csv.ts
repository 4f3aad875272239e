/**
 * Kaggle's train.csv, byte by byte: the fast way for a file in which every cell is a plain whole number to 255.
 *
 * @module
 */
import { limitOf } from "../limits.ts";

/** A clean table of small numbers. */
export interface DigitCsv {
  /** Column names, or null when the first line holds numbers already. */
  readonly header: readonly string[] | null;
  /** The first cell of each row: the label in most files. */
  readonly labels: Uint8Array;
  /** The other cells, row after row. */
  readonly pixels: Uint8Array;
  /** Cells in a row. */
  readonly cols: number;
}

const COMMA = 0x2C, QUOTE = 0x22, LINE_FEED = 0x0A, RETURN = 0x0D, ZERO = 0x30, TWO_ZEROS = 0x302C302C; // "0,0,"

/** Takes a file piece by piece; each piece but the last must end with a line. */
export interface DigitCsvReader {
  /** Reads the lines of a piece. False if one of them is not plain: then nothing more can be read. */
  push(lines: Uint8Array): boolean;
  /** What was read, or null if there was no row. */
  end(): DigitCsv | null;
}

/**
 * A reader of plain whole numbers from 0 to 255, with or without a header, with any line ends.
 *
 * Plain means: no quotes, spaces, points, signs, empty cells; as many cells in each row as in the first; and below the limits. Four cells in
 * five of a digit are 0, so two of them are taken at once where they stand together.
 *
 * @param size Bytes of the whole file: from this the rows are estimated, and room for them is made once.
 */
export function digitCsvReader(size: number): DigitCsvReader {
  let cols = 0,
    header: string[] | null = null,
    rows = 0,
    labels = new Uint8Array(),
    pixels = new Uint8Array(),
    begun = false;
  const push = (bytes: Uint8Array): boolean => {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), length = bytes.length;
    let at = 0;
    if (!begun) {
      begun = true;
      if (bytes[0] === 0xEF && bytes[1] === 0xBB && bytes[2] === 0xBF) at = 3; // byte order mark
      if (!(bytes[at]! >= ZERO && bytes[at]! <= ZERO + 9)) { // a header of plain names, or it is not for us
        if (!/^(?!nan|inf)[a-z]/i.test(new TextDecoder().decode(bytes.subarray(at, at + 3)))) return false;
        const { end, cells } = lineFrom(bytes, at);
        if (cells > limitOf("columns")) return false;
        header = new TextDecoder().decode(bytes.subarray(at, end)).split(",");
        if (bytes.subarray(at, end).includes(QUOTE)) return false;
        at = skipLineEnds(bytes, end);
      }
    }
    if (cols === 0 && at < length) {
      cols = lineFrom(bytes, at).cells;
      if (cols < 2 || cols > limitOf("columns") || (header && header.length !== cols)) return false;
      const most = Math.min(limitOf("rows"), Math.ceil(size / (2 * cols))) + 1; // a cell takes two bytes at least
      labels = new Uint8Array(most);
      pixels = new Uint8Array(most * (cols - 1));
    }
    for (at = skipLineEnds(bytes, at); at < length; rows++) {
      if (rows >= limitOf("rows")) return false;
      for (let col = 0, out = rows * (cols - 1) - 1; col < cols; col++, out++) {
        while (col > 0 && col + 2 < cols && at + 4 <= length && view.getUint32(at) === TWO_ZEROS) {
          at += 4;
          col += 2;
          out += 2;
        }
        if (at >= length) return false;
        let value = bytes[at++]! - ZERO, next = at < length ? bytes[at]! - ZERO : -1;
        if (value < 0 || value > 9) return false;
        if (next >= 0 && next <= 9) {
          value = 10 * value + next;
          next = ++at < length ? bytes[at]! - ZERO : -1;
          if (next >= 0 && next <= 9) {
            value = 10 * value + next;
            at++;
          }
        }
        const stop = at < length ? bytes[at] : LINE_FEED;
        if (value > 255 || (col + 1 < cols ? stop !== COMMA : stop !== LINE_FEED && stop !== RETURN)) return false;
        at++;
        if (col === 0) labels[rows] = value;
        else pixels[out] = value;
      }
      at = skipLineEnds(bytes, at);
    }
    return true;
  };
  const end = () =>
    rows === 0
      ? null
      : { header, labels: labels.subarray(0, rows), pixels: pixels.subarray(0, rows * (cols - 1)), cols };
  return { push, end };
}

/**
 * Reads a whole file with {@linkcode digitCsvReader}.
 *
 * @returns Labels and pixels, or null if the file is not plain: then `parseNumericCsv` reads it and says what it is.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const read = (text: string) => parseDigitCsv(new TextEncoder().encode(text));
 * assertEquals(read("label,a,b\n7,0,255\n1,9,0\n"), {
 *   header: ["label", "a", "b"],
 *   labels: Uint8Array.of(7, 1),
 *   pixels: Uint8Array.of(0, 255, 9, 0),
 *   cols: 3,
 * });
 * assertEquals(read("label,a\n7,3.5\n"), null);
 * ```
 */
export function parseDigitCsv(bytes: Uint8Array): DigitCsv | null {
  const reader = digitCsvReader(bytes.length);
  return reader.push(bytes) ? reader.end() : null;
}

/** Where the line ends, and how many cells it has. */
function lineFrom(bytes: Uint8Array, start: number): { end: number; cells: number } {
  let end = start, cells = 1;
  for (; end < bytes.length && bytes[end] !== LINE_FEED && bytes[end] !== RETURN; end++) {
    if (bytes[end] === COMMA) cells++;
  }
  return { end, cells };
}

function skipLineEnds(bytes: Uint8Array, at: number): number {
  while (at < bytes.length && (bytes[at] === LINE_FEED || bytes[at] === RETURN)) at++;
  return at;
}
