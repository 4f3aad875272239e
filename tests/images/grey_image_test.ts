import { assert, assertEquals, assertThrows } from "@std/assert";
import { type GreyImage, maximum, minimum, resize } from "../../lib/images/grey_image.ts";
import { seededRandom } from "../../lib/random.ts";

Deno.test("resize() keeps the mean, and the picture where it has the size already", () => {
  const random = seededRandom(2),
    image = { width: 31, height: 17, data: Float64Array.from({ length: 31 * 17 }, () => 255 * random()) };
  const mean = ({ data }: GreyImage) => data.reduce((a, b) => a + b) / data.length;
  for (const [w, h] of [[7, 5], [31, 17], [1, 1], [60, 40]] as const) {
    assert(Math.abs(mean(resize(image, w, h)) - mean(image)) < 1e-9);
  }
  assertEquals(resize(image, 31, 17).data.map(Math.round), image.data.map(Math.round));
  assertThrows(() => resize(image, 0, 3), RangeError, "a side must be a whole number from 1, got 0");
});

Deno.test("minimum() and maximum() look as far as they are told, and no further", () => {
  const image = { width: 7, height: 1, data: Float64Array.of(5, 4, 9, 1, 7, 8, 2) };
  assertEquals([...minimum(image, 1).data], [4, 4, 1, 1, 1, 2, 2]);
  assertEquals([...maximum(image, 2).data], [9, 9, 9, 9, 9, 8, 8]);
  assertEquals([...minimum(image, 0).data], [...image.data]);
  assertEquals([...maximum(image, 100).data], Array(7).fill(9));
});
