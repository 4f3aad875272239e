import { assert, assertAlmostEquals, assertEquals, assertRejects } from "@std/assert";
import { seededRandom } from "../../lib/random.ts";
import { minimise } from "../../lib/training/lbfgs.ts";
import type { Objective } from "../../lib/training/objective.ts";
import rosenbrocks from "../golden/lbfgs_rosenbrock.json" with { type: "json" };

const rosenbrock: Objective = (x) => {
  const gradient = new Float64Array(x.length);
  let value = 0;
  for (let i = 0; i + 1 < x.length; i++) {
    const a = x[i + 1]! - x[i]! ** 2, b = 1 - x[i]!;
    value += 100 * a * a + b * b;
    gradient[i]! += -400 * x[i]! * a - 2 * b;
    gradient[i + 1]! += 200 * a;
  }
  return { value, gradient };
};

for (const [key, expected] of Object.entries(rosenbrocks)) {
  if (typeof expected === "string") continue;
  Deno.test(`minimise() goes SciPy's way on Rosenbrock's function: ${key}`, async () => {
    const [, n, maxIterations, , plus = 0, , times = 1] = key
      .match(/n(\d+)_maxiter(\d+)(_plus(-?\d+))?(_times([\d.]+))?/)!
      .map((part) => part === undefined ? undefined : Number(part)) as [
        number,
        number,
        number,
        number?,
        number?,
        number?,
        number?,
      ];
    const objective: Objective = (x) => {
      const { value, gradient } = rosenbrock(x);
      return { value: times * value + plus, gradient: gradient.map((g) => times * g) };
    };
    const result = await minimise(objective, Float64Array.from({ length: n }, (_, i) => i % 2 ? 1 : -1.2), {
      maxIterations,
    });
    assertEquals([result.iteration, result.evaluations, result.converged], [
      expected.iterations,
      expected.evaluations,
      expected.converged,
    ]);
    assertAlmostEquals(result.value, expected.value, Math.max(1e-9 * Math.abs(expected.value), 1e-13));
  });
}

Deno.test("minimise() finds the lowest point of a 50-dimensional bowl and of Rosenbrock's valley to 1e-8", async () => {
  const random = seededRandom(5),
    weights = Array.from({ length: 50 }, () => 0.1 + 20 * random()),
    centre = Array.from({ length: 50 }, random);
  const bowl: Objective = (x) => ({
    value: x.reduce((sum, xi, i) => sum + weights[i]! * (xi - centre[i]!) ** 2, 0),
    gradient: x.map((xi, i) => 2 * weights[i]! * (xi - centre[i]!)),
  });
  const tight = { gradientTolerance: 1e-10, reductionTolerance: 0 };
  assert((await minimise(bowl, new Float64Array(50), tight)).x.every((xi, i) => Math.abs(xi - centre[i]!) < 1e-8));
  assert((await minimise(rosenbrock, Float64Array.of(-1.2, 1), tight)).x.every((xi) => Math.abs(xi - 1) < 1e-8));
});

Deno.test("minimise() says why it ends: done at once, limits, on request, a gradient that is not that of the value, NaN", async () => {
  const square: Objective = (x) => ({ value: x[0]! ** 2, gradient: Float64Array.of(2 * x[0]!) });
  const from = Float64Array.of(3);
  const { iteration, converged } = await minimise(square, Float64Array.of(0));
  assertEquals([iteration, converged], [0, true]);
  assertEquals(
    (await minimise(rosenbrock, Float64Array.of(-1.2, 1), { maxIterations: 1 })).message,
    "Stopped: the limit of 1 iterations is reached",
  );
  const asked = await minimise(rosenbrock, Float64Array.of(-1.2, 1), { onIteration: () => true });
  assertEquals([asked.iteration, asked.converged, asked.message], [1, false, "Stopped on request"]);
  const constant = await minimise(() => ({ value: 7, gradient: Float64Array.of(1) }), from);
  assertEquals([constant.iteration, constant.evaluations, [...constant.x]], [0, 21, [3]]); // as SciPy's, for 003 as printed
  assertEquals([constant.converged, constant.message.slice(0, 32)], [false, "Stopped: no step along the gradi"]);
  await assertRejects(
    () => minimise(() => ({ value: NaN, gradient: from }), from),
    RangeError,
    "must be finite, got NaN",
  );
  assertEquals([...from], [3]);
});

Deno.test("minimise() keeps its limits and tolerances to the last one", async () => {
  // From 3, the first step is 1 long: 3 - 6 / 6 = 2, from 9 to 4; the second finds 0 by the bend. Three looks.
  const square: Objective = (x) => ({ value: x[0]! ** 2, gradient: Float64Array.of(2 * x[0]!) });
  const from = Float64Array.of(3), whole = await minimise(square, from);
  assertEquals([whole.iteration, whole.evaluations, whole.value, whole.converged], [2, 3, 0, true]);
  const one = await minimise(square, from, { maxIterations: 1 });
  assertEquals([one.iteration, one.evaluations, one.value], [1, 2, 4]);
  const two = await minimise(square, from, { maxEvaluations: 2 });
  assertEquals([two.evaluations, two.converged, two.message], [
    2,
    false,
    "Stopped: the limit of 2 evaluations is reached",
  ]);
  const flat = await minimise(square, from, { gradientTolerance: 6 }); // 6 is not larger than 6
  assertEquals([flat.iteration, flat.evaluations, flat.converged], [0, 1, true]);
  const slow = await minimise(square, from, { reductionTolerance: 5 / 9 }); // 9 to 4 is five ninths of 9
  assertEquals([slow.iteration, slow.value, slow.converged], [1, 4, true]);
  assertEquals(slow.message, "Converged: the value hardly falls any more");
});

Deno.test("minimise() does not call a slope done that is too small to be squared", async () => {
  const faint: Objective = (x) => ({ value: 1e-200 * x[0]!, gradient: Float64Array.of(1e-200) });
  const { converged, iteration, message } = await minimise(faint, Float64Array.of(3), { gradientTolerance: 0 });
  assertEquals([converged, iteration], [false, 0]);
  assert(message.startsWith("Stopped: no step along the gradient lowers the value"), message);
});
