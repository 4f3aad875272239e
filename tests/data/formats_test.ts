import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import fc from "fast-check";
import { zipSync } from "fflate";
import { pixelsOf } from "../../lib/data/digits.ts";
import { drawDigits } from "../../lib/data/drawn_digits.ts";
import { formatInFile, parseInFile } from "../../lib/data/in_file.ts";
import { parseMat } from "../../lib/data/mat.ts";
import { parseNpy, parseNpz } from "../../lib/data/npz.ts";
import { courseraToDigits, crop20, digitsToCoursera, normalise, unrollByColumns } from "../../lib/data/prepare.ts";
import { loadDigits } from "../../lib/data/sources.ts";
import { fromRows, matrix, toRows } from "../../lib/matrix.ts";
import { gaussian, initialise } from "../../lib/network/init.ts";
import { compressed, doubles, element, latin, mat, matMatrix, u32 } from "./samples.ts";
import { seededRandom } from "../../lib/random.ts";
import { networkFromJson, networkToJson } from "../../lib/weights/json.ts";
import { networkFromSafetensors, networkToSafetensors } from "../../lib/weights/safetensors.ts";

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

Deno.test("parseMat() refuses other versions, big-endian files, complex numbers, and what is cut off or damaged", () => {
  const good = mat(matMatrix("X", 2, 2, 9, doubles(1, 2, 3, 4)));
  const refuse = (bytes: Uint8Array, text: string) => assertThrows(() => parseMat(bytes, "f.mat"), SyntaxError, text);
  refuse(new Uint8Array(), "a header of 128 bytes is needed, got 0");
  refuse(new Uint8Array(200), "only version 5 files do");
  const big = good.slice();
  big.set([1, 0, 0x4D, 0x49], 124);
  refuse(big, "big-endian");
  const hdf = good.slice();
  hdf.set(latin("MATLAB 7.3 MAT-file"));
  refuse(hdf, "version 7.3 (HDF5)");
  refuse(mat(matMatrix("X", 1, 1, 9, doubles(1), { flags: 8 })), '"X" is complex');
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
  refuse(version, 'bytes 124 to 127 must say version 1 and "IM"; only version 5 files do');
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

const npy = (header: string, body: number[], version = 1) => {
  const text = header.padEnd(118 - 10 - 1) + "\n";
  const length = version === 1 ? [text.length & 255, text.length >> 8] : u32(text.length);
  return Uint8Array.from([0x93, ...latin("NUMPY"), version, 0, ...length, ...latin(text), ...body]);
};
const dict = (descr: string, shape: string, fortran = "False") =>
  `{'descr': '${descr}', 'fortran_order': ${fortran}, 'shape': (${shape}), }`;

Deno.test("parseNpy() reads versions 1 to 3, C and Fortran order, bytes, integers and floats", () => {
  for (const version of [1, 2, 3]) {
    assertEquals(parseNpy(npy(dict("|u1", "2, 3"), [1, 2, 3, 4, 5, 6], version), "a").shape, [2, 3]);
  }
  assertEquals([...parseNpy(npy(dict("|u1", "2, 3", "True"), [1, 4, 2, 5, 3, 6]), "a").data], [1, 2, 3, 4, 5, 6]);
  assertEquals([...parseNpy(npy(dict("<f8", "2,"), doubles(0.5, -1)), "a").data], [0.5, -1]);
  assertEquals([...parseNpy(npy(dict("<i8", "1,"), [9, 0, 0, 0, 0, 0, 0, 0]), "a").data], [9]);
  assertEquals(parseNpy(npy(dict("|u1", ""), [7]), "a").shape, []);
  assertEquals(parseNpy(npy(dict("|u1", "0,"), []), "a").shape, [0]);
  // numpy.arange(12).reshape(2, 3, 2), as it stands in memory in Fortran order
  const fortran = parseNpy(npy(dict("|u1", "2, 3, 2", "True"), [0, 6, 2, 8, 4, 10, 1, 7, 3, 9, 5, 11]), "a");
  assertEquals([...fortran.data], [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
});

Deno.test("parseNpy() refuses what it cannot read", () => {
  const refuse = (bytes: Uint8Array, text: string) => assertThrows(() => parseNpy(bytes, "a.npy"), SyntaxError, text);
  refuse(Uint8Array.of(1, 2, 3), "must start with");
  refuse(npy(dict("|u1", "1,"), [1], 9), "version must be 1, 2 or 3, got 9");
  refuse(npy(dict("|u1", "1,"), [1], 0), "version must be 1, 2 or 3, got 0");
  refuse(npy(dict("|u1", "1,"), [1]).with(3, 0x75), "must start with"); // NUmPY
  for (const gone of ["descr", "fortran_order", "shape"]) {
    refuse(npy(dict("|u1", "1,").replace(gone, "gone"), [1]), "must name descr, fortran_order and shape");
  }
  refuse(npy(dict("|O", "1,"), [1]), "numbers of type |O are not supported");
  refuse(npy(dict(">f8", "1,"), doubles(1)), "type >f8");
  refuse(npy("{}", [1]), "must name descr, fortran_order and shape");
  refuse(npy(dict("|u1", "4000000000, 28, 28"), [1, 2]), "needs 3136000000000 bytes, got 2");
  refuse(npy(dict("|u1", "3,"), [1, 2, 3]).subarray(0, 40), "announces");
});

Deno.test("parseNpz() reads stored and deflated files, and notices every damaged byte of their content", () => {
  const content = npy(dict("|u1", "64,"), Array.from({ length: 64 }, (_, i) => i));
  for (const level of [0, 6] as const) {
    const zip = zipSync({ "x_train.npy": content, "note.txt": Uint8Array.of(1) }, { level });
    const found = parseNpz(zip, "m.npz");
    assertEquals([[...found.keys()], found.get("x_train")!.data[63]], [["x_train"], 63]);
    for (let at = 60; at < 200; at += 7) {
      const damaged = zip.slice();
      damaged[at]! ^= 0x55;
      try {
        assertEquals(parseNpz(damaged, "m.npz").get("x_train")?.data, found.get("x_train")!.data);
      } catch (error) {
        assert(
          error instanceof SyntaxError || /Values are not equal/.test((error as Error).message) === false,
          `byte ${at}: ${error}`,
        );
      }
    }
    for (const length of [10, 100, zip.length - 5]) {
      assertThrows(() => parseNpz(zip.subarray(0, length), "m.npz"), SyntaxError);
    }
  }
  assertThrows(() => parseNpz(Uint8Array.of(1, 2, 3, 4), "m.npz"), SyntaxError, 'must start with "PK"');
});

Deno.test("parseNpz() reads an archive with remarks and extra fields, one with a remark at its end, and an empty one", () => {
  const one = npy(dict("|u1", "1,"), [5]), two = npy(dict("|u1", "1,"), [7]);
  const files = { "a.npy": [one, { comment: "first", extra: { 7: Uint8Array.of(1, 2, 3) } }], "b.npy": two } as const;
  const numbers = (zip: Uint8Array) => [...parseNpz(zip, "m.npz")].map(([name, { data }]) => [name, ...data]);
  const zip = zipSync(files as unknown as Parameters<typeof zipSync>[0]);
  assertEquals(numbers(zip), [["a", 5], ["b", 7]]);
  const remark = Uint8Array.from([...zip, ...latin("made by hand")]);
  remark[zip.length - 2] = 12; // the length of the remark, the last field of the directory's end
  assertEquals(numbers(remark), [["a", 5], ["b", 7]]);
  assertEquals(numbers(zipSync({})), []);
  assertThrows(() => parseNpz(Uint8Array.of(0x50, 1, 2, 3), "m"), SyntaxError, 'must start with "PK"');
  assertThrows(() => parseNpz(Uint8Array.of(1, 0x4B, 2, 3), "m"), SyntaxError, 'must start with "PK"');
  assertThrows(() => parseNpz(zip.subarray(0, zip.length - 22), "m"), SyntaxError, "its directory is missing");
  for (const place of [0, zip.length - 2, zip.length, 0xFFFFFFFF]) { // where no directory is
    const lost = zip.slice();
    new DataView(lost.buffer).setUint32(zip.length - 6, place, true);
    assertThrows(() => parseNpz(lost, "m"), SyntaxError, "its directory is missing");
  }
});

Deno.test("parseInFile() and formatInFile(): comments, exponents, and every number back to the last bit", () => {
  assertEquals(toRows(parseInFile("# made by hand\n1.5,-2e-3 # first\n\n3,4\n", "x")), [[1.5, -0.002], [3, 4]]);
  fc.assert(
    fc.property(
      fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 1, maxLength: 12 }),
      (numbers) => {
        const m = matrix(
          1,
          numbers.length,
          numbers.map((n) => n + 0),
        ); // no minus zero: text does not keep it
        assertEquals(parseInFile(formatInFile(m), "x"), m);
      },
    ),
  );
  assertThrows(() => parseInFile("1,2\n3\n", "W1.in"), SyntaxError, '"W1.in" row 2: expected 2 numbers, got 1');
  assertThrows(
    () => parseInFile("1,two\n", "W1.in"),
    SyntaxError,
    'row 1, column 2: expected a finite number, got "two"',
  );
  assertThrows(() => parseInFile("1,inf\n2,NaN\n", "W1.in"), SyntaxError, 'got "inf"');
  assertThrows(() => parseInFile("# nothing\n", "W1.in"), SyntaxError, "no row of numbers");
  assertThrows(
    () => parseInFile("1,2\n3, \n", "W1.in"),
    SyntaxError,
    'row 2, column 2: expected a finite number, got " "',
  );
  assertThrows(() => parseInFile("1\n,\n", "W1.in"), SyntaxError, "row 2: expected 1 numbers, got 2");
  assertEquals(toRows(parseInFile("1,2\n  # indented\n3,4\n", "x")), [[1, 2], [3, 4]]);
  assertEquals(formatInFile(fromRows([[1, 2, 3], [4, 5, 6]])), "1,2,3\n4,5,6\n");
});

Deno.test("a picture unrolled by columns and back is itself; classes 1 to 10 and back are the digits", () => {
  fc.assert(fc.property(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 6 }), (width, height) => {
    const X = matrix(width * height, 2, Array.from({ length: 2 * width * height }, seededRandom(width * 7 + height)));
    assertEquals(unrollByColumns(unrollByColumns(X, width), height), X);
  }));
  const two = fromRows([[1, 10], [2, 20], [3, 30], [4, 40], [5, 50], [6, 60]]); // 1 2 3 above 4 5 6, and ten times that
  assertEquals(toRows(unrollByColumns(two, 3)), [[1, 10], [4, 40], [2, 20], [5, 50], [3, 30], [6, 60]]);
  assertThrows(() => unrollByColumns(matrix(10, 1), 4), TypeError, "no whole number of rows of 4");
  assertEquals([...digitsToCoursera([0, 1, 9])], [9, 0, 8]);
  assertEquals([...courseraToDigits(digitsToCoursera([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]))], [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
});

Deno.test("crop20() takes the middle of 28 × 28, leaves 20 × 20 alone, and refuses the rest", () => {
  const drawn = drawDigits(3, 1), values = Float64Array.from(drawn.pixels, (grey) => grey / 255);
  const cropped = crop20({ ...drawn, values, test: drawDigits(2, 2) });
  assertEquals([cropped.width, cropped.height, cropped.pixels.length, cropped.test!.pixels.length], [
    20,
    20,
    1200,
    800,
  ]);
  for (let image = 0; image < 3; image++) {
    for (let row = 0; row < 20; row++) {
      for (let col = 0; col < 20; col++) {
        const grey = pixelsOf(drawn, image)[28 * (row + 4) + col + 4]!;
        assertEquals(pixelsOf(cropped, image)[20 * row + col], grey);
        assertEquals(cropped.values![400 * image + 20 * row + col], grey / 255);
      }
    }
  }
  assertEquals(normalise(cropped).cols, 3);
  assertEquals(crop20(cropped), cropped);
  for (const [width, height] of [[14, 56], [28, 27], [27, 28], [20, 28], [28, 20], [20, 19]] as const) {
    assertThrows(() => crop20({ ...drawn, width, height }), TypeError, `${width} × ${height}`);
  }
});

const networks = fc.tuple(fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 2, maxLength: 4 }), fc.nat(999))
  .map(([sizes, seed]) => initialise(sizes, seededRandom(seed), gaussian, { hidden: seed % 2 ? "sigmoid" : "relu" }));

