import { assert, assertEquals } from "@std/assert";
import { drawFrom, inputsOf } from "../../lib/course/draw.ts";
import { seededRandom } from "../../lib/random.ts";

Deno.test("drawFrom() stays within its bounds, and reaches both ends", () => {
  const draw = drawFrom(seededRandom(1)), whole = draw.list(300, () => draw.whole(2, 4));
  assertEquals([...new Set(whole)].sort(), [2, 3, 4]);
  const numbers = draw.list(300, draw.number), shares = draw.list(300, draw.share);
  assert(numbers.every((x) => x >= -5 && x <= 5 && Number(x.toFixed(1)) === x) && numbers.includes(0));
  assert(shares.every((p) => p > 0 && p < 1));
  assertEquals(draw.pick(["a"]), "a");
});

Deno.test("inputsOf() gives the same inputs for a seed, small ones first", () => {
  const family = (draw: ReturnType<typeof drawFrom>, size: number) => [draw.list(size, draw.number)] as [number[]];
  const inputs = inputsOf(family, 3, 12);
  assertEquals(inputs, inputsOf(family, 3, 12));
  assertEquals(inputs.map(([list]) => list.length), [1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6]);
});
