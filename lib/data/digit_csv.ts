/**
 * Kaggle's train.csv, byte by byte: the fast way for a file in which every cell is a plain whole number to 255.
 *
 * @module
 */

/** A clean table of digits. */
export interface DigitCsv {
  /** The first cell of each row. */
  readonly labels: Uint8Array;
  /** The other cells, row after row. */
  readonly pixels: Uint8Array;
  /** Cells in a row, the label included. */
  readonly cols: number;
}

const COMMA = 0x2C, QUOTE = 0x22, LINE_FEED = 0x0A, RETURN = 0x0D, ZERO = 0x30, TWO_ZEROS = 0x302C302C; // "0,0,"

/**
 * Reads rows of plain whole numbers from 0 to 255, with or without a header, with any line ends.
 *
 * Four cells in five of a digit are 0, so two of them are taken at once where they stand together.
 *
 * @param bytes The whole file.
 * @param onProgress Called every 1,000 rows with the share that is done.
 * @returns Labels and pixels, or null if any cell is something else (quoted, with a space, a point or a sign, empty,
 *   larger), or a row is longer or shorter than the first: then `parseNumericCsv` reads it and says what it is.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const read = (text: string) => parseDigitCsv(new TextEncoder().encode(text));
 * assertEquals(read("label,a,b\n7,0,255\n1,9,0\n"), {
 *   labels: Uint8Array.of(7, 1),
 *   pixels: Uint8Array.of(0, 255, 9, 0),
 *   cols: 3,
 * });
 * assertEquals(read("label,a\n7,3.5\n"), null);
 * ```
 */
export function parseDigitCsv(bytes: Uint8Array, onProgress?: (share: number) => void): DigitCsv | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), size = bytes.length;
  let at = bytes[0] === 0xEF && bytes[1] === 0xBB && bytes[2] === 0xBF ? 3 : 0; // byte order mark
  let names = 0;
  if (!(bytes[at]! >= ZERO && bytes[at]! <= ZERO + 9)) { // a header of plain names, or it is not for us
    if (!/^(?!nan|inf)[a-z]/i.test(new TextDecoder().decode(bytes.subarray(at, at + 3)))) return null;
    const { end, cells } = lineFrom(bytes, at);
    names = cells;
    if (bytes.subarray(at, end).includes(QUOTE)) return null;
    at = skipLineEnds(bytes, end);
  }
  const { end, cells: cols } = lineFrom(bytes, at);
  if (end === at || cols < 2 || (names && names !== cols)) return null;
  const width = cols - 1, most = Math.ceil((size - at) / (2 * cols)) + 1; // a cell takes two bytes at least
  const labels = new Uint8Array(most), pixels = new Uint8Array(most * width);
  let rows = 0;
  while (at < size) {
    for (let col = 0, out = rows * width - 1; col < cols; col++, out++) {
      while (col > 0 && col + 2 < cols && at + 4 <= size && view.getUint32(at) === TWO_ZEROS) {
        at += 4;
        col += 2;
        out += 2;
      }
      let value = bytes[at++]! - ZERO; // NaN behind the end
      if (!(value >= 0 && value <= 9)) return null;
      let next = bytes[at]! - ZERO;
      if (next >= 0 && next <= 9) {
        value = 10 * value + next;
        next = bytes[++at]! - ZERO;
        if (next >= 0 && next <= 9) {
          value = 10 * value + next;
          at++;
        }
      }
      const stop = bytes[at];
      if (value > 255 || (col + 1 < cols ? stop !== COMMA : stop !== LINE_FEED && stop !== RETURN && at < size)) {
        return null;
      }
      at++;
      if (col === 0) labels[rows] = value;
      else pixels[out] = value;
    }
    rows++;
    at = skipLineEnds(bytes, at);
    if (onProgress && rows % 1000 === 0) onProgress(at / size);
  }
  return { labels: labels.subarray(0, rows), pixels: pixels.subarray(0, rows * width), cols };
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
