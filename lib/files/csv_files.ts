/**
 * CSV files of digits, in every layout that people have: from a path to {@linkcode Digits}.
 *
 * @module
 */
import { basename } from "node:path";
import { type Matrix, matrix } from "../matrix.ts";
import {
  checkDigitTable,
  describeFinding,
  type DigitLayout,
  layoutOf,
  type NumericTable,
  pixelsOnly,
} from "../data/cleanliness.ts";
import { isSquare, labelOf, labelPlace } from "../data/digit_table.ts";
import { type Digits, digitsFromFile } from "../data/digits.ts";
import { parseNumericCsv } from "../formats/csv.ts";
import { type DigitCsv, digitCsvReader } from "../formats/digit_csv.ts";
import { gunzip, isGzip, isZip, unzip } from "../formats/zip.ts";
import { limitOf } from "../limits.ts";
import { openFile, readBytes } from "./read_file.ts";

const LINE_FEED = 0x0A;

/**
 * Reads a CSV of numbers from disk.
 *
 * @throws {SyntaxError} If it is not text, or holds no row of numbers.
 * @throws {Error} If the file cannot be read.
 */
export async function readNumericCsv(path: string): Promise<NumericTable> {
  return parseNumericCsv(unpackedCsv(await readBytes(path), basename(path)), basename(path));
}

/** The text of a CSV that may be packed, whatever its name: .gz, or a .zip with one CSV in it or Kaggle's train.csv. */
function unpackedCsv(bytes: Uint8Array, name: string): Uint8Array {
  const failure = `Cannot unpack "${name}"`;
  if (isGzip(bytes)) return unpackedCsv(gunzip(bytes, failure), name);
  if (!isZip(bytes)) return bytes;
  const inside = unzip(bytes, failure), names = [...inside.keys()];
  const tables = names.filter((file) => /\.csv$/i.test(file));
  const chosen = tables.length === 1 ? tables[0] : tables.find((file) => basename(file) === "train.csv");
  if (chosen) return inside.get(chosen)!;
  const problem = names.some((file) => file.startsWith("xl/"))
    ? "it is an Excel workbook: save it as CSV"
    : `one CSV is needed in it, found ${names.slice(0, 8).join(", ") || "nothing"}`;
  throw new SyntaxError(`${failure}: ${problem}`);
}

const PIECE = 1 << 22; // bytes: read and parsed while they are still in the processor's cache

/**
 * Reads a CSV in which every cell is a plain whole number from 0 to 255, in pieces; null if it is not such a file.
 *
 * @param onProgress Called after each piece with the share that is done.
 * @throws {Error} If the file cannot be read.
 */
export async function readDigitCsv(path: string, onProgress?: (share: number) => void): Promise<DigitCsv | null> {
  using file = await openFile(path);
  const { size } = await file.stat(), reader = digitCsvReader(size);
  if (size > limitOf("fileBytes")) return null;
  let buffer = new Uint8Array(Math.min(PIECE, size + 1)), next = new Uint8Array(buffer.length), held = 0;
  let coming = file.read(buffer);
  for (let done = 0;;) {
    const count = await coming;
    if (count === null) return reader.push(buffer.subarray(0, held)) ? reader.end() : null;
    done += count;
    held += count;
    const lines = buffer.lastIndexOf(LINE_FEED, held - 1) + 1; // a piece ends with a line; the rest waits for the next
    if (lines > 0) { // the next piece is read while this one is parsed
      next.set(buffer.subarray(lines, held));
      held -= lines;
      coming = file.read(next.subarray(held));
      if (!reader.push(buffer.subarray(0, lines))) {
        await coming.catch(() => {}); // the file is closed only when nobody reads it any more
        return null;
      }
      [buffer, next] = [next, buffer];
    } else {
      if (held === buffer.length) { // a line longer than a piece: no row of digits is
        if (held > 2 * PIECE) return null;
        next = new Uint8Array(2 * held);
        next.set(buffer);
        [buffer, next] = [next, new Uint8Array(2 * held)];
      }
      coming = file.read(buffer.subarray(held));
    }
    onProgress?.(done / size);
  }
}

