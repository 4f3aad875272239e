/**
 * Numeric CSV, read byte by byte.
 *
 * `@std/csv` is what the notebooks use. A Kaggle train.csv, though, has 33 million numbers, each of
 * which would become a string first; this reader turns bytes straight into numbers, and remembers
 * the line of every row, so that a fault can be pointed at. On well-formed files both agree (tested).
 *
 * @module
 */

/** A cell or a row that could not be taken as numbers. */
export interface CsvFault {
  /** What is wrong. */
  readonly kind: "text" | "empty" | "ragged" | "quote";
  /** Line of the file, counted from 1. */
  readonly line: number;
  /** Column, counted from 1; 0 when the whole row is meant. */
  readonly column: number;
  /** What was found. */
  readonly found: string;
}

/** A table of numbers with the place of everything that is no number. */
export interface NumericTable {
  /** Column names, or null when the first line holds numbers already. */
  readonly header: readonly string[] | null;
  /** Number of rows, without the header. */
  readonly rows: number;
  /** Number of columns: the header's, or the first row's. */
  readonly cols: number;
  /** Row by row; NaN where a cell is empty, text or missing. */
  readonly values: Float64Array;
  /** The line of each row, counted from 1. */
  readonly lines: Uint32Array;
  /** All faults, in the order of the file. */
  readonly faults: readonly CsvFault[];
}

const COMMA = 44, LINE_FEED = 10, RETURN = 13, QUOTE = 34, SPACE = 32, TAB = 9, ZERO = 48;

/**
 * Reads a CSV of numbers: `,` between cells, LF, CRLF or CR between lines, quotes allowed, byte order mark allowed.
 *
 * Cells that are not numbers become NaN and are listed as faults; nothing is dropped. Empty lines are skipped,
 * as `@std/csv` does.
 *
 * @param bytes The whole file, UTF-8.
 * @param name What to call it in an error.
 * @returns The table, its faults included.
 * @throws {SyntaxError} If there is no row of numbers, the text is UTF-16, or the file is not text.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const table = parseNumericCsv(new TextEncoder().encode("label,pixel0\n7,255\n1,\n"), "two.csv");
 * assertEquals([...table.values], [7, 255, 1, NaN]);
 * assertEquals(table.faults, [{ kind: "empty", line: 3, column: 2, found: "" }]);
 * ```
 */
export function parseNumericCsv(bytes: Uint8Array, name: string): NumericTable {
  assertText(bytes, name);
  let at = bytes[0] === 0xEF && bytes[1] === 0xBB && bytes[2] === 0xBF ? 3 : 0; // byte order mark
  let line = 1, header: string[] | null = null, cols = 0, rows = 0, started = false;
  let values = new Float64Array(1024), used = 0;
  const lines: number[] = [], faults: CsvFault[] = [];

  while (at < bytes.length) {
    const first = bytes[at]!;
    if (first === LINE_FEED || first === RETURN) { // an empty line
      at += first === RETURN && bytes[at + 1] === LINE_FEED ? 2 : 1;
      line++;
      continue;
    }
    const rowLine = line, rowStart = used, faultsBefore = faults.length;
    let column = 0, more = true;
    while (more) { // one cell
      column++;
      let value = 0, digitsSeen = 0, cursor = at;
      while (cursor < bytes.length && bytes[cursor]! >= ZERO && bytes[cursor]! <= ZERO + 9 && digitsSeen < 15) {
        value = value * 10 + bytes[cursor]! - ZERO;
        cursor++;
        digitsSeen++;
      }
      const end = bytes[cursor];
      if (digitsSeen === 0 || (end !== undefined && end !== COMMA && end !== LINE_FEED && end !== RETURN)) {
        const cell = readCell(bytes, at); // the slow way: signs, points, exponents, quotes, text
        cursor = cell.end;
        const kind = cell.broken ? "quote" : cell.text === "" ? "empty" : "text";
        value = kind === "quote" || kind === "empty" ? NaN : toNumber(cell.text);
        if (kind !== "text" || (Number.isNaN(value) && !/^nan$/i.test(cell.text))) {
          faults.push({ kind, line, column, found: cell.text });
        }
        line += cell.newlines;
      }
      if (used === values.length) {
        const larger = new Float64Array(values.length * 2);
        larger.set(values);
        values = larger;
      }
      values[used++] = value;
      more = bytes[cursor] === COMMA;
      at = cursor + 1;
      if (!more) {
        if (bytes[cursor] === RETURN && bytes[cursor + 1] === LINE_FEED) at++;
        line++;
      }
    }
    if (!started) {
      started = true;
      cols = column;
      const firstRow = faults.slice(faultsBefore);
      if (firstRow[0]?.kind === "text" && firstRow[0].column === 1) { // a name where a label should be: a header
        const names = Array.from(values.subarray(rowStart, used), String);
        for (const { column, found } of firstRow) names[column - 1] = found;
        header = names;
        faults.length = faultsBefore;
        used = rowStart;
        continue;
      }
    }
    if (column !== cols) { // keep the table rectangular; the fault says what was there
      const broken = faults.slice(faultsBefore).filter(({ kind }) => kind === "quote"); // the likely reason
      const ragged = { kind: "ragged", line: rowLine, column: 0, found: `${column} cells instead of ${cols}` } as const;
      faults.splice(faultsBefore, faults.length, ...broken, ragged);
      if (column > cols) used = rowStart + cols;
      for (; used < rowStart + cols; used++) {
        if (used === values.length) values = Float64Array.from({ length: used * 2 }, (_, i) => values[i] ?? NaN);
        values[used] = NaN;
      }
    }
    rows++;
    lines.push(rowLine);
  }
  if (rows === 0) throw new SyntaxError(`Cannot read "${name}" as CSV: found no row of numbers`);
  return { header, rows, cols, values: values.subarray(0, used), lines: Uint32Array.from(lines), faults };
}

