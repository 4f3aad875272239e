import { assert, assertEquals } from "@std/assert";
import { lineSearch } from "../../lib/training/line_search.ts";
import { assertClose } from "../assert_close.ts";
import golden from "../golden/line_search.json" with { type: "json" };

/** Value and slope along a line. */
type Curve = (s: number) => [value: number, slope: number];

const CURVES: Readonly<Record<string, Curve>> = {
  first: (s) => [-s / (s * s + 2), (s * s - 2) / (s * s + 2) ** 2],
  second: (s) => [(s + 0.004) ** 5 - 2 * (s + 0.004) ** 4, 5 * (s + 0.004) ** 4 - 8 * (s + 0.004) ** 3],
  third: (s) => { // a rounded kink at 1, with ripples
    const b = 0.01, w = 39 * Math.PI / 2, near = Math.abs(s - 1) < b;
    return [
      (near ? (s - 1) ** 2 / (2 * b) + b / 2 : Math.abs(s - 1)) + (1 - b) / w * Math.sin(w * s),
      (near ? (s - 1) / b : Math.sign(s - 1)) + (1 - b) * Math.cos(w * s),
    ];
  },
  sixth: (s) => { // 0.001 and 0.01 are the steepnesses at its two ends
    const g = (b: number) => Math.sqrt(1 + b * b) - b, p = Math.hypot(1 - s, 0.01), q = Math.hypot(s, 0.001);
    return [g(0.001) * p + g(0.01) * q, g(0.001) * (s - 1) / p + g(0.01) * s / q];
  },
  parabola: (s) => [(s - 3) ** 2, 2 * (s - 3)],
  waves: (s) => [Math.cos(4 * s) + s * s / 4 - s / 2, -4 * Math.sin(4 * s) + s / 2 - 0.5],
  ripples: (s) => [Math.sin(7 * s) / 2 + s * s / 20 - 4 * s, 3.5 * Math.cos(7 * s) + s / 10 - 4],
  endless: (s) => [Math.sin(1.5 * s) / 5 - s / 2, 0.3 * Math.cos(1.5 * s) - 0.5],
  hole: (s) => s < 1 ? [-s, -1] : [s - 10, 1], // a step down, then up again
  kink: (s) => [Math.abs(s - 1), s < 1 ? -1 : 1],
  lying: () => [7, -1], // the slope is not that of the value
};

for (const { curve, first, longest, trials, end } of golden.searches) {
  Deno.test(`lineSearch() tries the steps that MINPACK tries: ${curve}, ${first} first, ${longest} at most`, () => {
    const along = CURVES[curve]!, tried: number[] = [], [value, slope] = along(0);
    const result = lineSearch(
      (step) => {
        tried.push(step);
        const [value, slope] = along(step);
        return { value, slope };
      },
      { value, slope },
      first,
      longest,
    );
    assertClose(tried, trials, { absolute: 0 });
    const found = end !== "still searching";
    assertEquals(result, { step: found ? tried.at(-1)! : 0, evaluations: trials.length, found });
  });
}

Deno.test("lineSearch() finds steps that hold both conditions, on curves of many shapes and from near and far", () => {
  const exponential: Curve = (s) => [Math.exp(s) - 4 * s, Math.exp(s) - 4];
  for (const curve of [CURVES.first!, CURVES.parabola!, exponential]) {
    for (const first of [1e-3, 0.1, 1, 10]) {
      const [value, slope] = curve(0);
      const { step, found } = lineSearch(
        (s) => ({ value: curve(s)[0], slope: curve(s)[1] }),
        { value, slope },
        first,
        1e10,
      );
      assert(found, `${curve} from ${first}`);
      assert(curve(step)[0] <= value + 1e-3 * step * slope && Math.abs(curve(step)[1]) <= 0.9 * -slope);
    }
  }
});

Deno.test("lineSearch() takes a step at which a condition holds as an equality", () => {
  const start = { value: 0, slope: -1 }, once = { step: 1, evaluations: 1, found: true };
  assertEquals(lineSearch(() => ({ value: -0.001, slope: 0 }), start, 1, 1e10), once); // f(0) + 10⁻³ s f'(0), exactly
  assertEquals(lineSearch(() => ({ value: -0.5, slope: -0.9 }), start, 1, 1e10), once); // 0.9 |f'(0)|, exactly
  assertEquals(lineSearch(() => ({ value: -0.5, slope: 0.9 }), start, 1, 1e10), once);
  assertEquals(lineSearch((s) => ({ value: -0.001 * s, slope: -1 }), start, 1, 1), once); // as far as it may go
});

Deno.test("lineSearch() finds nothing where the value stays what it was, even where the slope turns", () => {
  const { found } = lineSearch((s) => ({ value: 7, slope: s < 1 ? -1 : 1 }), { value: 7, slope: -1 }, 0.3, 1e10);
  assertEquals(found, false);
});

Deno.test("lineSearch() comes near the edge beyond which the function has no value, and takes what it has", () => {
  for (const edge of [0.3, 1, 7, 90]) {
    const along = (step: number) => step < edge ? { value: -step, slope: -1 } : { value: Infinity, slope: NaN };
    const { step, found, evaluations } = lineSearch(along, { value: 0, slope: -1 }, 1, 1e10);
    assert(found && step < edge && step > 0.5 * edge && evaluations <= 20, `${edge}: ${step} after ${evaluations}`);
  }
});
