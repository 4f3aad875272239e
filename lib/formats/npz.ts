/**
 * NumPy's .npz, a zip of .npy arrays: what Keras' mnist.npz is.
 *
 * @see NumPy, "numpy.lib.format"
 * @module
 */
import { unzip } from "./zip.ts";

/** An array as a .npy file holds it. */
export interface NpyArray {
  /** Size of each dimension. */
  readonly shape: readonly number[];
  /** The numbers in C order: the last index runs fastest. */
  readonly data: Uint8Array | Float64Array;
}

/**
 * Reads all arrays of an .npz by name, without their ending.
 *
 * @param bytes The whole file.
 * @param name What to call it in an error.
 * @throws {SyntaxError} If it is not a zip file, is cut off or damaged, or unpacks to more than a gigabyte.
 */
export function parseNpz(bytes: Uint8Array, name: string): Map<string, NpyArray> {
  const files = unzip(bytes, `Cannot read "${name}" as NPZ`);
  return new Map(
    [...files].filter(([file]) => file.endsWith(".npy")).map(([file, content]) => [
      file.replace(/\.npy$/, ""),
      parseNpy(content, `${name}: ${file}`),
    ]),
  );
}

type Read = (view: DataView, at: number, little: boolean) => number;

/** By NumPy's letter and size: how many bytes, and how to read them in either order. */
const TYPES: Readonly<Record<string, readonly [size: number, read: Read]>> = {
  u1: [1, (v, at) => v.getUint8(at)],
  i1: [1, (v, at) => v.getInt8(at)],
  b1: [1, (v, at) => v.getUint8(at)],
  i2: [2, (v, at, little) => v.getInt16(at, little)],
  u2: [2, (v, at, little) => v.getUint16(at, little)],
  i4: [4, (v, at, little) => v.getInt32(at, little)],
  u4: [4, (v, at, little) => v.getUint32(at, little)],
  i8: [8, (v, at, little) => Number(v.getBigInt64(at, little))],
  u8: [8, (v, at, little) => Number(v.getBigUint64(at, little))],
  f2: [2, (v, at, little) => v.getFloat16(at, little)],
  f4: [4, (v, at, little) => v.getFloat32(at, little)],
  f8: [8, (v, at, little) => v.getFloat64(at, little)],
};

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
  const version = bytes[6]!, view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (version < 1 || version > 3) fail(`version must be 1, 2 or 3, got ${version}`);
  const start = version === 1 ? 10 : 12, length = version === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  if (start + length > bytes.length) fail(`its header announces ${length} bytes, ${bytes.length - start} are left`);
  const header = new TextDecoder().decode(bytes.subarray(start, start + length));
  const type = header.match(/'descr':\s*'([^']+)'/)?.[1],
    fortran = header.match(/'fortran_order':\s*(True|False)/)?.[1];
  const sizes = header.match(/'shape':\s*\(([\d\s,]*)\)/)?.[1];
  if (!type || !fortran || sizes === undefined) {
    fail(`its header must name descr, fortran_order and shape, got ${header.trim()}`);
  }
  const [, order, kind] = /^([<>|=])(.+)$/.exec(type!) ?? [], known = kind && Object.hasOwn(TYPES, kind);
  const [size, read] = known ? TYPES[kind]! : fail(
    `numbers of type ${type} are not read; save it by array.astype("float32"), or ${Object.keys(TYPES).join(" ")}`,
  );
  const shape = sizes!.split(",").map((part) => part.trim()).filter((part) => part).map(Number);
  const count = shape.reduce((product, n) => product * n, 1), body = bytes.subarray(start + length);
  if (body.length !== count * size) {
    fail(`shape (${shape.join(", ")}) of ${type} needs ${count * size} bytes, got ${body.length}`);
  }
  const inner = new DataView(body.buffer, body.byteOffset, body.byteLength);
  const stored = kind === "u1"
    ? body
    : Float64Array.from({ length: count }, (_, i) => read(inner, i * size, order !== ">"));
  return { shape, data: fortran === "True" ? toCOrder(stored, shape) : stored };
}

function toCOrder<T extends Uint8Array | Float64Array>(stored: T, shape: readonly number[]): T {
  const result = stored.slice() as T, index = new Array<number>(shape.length).fill(0);
  for (let i = 0; i < stored.length; i++) { // i runs in Fortran order: the first index fastest
    result[index.reduce((at, n, d) => at * shape[d]! + n, 0)] = stored[i]!;
    for (let d = 0; d < shape.length && ++index[d]! === shape[d]; d++) index[d] = 0;
  }
  return result;
}
