import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import fc from "fast-check";
import { checkCleanliness, checkDigitTable, describeFinding } from "../../lib/data/cleanliness.ts";
import { parseNumericCsv } from "../../lib/data/csv.ts";
import { className, digits, pick, pixelsOf, shiftToCentre, slice } from "../../lib/data/digits.ts";
import { drawDigits } from "../../lib/data/drawn_digits.ts";
import { parseIdx } from "../../lib/data/idx.ts";
import { normalise, oneHot, shuffle, split } from "../../lib/data/prepare.ts";
import { defaultSource, findCoursera, loadDigits, mnistFolder } from "../../lib/data/sources.ts";
import { meanImages, nearestMean } from "../../lib/evaluation/baseline.ts";
import { toRows } from "../../lib/matrix.ts";
import { accuracy } from "../../lib/network/predict.ts";
import { seededRandom } from "../../lib/random.ts";

const table = (text: string) => parseNumericCsv(new TextEncoder().encode(text), "test.csv");

Deno.test("checkCleanliness() on the five small tables, one verdict each", () => {
  const report = (values: number[]) => checkCleanliness(values);
  assertEquals(report([0, 255, -1000, 1000]), { nan: 0, infinite: 0, extreme: 0, clean: true });
  assertEquals(report([0, NaN]), { nan: 1, infinite: 0, extreme: 0, clean: false });
  assertEquals(report([Infinity, -Infinity]), { nan: 0, infinite: 2, extreme: 2, clean: false });
  assertEquals(report([1e6]), { nan: 0, infinite: 0, extreme: 1, clean: false });
  assertEquals(report([NaN, 1e6]), { nan: 1, infinite: 0, extreme: 1, clean: false });
  assertEquals(report([]).clean, true);
  assertEquals(checkCleanliness([5], 4).extreme, 1);
});

Deno.test("checkDigitTable() finds each planted fault where it is, and invents none", () => {
  const good = "label,p0,p1\n3,0,255\n9,1,2\n";
  assertEquals(checkDigitTable(table(good)), []);
  const cases: [string, string, number, number][] = [
    ["label,p0,p1\n11,0,0\n", "label", 2, 1],
    ["label,p0,p1\n-1,0,0\n", "label", 2, 1],
    ["label,p0,p1\n3.5,0,0\n", "label", 2, 1],
    ["label,p0,p1\n1,0,256\n", "pixel", 2, 3],
    ["label,p0,p1\n1,-1,0\n", "pixel", 2, 2],
    ["label,p0,p1\n1,0.5,0\n", "pixel", 2, 2],
    ["label,p0,p1\n1,nan,0\n", "NaN", 2, 2],
    ["label,p0,p1\n1,inf,0\n", "infinity", 2, 2],
    ["label,p0,p1\n1,,0\n", "empty cell", 2, 2],
    ["label,p0,p1\n1,ink,0\n", "text in a cell", 2, 2],
    ["label,p0,p1\n1,0\n", "wrong number of cells", 2, 0],
    ["1,0,0\n", "missing header", 1, 0],
    ["digit,p0,p1\n1,0,0\n", "no label column", 1, 1],
  ];
  for (const [text, rule, line, column] of cases) {
    const findings = checkDigitTable(table(text));
    assertEquals(findings.map((f) => f.rule), [rule], text);
    assertEquals([findings[0]!.count, findings[0]!.places[0]!.line, findings[0]!.places[0]!.column], [1, line, column]);
  }
});

Deno.test("checkDigitTable() counts all and names the first five", () => {
  const [finding] = checkDigitTable(table("label,p\n" + "12,0\n".repeat(9)));
  assertEquals([finding!.count, finding!.places.length], [9, 5]);
  assertEquals(
    describeFinding(finding!),
    "label at line 2, column 1 and 8 more: must be a whole number from 0 to 9, got 12",
  );
});

