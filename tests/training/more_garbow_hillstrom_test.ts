import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { minimise } from "../../lib/training/lbfgs.ts";
import golden from "../golden/more_garbow_hillstrom.json" with { type: "json" };
import { PROBLEMS } from "./more_garbow_hillstrom.ts";

/** Where we go another way than SciPy, and how. */
const OTHER_WAY: Readonly<Record<string, { iterations: number; evaluations: number; value: number; why: string }>> = {
  "Jennrich-Sampson m=10": {
    iterations: 18,
    evaluations: 48,
    value: 124.36218235561486, // the paper's minimum
    why: "the exponentials overflow on the way: SciPy ends at 214.3, we halve the step",
  },
  "Chebyquad n=9": {
    iterations: 19,
    evaluations: 26,
    value: 7.93695e-12,
    why: "SciPy needs 20 and 26: the last bits of the sums decide",
  },
};

for (const [k, { number, start, objective }] of PROBLEMS.entries()) {
  const { name, ...scipy } = golden.problems[k]!;
  Deno.test(`minimise() on the test set of Moré, Garbow and Hillstrom: ${number} ${name}`, async () => {
    const at = objective(start);
    start.forEach((place, i) => { // the formulas, taken apart, are what they were: their gradient is that of their value
      const h = 1e-6 * Math.max(1, Math.abs(place)), moved = (by: number) => objective(start.with(i, place + by)).value;
      const slope = (moved(h) - moved(-h)) / (2 * h);
      assertAlmostEquals(at.gradient[i]!, slope, 1e-4 * Math.max(1, Math.abs(slope)) + 1e-9 * at.value, `entry ${i}`);
    });
    const own = await minimise(objective, start);
    const wanted = OTHER_WAY[name] ?? scipy;
    assertEquals([own.iteration, own.evaluations], [wanted.iterations, wanted.evaluations]);
    assertAlmostEquals(own.value, wanted.value, 1e-6 * wanted.value + 1e-17);
    assert(own.value <= scipy.value * (1 + 1e-6) + 1e-11, `${own.value}, SciPy's ${scipy.value}`);
    const { value } = await minimise(objective, start, { gradientTolerance: 1e-10, reductionTolerance: 1e-15 });
    assert(value <= scipy.tight * (1 + 1e-4) + 1e-13, `with tight tolerances ${value}, SciPy's ${scipy.tight}`);
  });
}

Deno.test("minimise() halves a step that leads where the function has no value", async () => {
  let beyond = 0;
  const logarithm = (x: Float64Array) => { // lowest at 1; no number below 0, where the second step leads
    if (x[0]! < 0) beyond++;
    return { value: x[0]! - Math.log(x[0]!), gradient: Float64Array.of(1 - 1 / x[0]!) };
  };
  const { x, converged } = await minimise(logarithm, Float64Array.of(5));
  assert(beyond > 0 && converged);
  assertAlmostEquals(x[0]!, 1, 1e-5);
});
