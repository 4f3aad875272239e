import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { pixelsOf } from "../../lib/data/digits.ts";
import { drawDigits } from "../../lib/data/drawn_digits.ts";
import { normalise, oneHot, shuffle, split } from "../../lib/data/prepare.ts";
import { toRows } from "../../lib/matrix.ts";
import { seededRandom } from "../../lib/random.ts";

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
