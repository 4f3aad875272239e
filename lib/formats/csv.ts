/**
 * Numeric CSV, read byte by byte.
 *
 * `@std/csv` is what the notebooks use. A Kaggle train.csv, though, has 33 million numbers, each of
 * which would become a string first; this reader turns bytes straight into numbers, and remembers
 * the line of every row, so that a fault can be pointed at. On well-formed files both agree (tested).
 *
 * @module
 */
import { foreignKind } from "./foreign.ts";
import type { CsvFault, FaultKind, NumericTable } from "../data/cleanliness.ts";

const COMMA = 44, SEMICOLON = 59, LINE_FEED = 10, RETURN = 13, QUOTE = 34, SPACE = 32, TAB = 9, ZERO = 48, POINT = 46;
const FAULTS_KEPT = 100; // of each kind: enough to see, few enough for a file of millions
const TEXT_KEPT = 40; // characters of a cell that are quoted in a report
const decoder = new TextDecoder();

/**
 * Reads a CSV of numbers: `,`, `;` or tabs between cells (what the first line has most of), LF, CRLF or CR between lines, quotes allowed, byte order mark allowed.
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
  let line = 1, header: string[] | null = null, cols = 0, rows = 0;
  const separator = separatorOf(bytes.subarray(at));
  let values = new Float64Array(1024), used = 0;
  const lines: number[] = [], faults: CsvFault[] = [];
  const faultCounts: Record<FaultKind, number> = { text: 0, empty: 0, nan: 0, ragged: 0, quote: 0 };
  const put = (value: number) => {
    if (used === values.length) {
      const larger = new Float64Array(values.length * 2);
      larger.set(values);
      values = larger;
    }
    values[used++] = value;
  };
  const keep = (fault: CsvFault) => {
    if (faultCounts[fault.kind]++ < FAULTS_KEPT) faults.push({ ...fault, found: fault.found.slice(0, TEXT_KEPT) });
  };

  while (at < bytes.length) {
    const first = bytes[at]!;
    if (first === LINE_FEED || first === RETURN) { // an empty line
      at += first === RETURN && bytes[at + 1] === LINE_FEED ? 2 : 1;
      line++;
      continue;
    }
    const rowLine = line, rowStart = used, odd: CsvFault[] = []; // what is wrong in this row
    let column = 0, more = true;
    while (more) { // one cell
      column++;
      const cell = readPlain(bytes, at, separator) ?? readCell(bytes, at, separator);
      if (cell.kind) odd.push({ kind: cell.kind, line, column, found: cell.text });
      put(cell.value);
      line += cell.newlines;
      more = bytes[cell.end] === separator;
      at = cell.end + 1;
      if (!more) {
        if (bytes[cell.end] === RETURN && bytes[cell.end + 1] === LINE_FEED) at++;
        line++;
      }
    }
    if (cols === 0) {
      cols = column;
      if (isHeader(odd, column)) {
        const names = Array.from(values.subarray(rowStart, used), String);
        for (const { column, found } of odd) names[column - 1] = found;
        header = names;
        used = rowStart;
        continue;
      }
    }
    if (column !== cols) { // its cells may stand in the wrong columns: none of them is believed
      odd.filter(({ kind }) => kind === "quote").forEach(keep); // the likely reason
      keep({ kind: "ragged", line: rowLine, column: 0, found: `${column} cells instead of ${cols}` });
      used = rowStart;
      for (let c = 0; c < cols; c++) put(NaN);
    } else odd.forEach(keep);
    rows++;
    lines.push(rowLine);
  }
  if (rows === 0) {
    throw new SyntaxError(`Cannot read "${name}" as CSV: found no row of numbers`);
  }
  return { header, rows, cols, values: values.subarray(0, used), lines: Uint32Array.from(lines), faults, faultCounts };
}

/** A first row is a header if it starts with a name where a label should be, or holds more names than numbers. */
function isHeader(odd: readonly CsvFault[], cells: number): boolean {
  const names = odd.filter(({ kind }) => kind === "text");
  return names.some(({ column }) => column === 1) || names.length > cells / 2;
}

