/**
 * Stand-in for `@std/csv`, which JSR alone has: the same `parse` and `stringify` for what this
 * project uses of them, on papaparse. See tools/setup.ts.
 *
 * @module
 */
// deno-lint-ignore no-import-prefix -- its deno.json is that of the original, which needs no package
import Papa from "npm:papaparse@5.7.1";

/** What {@linkcode parse} understands. */
export interface ParseOptions {
  /** What stands between cells; a comma where nothing is said. */
  separator?: string;
  /** Lines that start with this character are left out. */
  comment?: string;
  /** Take white space off the front of cells. */
  trimLeadingSpace?: boolean;
  /** Leave out the first line; with column names, rows become objects. */
  skipFirstRow?: boolean;
  /** Names for the columns; rows become objects. */
  columns?: readonly string[];
  /** Cells per row: a number, 0 for as many as the first row has, negative for any. */
  fieldsPerRecord?: number;
}

/** A row with named cells. */
export type NamedRow = Record<string, string>;

/**
 * Parses CSV into rows of text: arrays, or objects where columns are named.
 *
 * @throws {SyntaxError} If quotes are broken or a row has the wrong number of cells.
 */
export function parse(text: string): string[][];
/** With column names or `skipFirstRow`, rows are objects. */
export function parse(
  text: string,
  options: ParseOptions & ({ columns: readonly string[] } | { skipFirstRow: true }),
): NamedRow[];
/** Without them, rows are arrays. */
export function parse(text: string, options: ParseOptions): string[][];
export function parse(text: string, options: ParseOptions = {}): string[][] | NamedRow[] {
  const { data, errors } = Papa.parse(text.replace(/^\uFEFF/, "").replace(/\r$/, "").replaceAll("\r\n", "\n"), {
    newline: "\n",
    delimiter: options.separator ?? ",",
    comments: options.comment ?? false,
    skipEmptyLines: true,
    transform: options.trimLeadingSpace ? (cell: string) => cell.trimStart() : undefined,
  }) as { data: string[][]; errors: { message: string; row?: number; type: string }[] };
  const broken = errors.find(({ type }) => type === "Quotes");
  if (broken) throw new SyntaxError(`Syntax error on line ${(broken.row ?? 0) + 1}: ${broken.message}`);
  const bare = data.findIndex((row) => hasBareQuote(text, row));
  if (bare >= 0) throw new SyntaxError(`Syntax error on line ${bare + 1}: bare " in non-quoted field`);
  const { fieldsPerRecord = -1 } = options;
  if (fieldsPerRecord >= 0) {
    const expected = fieldsPerRecord || data[0]?.length;
    const wrong = data.findIndex((row) => row.length !== expected);
    if (wrong >= 0) {
      throw new SyntaxError(
        `Syntax error on line ${wrong + 1}: expected ${expected} fields but got ${data[wrong]!.length}`,
      );
    }
  }
  if (!options.columns && !options.skipFirstRow) return data;
  const names = options.columns ?? data[0] ?? [];
  return (options.skipFirstRow ? data.slice(1) : data).map((row, i) => {
    if (row.length !== names.length) {
      throw new SyntaxError(
        `Syntax error on line ${i + 1 + Number(options.skipFirstRow ?? 0)}: ` +
          `The record has ${row.length} fields, but the header has ${names.length} fields`,
      );
    }
    return Object.fromEntries(names.map((name, c) => [name, row[c]!]));
  });
}

/** Whether a cell of this row has a quote that was not written as two inside quotes. */
function hasBareQuote(text: string, row: readonly string[]): boolean {
  return row.some((cell) => cell.includes('"') && !text.includes(cell.replaceAll('"', '""')));
}

/** What {@linkcode stringify} understands. */
export interface StringifyOptions {
  /** Names of the columns, which become the first line. */
  columns?: readonly string[];
  /** Whether to write that first line; yes where nothing is said and columns are given. */
  headers?: boolean;
  /** What stands between cells; a comma where nothing is said. */
  separator?: string;
}

/** Writes rows as CSV with CRLF line ends, as `@std/csv` does. */
export function stringify(
  rows: readonly (readonly unknown[] | Record<string, unknown>)[],
  options: StringifyOptions = {},
): string {
  const { columns, headers = true, separator = "," } = options;
  const cells = rows.map((row) => Array.isArray(row) ? row : (columns ?? []).map((name) => (row as NamedRow)[name]));
  const table = headers && columns?.length ? [[...columns], ...cells] : cells;
  return table.length === 0
    ? ""
    : Papa.unparse(table as unknown[][], { delimiter: separator, newline: "\r\n" }) + "\r\n";
}