/**
 * A CSV of digits: the label first or last, with a header or without, packed or not. Throws a SyntaxError that names the
 * first fault if it is not clean.
 */
export async function loadCsv(path: string): Promise<Digits> {
  const name = basename(path), plain = await readDigitCsv(path), quick = plain && fromPlain(plain, name);
  if (quick) return quick;
  const table = await readNumericCsv(path), layout = layoutOf(table), [fault] = checkDigitTable(table, layout);
  if (fault || layout.place === null) {
    throw new SyntaxError(`Cannot load "${name}": ${describeFinding(fault!)}; "check-data ${path}" lists all faults`);
  }
  const { rows, cols } = table, { place, from, size, unit } = layout;
  const labels = new Uint8Array(rows), values = table.values.subarray(0, rows * size);
  for (let row = 0; row < rows; row++) {
    const cells = table.values.subarray(row * cols, (row + 1) * cols);
    labels[row] = place === "one-hot" ? labelOf(cells.subarray(size)) : cells[place === "first" ? 0 : size]!;
    table.values.copyWithin(row * size, row * cols + from, row * cols + from + size); // in place: a copy would be half a gigabyte
  }
  const pixels = Uint8Array.from(values, (value) => unit ? Math.round(255 * value) : value);
  return csvDigits({ labels, pixels, ...unit && { values } }, { place, unit }, size, name);
}

/**
 * The pictures of a CSV without labels, Kaggle's test.csv, one column per row of the file; where there is a label, it is
 * not looked at. Throws a SyntaxError that names the first fault.
 */
export async function loadTestCsv(path: string): Promise<Matrix> {
  const name = basename(path), table = await readNumericCsv(path), { rows, cols, values } = table;
  const layout = isSquare(cols) ? pixelsOnly(table) : layoutOf(table), [fault] = checkDigitTable(table, layout);
  if (fault || layout.place === null) throw new SyntaxError(`Cannot read "${name}": ${describeFinding(fault!)}`);
  const { size, from, unit } = layout, images = matrix(size, rows);
  for (let row = 0; row < rows; row++) {
    const start = row * cols + from;
    images.data.set(values.subarray(start, start + size), row * size);
  }
  if (!unit) images.data.forEach((grey, i) => images.data[i] = grey / 255);
  return images;
}

/** What the fast reader found, if it is a set of digits; null leaves it to the careful one, which says what is wrong. */
function fromPlain({ header, labels, pixels, cols }: DigitCsv, name: string): Digits | null {
  const size = cols - 1, rows = labels.length;
  const column = (c: number) =>
    c === 0 ? labels : Uint8Array.from({ length: rows }, (_, row) => pixels[row * size + c - 1]!);
  const { place } = labelPlace(header, cols, column);
  if (place === null || place === "one-hot" || !isSquare(size)) return null;
  if (place === "last") { // the reader took the first pixel for the label: each row moves on by one
    const first = labels;
    labels = column(size) as Uint8Array<ArrayBuffer>;
    for (let row = 0; row < rows; row++) {
      pixels.copyWithin(row * size + 1, row * size, (row + 1) * size - 1);
      pixels[row * size] = first[row]!;
    }
  }
  if (!labels.every((label) => label <= 9) || !pixels.some((grey) => grey > 1)) return null;
  return csvDigits({ labels, pixels }, { place, unit: false }, size, name);
}

function csvDigits(
  data: Pick<Digits, "labels" | "pixels" | "values">,
  { place, unit }: Pick<DigitLayout, "place" | "unit">,
  size: number,
  name: string,
): Digits {
  const side = Math.sqrt(size), where = SAID[place], scale = unit ? ", pixels from 0 to 1" : "";
  const provenance = `${data.labels.length} digits from ${name}${where}${scale}`;
  return digitsFromFile({ ...data, width: side, height: side, name, provenance });
}

/** What is said of a label that is not where Kaggle has it. */
const SAID = { first: "", last: ", the label in the last column", "one-hot": ", the label as ten 0s and 1s", none: "" };
