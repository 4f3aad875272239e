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
  u8: [
    8,
    (v, at, little) => exact(v.getUint32(little ? at + 4 : at, little), v.getUint32(little ? at : at + 4, little)),
  ],
  i8: [
    8,
    (v, at, little) => exact(v.getInt32(little ? at + 4 : at, little), v.getUint32(little ? at : at + 4, little)),
  ],
  f2: [2, (v, at, little) => v.getFloat16(at, little)],
  f4: [4, (v, at, little) => v.getFloat32(at, little)],
  f8: [8, (v, at, little) => v.getFloat64(at, little)],
};

/** A whole number of two halves with all its digits, or NaN where Float64 has no room for them. */
function exact(upper: number, lower: number): number {
  if (upper >= -(2 ** 21) && upper < 2 ** 21) return upper * 2 ** 32 + lower; // up to 2^53
  const value = BigInt(upper) * 2n ** 32n + BigInt(lower);
  return BigInt(Number(value)) === value ? Number(value) : NaN;
}

/** Numbers of one kind, one behind the other. */
export function numbersFrom(
  bytes: Uint8Array,
  count: number,
  [size, read]: readonly [size: number, read: ReadNumber],
  little: boolean,
): Float64Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), numbers = new Float64Array(count);
  for (let i = 0; i < count; i++) numbers[i] = read(view, i * size, little);
  return numbers;
}

/** What to say where a whole number came out as NaN. */
export const ROUNDED =
  "it holds whole numbers above 2^53 that Float64 would round; save it as float64 if that is meant";
