import { assert, assertAlmostEquals, assertStringIncludes } from "@std/assert";
import { drive, kept } from "./drive.ts";
import { SAMPLES } from "./samples.ts";

Deno.test("slopeView(): brute force comes near the chain rule as h shrinks, and leaves it where h is too small", () => {
  const view = drive(kept(SAMPLES.slope!)), error = () => Math.abs(view.answer.measured - view.answer.byRule);
  assertAlmostEquals(view.answer.byRule, 0.693855, 1e-6); // chapter 06
  assert(error() > 0.05);
  view.slide("step h", -5);
  assertStringIncludes(view.said, "h = 1e−5");
  assert(error() < 1e-9);
  view.slide("step h", -15);
  assert(error() > 1e-3);
});

Deno.test("slopeView(): where the unit is silent the loss is flat, and it says so", () => {
  const view = drive(kept(SAMPLES.slope!));
  view.slide("weight w", -2);
  view.slide("step h", -4);
  assertStringIncludes(view.said, "The unit is silent here: the loss is flat.");
  view.point(0, 52, 100, "down");
  assertAlmostEquals(view.state.w, -4, 1e-9);
});
