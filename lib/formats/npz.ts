/**
 * NumPy's .npz, a zip of .npy arrays: what Keras' mnist.npz is.
 *
 * @see NumPy, "numpy.lib.format"
 * @module
 */
import { unzipSync } from "fflate";
import { crc32 } from "node:zlib";

/** An array as a .npy file holds it. */
export interface NpyArray {
  /** Size of each dimension. */
  readonly shape: readonly number[];
  /** The numbers in C order: the last index runs fastest. */
  readonly data: Uint8Array | Float64Array;
}

const MOST_BYTES = 2 ** 30; // what an archive may unpack to

/**
 * Reads all arrays of an .npz by name, without their ending.
 *
 * @param bytes The whole file.
 * @param name What to call it in an error.
 * @throws {SyntaxError} If it is not a zip file, is cut off or damaged, or unpacks to more than a gigabyte.
 */
export function parseNpz(bytes: Uint8Array, name: string): Map<string, NpyArray> {
  const fail = (problem: string): never => {
    throw new SyntaxError(`Cannot read "${name}" as NPZ: ${problem}`);
  };
  if (bytes[0] !== 0x50 || bytes[1] !== 0x4B) fail('a zip file must start with "PK"');
  const checksums = directory(bytes) ?? fail("its directory is missing; is the file complete?");
  let files: Record<string, Uint8Array>, total = 0;
  try {
    files = unzipSync(bytes, {
      filter: ({ originalSize }) =>
        (total += originalSize) <= MOST_BYTES || fail(`it would unpack to more than ${MOST_BYTES} bytes`),
    });
  } catch (cause) {
    if (cause instanceof SyntaxError) throw cause;
    return fail(`it is damaged (${(cause as Error).message})`);
  }
  return new Map(
    Object.entries(files).filter(([file]) => file.endsWith(".npy")).map(([file, content]) => {
      if (crc32(content) !== checksums.get(file)) fail(`the checksum of "${file}" does not match: it is damaged`);
      return [file.replace(/\.npy$/, ""), parseNpy(content, `${name}: ${file}`)];
    }),
  );
}

/** The checksum of each file, from the zip's directory at its end; null where there is none. */
function directory(bytes: Uint8Array): Map<string, number> | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let end = bytes.length - 22;
  while (end >= 0 && view.getUint32(end, true) !== 0x06054B50) end--;
  if (end < 0) return null;
  const checksums = new Map<string, number>();
  let at = view.getUint32(end + 16, true);
  for (let i = view.getUint16(end + 10, true); i > 0; i--) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== 0x02014B50) return null;
    const length = view.getUint16(at + 28, true), skip = view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
    checksums.set(new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + length)), view.getUint32(at + 16, true));
    at += 46 + length + skip;
  }
  return checksums;
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