function assertText(bytes: Uint8Array, name: string): void {
  const [a, b] = bytes;
  if ((a === 0xFF && b === 0xFE) || (a === 0xFE && b === 0xFF)) {
    throw new SyntaxError(`Cannot read "${name}" as CSV: it is UTF-16, save it as UTF-8`);
  }
  const nul = bytes.subarray(0, 65536).indexOf(0);
  if (nul >= 0) throw new SyntaxError(`Cannot read "${name}" as CSV: byte ${nul} is 0, so this is not a text file`);
}

/** `Number()` for one cell, but only decimal forms: no 0x10, no " ", "inf" as NumPy and pandas write it. */
function toNumber(text: string): number {
  const infinite = /^([+-]?)inf(inity)?$/i.exec(text);
  if (infinite) return infinite[1] === "-" ? -Infinity : Infinity;
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : NaN;
}

interface Cell {
  text: string;
  end: number; // index of the comma, line end or end of file behind the cell
  newlines: number; // line ends inside quotes
  broken: boolean; // a quote that never closes, or text behind the closing one
}

function readCell(bytes: Uint8Array, start: number): Cell {
  const decode = (from: number, to: number) => new TextDecoder().decode(bytes.subarray(from, to));
  const stops = (byte: number | undefined) =>
    byte === undefined || byte === COMMA || byte === LINE_FEED || byte === RETURN;
  let at = start;
  while (bytes[at] === SPACE || bytes[at] === TAB) at++;
  if (bytes[at] !== QUOTE) {
    let end = at;
    while (!stops(bytes[end])) end++;
    return { text: decode(at, end).trim(), end, newlines: 0, broken: false };
  }
  let end = at + 1, newlines = 0;
  for (; end < bytes.length; end++) {
    if (bytes[end] === LINE_FEED) newlines++;
    if (bytes[end] !== QUOTE) continue;
    if (bytes[end + 1] !== QUOTE) break;
    end++; // a doubled quote stands for one
  }
  const closed = end < bytes.length;
  const text = decode(at + 1, end).replaceAll('""', '"').trim();
  if (!closed) return { text: text.slice(0, 40), end: bytes.length, newlines, broken: true };
  const afterQuote = ++end;
  while (!stops(bytes[end])) end++;
  const rest = decode(afterQuote, end).trim();
  return { text: text + rest, end, newlines, broken: rest !== "" };
}