Deno.test("describeFinding() names one place and the others' number, a row by its line alone", () => {
  const described = (text: string) => checkDigitTable(table(text)).map(describeFinding);
  assertEquals(described("label,p0,p1\n1,0,0\n2,0,300\n3,1\n4,-1,0\n5,1,inf\n"), [
    "pixel at line 3, column 3 and 1 more: must be a whole number from 0 to 255, got 300",
    "wrong number of cells at line 4: must be as many cells as the first line has, got 2 cells instead of 3",
    "infinity at line 6, column 3: must be a finite number, got Infinity",
  ]);
  assertEquals(described("label,p\nx,0\n1,x\n,2\n"), [
    'text in a cell at line 2, column 1 and 1 more: must be a number, got "x"',
    'empty cell at line 4, column 1: must be a number, got ""',
  ]);
});

Deno.test("parseIdx() reads images and labels, and refuses what does not fit", () => {
  assertEquals(parseIdx(Uint8Array.of(0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 2, 7, 9), "x").sizes, [1, 1, 2]);
  const ones = Array.from({ length: 8 }, () => [0, 0, 0, 1]).flat();
  assertEquals(parseIdx(Uint8Array.of(0, 0, 8, 8, ...ones, 7), "x").sizes, [1, 1, 1, 1, 1, 1, 1, 1]);
  assertEquals(parseIdx(Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 0), "x"), { sizes: [0], data: new Uint8Array() });
  const refuse = (bytes: number[], text: string) =>
    assertThrows(() => parseIdx(Uint8Array.from(bytes), "x"), SyntaxError, text);
  refuse([], "bytes 0 and 1 must be 0");
  refuse([60, 33, 68, 79], "bytes 0 and 1 must be 0, got 60 33");
  refuse([0, 1, 8, 1, 0, 0, 0, 0], "bytes 0 and 1 must be 0, got 0 1");
  refuse([1, 0, 8, 1, 0, 0, 0, 0], "bytes 0 and 1 must be 0, got 1 0");
  refuse([0, 0, 8, 0], "0 dimensions need a header of 4 bytes, got 4");
  refuse([0, 0, 8, 9], "the number of dimensions, must be at most 8, got 9");
  refuse([0, 0, 13, 1, 0, 0, 0, 0], "byte 2 must be 8 for unsigned bytes, got 13");
  refuse([0, 0, 8, 3, 0, 0], "3 dimensions need a header of 16 bytes, got 6");
  refuse([0, 0, 8, 1, 0, 0, 0, 4, 1, 2], "announces 4 = 4 bytes, the file holds 2");
  refuse([0, 0, 8, 1, 255, 255, 255, 255, 1], "announces 4294967295");
});

Deno.test("split() gives parts that are disjoint and complete", () => {
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 60 }), fc.nat(), (count, draw) => {
      const testSize = 1 + draw % (count - 1), set = drawDigits(count, 5);
      const { train, test } = split(set, testSize);
      assertEquals([...test.labels, ...train.labels], [...set.labels]);
      assertEquals([...test.pixels, ...train.pixels].length, set.pixels.length);
    }),
    { numRuns: 30 },
  );
  const set = drawDigits(800, 1);
  for (const size of [0, 800, 1000, 2.5]) {
    assertThrows(
      () => split(set, size),
      RangeError,
      `Cannot split 800 digits: testSize must be from 1 to 799, got ${size}`,
    );
  }
});

Deno.test("shuffle() keeps each picture with its label, and the same seed gives the same order", () => {
  const set = drawDigits(40, 2), shuffled = shuffle(set, seededRandom(3));
  const key = (s: typeof set, i: number) => `${s.labels[i]} ${pixelsOf(s, i)}`;
  const keys = (s: typeof set) => Array.from(s.labels, (_, i) => key(s, i));
  assertEquals(keys(shuffled).toSorted(), keys(set).toSorted());
  assert(keys(shuffled).join() !== keys(set).join());
  assertEquals(shuffle(set, seededRandom(3)).labels, shuffled.labels);
});

