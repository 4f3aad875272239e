import { assertEquals, assertStringIncludes } from "@std/assert";
import { preparePhoto } from "../../lib/images/prepare_photo.ts";
import { photoStagesPicture, squareTile } from "../../lib/plots/photo_stages.ts";
import { photo } from "../images/photo.ts";

Deno.test("squareTile() keeps the picture's shape and puts paper around it", () => {
  const wide = { width: 4, height: 2, data: new Float64Array(8).fill(200) }, tile = squareTile(wide, false);
  const rows = Array.from(
    { length: 84 },
    (_, y) => tile.slice(84 * y, 84 * y + 84).filter((value) => value === 200).length,
  );
  assertEquals([rows.filter((count) => count === 84).length, rows.filter((count) => count === 0).length], [42, 42]);
  assertEquals(squareTile(wide, true)[84 * 42], 55); // light paper becomes no ink
});

Deno.test("photoStagesPicture() shows four tiles a photo, with what was read", () => {
  const stages = preparePhoto(photo(3, 1)),
    { svg, caption } = photoStagesPicture([
      { name: "my_photo.jpg", stages, digit: 3 },
      { name: "b.png", stages, digit: null },
    ]);
  for (const words of ["my photo", "ink, even light", "the digit alone", "read as 3", "blank"]) {
    assertStringIncludes(svg, `>${words}<`);
  }
  assertStringIncludes(caption, "28 × 28");
});
