import { assert, assertAlmostEquals, assertStringIncludes } from "@std/assert";
import { drive, kept } from "./drive.ts";
import { SAMPLES } from "./samples.ts";

Deno.test("spreadView(): the sums are proportional to the weights' spread; small, it knows nothing; large, nonsense", () => {
  const view = drive(kept(SAMPLES.spread!)), wide = view.answer.width;
  assertStringIncludes(view.said, "It is sure of nonsense.");
  view.press("√(2 / 784), as He: 0.051");
  assertAlmostEquals(view.answer.width / wide, Math.sqrt(2 / 784) * Math.sqrt(12), 1e-9);
  view.slide("standard deviation of the weights", -3);
  assertAlmostEquals(view.answer.loss, Math.log(10), 5e-3);
  assert(Math.max(...view.answer.probabilities) < 0.11);
});