Deno.test("normalise() makes one column per digit with values from 0 to 1", () => {
  const set = { ...drawDigits(2, 1), pixels: new Uint8Array(2 * 784).fill(51, 784) };
  const X = normalise(set);
  assertEquals([X.rows, X.cols, X.data[0], X.data[784]], [784, 2, 0, 0.2]);
});

Deno.test("oneHot() has a fixed width and refuses labels that are no class", () => {
  assertEquals(toRows(oneHot([1, 0], 3)), [[0, 1], [1, 0], [0, 0]]);
  assertEquals(oneHot([0, 7]).rows, 10);
  assertThrows(() => oneHot([3, 12]), RangeError, "labels[1]: must be a whole number from 0 to 9, got 12");
  assertThrows(() => oneHot([0.5]), RangeError, "got 0.5");
  assertThrows(() => oneHot([0, 3], 3), RangeError, "labels[1]: must be a whole number from 0 to 2, got 3");
  assertThrows(() => oneHot([-1]), RangeError, "got -1");
});

Deno.test("digits(), pixelsOf(), pick() and slice() refuse what is not there", () => {
  const set = drawDigits(3, 1);
  assertThrows(() => digits({ ...set, pixels: new Uint8Array(5) }), TypeError, "need 2352 pixels, got 5");
  assertThrows(
    () => digits({ ...set, labels: Uint8Array.of(1, 2, 10) }),
    RangeError,
    "label 2 must be a digit from 0 to 9, got 10",
  );
  assertThrows(
    () => digits({ ...set, labels: new Uint8Array(), pixels: new Uint8Array() }),
    RangeError,
    "at least one digit",
  );
  assertThrows(
    () => digits({ ...set, labels: Uint8Array.of(10, 9, 0) }),
    RangeError,
    "label 0 must be a digit from 0 to 9, got 10",
  );
  assertEquals([...digits({ ...set, labels: Uint8Array.of(9, 9, 0) }).labels], [9, 9, 0]);
  for (const index of [-1, 0.5]) assertThrows(() => pixelsOf(set, index), RangeError);
  for (const [from, to] of [[-1, 2], [0.5, 2], [0, 1.5], [2, 1], [0, NaN]] as const) {
    assertThrows(() => slice(set, from, to), RangeError, `digits ${from} to ${to} of 3`);
  }
  assertThrows(() => pixelsOf(set, 3), RangeError, "must be a whole number from 0 to 2");
  assertThrows(() => pick(set, [0, -1]), RangeError);
  assertThrows(() => slice(set, 2, 9), RangeError, "digits 2 to 9 of 3");
});

Deno.test("pick() and slice() take pixels, fractions and labels of the same digits", () => {
  const set = digits({ // three pictures of 1 × 2, their tens digit the number of the picture
    pixels: Uint8Array.of(10, 11, 20, 21, 30, 31),
    values: Float64Array.of(0.1, 0.11, 0.2, 0.21, 0.3, 0.31),
    labels: Uint8Array.of(1, 2, 3),
    width: 2,
    height: 1,
    name: "three",
    provenance: "made by hand",
  });
  const inside = ({ labels, pixels, values }: typeof set) => [[...labels], [...pixels], [...values!]];
  assertEquals(inside(pick(set, [2, 0])), [[3, 1], [30, 31, 10, 11], [0.3, 0.31, 0.1, 0.11]]);
  assertEquals(inside(slice(set, 1)), [[2, 3], [20, 21, 30, 31], [0.2, 0.21, 0.3, 0.31]]);
  assertEquals(inside(slice(set, 0, 2)), [[1, 2], [10, 11, 20, 21], [0.1, 0.11, 0.2, 0.21]]);
  assertEquals(inside(slice(set, 2, 2)), [[], [], []]);
  assertEquals(toRows(normalise(set)), [[0.1, 0.2, 0.3], [0.11, 0.21, 0.31]]);
  assertEquals(pick(drawDigits(2, 1), [1]).values, undefined);
});

