import { assert, assertAlmostEquals, assertEquals, assertStringIncludes } from "@std/assert";
import { minimise } from "../../../lib/training/lbfgs.ts";
import { valleyAt, valleySlope, valleyView, valleyViewOf } from "../../../lib/plots/views/valley_view.ts";
import { drive } from "./drive.ts";

Deno.test("the valley's slope is that of brute force, and its lowest point is (1, 1)", () => {
  for (const [x, y] of [[-1.2, 1], [0.3, -0.7], [1, 1]] as const) {
    const h = 1e-6, [dx, dy] = valleySlope(x, y);
    assertAlmostEquals(dx, (valleyAt(x + h, y) - valleyAt(x - h, y)) / (2 * h), 1e-6);
    assertAlmostEquals(dy, (valleyAt(x, y + h) - valleyAt(x, y - h)) / (2 * h), 1e-6);
  }
  assertEquals(valleyAt(1, 1), 0);
});

Deno.test("valleyView(): chapter 11's figures, rate by rate, beside L-BFGS' own way", async () => {
  const smart = [[-1.2, 1]];
  await minimise(
    ([x, y]) => ({ value: valleyAt(x!, y!), gradient: Float64Array.from(valleySlope(x!, y!)) }),
    Float64Array.of(-1.2, 1),
    {
      onIteration: ({ x }) => void smart.push([...x]),
    },
  );
  const view = drive(valleyViewOf(valleyView(smart).values as Parameters<typeof valleyViewOf>[0]));
  assertAlmostEquals(view.answer.heights[0], 0.2281, 5e-5); // rate 0.006 in the chapter's table
  assertStringIncludes(view.said, `at the bottom after ${smart.length - 1}`);
  view.slide("rate of the plain steps", 2);
  assertAlmostEquals(view.answer.heights[0], 3.183, 5e-4);
  view.slide("rate of the plain steps", 8);
  assertStringIncludes(view.said, "have flown off the wall");
  view.slide("steps", 3);
  view.play(2);
  assertEquals([view.state.steps, view.answer.plain.length], [5, 6]);
  assert(view.answer.heights[1] <= valleyAt(...(smart[4] as [number, number])));
});
