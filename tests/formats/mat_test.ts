import { assertEquals, assertThrows } from "@std/assert";
import { parseMat } from "../../lib/formats/mat.ts";
import { parseNpy } from "../../lib/formats/npz.ts";
import { toRows } from "../../lib/matrix.ts";
import { dict, npy } from "./npy_fixtures.ts";
import { compressed, doubles, element, latin, mat, matMatrix, u32 } from "../files/samples.ts";

Deno.test("parseMat() reads doubles, integers, small elements and compressed ones, column by column", () => {
  const file = mat(
    matMatrix("X", 2, 2, 9, doubles(1, 2, 3, -0.5)),
    compressed(matMatrix("y", 3, 1, 2, [10, 1, 2], { klass: 9 })),
    matMatrix("k", 1, 1, 3, [0xFE, 0xFF], { klass: 10 }),
  );
  const found = parseMat(file, "f.mat");
  assertEquals(toRows(found.get("X")!), [[1, 3], [2, -0.5]]);
  assertEquals(toRows(found.get("y")!), [[10], [1], [2]]);
  assertEquals(toRows(found.get("k")!), [[-2]]);
  const small = [
    ...element(6, u32(6, 0)),
    ...element(5, u32(1, 1)),
    ...u32(1 | 1 << 16),
    ...latin("s"),
    0,
    0,
    0,
    ...u32(2 | 1 << 16),
    7,
    0,
    0,
    0,
  ];
  assertEquals(toRows(parseMat(mat(element(14, small)), "f.mat").get("s")!), [[7]]);
});

Deno.test("parseMat() refuses version 7.3, complex numbers, and what is cut off or damaged", () => {
  const good = mat(matMatrix("X", 2, 2, 9, doubles(1, 2, 3, 4)));
  const refuse = (bytes: Uint8Array, text: string) => assertThrows(() => parseMat(bytes, "f.mat"), SyntaxError, text);
  refuse(new Uint8Array(), "a header of 128 bytes is needed, got 0");
  refuse(new Uint8Array(200).fill(32), "files of version 5 do");
  refuse(new Uint8Array(200), "there must be a matrix of version 4");
  const hdf = good.slice();
  hdf.set(latin("MATLAB 7.3 MAT-file"));
  refuse(hdf, "version 7.3 (HDF5)");
  refuse(mat(matMatrix("X", 1, 1, 9, doubles(1), { flags: 8 })), '"X" is complex');
  refuse(mat(matMatrix("X", 1, 1, 12, [1, 0, 0, 0, 0, 0, 0x20, 0])), 'matrix "X": it holds whole numbers above 2^53');
  refuse(mat(matMatrix("X", 3, 2, 9, doubles(1))), 'matrix "X" [3 × 2] needs 48 bytes, got 8');
  refuse(mat(matMatrix("X", 4_000_000_000, 4, 9, doubles(1))), "needs");
  const packed = compressed(matMatrix("X", 1, 1, 9, doubles(1)));
  refuse(mat(packed.with(14, packed[14]! ^ 0xFF)), "is damaged");
  for (let length = 129; length < good.length; length += 5) {
    assertThrows(() => parseMat(good.subarray(0, length), "f.mat"), SyntaxError);
  }
});

/** Two numbers of every size, neither of which reads the same from behind. */
const TWO_NUMBERS: readonly [npy: string, mat: number | null, bytes: ArrayBuffer, numbers: number[]][] = [
  ["|i1", 1, Int8Array.of(-2, 127).buffer, [-2, 127]],
  ["|u1", 2, Uint8Array.of(1, 254).buffer, [1, 254]],
  ["|b1", null, Uint8Array.of(0, 1).buffer, [0, 1]],
  ["<i2", 3, Int16Array.of(-2, 258).buffer, [-2, 258]],
  ["<u2", 4, Uint16Array.of(65_534, 258).buffer, [65_534, 258]],
  ["<i4", 5, Int32Array.of(-2, 16_909_060).buffer, [-2, 16_909_060]],
  ["<u4", 6, Uint32Array.of(4_294_967_294, 16_909_060).buffer, [4_294_967_294, 16_909_060]],
  ["<f4", 7, Float32Array.of(-0.5, 1.25).buffer, [-0.5, 1.25]],
  ["<f8", 9, Float64Array.of(-0.1, 1e300).buffer, [-0.1, 1e300]],
  ["<i8", 12, BigInt64Array.of(-2n, 4_294_967_298n).buffer, [-2, 4_294_967_298]],
  ["<u8", 13, BigUint64Array.of(3n, 4_294_967_298n).buffer, [3, 4_294_967_298]],
];

Deno.test("parseMat() and parseNpy() read numbers of every size", () => {
  for (const [descr, type, buffer, numbers] of TWO_NUMBERS) {
    const bytes = [...new Uint8Array(buffer)];
    assertEquals([...parseNpy(npy(dict(descr, "2,"), bytes), "a").data], numbers, descr);
    if (type === null) continue;
    assertEquals([...parseMat(mat(matMatrix("X", 2, 1, type, bytes)), "f").get("X")!.data], numbers, `type ${type}`);
  }
});

