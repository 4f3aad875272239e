// Pictures with several digits for the tests: rows of drawn digits on paper.
import { drawDigit } from "../../lib/data/drawn_digits.ts";
import type { GreyImage } from "../../lib/images/grey_image.ts";

/** Rows of digits, each so many pixels large; `gap` apart, below 0 they touch. */
export function page(rows: readonly string[], { size = 60, gap = 12, paper = 215, ink = 40 } = {}): GreyImage {
  const step = size + gap, longest = Math.max(1, ...rows.map(({ length }) => length));
  const width = 80 + longest * step, height = 80 + rows.length * Math.round(1.3 * size);
  const data = new Float64Array(width * height).fill(paper);
  rows.forEach((row, r) =>
    [...row].forEach((digit, k) => {
      const pixels = drawDigit(Number(digit), 100 * r + 7 * k + 1), scale = size / 28;
      for (let y = 0; y < size; y++) {
        for (let x = 0; x < size; x++) {
          const dark = pixels[Math.floor(y / scale) * 28 + Math.floor(x / scale)]! / 255;
          const i = (40 + r * Math.round(1.3 * size) + y) * width + 40 + k * step + x;
          data[i] = Math.min(data[i]!, paper + (ink - paper) * dark);
        }
      }
    })
  );
  return { width, height, data };
}
