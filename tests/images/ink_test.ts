import { assert, assertEquals } from "@std/assert";
import { inkOf } from "../../lib/images/ink.ts";
import { mapPixels } from "../../lib/images/grey_image.ts";
import { photo } from "./photo.ts";

Deno.test("inkOf() finds which is ink: what covers less, with a thin pen, a frame at the rim, and the light falling off", () => {
  const thin = { width: 300, height: 300, data: new Float64Array(300 * 300).fill(180) };
  for (let y = 80; y < 220; y++) thin.data.fill(110, y * 300 + 150, y * 300 + 152); // a third of a percent of the picture
  const framed = mapPixels(thin, (value, i) => i % 300 < 8 || i % 300 > 291 || i < 2400 || i > 87_600 ? 100 : value);
  const shaded = mapPixels(
    thin,
    (value, i) => value * (1 - 0.5 * ((i % 300 - 150) ** 2 + (i / 300 - 150) ** 2) / 45_000),
  );
  for (const [name, image] of Object.entries({ thin, framed, shaded })) {
    assertEquals(inkOf(image).lightOnDark, false, name);
    assertEquals(inkOf(mapPixels(image, (value) => 255 - value)).lightOnDark, true, `${name}, turned round`);
    const { ink, level } = inkOf(image);
    assert(level !== null && ink.data[150 * 300 + 150]! >= level && ink.data[150 * 300 + 200]! < level, name);
  }
  for (let seed = 0; seed < 20; seed++) {
    assertEquals(inkOf(photo(seed % 10, seed, { lightOnDark: seed % 2 === 1 })).lightOnDark, seed % 2 === 1);
  }
  assertEquals(inkOf({ width: 20, height: 20, data: new Float64Array(400).fill(99) }).level, null);
});
