import { assertEquals } from "@std/assert";
import { preparePhoto } from "../../lib/images/prepare_photo.ts";
import { photo } from "./photo.ts";

Deno.test("preparePhoto() notices a second digit, and takes neither specks nor ruled lines for one", () => {
  const one = photo(3, 9003, { lines: true }), two = photo(7, 9007);
  assertEquals([preparePhoto(one).others, preparePhoto(two).others], [0, 0]);
  const width = one.width + two.width,
    height = Math.max(one.height, two.height),
    data = new Float64Array(width * height).fill(215);
  for (const [image, left] of [[photo(3, 9003), 0], [two, one.width]] as const) {
    image.data.forEach((value, i) => data[Math.floor(i / image.width) * width + left + i % image.width] = value);
  }
  assertEquals(preparePhoto({ width, height, data }).others, 1);
});
