import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { differenceInterval, pairedDifference } from "../../lib/evaluation/compare.ts";
import { seededRandom } from "../../lib/random.ts";

Deno.test("differenceInterval() by hand, and what it refuses", () => {
  const [low, high] = differenceInterval(0.9, 100, 0.8, 400);
  const half = 1.96 * Math.sqrt(0.09 / 100 + 0.16 / 400);
  assertAlmostEquals(low, 0.1 - half, 1e-12);
  assertAlmostEquals(high, 0.1 + half, 1e-12);
  assertThrows(() => differenceInterval(1.2, 5, 0, 5), RangeError, "got 1.2 of 5");
  assertThrows(() => differenceInterval(0.5, 5, 0.5, 0), RangeError, "got 0.5 of 0");
});

Deno.test("pairedDifference() counts where one is right and the other wrong, and refuses lists that do not fit", () => {
  const labels = [0, 1, 2, 3, 4, 5], first = [0, 1, 2, 3, 9, 9], second = [0, 1, 2, 8, 4, 9];
  const { onlyFirst, onlySecond, difference, interval: [low, high] } = pairedDifference(first, second, labels);
  assertEquals([onlyFirst, onlySecond, difference], [1, 1, 0]);
  assertAlmostEquals(high - low, 2 * 1.96 * Math.sqrt(2) / 6, 1e-12);
  assertThrows(() => pairedDifference([1], [1, 2], [1, 2]), TypeError);
});

Deno.test("two readers of one skill: in about 95 of 100 tests the interval holds 0, paired or not", () => {
  const random = seededRandom(5), n = 400, labels = new Array<number>(n).fill(1);
  let paired = 0, apart = 0;
  for (let test = 0; test < 500; test++) {
    const hard = labels.map(() => random() < 0.3); // what is hard is hard for both
    const reads = () => hard.map((is) => Number(random() < (is ? 0.6 : 0.95)));
    const first = reads(), second = reads(), share = (read: number[]) => read.reduce((a, b) => a + b) / n;
    const [low, high] = pairedDifference(first, second, labels).interval;
    if (low <= 0 && 0 <= high) paired++;
    const [under, over] = differenceInterval(share(first), n, share(second), n);
    if (under <= 0 && 0 <= over) apart++;
  }
  assert(paired >= 460 && paired <= 490, String(paired));
  assert(apart > paired, `${apart}: for the same digits it is too careful`);
});
