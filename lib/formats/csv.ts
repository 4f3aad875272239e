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
import { beyond, limitOf } from "../limits.ts";
import { readCell, readPlain } from "./csv_cells.ts";

const COMMA = 44, SEMICOLON = 59, LINE_FEED = 10, RETURN = 13, TAB = 9;
const FAULTS_KEPT = 100; // of each kind: enough to see, few enough for a file of millions
const TEXT_KEPT = 40; // characters of a cell that are quoted in a report
const FIRST_LINE = 1e6; // bytes of it in which commas are counted

/** What may be known of a CSV beforehand. */
export interface CsvOptions {
  /** The byte between two cells. */
  readonly separator?: number;
  /** By which limit the cells of a row are counted: `columns` where nothing is said. */
  readonly rowLimit?: "columns" | "rows";
}

/**
 * Reads a CSV of numbers: `,`, `;` or tabs between cells (what the first line has most of), LF, CRLF or CR between lines, quotes allowed, byte order mark allowed.
 *
 * Cells that are not numbers become NaN and are listed as faults; nothing is dropped. Empty lines are skipped,
 * as `@std/csv` does.
 *
 * @param bytes The whole file, UTF-8.
 * @param name What to call it in an error.
 * @param options Where it is known what stands between the cells, or how many a row may have.
 * @returns The table, its faults included.
 * @throws {SyntaxError} If there is no row of numbers, the text is UTF-16, the file is not text, or it is beyond a limit: in cells,
 *   rows, columns, or the number of cells that are no numbers.
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
export function parseNumericCsv(bytes: Uint8Array, name: string, options: CsvOptions = {}): NumericTable {
  assertText(bytes, name);
  let at = bytes[0] === 0xEF && bytes[1] === 0xBB && bytes[2] === 0xBF ? 3 : 0; // byte order mark
  let line = 1, header: string[] | null = null, cols = 0, rows = 0;
  const { separator = separatorOf(bytes.subarray(at)), rowLimit = "columns" } = options,
    mostColumns = limitOf(rowLimit);
  const fail = (problem: string): never => {
    throw new SyntaxError(`Cannot read "${name}" as CSV: ${problem}`);
  };
  /** More room for as many as the file will hold if it goes on as until here, and never for more than the limit. */
  const larger = (count: number, of: "numbers" | "rows") => {
    if (count >= limitOf(of)) fail(beyond(of, Infinity, of === "rows" ? "rows" : "cells")!);
    return Math.ceil(
      Math.min(limitOf(of), Math.max(1024, 1.25 * count, 1.02 * count * bytes.length / Math.max(1, at))),
    );
  };
  let values = new Float64Array(1024), lines = new Uint32Array(64), used = 0, wrong = 0;
  const faults: CsvFault[] = [];
  const faultCounts: Record<FaultKind, number> = { text: 0, empty: 0, nan: 0, ragged: 0, quote: 0 };
  const put = (value: number) => {
    if (used === values.length) values = grown(values, new Float64Array(larger(used, "numbers")));
    values[used++] = value;
  };
  const keep = (fault: CsvFault) => {
    if (faultCounts[fault.kind]++ < FAULTS_KEPT) faults.push({ ...fault, found: fault.found.slice(0, TEXT_KEPT) });
  };
  /** Whether there may be still more that is no number: a table of texts is not looked through to its end. */
  const count = (line: number) => {
    if (++wrong > limitOf("faults")) fail(`line ${line}: ${beyond("faults", Infinity, "cells that are no numbers")}`);
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
      if (++column > mostColumns) fail(`line ${line}: ${beyond(rowLimit, Infinity, "cells in a row")}`);
      const cell = readPlain(bytes, at, separator) ?? readCell(bytes, at, separator);
      if (cell.kind) {
        odd.push({ kind: cell.kind, line, column, found: cell.text });
        count(line);
      }
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
      count(rowLine);
      used = rowStart;
      for (let c = 0; c < cols; c++) put(NaN);
    } else odd.forEach(keep);
    if (rows === lines.length) lines = grown(lines, new Uint32Array(larger(rows, "rows")));
    lines[rows++] = rowLine;
  }
  if (rows === 0) {
    throw new SyntaxError(`Cannot read "${name}" as CSV: found no row of numbers`);
  }
  return { header, rows, cols, values: values.subarray(0, used), lines: lines.subarray(0, rows), faults, faultCounts };
}

function grown<T extends Float64Array | Uint32Array>(from: T, to: T): T {
  to.set(from);
  return to;
}

/** A first row is a header if it starts with a name where a label should be, or holds more names than numbers. */
function isHeader(odd: readonly CsvFault[], cells: number): boolean {
  const names = odd.filter(({ kind }) => kind === "text");
  return names.some(({ column }) => column === 1) || names.length > cells / 2;
}

/** What parts the cells: of comma, semicolon and tab the one that the first line has most of. */
function separatorOf(bytes: Uint8Array): number {
  let start = 0;
  while (bytes[start] === LINE_FEED || bytes[start] === RETURN) start++;
  const counts = new Map([[COMMA, 0], [SEMICOLON, 0], [TAB, 0]]), last = Math.min(bytes.length, start + FIRST_LINE);
  for (let at = start; at < last && bytes[at] !== LINE_FEED && bytes[at] !== RETURN; at++) {
    const known = counts.get(bytes[at]!);
    if (known !== undefined) counts.set(bytes[at]!, known + 1);
  }
  return [...counts.keys()].reduce((best, next) => counts.get(next)! > counts.get(best)! ? next : best);
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
