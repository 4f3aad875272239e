/**
 * Numbers in binary files: how many bytes each kind takes and how it is read, in either order of bytes.
 *
 * @module
 */

/** Reads the number at a byte; `little` is the order of its bytes. */
export type ReadNumber = (view: DataView, at: number, little: boolean) => number;

/** By NumPy's letters (i whole, u without a sign, f with fractions) and bytes. */
export const NUMBERS: Readonly<Record<string, readonly [size: number, read: ReadNumber]>> = {
  b1: [1, (v, at) => v.getUint8(at)],
  u1: [1, (v, at) => v.getUint8(at)],
  i1: [1, (v, at) => v.getInt8(at)],
  u2: [2, (v, at, little) => v.getUint16(at, little)],
  i2: [2, (v, at, little) => v.getInt16(at, little)],
  u4: [4, (v, at, little) => v.getUint32(at, little)],
  i4: [4, (v, at, little) => v.getInt32(at, little)],
  u8: [8, (v, at, little) => exact(v.getBigUint64(at, little))],
  i8: [8, (v, at, little) => exact(v.getBigInt64(at, little))],
  f2: [2, (v, at, little) => v.getFloat16(at, little)],
  f4: [4, (v, at, little) => v.getFloat32(at, little)],
  f8: [8, (v, at, little) => v.getFloat64(at, little)],
};

/** A whole number with all its digits, or NaN where Float64 has no room for them. */
function exact(value: bigint): number {
  return BigInt(Number(value)) === value ? Number(value) : NaN;
}

/** What to say where a whole number came out as NaN. */
export const ROUNDED =
  "it holds whole numbers above 2^53 that Float64 would round; save it as float64 if that is meant";