Deno.test("networks saved as JSON and as safetensors come back to the last bit", () => {
  fc.assert(fc.property(networks, (network) => {
    assertEquals(networkFromJson(networkToJson(network), "x"), network);
    assertEquals(networkFromSafetensors(networkToSafetensors(network), "x"), network);
  }));
});

Deno.test("networkFromSafetensors() reads 32-bit files of other programs", () => {
  const header = JSON.stringify({
    "layers.0.weight": { dtype: "F32", shape: [1, 2], data_offsets: [0, 8] },
    "layers.0.bias": { dtype: "F32", shape: [1], data_offsets: [8, 12] },
  });
  const file = Uint8Array.from([
    ...u32(header.length, 0),
    ...latin(header),
    ...new Uint8Array(Float32Array.of(0.5, -1, 2).buffer),
  ]);
  const { layers: [layer] } = networkFromSafetensors(file, "x");
  assertEquals([toRows(layer!.weights), toRows(layer!.bias), layer!.activation], [[[0.5, -1]], [[2]], "softmax"]);
});

Deno.test("loading a network refuses what is cut off, not a number, or does not fit", () => {
  const network = initialise([3, 2, 2], seededRandom(1)), file = networkToSafetensors(network);
  for (let length = 0; length < file.length; length += 9) {
    assertThrows(
      () => networkFromSafetensors(file.subarray(0, length), "w"),
      SyntaxError,
      'Cannot read "w" as safetensors',
    );
  }
  const nan = file.slice();
  new DataView(nan.buffer).setFloat64(file.length - 8, NaN, true);
  assertThrows(() => networkFromSafetensors(nan, "w"), SyntaxError, "not finite");
  assertThrows(() => networkFromJson("{", "w"), SyntaxError, 'Cannot read "w" as a network');
  assertThrows(() => networkFromJson('{"format":"x"}', "w"), SyntaxError, "its format must be");
  const wrong = JSON.parse(networkToJson(network));
  wrong.layers[1].weights = [[1, 2, 3], [4, 5, 6]];
  assertThrows(
    () => networkFromJson(JSON.stringify(wrong), "w"),
    TypeError,
    "layer 2: weights [2 × 3] must have 2 columns",
  );
  wrong.layers[1].weights = [[1, "a"]];
  assertThrows(
    () => networkFromJson(JSON.stringify(wrong), "w"),
    SyntaxError,
    "layer 2 needs activation, bias and weights",
  );
});

