import { basename } from "node:path";
import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import fc from "fast-check";
import { checkCleanliness, checkDigitTable, describeFinding } from "../../lib/data/cleanliness.ts";
import { parseNumericCsv } from "../../lib/data/csv.ts";
import { className, digits, pick, pixelsOf, slice } from "../../lib/data/digits.ts";
import { drawDigit, drawDigits } from "../../lib/data/drawn_digits.ts";
import { parseIdx } from "../../lib/data/idx.ts";
import { normalise, oneHot, shuffle, split } from "../../lib/data/prepare.ts";
import { loadDigits, mnistFolder } from "../../lib/data/sources.ts";
import { meanImages, nearestMean } from "../../lib/evaluation/baseline.ts";
import { toRows } from "../../lib/matrix.ts";
import { accuracy } from "../../lib/network/predict.ts";
import { seededRandom } from "../../lib/random.ts";
import { dirtyCsv, drawnDigitsPng, sampleCsv, walkThroughPng } from "../../tools/make_samples.ts";

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

Deno.test("data/sample.csv and data/dirty.csv are what make_samples.ts writes", async () => {
  assertEquals(await Deno.readTextFile(new URL("../../data/sample.csv", import.meta.url)) === sampleCsv(), true);
  assertEquals(await Deno.readTextFile(new URL("../../data/dirty.csv", import.meta.url)) === dirtyCsv(), true);
  assertEquals(checkDigitTable(table(sampleCsv())), []);
  assertEquals(checkDigitTable(table(dirtyCsv())).map(({ places }) => places[0]!.line), [4, 7, 9]);
});

Deno.test("the pictures of the pages are what make_samples.ts draws", async () => {
  for (const [name, draw] of [["walk_through", walkThroughPng], ["drawn_digits", drawnDigitsPng]] as const) {
    assertEquals(await Deno.readFile(new URL(`../../notebooks/${name}.png`, import.meta.url)), await draw());
  }
});

Deno.test("parseIdx() reads images and labels, and refuses what does not fit", () => {
  assertEquals(parseIdx(Uint8Array.of(0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 2, 7, 9), "x").sizes, [1, 1, 2]);
  const refuse = (bytes: number[], text: string) =>
    assertThrows(() => parseIdx(Uint8Array.from(bytes), "x"), SyntaxError, text);
  refuse([], "bytes 0 and 1 must be 0");
  refuse([60, 33, 68, 79], "bytes 0 and 1 must be 0, got 60 33");
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
  assertThrows(() => pixelsOf(set, 3), RangeError, "must be a whole number from 0 to 2");
  assertThrows(() => pick(set, [0, -1]), RangeError);
  assertThrows(() => slice(set, 2, 9), RangeError, "digits 2 to 9 of 3");
});

Deno.test("drawDigits() is a function of its seed, down to the last byte", async () => {
  const digest = async (bytes: Uint8Array<ArrayBuffer>) =>
    new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex().slice(0, 16);
  const set = drawDigits(500, 2024);
  // recorded from this function: a change of any byte changes all the course's numbers, and must be meant
  assertEquals(await digest(set.pixels as Uint8Array<ArrayBuffer>), "d0932f0e24c9851d");
  assertEquals(drawDigits(500, 2024).pixels, set.pixels);
  assert(drawDigits(500, 2025).pixels.some((grey, i) => grey !== set.pixels[i]));
});

Deno.test("drawDigits() draws the same bytes without the optimising compiler", async () => {
  const code = `import { drawDigits } from ${
    JSON.stringify(new URL("../../lib/data/drawn_digits.ts", import.meta.url).href)
  };
    console.log(new Uint8Array(await crypto.subtle.digest("SHA-256", drawDigits(500, 2024).pixels)).toHex().slice(0, 16));`;
  const { stdout } = await new Deno.Command(Deno.execPath(), { args: ["eval", "--v8-flags=--no-opt", code] }).output();
  assertEquals(new TextDecoder().decode(stdout).trim(), "d0932f0e24c9851d");
});

Deno.test("drawDigit() is a function of class and variation, and fills MNIST's box", () => {
  assertEquals(drawDigit(3, 5), drawDigit(3, 5));
  assert(drawDigit(3, 5).some((grey, i) => grey !== drawDigit(3, 6)[i]));
  for (let digit = 0; digit < 10; digit++) {
    for (let variation = 0; variation < 300; variation++) {
      const pixels = drawDigit(digit, variation);
      const inked = [...pixels.keys()].filter((i) => pixels[i]! > 40);
      const rows = inked.map((i) => Math.floor(i / 28)), cols = inked.map((i) => i % 28);
      const high = Math.max(...rows) - Math.min(...rows) + 1, wide = Math.max(...cols) - Math.min(...cols) + 1;
      const name = `digit ${digit}, variation ${variation}: ${wide} × ${high}`;
      assert(Math.max(high, wide) >= 18 && Math.max(high, wide) <= 22, name);
      assert(Math.max(...pixels) > 200, `${name}: no pixel is dark`);
      assert(inked.length > 20 && inked.length < 320, `${name}: ${inked.length} pixels of ink`);
    }
  }
});

Deno.test("drawn digits resemble MNIST's: blank share, ink, place, and how well averages read them", () => {
  const set = drawDigits(3000, 11);
  const blank = set.pixels.filter((grey) => grey === 0).length / set.pixels.length;
  const ink = set.pixels.reduce((a, b) => a + b) / set.pixels.length;
  assert(blank > 0.78 && blank < 0.84, `blank ${blank}`); // MNIST 0.809
  assert(ink > 27 && ink < 38, `ink ${ink}`); // MNIST 33.3
  for (let i = 0; i < 200; i++) {
    const pixels = pixelsOf(set, i), mass = pixels.reduce((a, b) => a + b);
    const x = pixels.reduce((sum, grey, p) => sum + grey * (p % 28), 0) / mass;
    const y = pixels.reduce((sum, grey, p) => sum + grey * Math.floor(p / 28), 0) / mass;
    assert(Math.abs(x - 14) <= 0.51 && Math.abs(y - 14) <= 0.51, `digit ${i} is centred at ${x}, ${y}`);
  }
  const { train, test } = split(set, 500);
  const baseline = accuracy(nearestMean(meanImages(train), test), test.labels);
  assert(baseline > 0.65 && baseline < 0.86, `nearest average ${baseline}`); // MNIST 0.82
});

Deno.test("drawDigit() and drawDigits() refuse what cannot be drawn", () => {
  assertThrows(() => drawDigit(10, 1), RangeError, "Cannot draw 10");
  assertThrows(() => drawDigits(0, 1), RangeError, "count must be a whole number from 1, got 0");
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
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
  for (const source of ["nonsense", "parquet:x", "csv:", ""]) {
    await assertRejects(() => loadDigits(source), RangeError, `Cannot load data "${source}"`);
  }
});

Deno.test("loadDigits() draws as many digits as asked, and refuses a count that is none", async () => {
  const set = await loadDigits("drawn:30");
  assertEquals(set.pixels, (await loadDigits("drawn")).pixels.slice(0, 30 * 784));
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