Deno.test("shiftToCentre() moves the centre of mass to (14, 14)", () => {
  const ink = new Uint8Array(784);
  ink[28 * 3 + 10] = 1; // columns: (10 + 3 · 22) / 4 = 19, rows: (3 + 3 · 7) / 4 = 6
  ink[28 * 7 + 22] = 3;
  assertEquals(shiftToCentre(ink, 28), { right: -5, down: 8 });
  assertEquals(shiftToCentre([0, 0, 0, 0, 0, 0, 0, 0, 9], 3), { right: -0, down: -0 }); // 1.5 − 2, rounded up
});

Deno.test("loadDigits() takes packed and plain IDX and CSV, and says what is wrong with the rest", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const header = (magic: number[], sizes: number[]) => [...magic, ...sizes.flatMap((n) => [0, 0, 0, n])];
    const gzip = async (bytes: Uint8Array<ArrayBuffer>) =>
      new Uint8Array(
        await new Response(new Blob([bytes]).stream().pipeThrough(new CompressionStream("gzip"))).arrayBuffer(),
      );
    for (const [part, labels] of [["train", [5, 0]], ["t10k", [7]]] as const) {
      const images = Uint8Array.from([
        ...header([0, 0, 8, 3], [labels.length, 2, 2]),
        ...labels.flatMap((l) => [l, 0, 0, 255]),
      ]);
      const names = Uint8Array.from([...header([0, 0, 8, 1], [labels.length]), ...labels]);
      if (part === "train") await Deno.writeFile(`${folder}/train-images-idx3-ubyte.gz`, await gzip(images));
      else await Deno.writeFile(`${folder}/t10k-images-idx3-ubyte`, images);
      await Deno.writeFile(`${folder}/${part}-labels-idx1-ubyte`, names);
    }
    const set = await loadDigits(`mnist:${folder}`);
    assertEquals([set.name, [...set.labels], set.width, [...set.test!.labels]], [basename(folder), [5, 0], 2, [7]]);
    assertEquals([...pixelsOf(set, 1)], [0, 0, 0, 255]);

    await Deno.writeTextFile(`${folder}/four.csv`, "label,a,b,c,d\n4,0,9,9,0\n");
    assertEquals((await loadDigits(`csv:${folder}/four.csv`)).width, 2);
    const quoted = 'label,a,b,c,d\n"4","0",9,9,0\n9,1,2,3,255\n\n0,5,6,7,8\n'; // not plain, and clean
    await Deno.writeTextFile(`${folder}/quoted.csv`, quoted);
    await Deno.writeTextFile(`${folder}/plain.csv`, quoted.replaceAll('"', ""));
    for (const name of ["quoted.csv", "plain.csv"]) {
      const set = await loadDigits(`csv:${folder}/${name}`);
      assertEquals([[...set.labels], [...set.pixels], set.width, set.height], [
        [4, 9, 0],
        [0, 9, 9, 0, 1, 2, 3, 255, 5, 6, 7, 8],
        2,
        2,
      ]);
      assertEquals([set.name, set.provenance], [name, `3 digits from ${name}`]);
    }
    await Deno.writeTextFile(`${folder}/bad.csv`, "label,a,b,c,d\n4,0,9,9,0\n14,0,0,0,0\n");
    await assertRejects(
      () => loadDigits(`csv:${folder}/bad.csv`),
      SyntaxError,
      'Cannot load "bad.csv": label at line 3, column 1',
    );
    await Deno.writeTextFile(`${folder}/three.csv`, "label,a,b,c\n4,0,9,9\n");
    await assertRejects(
      () => loadDigits(`csv:${folder}/three.csv`),
      SyntaxError,
      "a square picture is needed, got 3 pixels a row",
    );
    await Deno.writeTextFile(`${folder}/train-images-idx3-ubyte.gz`, "not packed");
    await assertRejects(() => loadDigits(`mnist:${folder}`), SyntaxError, 'Cannot unpack "train-images-idx3-ubyte.gz"');
    await assertRejects(() => loadDigits(`mnist:${folder}/none`), Error, "there is no such folder; see data/README.md");
    await assertRejects(() => loadDigits(`csv:${folder}`), Error, "it is a folder");
    await assertRejects(
      () => loadDigits(`mnist:${folder}/four.csv`),
      Error,
      `Cannot load MNIST from "${folder}/four.csv": it is not a folder; see data/README.md`,
    );
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
  for (const source of ["nonsense", "parquet:x", "csv:", ""]) {
    await assertRejects(() => loadDigits(source), RangeError, `Cannot load data "${source}"`);
  }
});