Deno.test("loadDigits() reads .mat, .in and .npz into the same value, and says what is missing", async () => {
  const folder = await Deno.makeTempDir();
  const write = (name: string, content: Uint8Array | string) =>
    typeof content === "string"
      ? Deno.writeTextFile(`${folder}/${name}`, content)
      : Deno.writeFile(`${folder}/${name}`, content);
  try {
    const X = matMatrix("X", 2, 4, 9, doubles(0, 1, 0.2, 0, 0.4, 0, 0.6, -0.1)),
      y = matMatrix("y", 2, 1, 2, [10, 3], { klass: 9 });
    await write("a.mat", mat(X, y));
    const set = await loadDigits(`mat:${folder}/a.mat`);
    assertEquals([set.width, [...set.labels], [...set.values!.subarray(0, 4)]], [2, [0, 3], [0, 0.4, 0.2, 0.6]]); // columns become rows
    assertEquals([...normalise(set).data.subarray(4)], [1, 0, 0, -0.1]);
    assertEquals([...pixelsOf(set, 0)], [0, 102, 51, 153]);
    await write("b.mat", mat(X));
    await assertRejects(() => loadDigits(`mat:${folder}/b.mat`), SyntaxError, 'matrix "y" is missing, found X');
    await write("c.mat", mat(X, matMatrix("y", 2, 1, 2, [0, 3], { klass: 9 })));
    await assertRejects(
      () => loadDigits(`mat:${folder}/c.mat`),
      SyntaxError,
      "the label of row 1 must be from 1 to 10 (10 for zero), got 0",
    );
    await write("d.mat", mat(X, matMatrix("y", 3, 1, 2, [1, 2, 3], { klass: 9 })));
    await assertRejects(() => loadDigits(`mat:${folder}/d.mat`), SyntaxError, "y [3 × 1] must have a label");
    await write("e.mat", mat(X, matMatrix("y", 2, 1, 2, [1, 11], { klass: 9 })));
    await assertRejects(() => loadDigits(`mat:${folder}/e.mat`), SyntaxError, "label of row 2 must be from 1 to 10");
    await write("f.mat", mat(X, matMatrix("y", 2, 2, 2, [1, 2, 3, 4], { klass: 9 })));
    await assertRejects(() => loadDigits(`mat:${folder}/f.mat`), SyntaxError, "y [2 × 2] must have a label or ten");
    await write("g.mat", mat(X, matMatrix("y", 2, 1, 9, doubles(1, 2.5))));
    await assertRejects(() => loadDigits(`mat:${folder}/g.mat`), SyntaxError, "(10 for zero), got 2.5");
    await write("h.mat", mat(matMatrix("X", 2, 3, 2, [0, 0, 0, 0, 0, 0]), y));
    await assertRejects(() => loadDigits(`mat:${folder}/h.mat`), SyntaxError, "X [2 × 3] must have a square number");
    for (const [place, at] of [["1, 1", 0], ["2, 3", 5]] as const) {
      await write("i.mat", mat(matMatrix("X", 2, 4, 9, doubles(...new Array(8).fill(0).with(at, NaN))), y));
      await assertRejects(() => loadDigits(`mat:${folder}/i.mat`), SyntaxError, `X(${place}) must be finite, got NaN`);
    }
    await write("j.mat", mat(X, matMatrix("y", 1, 2, 2, [1, 9], { klass: 9 }))); // a row of labels
    assertEquals([...(await loadDigits(`mat:${folder}/j.mat`)).labels], [1, 9]);
    await write("X.in", "0,0.2,0.4,0.6\n1,0,0,-0.1\n");
    for (
      const oneHot of [
        "0,0,0,0,0,0,0,0,0,1\n0,0,1,0,0,0,0,0,0,0\n",
        "0,0\n0,0\n0,1\n0,0\n0,0\n0,0\n0,0\n0,0\n0,0\n1,0\n",
      ]
    ) {
      await write("y.in", oneHot);
      const other = await loadDigits(`in:${folder}`);
      assertEquals([other.labels, other.values], [set.labels, set.values]);
    }
    const images = npy(dict("|u1", "1, 2, 2"), [0, 255, 3, 4]), labels = npy(dict("|u1", "1,"), [5]);
    await write(
      "m.npz",
      zipSync({ "x_train.npy": images, "y_train.npy": labels, "x_test.npy": images, "y_test.npy": labels }),
    );
    const keras = await loadDigits(`npz:${folder}/m.npz`);
    assertEquals([[...keras.labels], [...keras.test!.pixels]], [[5], [0, 255, 3, 4]]);
    for (
      const [x, y, found] of [
        [npy(dict("|u1", "1, 4"), [0, 255, 3, 4]), labels, "x_train (1, 4)"],
        [images, npy(dict("|u1", "1, 1"), [5]), "y_train (1, 1)"],
        [images, npy(dict("|u1", "2,"), [5, 6]), "y_train (2)"],
        [npy(dict("<i2", "1, 2, 2"), [0, 0, 1, 0, 2, 0, 3, 0]), labels, "must be bytes"],
      ] as const
    ) {
      await write("o.npz", zipSync({ "x_train.npy": x, "y_train.npy": y, "x_test.npy": images, "y_test.npy": labels }));
      await assertRejects(() => loadDigits(`npz:${folder}/o.npz`), SyntaxError, found);
    }
    await write("n.npz", zipSync({ "x_train.npy": images }));
    await assertRejects(
      () => loadDigits(`npz:${folder}/n.npz`),
      SyntaxError,
      'array "y_train" is missing, found x_train',
    );
    await assertRejects(() => loadDigits("mat:"), RangeError, "mat needs a path, as in mat:PATH");
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
  assertEquals(toRows(fromRows([[1]])), [[1]]);
});
