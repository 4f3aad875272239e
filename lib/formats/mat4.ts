/**
 * MATLAB's .mat files of version 4, as old programs and `scipy.io.savemat(…, format="4")` write them.
 *
 * A matrix is twenty bytes (type, rows, columns, whether complex, length of its name), its name, its numbers by columns.
 *
 * @see MathWorks, "MAT-File Format", Level 4 MAT-Files
 * @module
 */
import { type Matrix, matrix } from "../matrix.ts";
import { beyond } from "../limits.ts";
import { NUMBERS, numbersFrom } from "./numbers.ts";

/** By the tens of the type: the kind of its numbers. */
const KINDS = ["f8", "f4", "i4", "i2", "u2", "u1"];

/** Whether a file begins as one of version 4 does: those of version 5 begin with text. */
export function isMat4(bytes: Uint8Array): boolean {
  return bytes.length >= 20 && bytes.subarray(0, 4).includes(0) && orderOf(bytes, 0) !== null;
}

/**
 * Reads the numeric matrices by name; texts and sparse matrices are passed over.
 *
 * @param bytes The whole file.
 * @param fail Throws an error that names the file and the problem.
 */
export function parseMat4(bytes: Uint8Array, fail: (problem: string) => never): Map<string, Matrix> {
  const matrices = new Map<string, Matrix>(), view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let taken = 0;
  for (let at = 0; at < bytes.length;) {
    if (bytes.length - at < 20) fail(`the file ends in the middle of a matrix, at byte ${at}`);
    const order = orderOf(bytes, at), little = order === "little";
    const [type, rows, cols, complex, length] = [0, 4, 8, 12, 16].map((k) => view.getUint32(at + k, little)) as [
      ...[number, number, number, number, number],
    ];
    if (order === null || length < 1 || complex > 1) fail(`at byte ${at} there must be a matrix of version 4`);
    const sparse = type % 10 === 2; // with the imaginary parts as a column more, not as a second half
    const [size, read] = NUMBERS[KINDS[Math.floor(type / 10) % 10]!]!, start = at + 20 + length;
    const name = new TextDecoder("latin1").decode(bytes.subarray(at + 20, Math.max(at + 20, start - 1)));
    const count = rows * cols, end = start + count * size * (complex && !sparse ? 2 : 1);
    if (end > bytes.length) {
      fail(`matrix "${name}" [${rows} × ${cols}] needs ${end - start} bytes, got ${Math.max(0, bytes.length - start)}`);
    }
    if (type % 10 === 0) { // others are texts and sparse matrices
      if (complex) fail(`matrix "${name}" is complex; real numbers are needed`);
      const problem = beyond("numbers", taken += count, "numbers") ?? beyond("matrices", matrices.size + 1, "matrices");
      if (problem) fail(problem);
      matrices.set(name, matrix(rows, cols, numbersFrom(bytes.subarray(start, end), count, [size, read], little)));
    }
    at = end;
  }
  return matrices;
}

/** The order of the bytes, which the thousands of the type say; null where it is no type. */
function orderOf(bytes: Uint8Array, at: number): "little" | "big" | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset + at, 20);
  for (const [order, thousands] of [["little", 0], ["big", 1]] as const) {
    const type = view.getUint32(0, order === "little");
    const [machine, zero, kind, use] = [type / 1000, type / 100 % 10, type / 10 % 10, type % 10].map(Math.floor);
    if (machine === thousands && zero === 0 && kind! < KINDS.length && use! <= 2) return order;
  }
  return null;
}
