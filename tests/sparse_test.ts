import { assertEquals } from "@std/assert";
import { someColumns, sparseColumnsOf, timesSparse, timesSparseTransposed } from "../lib/sparse.ts";

const B = Float64Array.of(0, 2, 0, 0, 0, 0, 3, 0, -1); // three columns of three: (0 2 0), (0 0 0), (3 0 −1)

Deno.test("sparseColumnsOf() lists what is not 0, column after column, as CSC does", () => {
  const { starts, rows, values } = sparseColumnsOf(B, 3, 3);
  assertEquals([[...starts], [...rows], [...values]], [[0, 1, 1, 3], [1, 0, 2], [2, 3, -1]]);
});

Deno.test("products with sparse columns equal the three loops, for few rows and for more than are done at once", () => {
  for (const rows of [1, 4, 5, 7, 11]) {
    const A = Float64Array.from({ length: rows * 3 }, (_, i) => i + 1), sparse = sparseColumnsOf(B, 3, 3);
    const at = (i: number, k: number) => A[k * rows + i]!;
    const product = new Float64Array(rows * 3), transposed = new Float64Array(rows * 3);
    timesSparse(A, sparse, rows, product);
    timesSparseTransposed(A, sparse, rows, transposed);
    for (let i = 0; i < rows; i++) {
      for (let c = 0; c < 3; c++) {
        const sum = (term: (k: number) => number) => term(0) + term(1) + term(2);
        assertEquals(product[c * rows + i], sum((k) => at(i, k) * B[c * 3 + k]!), `A B, ${i} ${c} of ${rows}`);
        assertEquals(transposed[c * rows + i], sum((j) => at(i, j) * B[j * 3 + c]!), `A Bᵀ, ${i} ${c} of ${rows}`);
      }
    }
  }
});

Deno.test("someColumns() takes columns in the order asked for, empty ones and doubles too, as if they had been listed anew", () => {
  const which = [2, 0, 1, 2], picked = Float64Array.from(which.flatMap((c) => [...B.subarray(3 * c, 3 * c + 3)]));
  assertEquals(someColumns(sparseColumnsOf(B, 3, 3), which), sparseColumnsOf(picked, 3, 4));
});
