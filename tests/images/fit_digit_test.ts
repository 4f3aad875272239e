import { assert, assertEquals } from "@std/assert";
import { fitDigit, isBlob } from "../../lib/images/fit_digit.ts";
import { drawDigits } from "../../lib/data/drawn_digits.ts";
import { pixelsOf } from "../../lib/data/digits.ts";

const ring = (side: number, pen: number) => {
  const data = Float64Array.from({ length: side * side }, (_, i) => {
    const away = Math.hypot(i % side - side / 2, Math.floor(i / side) - side / 2);
    return Math.abs(away - 0.4 * side) <= pen / 2 ? 255 : 0;
  });
  return { width: side, height: side, data };
};
const dark = (pixels: Uint8Array) => pixels.reduce((sum, grey) => sum + grey / 255, 0);

Deno.test("fitDigit() widens strokes that would be thinner than two pixels of 28, and no others", () => {
  const [hair, thin, pen, brush] = [1, 4, 25, 40].map((width) => dark(fitDigit(ring(250, width))));
  assert(hair! > 0.85 * pen! && thin! > 0.85 * pen!, `${hair}, ${thin} beside ${pen}`);
  assert(brush! > 1.25 * pen!, `${brush} beside ${pen}`);
});

Deno.test("fitDigit() leaves a faint rim out of the box, and digits as small as MNIST's as they are", () => {
  const { width, data } = ring(100, 10), faint = data.map((value, i) => value || (i % width < 3 ? 3 : 0));
  assertEquals(fitDigit({ width, height: width, data: faint }), fitDigit({ width, height: width, data }));
  const set = drawDigits(40, 3);
  for (let i = 0; i < 40; i++) {
    const pixels = pixelsOf(set, i), fitted = fitDigit({ width: 28, height: 28, data: Float64Array.from(pixels) });
    assert(Math.abs(dark(fitted) / dark(pixels) - 1) < 0.2, `digit ${i}: ${dark(pixels)} became ${dark(fitted)}`);
  }
  assertEquals([isBlob(fitDigit(ring(100, 12))), isBlob(new Uint8Array(784).fill(120))], [false, true]);
  assertEquals(fitDigit({ width: 5, height: 5, data: new Float64Array(25) }), new Uint8Array(784));
});
