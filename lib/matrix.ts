/**
 * Matrices of Float64 numbers with checked shapes.
 *
 * One column is one example. The numbers are stored column by column, so that the 784 pixels of
 * one digit lie side by side in memory, as they do in the MNIST file. Nothing is ever broadcast
 * silently: two shapes either fit, or the error names both.
 *
 * @module
 */
import { assertWhole } from "./assert_whole.ts";
import type { SparseColumns } from "./sparse.ts";

/** A `[rows × cols]` matrix; element (r, c) is `data[c * rows + r]`. */
export interface Matrix {
  /** Number of rows, at least 0. */
  readonly rows: number;
  /** Number of columns, at least 0. */
  readonly cols: number;
  /** `rows * cols` numbers, column after column. */
  readonly data: Float64Array;
  /** Where they are not 0, if {@linkcode withInk} has looked. */
  readonly ink?: SparseColumns;
}

/**
 * A matrix of zeros, or one around numbers that are already there.
 *
 * @param rows Number of rows, a whole number from 0.
 * @param cols Number of columns, a whole number from 0.
 * @param data Column by column; not copied.
 * @throws {RangeError} If a size is not a whole number from 0.
 * @throws {TypeError} If `data` does not hold `rows * cols` numbers.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const X = matrix(2, 2, [1, 2, 3, 4]); // columns (1, 2) and (3, 4)
 * assertEquals(at(X, 0, 1), 3);
 * ```
 */
export function matrix(rows: number, cols: number, data?: ArrayLike<number>): Matrix {
  assertWhole("make a matrix", "rows", rows, 0);
  assertWhole("make a matrix", "cols", cols, 0);
  if (data && data.length !== rows * cols) {
    throw new TypeError(
      `Cannot make a [${rows} × ${cols}] matrix: data must hold ${rows * cols} numbers, got ${data.length}`,
    );
  }
  if (!data) return { rows, cols, data: new Float64Array(rows * cols) };
  return { rows, cols, data: data instanceof Float64Array ? data : Float64Array.from(data) };
}

/**
 * A matrix from rows as one writes them on paper.
 *
 * @throws {TypeError} If the rows differ in length.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(shape(fromRows([[1, 2, 3], [4, 5, 6]])), "[2 × 3]");
 * ```
 */
export function fromRows(rows: readonly (readonly number[])[]): Matrix {
  const cols = rows[0]?.length ?? 0;
  const result = matrix(rows.length, cols);
  rows.forEach((row, r) => {
    if (row.length !== cols) {
      throw new TypeError(`Cannot make a matrix: row ${r} must have ${cols} numbers as row 0 has, got ${row.length}`);
    }
    for (let c = 0; c < cols; c++) result.data[c * rows.length + r] = row[c]!;
  });
  return result;
}

/** The rows of a matrix as plain arrays, for printing and plots. */
export function toRows(m: Matrix): number[][] {
  const rows: number[][] = [];
  for (let r = 0; r < m.rows; r++) {
    const row: number[] = [];
    for (let at = r; at < m.data.length; at += m.rows) row.push(m.data[at]!);
    rows.push(row);
  }
  return rows;
}

/** The shape as text, rows first: `[10 × 784]`. */
export function shape(m: { readonly rows: number; readonly cols: number }): string {
  return `[${m.rows} × ${m.cols}]`;
}

/**
 * Element (row, col), both counted from 0.
 *
 * @throws {RangeError} If the matrix has no such element.
 */
export function at(m: Matrix, row: number, col: number): number {
  if (!(row >= 0 && row < m.rows && col >= 0 && col < m.cols && Number.isInteger(row) && Number.isInteger(col))) {
    throw new RangeError(`Cannot read element (${row}, ${col}) of a ${shape(m)} matrix`);
  }
  return m.data[col * m.rows + row]!;
}

/**
 * Columns `from` up to but not including `to`: some of the examples, copied.
 *
 * @throws {RangeError} If the matrix has no such columns.
 */