Deno.test("loadDigits() draws as many digits as asked, and refuses a count that is none", async () => {
  assertEquals((await loadDigits("drawn:30")).labels.length, 30);
  assertEquals((await loadDigits("drawn:1")).labels.length, 1);
  for (const source of ["drawn:", "drawn:0", "drawn:1e3", "drawn:-5", "drawn:1000000"]) {
    await assertRejects(
      () => loadDigits(source),
      RangeError,
      `Cannot load data "${source}": drawn takes a count from 1`,
    );
  }
});

Deno.test("a set in MNIST's form is called as its folder is, and its classes as one says", async () => {
  const parent = await Deno.makeTempDir(), folder = `${parent}/fashion`;
  const idx = (sizes: number[], data: number[]) =>
    Uint8Array.from([0, 0, 8, sizes.length, ...sizes.flatMap((n) => [0, 0, 0, n]), ...data]);
  const names = "top,trousers,pullover,dress,coat,sandal,shirt,sneaker,bag,boot".split(",");
  try {
    await Deno.mkdir(folder);
    for (const part of ["train", "t10k"]) {
      await Deno.writeFile(`${folder}/${part}-images-idx3-ubyte`, idx([2, 1, 2], [1, 2, 3, 4]));
      await Deno.writeFile(`${folder}/${part}-labels-idx1-ubyte`, idx([2], [9, 1]));
    }
    const set = await loadDigits(`mnist:${folder}`, names);
    assertEquals([set.name, set.test!.name], ["fashion", "fashion test digits"]);
    assertEquals(set.provenance, "2 pictures in the form of MNIST, from fashion");
    assertEquals([className(set, 9), className(set.test!, 1)], ["boot", "trousers"]);
    assertEquals(className(await loadDigits(`mnist:${folder}`), 9), "9");
    await assertRejects(
      () => loadDigits(`mnist:${folder}`, ["a", "b"]),
      RangeError,
      'ten class names are needed, got "a,b"',
    );
  } finally {
    await Deno.remove(parent, { recursive: true });
  }
});

Deno.test("loadDigits() refuses IDX files that do not fit each other", async () => {
  const parent = await Deno.makeTempDir(), folder = `${parent}/odd`;
  const idx = (sizes: number[], data: number[]) =>
    Uint8Array.from([0, 0, 8, sizes.length, ...sizes.flatMap((n) => [0, 0, 0, n]), ...data]);
  const cases: [images: Uint8Array, labels: Uint8Array, found: string][] = [
    [idx([2, 2], [1, 2, 3, 4]), idx([2], [5, 6]), "images [2 × 2] and labels [2]"],
    [idx([2, 1, 2], [1, 2, 3, 4]), idx([2, 1], [5, 6]), "images [2 × 1 × 2] and labels [2 × 1]"],
    [idx([2, 1, 2], [1, 2, 3, 4]), idx([3], [5, 6, 7]), "images [2 × 1 × 2] and labels [3]"],
  ];
  try {
    await Deno.mkdir(folder);
    for (const [images, labels, found] of cases) {
      await Deno.writeFile(`${folder}/train-images-idx3-ubyte`, images);
      await Deno.writeFile(`${folder}/train-labels-idx1-ubyte`, labels);
      await assertRejects(
        () => loadDigits(`mnist:${folder}`),
        SyntaxError,
        `Cannot load odd from "${folder}": ${found} must be [n × height × width] and [n]`,
      );
    }
  } finally {
    await Deno.remove(parent, { recursive: true });
  }
});

