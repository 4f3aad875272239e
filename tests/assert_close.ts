import { assert } from "@std/assert";
import type { Matrix } from "../lib/matrix.ts";

/** Throws unless two lists of numbers agree within a tolerance; names the first difference, not all numbers. */
export function assertClose(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  { absolute = 1e-12, relative = 1e-9 }: { absolute?: number; relative?: number } = {},
): void {
  assert(actual.length === expected.length, `lengths differ: ${actual.length} and ${expected.length}`);
  const far = (a: number, e: number) =>
    !(Object.is(a, e) ||
      Number.isFinite(a) && Number.isFinite(e) && Math.abs(a - e) <= Math.max(absolute, relative * Math.abs(e)));
  const different = Array.from(actual).map((_, i) => i).filter((i) => far(actual[i]!, expected[i]!));
  const [i] = different;
  assert(
    i === undefined,
    `${different.length} of ${actual.length} differ by more than ${absolute} or ${relative} relative; ` +
      `first at ${i}: got ${actual[i!]}, expected ${expected[i!]}`,
  );
}

/** The same for a matrix and rows as they stand in a golden file. */
export function assertMatrixClose(actual: Matrix, rows: readonly (readonly number[])[]): void {
  assert(
    actual.rows === rows.length && actual.cols === rows[0]!.length,
    `shape ${actual.rows} × ${actual.cols}, expected ${rows.length} × ${rows[0]!.length}`,
  );
  const columnwise = rows[0]!.flatMap((_, c) => rows.map((row) => row[c]!));
  assertClose(actual.data, columnwise);
}