export function columns(m: Matrix, from: number, to: number = from + 1): Matrix {
  if (!(Number.isInteger(from) && Number.isInteger(to) && from >= 0 && from <= to && to <= m.cols)) {
    throw new RangeError(`Cannot take columns ${from} to ${to} of a ${shape(m)} matrix`);
  }
  return matrix(m.rows, to - from, m.data.slice(from * m.rows, to * m.rows));
}

/** `Aᵀ`: rows become columns. */
export function transpose(m: Matrix): Matrix {
  const result = matrix(m.cols, m.rows);
  for (let c = 0; c < m.cols; c++) {
    for (let r = 0; r < m.rows; r++) result.data[r * m.cols + c] = m.data[c * m.rows + r]!;
  }
  return result;
}

/**
 * One column added to every column: `Z = W X + b`, the only broadcasting there is, by name.
 *
 * @throws {TypeError} If `column` is not `[rows × 1]`.
 */
export function addColumn(m: Matrix, column: Matrix): Matrix {
  if (column.rows !== m.rows || column.cols !== 1) {
    throw new TypeError(`Cannot add column ${shape(column)} to ${shape(m)}: must be [${m.rows} × 1]`);
  }
  const result = matrix(m.rows, m.cols), { data: sums } = result;
  for (let start = 0; start < sums.length; start += m.rows) {
    for (let r = 0; r < m.rows; r++) sums[start + r] = m.data[start + r]! + column.data[r]!;
  }
  return result;
}

/**
 * The sum of each row, `[rows × 1]`: one number per unit, over all examples.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(toRows(sumRows(fromRows([[1, 2, 3], [4, 5, 6]]))), [[6], [15]]);
 * ```
 */
export function sumRows(m: Matrix): Matrix {
  const result = matrix(m.rows, 1);
  for (let i = 0; i < m.data.length; i++) result.data[i % m.rows]! += m.data[i]!;
  return result;
}

/** `A + B`, element by element. Throws a TypeError if the shapes differ. */
export function add(a: Matrix, b: Matrix): Matrix {
  assertSameShape("add", a, b);
  const result = matrix(a.rows, a.cols);
  for (let i = 0; i < a.data.length; i++) result.data[i] = a.data[i]! + b.data[i]!;
  return result;
}

/** `A − B`, element by element. Throws a TypeError if the shapes differ. */
export function subtract(a: Matrix, b: Matrix): Matrix {
  assertSameShape("subtract", a, b);
  const result = matrix(a.rows, a.cols);
  for (let i = 0; i < a.data.length; i++) result.data[i] = a.data[i]! - b.data[i]!;
  return result;
}

/** `A ⊙ B`, element by element (the Hadamard product). Throws a TypeError if the shapes differ. */
export function hadamard(a: Matrix, b: Matrix): Matrix {
  assertSameShape("multiply element by element", a, b);
  const result = matrix(a.rows, a.cols);
  for (let i = 0; i < a.data.length; i++) result.data[i] = a.data[i]! * b.data[i]!;
  return result;
}

/** `s A`: every element times one number. */
export function scale(m: Matrix, factor: number): Matrix {
  const result = matrix(m.rows, m.cols); // a loop, as everywhere here: a function for each element takes six times as long
  for (let i = 0; i < m.data.length; i++) result.data[i] = m.data[i]! * factor;
  return result;
}

/** True if no number is NaN or infinite. */
export function allFinite(data: Float64Array): boolean {
  let sum = 0;
  for (let i = 0; i < data.length; i++) sum += 0 * data[i]!; // 0 times anything finite is 0, times NaN or ∞ it is NaN
  return sum === 0;
}

/** Throws a TypeError that names both shapes if they differ. */
export function assertSameShape(action: string, a: Matrix, b: Matrix): void {
  if (a.rows !== b.rows || a.cols !== b.cols) {
    throw new TypeError(`Cannot ${action} ${shape(a)} and ${shape(b)}: shapes must be equal`);
  }
}
