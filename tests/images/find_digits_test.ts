import { assert, assertEquals, assertThrows } from "@std/assert";
import { findDigits } from "../../lib/images/find_digits.ts";
import { mapPixels } from "../../lib/images/grey_image.ts";
import { page } from "./page.ts";

const counts = (image: Parameters<typeof findDigits>[0]) => findDigits(image).map((row) => row.length);

Deno.test("findDigits() finds none, one, ten, a hundred, row by row and from left to right", () => {
  assertEquals(counts(page([])), []);
  assertEquals(counts(page(["7"])), [1]);
  assertEquals(counts(page(["3141592653"])), [10]);
  assertEquals(counts(page(["12345", "678", "90"])), [5, 3, 2]);
  assertEquals(counts(page(Array(10).fill("0123456789"), { size: 50 })), Array(10).fill(10));
  assertEquals(counts(mapPixels(page(["2718", "28"]), (value) => 255 - value)), [4, 2]);
  const [row] = findDigits(page(["825"]));
  assert(row!.every(({ box }, k) => k === 0 || box.left > row![k - 1]!.box.left));
  assert(row!.every(({ box }) => box.height > 30 && box.height < 60 && box.top > 40 && box.top < 80));
});

Deno.test("findDigits() leaves out specks, ruled lines, a printed frame and a shadow at the rim", () => {
  const plain = page(["4711"]), { width, height } = plain;
  const at = (i: number) => [i % width, Math.floor(i / width)] as const;
  const specks = mapPixels(plain, (value, i) => i % 7919 === 0 ? 40 : value);
  const lines = mapPixels(plain, (value, i) => [6, height - 6].includes(at(i)[1]) ? 90 : value);
  const frame = mapPixels(plain, (value, i) => {
    const [x, y] = at(i), rim = Math.min(x, y, width - 1 - x, height - 1 - y);
    return rim > 8 && rim < 12 ? 60 : value;
  });
  const shadow = mapPixels(plain, (value, i) => at(i)[0] > width - 14 ? 60 : value);
  for (const [name, image] of Object.entries({ specks, lines, frame, shadow })) assertEquals(counts(image), [4], name);
});

Deno.test("findDigits() cuts neighbours that touch, and says so", () => {
  const touching = findDigits(page(["00"], { gap: -21 }));
  assertEquals(touching.map((row) => row.map(({ touched }) => touched)), [[true, true]]);
  assertEquals(findDigits(page(["00"])).map((row) => row.map(({ touched }) => touched)), [[false, false]]);
});

Deno.test("findDigits() gives the digits in MNIST's form, and refuses a picture without pixels", () => {
  for (const { prepared } of findDigits(page(["1234567890"])).flat()) {
    assertEquals(prepared.length, 784);
    assert(Math.max(...prepared) > 230);
  }
  assertThrows(() => findDigits({ width: 0, height: 3, data: new Float64Array() }), RangeError, "0 × 3 pixels");
  for (const [width, height] of [[1, 1], [1, 5000], [5000, 1]] as const) {
    assertEquals(findDigits({ width, height, data: new Float64Array(width * height) }), []);
  }
});
