import { assertEquals } from "@std/assert";
import { augmented, shifted, turned } from "../../lib/data/augment.ts";
import { digits } from "../../lib/data/digits.ts";
import { drawDigits } from "../../lib/data/drawn_digits.ts";

const small = digits({
  ...{ width: 3, height: 2, labels: Uint8Array.of(4), name: "six pixels", provenance: "by hand" },
  pixels: Uint8Array.of(1, 2, 3, 4, 5, 6),
});

Deno.test("shifted() moves by whole pixels; what leaves is lost, paper comes in", () => {
  assertEquals([...shifted(small, 1, 0).pixels], [0, 1, 2, 0, 4, 5]);
  assertEquals([...shifted(small, -1, 1).pixels], [0, 0, 0, 2, 3, 0]);
  const fractions = { ...small, values: Float64Array.from(small.pixels, (p) => p / 10) };
  assertEquals([...shifted(fractions, 0, -1).values!], [0.4, 0.5, 0.6, 0, 0, 0]);
});

Deno.test("turned(): four quarters clockwise are a whole turn, and a quarter moves the top to the right", () => {
  const set = drawDigits(3, 1);
  let round = set;
  for (let i = 0; i < 4; i++) round = turned(round, 90);
  const off = round.pixels.reduce(
    (most, p, i) => i % 28 && Math.floor(i % 784 / 28) ? Math.max(most, Math.abs(p - set.pixels[i]!)) : most,
    0,
  );
  assertEquals(off, 0, "but for the outermost row and column, which an even side puts beyond the rim");
  const top = { ...set, labels: Uint8Array.of(0), pixels: new Uint8Array(784).fill(200, 28 * 4 + 14, 28 * 4 + 15) };
  assertEquals(turned(top, 90).pixels.indexOf(200), 28 * 14 + 24);
  assertEquals(turned(set, 0).pixels, set.pixels);
});

Deno.test("augmented() puts the copies behind the digits, each with its label", () => {
  const set = drawDigits(5, 1);
  for (const [kind, times] of [["none", 1], ["shift", 5], ["turn", 3], ["shift+turn", 7]] as const) {
    const { labels, pixels } = augmented(set, kind);
    assertEquals([labels.length, pixels.length], [5 * times, 5 * times * 784]);
    assertEquals([...labels], Array.from({ length: times }, () => [...set.labels]).flat());
    assertEquals(pixels.slice(0, 5 * 784), set.pixels);
  }
  assertEquals(augmented(set, "shift").pixels.slice(5 * 784, 10 * 784), shifted(set, 1, 0).pixels);
});