/** Runs something with variables of the environment set, or unset where a value is null. */
async function withEnv(variables: Record<string, string | null>, action: () => unknown): Promise<void> {
  const before = Object.keys(variables).map((name) => [name, Deno.env.get(name) ?? null] as const);
  const put = (name: string, value: string | null) =>
    value === null ? Deno.env.delete(name) : Deno.env.set(name, value);
  Object.entries(variables).forEach(([name, value]) => put(name, value));
  try {
    await action();
  } finally {
    before.forEach(([name, value]) => put(name, value));
  }
}

Deno.test("DIGITS_DATA names MNIST's folder, from anywhere or from the project's folder, or says drawn", async () => {
  await withEnv({ DIGITS_DATA: "drawn" }, async () => {
    assertEquals([mnistFolder(), defaultSource()], [null, "drawn"]);
    await assertRejects(() => loadDigits("mnist"), RangeError, 'Cannot load data "mnist": it is not here yet');
  });
  await withEnv({ DIGITS_DATA: "/some/where" }, async () => {
    assertEquals([mnistFolder(), defaultSource()], ["/some/where", "mnist"]);
    await assertRejects(() => loadDigits(), Error, 'Cannot load MNIST from "/some/where": there is no such folder');
  });
  await withEnv({ DIGITS_DATA: "data/other" }, () => {
    assertEquals(mnistFolder(), fileURLToPath(new URL("../../data/other", import.meta.url)));
  });
});

Deno.test("DIGITS_CLASSES names the ten classes", async () => {
  await withEnv({ DIGITS_CLASSES: "zero, one,two,three,four,five,six,seven,eight,nine" }, async () => {
    assertEquals(className(await loadDigits("drawn:1"), 1), "one");
  });
  await withEnv({ DIGITS_CLASSES: "zero,,two,three,four,five,six,seven,eight,nine" }, async () => {
    await assertRejects(() => loadDigits("drawn:1"), RangeError, "ten class names are needed");
  });
});

Deno.test("findCoursera() looks where DIGITS_COURSERA says, then in and beside MNIST's folder", async () => {
  const parent = await Deno.makeTempDir(), put = (path: string) => Deno.writeTextFile(`${parent}/${path}`, "");
  const found = async (DIGITS_COURSERA: string | null, DIGITS_DATA: string, expected: string | null) =>
    await withEnv({ DIGITS_COURSERA, DIGITS_DATA }, async () => assertEquals(await findCoursera(), expected));
  try {
    for (const name of ["own", "mnist/ex4", "ex4"]) await Deno.mkdir(`${parent}/${name}`, { recursive: true });
    await found(`${parent}/own`, `${parent}/mnist`, null); // folders, but no file in them
    await put("ex4/ex4data1.mat");
    await found(`${parent}/own`, `${parent}/mnist`, join(parent, "ex4"));
    await put("mnist/ex4/ex4data1.mat");
    await found(null, `${parent}/mnist`, join(parent, "mnist", "ex4"));
    await put("own/ex4data1.mat");
    await found(`${parent}/own`, `${parent}/mnist`, `${parent}/own`);
    await found(`${parent}/own`, "drawn", `${parent}/own`);
    await found(null, "drawn", null);
  } finally {
    await Deno.remove(parent, { recursive: true });
  }
});

const folder = mnistFolder();
Deno.test(
  { name: "MNIST itself: sizes, first labels, nearest average 82.0 % (needs DIGITS_DATA)", ignore: !folder },
  async () => {
    const set = await loadDigits("mnist");
    assertEquals([set.labels.length, set.test!.labels.length, [...set.labels.slice(0, 5)].join("")], [
      60_000,
      10_000,
      "50419",
    ]);
    const reached = accuracy(nearestMean(meanImages(set), set.test!), set.test!.labels);
    assert(Math.abs(reached - 0.82) < 0.001, String(reached));
  },
);
