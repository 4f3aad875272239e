import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { digits } from "../../lib/data/digits.ts";
import { drawDigits } from "../../lib/data/drawn_digits.ts";
import { distanceToNearest, UNLIKE_BEYOND } from "../../lib/evaluation/unlike.ts";

const known = digits({
  pixels: Uint8Array.of(0, 0, 0, 255, 255, 255, 0, 0),
  labels: Uint8Array.of(1, 2),
  width: 2,
  height: 2,
  name: "two",
  provenance: "by hand",
});

Deno.test("distanceToNearest() is the distance to the nearer one, by hand", () => {
  assertEquals(distanceToNearest([0, 0, 0, 255], known), 0);
  assertEquals(distanceToNearest([0, 0, 0, 0], known), 1); // √2 from the other
  assertAlmostEquals(distanceToNearest([255, 255, 51, 51], known), Math.sqrt(2 * 0.04), 1e-12);
  assertThrows(() => distanceToNearest([1, 2, 3], known), TypeError, "3 pixels with digits of 4");
});

Deno.test("new digits are like known ones, and a frame is not", () => {
  const all = drawDigits(2000, 1), others = drawDigits(200, 2);
  const far = others.labels.reduce(
    (sum, _, i) => sum + Number(distanceToNearest(others.pixels.slice(784 * i, 784 * (i + 1)), all) > UNLIKE_BEYOND),
    0,
  );
  assert(far <= 4, `${far} of 200`);
  const frame = Uint8Array.from({ length: 784 }, (_, i) => {
    const x = i % 28, y = Math.floor(i / 28), inside = (at: number) => at >= 4 && at < 24;
    return inside(x) && inside(y) && !(x > 5 && x < 22 && y > 5 && y < 22) ? 255 : 0;
  });
  assert(distanceToNearest(frame, all) > UNLIKE_BEYOND);
});