/** What parts the cells: of comma, semicolon and tab the one that the first line has most of. */
function separatorOf(bytes: Uint8Array): number {
  let start = 0, end = 0;
  while (bytes[start] === LINE_FEED || bytes[start] === RETURN) start++;
  for (end = start; end < bytes.length && bytes[end] !== LINE_FEED && bytes[end] !== RETURN;) end++;
  const count = (separator: number) =>
    bytes.subarray(start, end).reduce((n, byte) => n + Number(byte === separator), 0);
  return [COMMA, SEMICOLON, TAB].reduce((best, next) => count(next) > count(best) ? next : best);
}

function assertText(bytes: Uint8Array, name: string): void {
  const [a, b] = bytes;
  if ((a === 0xFF && b === 0xFE) || (a === 0xFE && b === 0xFF)) {
    throw new SyntaxError(`Cannot read "${name}" as CSV: it is UTF-16, save it as UTF-8`);
  }
  const foreign = foreignKind(bytes);
  if (foreign) throw new SyntaxError(`Cannot read "${name}" as CSV: ${foreign}`);
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
  value: number;
  kind: FaultKind | null; // what is wrong with it
  text: string;
  end: number; // index of the comma, line end or end of file behind the cell
  newlines: number; // line ends inside quotes
}

const plain: Cell = { value: 0, kind: null, text: "", end: 0, newlines: 0 }; // reused for the many, to spare the memory

function stops(byte: number | undefined, separator: number): boolean {
  return byte === undefined || byte === separator || byte === LINE_FEED || byte === RETURN;
}

/**
 * Digits, perhaps with a point, perhaps in quotes: nearly all cells there are. Null for anything else.
 *
 * Up to fifteen digits make a whole number without rounding, and one division by a power of ten rounds as `Number` does.
 */
function readPlain(bytes: Uint8Array, start: number, separator: number): Cell | null {
  const quoted = bytes[start] === QUOTE;
  let at = quoted ? start + 1 : start, mantissa = 0, digits = 0, decimals = -1;
  for (; digits <= 15; at++) {
    const byte = bytes[at]!;
    if (byte >= ZERO && byte <= ZERO + 9) {
      mantissa = mantissa * 10 + byte - ZERO;
      digits++;
      if (decimals >= 0) decimals++;
    } else if (byte === POINT && decimals < 0) decimals = 0;
    else break;
  }
  if (quoted && bytes[at++] !== QUOTE) return null;
  if (digits === 0 || digits > 15 || !stops(bytes[at], separator)) return null;
  plain.value = decimals > 0 ? mantissa / 10 ** decimals : mantissa;
  plain.end = at;
  return plain;
}

/** Any other cell: signs, exponents, spaces, text, quotes with whatever in them. */
function readCell(bytes: Uint8Array, start: number, separator: number): Cell {
  const decode = (from: number, to: number) => decoder.decode(bytes.subarray(from, to));
  let at = start;
  while (bytes[at] === SPACE || (bytes[at] === TAB && separator !== TAB)) at++;
  if (bytes[at] !== QUOTE) {
    let end = at;
    while (!stops(bytes[end], separator)) end++;
    return judged(decode(at, end).trim(), end, 0);
  }
  let end = at + 1, newlines = 0;
  for (; end < bytes.length; end++) {
    if (bytes[end] === LINE_FEED) newlines++;
    if (bytes[end] !== QUOTE) continue;
    if (bytes[end + 1] !== QUOTE) break;
    end++; // a doubled quote stands for one
  }
  const text = decode(at + 1, end).replaceAll('""', '"').trim();
  if (end >= bytes.length) return { value: NaN, kind: "quote", text, end: bytes.length, newlines };
  const afterQuote = ++end;
  while (!stops(bytes[end], separator)) end++;
  const rest = decode(afterQuote, end).trim();
  return rest === "" ? judged(text, end, newlines) : { value: NaN, kind: "quote", text: text + rest, end, newlines };
}

function judged(text: string, end: number, newlines: number): Cell {
  const value = toNumber(text);
  const kind = text === "" ? "empty" : !Number.isNaN(value) ? null : /^[+-]?nan$/i.test(text) ? "nan" : "text";
  return { value, kind, text, end, newlines };
}
