import { assertEquals, assertStrictEquals } from "@std/assert";
import { withoutRim } from "../../lib/images/rim.ts";
import type { GreyImage } from "../../lib/images/grey_image.ts";

const made = (value: (x: number, y: number) => number, side = 100): GreyImage => ({
  width: side,
  height: side,
  data: Float64Array.from({ length: side * side }, (_, i) => value(i % side, Math.floor(i / side))),
});

Deno.test("withoutRim() cuts a table off, on one side or on all, and says where the rest was", () => {
  const all = withoutRim(made((x, y) => Math.min(x, y, 99 - x, 99 - y) < 8 ? 50 : 210));
  assertEquals([all.picture.width, all.picture.height, all.left, all.top], [82, 82, 9, 9]);
  assertEquals(new Set(all.picture.data), new Set([210]));
  const one = withoutRim(made((x) => x < 12 ? 230 : 60)); // light beside a board
  assertEquals([one.picture.width, one.picture.height, one.left, one.top], [87, 100, 13, 0]);
});

Deno.test("withoutRim() leaves light that falls off, half a picture, and small pictures", () => {
  for (
    const image of [
      made((x, y) => 230 - 1.4 * Math.hypot(x - 50, y - 50)),
      made((x) => x < 50 ? 40 : 220),
      made((x) => x < 3 ? 0 : 200, 28),
    ]
  ) {
    assertStrictEquals(withoutRim(image).picture, image);
  }
});
