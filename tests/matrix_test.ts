import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import {
  addColumn,
  at,
  columns,
  fromRows,
  hadamard,
  matrix,
  scale,
  shape,
  subtract,
  sumRows,
  toRows,
  transpose,
} from "../lib/matrix.ts";
import { matmul, matmulTransposed } from "../lib/products.ts";
import { size, sized } from "./matrix_fixtures.ts";

Deno.test("fromRows() and toRows() are inverse, and columns lie side by side in memory", () => {
  const m = fromRows([[1, 2, 3], [4, 5, 6]]);
  assertEquals(toRows(m), [[1, 2, 3], [4, 5, 6]]);
  assertEquals([...m.data], [1, 4, 2, 5, 3, 6]);
  assertEquals([shape(m), at(m, 1, 2)], ["[2 × 3]", 6]);
});

Deno.test("matrix() takes empty sizes and refuses what is no size or does not fit", () => {
  assertEquals(shape(matrix(0, 5)), "[0 × 5]");
  assertThrows(() => matrix(-1, 2), RangeError, "rows must be a whole number from 0, got -1");
  assertThrows(() => matrix(1, 2.5), RangeError, "cols must be a whole number from 0, got 2.5");
  assertThrows(() => matrix(2, 2, [1, 2, 3]), TypeError, "data must hold 4 numbers, got 3");
  assertThrows(() => fromRows([[1, 2], [3]]), TypeError, "row 1 must have 2 numbers as row 0 has, got 1");
});

Deno.test("at() and columns() refuse what is not there", () => {
  const m = matrix(2, 3);
  assertThrows(() => at(m, 2, 0), RangeError, "element (2, 0) of a [2 × 3] matrix");
  assertThrows(() => at(m, 0, -1), RangeError);
  assertThrows(() => columns(m, 2, 4), RangeError, "columns 2 to 4 of a [2 × 3] matrix");
  assertEquals(toRows(columns(fromRows([[1, 2, 3]]), 1, 3)), [[2, 3]]);
});

Deno.test("transpose() twice gives the matrix back", () => {
  fc.assert(fc.property(size, size, (rows, cols) => {
    const m = fc.sample(sized(rows, cols), { numRuns: 1, seed: rows * 7 + cols })[0]!;
    assertEquals(transpose(transpose(m)), m);
  }));
});

Deno.test("addColumn(), sumRows(), subtract(), hadamard() and scale() by hand", () => {
  const m = fromRows([[1, 2], [3, 4]]);
  assertEquals(toRows(addColumn(m, fromRows([[10], [20]]))), [[11, 12], [23, 24]]);
  assertEquals(toRows(sumRows(m)), [[3], [7]]);
  assertEquals(toRows(subtract(m, fromRows([[1, 1], [1, 1]]))), [[0, 1], [2, 3]]);
  assertEquals(toRows(hadamard(m, m)), [[1, 4], [9, 16]]);
  assertEquals(toRows(scale(m, -2)), [[-2, -4], [-6, -8]]);
});

Deno.test("no operation changes its inputs", () => {
  const m = fromRows([[1, -2], [3, 4]]), column = fromRows([[1], [2]]), before = structuredClone({ m, column });
  matmul(m, m),
    matmulTransposed(m, m),
    transpose(m),
    addColumn(m, column),
    sumRows(m),
    subtract(m, m),
    hadamard(m, m),
    scale(m, 2);
  columns(m, 0, 1).data[0] = 99;
  assertEquals({ m, column }, before);
});