Deno.test("parseMat() passes over what is no matrix of numbers, and reads what comes after it", () => {
  const good = matMatrix("X", 1, 1, 9, doubles(5));
  const stack = element(14, [
    ...element(6, u32(6, 0)),
    ...element(5, u32(1, 1, 1)),
    ...element(1, latin("S")),
    ...element(9, doubles(1)),
  ]);
  const hollow = element(14, [...element(6, u32(6, 0)), ...element(5, u32(0, 0)), ...element(1, latin("H"))]);
  const text = matMatrix("T", 1, 2, 4, [72, 0, 105, 0], { klass: 4 });
  const names = (...elements: number[][]) => [...parseMat(mat(...elements), "f").keys()];
  assertEquals(names(stack, hollow, text, element(2, [1, 2, 3]), good), ["X"]);
  assertEquals(names(), []);
  assertEquals(names(good, [0, 0, 0]), ["X"]); // padding
  assertEquals(names(compressed(good), compressed(matMatrix("Y", 1, 1, 2, [1]))), ["X", "Y"]); // side by side, unpadded
  assertEquals(names(compressed(text), good), ["X"]);
});

Deno.test("parseMat() names what a damaged file lacks, and where", () => {
  const refuse = (bytes: Uint8Array, text: string) =>
    assertEquals(assertThrows(() => parseMat(bytes, "f"), SyntaxError).message, `Cannot read "f" as MAT: ${text}`);
  const flags = element(6, u32(6, 0)), sizes = element(5, u32(1, 1)), name = element(1, latin("X"));
  for (const parts of [[], [flags], [flags, sizes], [element(6, u32(6)), sizes, name]]) {
    refuse(mat(element(14, parts.flat())), "the matrix at byte 128 lacks its flags, sizes or name");
  }
  const whole = matMatrix("X", 1, 1, 9, doubles(5));
  refuse(mat(whole, [0, 0, 1]), `the file ends in the middle of an element, at byte ${128 + whole.length}`);
  refuse(mat(whole, u32(9, 8, 1)), `the element at byte ${128 + whole.length} announces 8 bytes, 4 are left`);
  refuse(mat(u32(9 | 5 << 16, 0)), "the element at byte 128 announces 5 bytes, 4 are left"); // small ones hold four
  refuse(mat(matMatrix("X", 1, 1, 8, doubles(5))), 'matrix "X" has numbers of unknown type 8');
  const version = mat(whole);
  version[125] = 2;
  refuse(version, 'bytes 124 to 127 must say version 1 and "IM" or "MI"; files of version 5 do');
});

Deno.test("parseMat() knows HDF5 by all of its mark, not by a part of it", () => {
  const image = Array.from({ length: 400 }, () => 7), at512 = 512 - 128 - 64; // where byte 512 is among the numbers
  const file = (...mark: number[]) => mat(matMatrix("X", 400, 1, 2, image.toSpliced(at512, 3, ...mark)));
  assertEquals(file(0x89, 0x48, 0x44).subarray(512, 515), Uint8Array.of(0x89, 0x48, 0x44));
  assertThrows(() => parseMat(file(0x89, 0x48, 0x44), "f"), SyntaxError, "version 7.3 (HDF5)");
  for (const part of [[0x89, 0x48, 7], [0x89, 7, 0x44], [7, 0x48, 0x44], [7, 7, 0x44], [0x89, 7, 7]]) {
    assertEquals(parseMat(file(...part), "f").get("X")!.data[at512], part[0]);
  }
});

Deno.test("parseMat() reads big-endian files of version 5", () => {
  const words = (...values: number[]) =>
    values.flatMap((value) => [value >>> 24, value >>> 16 & 255, value >>> 8 & 255, value & 255]);
  const doubles = (...values: number[]) => {
    const view = new DataView(new ArrayBuffer(8 * values.length));
    values.forEach((value, i) => view.setFloat64(8 * i, value));
    return [...new Uint8Array(view.buffer)];
  };
  const element = (
    type: number,
    data: number[],
  ) => [...words(type, data.length), ...data, ...new Array((8 - data.length % 8) % 8).fill(0)];
  const matrix = element(14, [
    ...element(6, words(6, 0)),
    ...element(5, words(2, 1)),
    ...words(1 << 16 | 1),
    ...latin("X\0\0\0"), // a small element: its size and type in one word
    ...element(9, doubles(-0.5, 1e300)),
  ]);
  const header = [...latin("MATLAB 5.0 MAT-file".padEnd(124)), 1, 0, ...latin("MI")];
  assertEquals(toRows(parseMat(Uint8Array.from([...header, ...matrix]), "f").get("X")!), [[-0.5], [1e300]]);
});
