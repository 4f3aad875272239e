/**
 * NumPy's .npz, a zip of .npy arrays: what Keras' mnist.npz is.
 *
 * @see NumPy, "numpy.lib.format"
 * @module
 */
import { beyond } from "../limits.ts";
import { NUMBERS, numbersFrom, ROUNDED } from "./numbers.ts";
import { unzip } from "./zip.ts";

/** An array as a .npy file holds it. */
export interface NpyArray {
  /** Size of each dimension. */
  readonly shape: readonly number[];
  /** The numbers in C order: the last index runs fastest. */
  readonly data: Uint8Array | Float64Array;
}

/**
 * Reads all arrays of an .npz by name, without their ending. In place of one that cannot be read (of texts or of Python's
 * objects, say) stands the error, so that it does no harm to those beside it.
 *
 * @param bytes The whole file.
 * @param name What to call it in an error.
 * @throws {SyntaxError} If it is not a zip file, is cut off or damaged, holds too many files, or unpacks to too much.
 */
export function parseNpz(bytes: Uint8Array, name: string): Map<string, NpyArray | SyntaxError> {
  const files = unzip(bytes, `Cannot read "${name}" as NPZ`), arrays = new Map<string, NpyArray | SyntaxError>();
  for (const [file, content] of files) {
    if (!file.endsWith(".npy")) continue;
    const key = file.replace(/\.npy$/, "");
    try {
      arrays.set(key, parseNpy(content, `${name}: ${file}`));
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      arrays.set(key, error);
    }
  }
  return arrays;
}

const LONGEST_HEADER = 10_000;

/** What to do about an array of another type. */
function notRead(type: string): string {
  if (type.includes("O")) {
    return "Python's objects are not read (a pickle is a program, and is not run here); " +
      'save it by numpy.array(list, "float32")';
  }
  if (/[USMmV]/.test(type)) return `texts, dates and records (${type}) are not read; save numbers`;
  if (/c\d/.test(type)) return `complex numbers (${type}) are not read; save array.real`;
  return `numbers of type ${type} are not read; save it by array.astype("float32")`;
}

/**
 * Reads one .npy array, versions 1 to 3, C or Fortran order.
 *
 * @throws {SyntaxError} If it is no .npy file, is cut off, or holds something else than plain numbers.
 */
export function parseNpy(bytes: Uint8Array, name: string): NpyArray {
  const fail = (problem: string): never => {
    throw new SyntaxError(`Cannot read "${name}" as NPY: ${problem}`);
  };
  const magic = [0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59]; // \x93NUMPY
  if (!magic.every((byte, i) => bytes[i] === byte) || bytes.length < 12) fail("it must start with \\x93NUMPY");
  const version = bytes[6]!, minor = bytes[7]!, view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (version < 1 || version > 3 || minor !== 0) {
    fail(`version must be 1, 2 or 3, got ${version}${minor ? `.${minor}` : ""}`);
  }
  const start = version === 1 ? 10 : 12, length = version === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  if (length > LONGEST_HEADER) fail(`its header announces ${length} bytes, at most ${LONGEST_HEADER} are read`); // as by NumPy
  if (start + length > bytes.length) fail(`its header announces ${length} bytes, ${bytes.length - start} are left`);
  const header = new TextDecoder().decode(bytes.subarray(start, start + length));
  const entry = (key: string, value: string) => header.match(new RegExp(`["']${key}["']\\s*:\\s*${value}`))?.[1];
  const type = entry("descr", "[\"']([^\"']+)[\"']"), fortran = entry("fortran_order", "(True|False)");
  const sizes = entry("shape", "\\(([\\dL\\s,]*)\\)"); // Python 2 wrote (2L, 3L)
  if (!type && /["']descr["']\s*:\s*\[/.test(header)) {
    fail(`records are not read; save the columns as arrays of their own`);
  }
  if (!type || !fortran || sizes === undefined) {
    fail(`its header must name descr, fortran_order and shape, got ${header.trim()}`);
  }
  const keys = header.match(/["']\w+["']\s*:/g)!.length;
  if (keys !== 3) fail(`its header must name descr, fortran_order and shape and nothing else, got ${header.trim()}`);
  const [, order, kind] = /^([<>|=]?)(\w+)$/.exec(type!) ?? [], known = kind && Object.hasOwn(NUMBERS, kind);
  const [size, read] = known ? NUMBERS[kind]! : fail(notRead(type!));
  const shape = sizes!.split(",").map((part) => part.trim().replace(/L$/, "")).filter((part) => part).map(Number);
  const count = shape.reduce((product, n) => product * n, 1), body = bytes.subarray(start + length);
  const problem = beyond("dimensions", shape.length, "dimensions") ??
    (kind === "u1" ? null : beyond("numbers", count, "numbers"));
  if (problem) fail(problem);
  if (body.length !== count * size) {
    fail(`shape (${shape.join(", ")}) of ${type} needs ${count * size} bytes, got ${body.length}`);
  }
  const stored = kind === "u1" ? body : numbersFrom(body, count, [size, read], order !== ">");
  if ((kind === "i8" || kind === "u8") && stored.some(Number.isNaN)) {
    fail(ROUNDED);
  }
  return { shape, data: fortran === "True" ? toCOrder(stored, shape) : stored };
}

function toCOrder<T extends Uint8Array | Float64Array>(stored: T, sizes: readonly number[]): T {
  const shape = sizes.filter((size) => size !== 1); // the others are no dimension to go along
  const result = stored.slice() as T, index = new Array<number>(shape.length).fill(0), steps = shape.map(() => 1);
  for (let d = shape.length - 2; d >= 0; d--) steps[d] = steps[d + 1]! * shape[d + 1]!;
  for (let i = 0, at = 0; i < stored.length; i++) { // i runs in Fortran order: the first index fastest
    result[at] = stored[i]!;
    for (let d = 0; d < shape.length; d++) {
      at += steps[d]!;
      if (++index[d]! < shape[d]!) break;
      at -= steps[d]! * shape[d]!;
      index[d] = 0;
    }
  }
  return result;
}
