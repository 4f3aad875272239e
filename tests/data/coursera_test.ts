import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { courseraToDigits, crop20, digitsToCoursera, unrollByColumns } from "../../lib/data/coursera.ts";
import { pixelsOf } from "../../lib/data/digits.ts";
import { drawDigits } from "../../lib/data/drawn_digits.ts";
import { normalise } from "../../lib/data/prepare.ts";
import { fromRows, matrix, toRows } from "../../lib/matrix.ts";
import { seededRandom } from "../../lib/random.ts";

Deno.test("a picture unrolled by columns and back is itself; classes 1 to 10 and back are the digits", () => {
  fc.assert(fc.property(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 6 }), (width, height) => {
    const X = matrix(width * height, 2, Array.from({ length: 2 * width * height }, seededRandom(width * 7 + height)));
    assertEquals(unrollByColumns(unrollByColumns(X, width), height), X);
  }));
  const two = fromRows([[1, 10], [2, 20], [3, 30], [4, 40], [5, 50], [6, 60]]); // 1 2 3 above 4 5 6, and ten times that
  assertEquals(toRows(unrollByColumns(two, 3)), [[1, 10], [4, 40], [2, 20], [5, 50], [3, 30], [6, 60]]);
  assertThrows(() => unrollByColumns(matrix(10, 1), 4), TypeError, "no whole number of rows of 4");
  assertEquals([...digitsToCoursera([0, 1, 9])], [9, 0, 8]);
  assertEquals([...courseraToDigits(digitsToCoursera([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]))], [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
});

Deno.test("crop20() takes the middle of 28 × 28, leaves 20 × 20 alone, and refuses the rest", () => {
  const drawn = drawDigits(3, 1), values = Float64Array.from(drawn.pixels, (grey) => grey / 255);
  const cropped = crop20({ ...drawn, values, test: drawDigits(2, 2) });
  assertEquals([cropped.width, cropped.height, cropped.pixels.length, cropped.test!.pixels.length], [
    20,
    20,
    1200,
    800,
  ]);
  for (let image = 0; image < 3; image++) {
    for (let row = 0; row < 20; row++) {
      for (let col = 0; col < 20; col++) {
        const grey = pixelsOf(drawn, image)[28 * (row + 4) + col + 4]!;
        assertEquals(pixelsOf(cropped, image)[20 * row + col], grey);
        assertEquals(cropped.values![400 * image + 20 * row + col], grey / 255);
      }
    }
  }
  assertEquals(normalise(cropped).cols, 3);
  assertEquals(crop20(cropped), cropped);
  for (const [width, height] of [[14, 56], [28, 27], [27, 28], [20, 28], [28, 20], [20, 19]] as const) {
    assertThrows(() => crop20({ ...drawn, width, height }), TypeError, `${width} × ${height}`);
  }
});
