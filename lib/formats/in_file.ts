/**
 * Tutorial 003's `.in` files: CSV of numbers without a header, with `#` comments, as NumPy's loadtxt and savetxt use.
 *
 * @module
 */
import { parse } from "@std/csv";
import { fromRows, type Matrix } from "../matrix.ts";

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
  const rows = cells(text, name).filter((row) => row.length > 1 || row[0]!.trim() !== "");
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

function cells(text: string, name: string): string[][] {
  try {
    return parse(text.replace(/#[^\n]*/g, ""));
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
