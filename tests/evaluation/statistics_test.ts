import { assert } from "@std/assert";
import { pixelsOf } from "../../lib/data/digits.ts";
import { drawDigits } from "../../lib/data/drawn_digits.ts";
import { split } from "../../lib/data/prepare.ts";
import { meanImages, nearestMean } from "../../lib/evaluation/baseline.ts";
import { accuracy } from "../../lib/evaluation/metrics.ts";

Deno.test("drawn digits resemble MNIST's: blank share, ink, place, and how well averages read them", () => {
  const set = drawDigits(3000, 11);
  const blank = set.pixels.filter((grey) => grey === 0).length / set.pixels.length;
  const ink = set.pixels.reduce((a, b) => a + b) / set.pixels.length;
  assert(blank > 0.78 && blank < 0.84, `blank ${blank}`); // MNIST 0.809
  assert(ink > 27 && ink < 38, `ink ${ink}`); // MNIST 33.3
  for (let i = 0; i < 200; i++) {
    const pixels = pixelsOf(set, i), mass = pixels.reduce((a, b) => a + b);
    const x = pixels.reduce((sum, grey, p) => sum + grey * (p % 28), 0) / mass;
    const y = pixels.reduce((sum, grey, p) => sum + grey * Math.floor(p / 28), 0) / mass;
    assert(Math.abs(x - 14) <= 0.51 && Math.abs(y - 14) <= 0.51, `digit ${i} is centred at ${x}, ${y}`);
  }
  const { train, test } = split(set, 500);
  const baseline = accuracy(nearestMean(meanImages(train), test), test.labels);
  assert(baseline > 0.65 && baseline < 0.86, `nearest average ${baseline}`); // MNIST 0.82
});
