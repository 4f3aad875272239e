import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { addColumn, at, fromRows, hadamard, type Matrix, matrix, subtract, toRows, transpose } from "../lib/matrix.ts";
import { matmul, matmulTransposed } from "../lib/products.ts";
import { assertClose } from "./assert_close.ts";
import { size, sized } from "./matrix_fixtures.ts";

/** The definition, three loops. */
function product(a: Matrix, b: Matrix): Matrix {
  const result = matrix(a.rows, b.cols);
  for (let r = 0; r < a.rows; r++) {
    for (let c = 0; c < b.cols; c++) {
      for (let k = 0; k < a.cols; k++) result.data[c * a.rows + r]! += at(a, r, k) * at(b, k, c);
    }
  }
  return result;
}

Deno.test("matmul() and matmulTransposed() equal the three loops of the definition", () => {
  fc.assert(fc.property(size, size, size, (rows, inner, cols) => {
    const [a, b] = fc.sample(fc.tuple(sized(rows, inner), sized(inner, cols)), {
      numRuns: 1,
      seed: rows * 36 + inner * 6 + cols,
    })[0]!;
    assertClose(matmul(a, b).data, product(a, b).data);
    assertClose(matmulTransposed(a, transpose(b)).data, product(a, b).data);
  }));
});

Deno.test("matmul() keeps NaN and infinity visible although it skips zeros", () => {
  assertEquals(toRows(matmul(fromRows([[NaN, 1]]), fromRows([[0], [1]]))), [[NaN]]);
  assertEquals(toRows(matmul(fromRows([[Infinity, 1]]), fromRows([[0], [1]]))), [[NaN]]);
  assertEquals(toRows(matmulTransposed(fromRows([[NaN, 1]]), fromRows([[0, 1]]))), [[NaN]]);
});

Deno.test("every mismatch is a TypeError that names both shapes", () => {
  const a = matrix(2, 3), b = matrix(2, 4);
  assertThrows(
    () => matmul(a, b),
    TypeError,
    "Cannot multiply [2 × 3] by [2 × 4]: inner sizes must be equal, got 3 and 2",
  );
  assertThrows(() => matmulTransposed(a, b), TypeError, "[2 × 3] by the transpose of [2 × 4]");
  assertThrows(() => subtract(a, b), TypeError, "Cannot subtract [2 × 3] and [2 × 4]");
  assertThrows(() => hadamard(a, b), TypeError, "[2 × 3] and [2 × 4]");
  assertThrows(() => addColumn(a, matrix(3, 1)), TypeError, "Cannot add column [3 × 1] to [2 × 3]: must be [2 × 1]");
  assertThrows(() => addColumn(a, matrix(2, 3)), TypeError, "must be [2 × 1]");
});
