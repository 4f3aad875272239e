import fc from "fast-check";
import { matrix } from "../lib/matrix.ts";

/** Matrices of small sizes with many zeros, as images have. */
export const sized = (rows: number, cols: number) =>
  fc.array(fc.oneof(fc.constant(0), fc.double({ min: -3, max: 3, noNaN: true })), {
    minLength: rows * cols,
    maxLength: rows * cols,
  })
    .map((numbers) => matrix(rows, cols, numbers));

export const size = fc.integer({ min: 1, max: 6 });
