/**
 * Matrix products, which pass over what is 0.
 *
 * @module
 */
import { allFinite, type Matrix, matrix, shape } from "./matrix.ts";
import { type SparseColumns, sparseColumnsOf, timesSparse, timesSparseTransposed } from "./sparse.ts";

/**
 * Matrix product `A B`: element (r, c) is the sum over k of `A(r,k) · B(k,c)`.
 *
 * Column c of the result is built up as a sum of columns of A, each times one number of B; where
 * that number is 0, as four in five pixels of a digit are, there is nothing to add.
 *
 * @param a `[rows × inner]`.
 * @param b `[inner × cols]`.
 * @returns `[rows × cols]`.
 * @throws {TypeError} If the inner sizes differ.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { fromRows, toRows } from "./matrix.ts";
 *
 * const product = matmul(fromRows([[1, 2], [3, 4]]), fromRows([[5], [6]]));
 * assertEquals(toRows(product), [[17], [39]]);
 * ```
 */
export function matmul(a: Matrix, b: Matrix): Matrix {
  if (a.cols !== b.rows) {
    throw new TypeError(
      `Cannot multiply ${shape(a)} by ${shape(b)}: inner sizes must be equal, got ${a.cols} and ${b.rows}`,
    );
  }
  const result = matrix(a.rows, b.cols);
  timesSparse(a.data, entriesFor(a, b), a.rows, result.data);
  return result;
}

/**
 * `A Bᵀ` without building Bᵀ: the sum over examples j of column j of A times column j of B, laid out.
 *
 * This is the product of the weight gradient, `dZ Aᵀ`: for 41,000 digits the transposed images
 * alone would be a quarter of a gigabyte.
 *
 * @param a `[rows × examples]`.
 * @param b `[cols × examples]`.
 * @returns `[rows × cols]`.
 * @throws {TypeError} If the numbers of examples differ.
 */
export function matmulTransposed(a: Matrix, b: Matrix): Matrix {
  if (a.cols !== b.cols) {
    throw new TypeError(
      `Cannot multiply ${shape(a)} by the transpose of ${shape(b)}: ` +
        `both need the same number of columns, got ${a.cols} and ${b.cols}`,
    );
  }
  const result = matrix(a.rows, b.rows);
  timesSparseTransposed(a.data, entriesFor(a, b), a.rows, result.data);
  return result;
}

/** B's numbers that are not 0; all of them where A has NaN or ∞, as 0 times these is NaN and must stay visible. */
function entriesFor(a: Matrix, { ink, data, rows, cols }: Matrix): SparseColumns {
  return allFinite(a.data) ? ink ?? sparseColumnsOf(data, rows, cols) : sparseColumnsOf(data, rows, cols, true);
}

/**
 * The same matrix with a list of its numbers that are not 0, so that products need not look for them again and again.
 *
 * The list is true as long as nobody changes `data`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { fromRows } from "./matrix.ts";
 *
 * const { ink } = withInk(fromRows([[0, 5], [7, 0]]));
 * assertEquals([[...ink!.rows], [...ink!.values]], [[1, 0], [7, 5]]);
 * ```
 */
export function withInk(m: Matrix): Matrix {
  return { ...m, ink: sparseColumnsOf(m.data, m.rows, m.cols) };
}
