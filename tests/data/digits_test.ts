import { assertEquals, assertThrows } from "@std/assert";
import { digits, joined, pick, pixelsOf, rimOf, shiftToCentre, slice } from "../../lib/data/digits.ts";
import { drawDigits } from "../../lib/data/drawn_digits.ts";
import { normalise } from "../../lib/data/prepare.ts";
import { toRows } from "../../lib/matrix.ts";

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

Deno.test("joined() puts two sets behind each other, and refuses pictures of two sizes", () => {
  const [first, second] = [drawDigits(3, 1), drawDigits(2, 2)], both = joined(first, second);
  assertEquals(both.labels, Uint8Array.of(...first.labels, ...second.labels));
  assertEquals(both.pixels.subarray(3 * 784), second.pixels);
  assertEquals(both.name, "drawn digits and drawn digits");
  assertThrows(() => joined(first, { ...second, width: 14 }), TypeError, "28 × 28 with digits of 14 × 28");
});

Deno.test("rimOf() takes the first and last rows and columns of every picture, each pixel once", () => {
  for (const [width, height] of [[1, 1], [1, 4], [4, 1], [2, 2], [3, 4], [28, 28]] as const) {
    const pixels = Uint8Array.from({ length: 3 * width * height }, (_, i) => i * i % 251);
    const atRim = pixels.filter((_, i) => {
      const x = i % width, y = Math.floor(i / width) % height;
      return x === 0 || y === 0 || x === width - 1 || y === height - 1;
    });
    assertEquals(rimOf({ pixels, width, height }), atRim.reduce((sum, v) => sum + v, 0) / atRim.length, `${width}`);
  }
});
