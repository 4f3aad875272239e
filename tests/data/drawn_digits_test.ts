import { assert, assertEquals, assertThrows } from "@std/assert";
import { checkDigitTable } from "../../lib/data/cleanliness.ts";
import { parseNumericCsv } from "../../lib/data/csv.ts";
import { pixelsOf } from "../../lib/data/digits.ts";
import { drawDigit, drawDigits } from "../../lib/data/drawn_digits.ts";
import { split } from "../../lib/data/prepare.ts";
import { loadDigits } from "../../lib/data/sources.ts";
import { meanImages, nearestMean } from "../../lib/evaluation/baseline.ts";
import { accuracy } from "../../lib/network/predict.ts";
import { dirtyCsv, drawnDigitsPng, sampleCsv, walkThroughPng } from "../../tools/make_samples.ts";

const table = (text: string) => parseNumericCsv(new TextEncoder().encode(text), "test.csv");

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

Deno.test("loadDigits() draws so many digits that a smaller count is the beginning of a larger one", async () => {
  assertEquals((await loadDigits("drawn:30")).pixels, (await loadDigits("drawn")).pixels.slice(0, 30 * 784));
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
