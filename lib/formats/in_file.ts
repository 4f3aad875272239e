/**
 * Tutorial 003's `.in` files: CSV of numbers without a header, with `#` comments, as NumPy's loadtxt and savetxt use.
 *
 * @module
 */
import { parse } from "@std/csv";
import { fromRows, type Matrix, matrix, transpose } from "../matrix.ts";
import { parseNumericCsv } from "./csv.ts";

/**
 * Reads an `.in` file: a row per line.
 *
 * @param text The file.
 * @param name What to call it in an error.
 * @throws {SyntaxError} If a cell is not a number, the rows differ in length, or there is none.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { toRows } from "../matrix.ts";
 *
 * assertEquals(toRows(parseInFile("# weights\n1,-2.5e-1\n3,4\n", "W1.in")), [[1, -0.25], [3, 4]]);
 * ```
 */
export function parseInFile(text: string, name: string): Matrix {
  const plain = text.replace(/#[^\n]*/g, "").replace(/^[ \t\r]+$/gm, "");
  if (plain.length > LARGE) return fromTable(plain, name);
  const rows = cells(plain, name).filter((row) => row.length > 1 || row[0]!.trim() !== "");
  if (rows.length === 0) throw new SyntaxError(`Cannot read "${name}": found no row of numbers`);
  return fromRows(rows.map((row, r) => {
    if (row.length !== rows[0]!.length) {
      throw new SyntaxError(
        `Cannot read "${name}" row ${r + 1}: expected ${rows[0]!.length} numbers, got ${row.length}`,
      );
    }
    return row.map((cell, c) => {
      const value = Number(cell);
      if (cell.trim() === "" || !Number.isFinite(value)) {
        throw new SyntaxError(
          `Cannot read "${name}" row ${r + 1}, column ${c + 1}: expected a finite number, got "${cell}"`,
        );
      }
      return value;
    });
  }));
}

const LARGE = 4e6; // characters: X.in has 50 million, and as texts its cells would take a gigabyte

/** A large file, by the reader that makes no text of each cell. */
function fromTable(text: string, name: string): Matrix {
  const { header, rows, cols, values, faults: [fault] } = parseNumericCsv(new TextEncoder().encode(text), name, {
    ...{ separator: 44, rowLimit: "rows" }, // commas, as in small ones; and X may lie on its side
  });
  const odd = values.findIndex((value) => !Number.isFinite(value));
  if (header || fault || odd >= 0) {
    const where = fault ? `line ${fault.line}` : header ? "line 1" : `row ${Math.floor(odd / cols) + 1}`;
    const found = fault ? fault.found : header ? header[0] : values[odd];
    throw new SyntaxError(`Cannot read "${name}" ${where}: expected ${cols} finite numbers, got "${found}"`);
  }
  return transpose(matrix(cols, rows, values));
}

function cells(text: string, name: string): string[][] {
  try {
    return parse(text);
  } catch (cause) {
    throw new SyntaxError(`Cannot read "${name}": ${(cause as Error).message}`, { cause });
  }
}

/** Writes a matrix as an `.in` file; every number reads back to the last bit. */
export function formatInFile({ rows, cols, data }: Matrix): string {
  const lines = Array.from(
    { length: rows },
    (_, r) => Array.from({ length: cols }, (_, c) => data[c * rows + r]).join(","),
  );
  return lines.join("\n") + "\n";
}
