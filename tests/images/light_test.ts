import { assert, assertStrictEquals } from "@std/assert";
import { evenlyLit } from "../../lib/images/light.ts";
import type { GreyImage } from "../../lib/images/grey_image.ts";
import { seededRandom } from "../../lib/random.ts";

const made = (light: (x: number, y: number) => number, side = 200): GreyImage => {
  const random = seededRandom(1);
  const data = Float64Array.from({ length: side * side }, (_, i) => {
    const x = 2 * (i % side) / side - 1, y = 2 * Math.floor(i / side) / side - 1;
    const ink = Math.abs(x) < 0.03 && Math.abs(y) < 0.4 ? 0.5 : 1;
    return light(x, y) * ink + 4 * random();
  });
  return { width: side, height: side, data };
};

Deno.test("evenlyLit() takes away light that falls off by half, aslant or towards the corners, and leaves the ink", () => {
  for (const light of [(x: number) => 160 - 50 * x, (x: number, y: number) => 200 - 50 * (x * x + y * y)]) {
    const { data } = evenlyLit(made(light)), at = (x: number, y: number) => data[y * 200 + x]!;
    const paper = [at(10, 10), at(190, 10), at(10, 190), at(190, 190), at(60, 100), at(140, 100)];
    assert(Math.max(...paper) - Math.min(...paper) < 20, String(paper));
    assert(at(100, 100) < Math.min(...paper) - 50);
  }
});

Deno.test("evenlyLit() leaves evenly lit, very small, and crowded pictures as they are", () => {
  for (const image of [made(() => 200), made((x) => 160 - 50 * x, 28), made((x) => Math.sin(12 * x) > 0 ? 30 : 220)]) {
    assertStrictEquals(evenlyLit(image), image);
  }
  const one = { width: 1, height: 3000, data: new Float64Array(3000).fill(7) };
  assertStrictEquals(evenlyLit(one), one);
});
