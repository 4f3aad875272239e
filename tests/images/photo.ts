// Photos for the tests: a drawn digit on paper, as someone holds a phone over it.
import { drawDigit } from "../../lib/data/drawn_digits.ts";
import type { GreyImage } from "../../lib/images/grey_image.ts";
import { seededRandom, uniform } from "../../lib/random.ts";

/** A digit with dark ink on light paper: anywhere, of any size, in uneven light, with grain and specks. */
export function photo(
  digit: number,
  seed: number,
  { lightOnDark = false, lines = false, pixels = drawDigit(digit, seed) } = {},
): GreyImage {
  const random = seededRandom(seed),
    width = Math.round(uniform(random, 200, 420)),
    height = Math.round(uniform(random, 200, 420));
  const size = Math.min(width, height) * uniform(random, 0.35, 0.75);
  const left = uniform(random, 0.02, 0.98) * (width - size), top = uniform(random, 0.02, 0.98) * (height - size);
  const paper = uniform(random, 170, 235),
    ink = uniform(random, 20, 80),
    tilt = uniform(random, -60, 60),
    fall = uniform(random, -60, 60);
  const data = new Float64Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const u = (x - left) / size * 28 - 0.5, v = (y - top) / size * 28 - 0.5;
      const light = 1 + (tilt * (x / width - 0.5) + fall * (y / height - 0.5)) / 255;
      const line = lines && y % Math.round(height / 6) < 2 ? 0.25 : 0, dark = Math.max(line, at(pixels, u, v));
      const value = (paper + (ink - paper) * dark) * light + (random() - 0.5) * 16;
      data[y * width + x] = Math.min(255, Math.max(0, lightOnDark ? 255 - value : value));
    }
  }
  for (let k = 0; k < 6; k++) { // specks of dirt
    const i = Math.floor(random() * data.length);
    data[i] = lightOnDark ? 255 : 0;
  }
  return { width, height, data };
}

/** Grey level between pixels, 0 to 1, sharpened as a pen's edge is. */
function at(pixels: Uint8Array, u: number, v: number): number {
  const x = Math.floor(u),
    y = Math.floor(v),
    p = (i: number, j: number) => i < 0 || j < 0 || i > 27 || j > 27 ? 0 : pixels[j * 28 + i]! / 255;
  const a = u - x, b = v - y;
  const value = (1 - b) * ((1 - a) * p(x, y) + a * p(x + 1, y)) + b * ((1 - a) * p(x, y + 1) + a * p(x + 1, y + 1));
  return Math.min(1, Math.max(0, (value - 0.25) * 2));
}
