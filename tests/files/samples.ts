// MAT files made by hand, for the tests of their reader.
import { deflateSync } from "node:zlib";

export const pad = (bytes: number[]) => [...bytes, ...new Array<number>((8 - bytes.length % 8) % 8).fill(0)];
export const u32 = (...values: number[]) => [...new Uint8Array(Uint32Array.from(values).buffer)];
export const element = (type: number, bytes: number[]) => [...u32(type, bytes.length), ...pad(bytes)];
export const latin = (text: string) => Array.from(text, (letter) => letter.charCodeAt(0));

/** A matrix element of a MAT file: class, sizes, name, numbers of one type. */
export function matMatrix(
  name: string,
  rows: number,
  cols: number,
  type: number,
  numbers: number[],
  { klass = 6, flags = 0 } = {},
): number[] {
  return element(14, [
    ...element(6, u32(klass | flags << 8, 0)),
    ...element(5, u32(rows, cols)),
    ...element(1, latin(name)),
    ...element(type, numbers),
  ]);
}
export const doubles = (...values: number[]) => [...new Uint8Array(Float64Array.from(values).buffer)];
export function mat(...elements: number[][]): Uint8Array {
  const header = new Uint8Array(128).fill(32);
  header.set(latin("MATLAB 5.0 MAT-file"));
  header.set([0, 1, 0x49, 0x4D], 124);
  return Uint8Array.from([...header, ...elements.flat()]);
}
export const compressed = (bytes: number[]) => {
  const packed = [...deflateSync(Uint8Array.from(bytes))];
  return [...u32(15, packed.length), ...packed];
};

/** A small file with a plain and a compressed matrix. */
export function sampleMat(): Uint8Array {
  return mat(
    matMatrix("X", 2, 2, 9, doubles(1, 2, 3, -0.5)),
    compressed(matMatrix("y", 3, 1, 2, [10, 1, 2], { klass: 9 })),
  );
}

/** A file of version 4 with a 2 × 2 matrix of doubles, X. */
export function sampleMat4(): Uint8Array {
  return Uint8Array.from([...u32(0, 2, 2, 0, 2), ...latin("X\0"), ...doubles(1, 2, -0.5, 4)]);
}
