import { assertAlmostEquals, assertEquals, assertStringIncludes } from "@std/assert";
import { drive, kept } from "./drive.ts";
import { SAMPLES, set } from "./samples.ts";

Deno.test("lossView(): −log p, wherever the point is pushed, and the digits where their network has them", () => {
  const view = drive(kept(SAMPLES.loss!));
  assertAlmostEquals(view.answer.loss, -Math.log(0.01), 1e-12);
  assertStringIncludes(view.said, `${set.labels[0] === 8 ? "An" : "A"} ${set.labels[0]}, read as 3`);
  view.slide("probability of the truth", 0.5);
  assertEquals([view.answer.loss, view.answer.slope, view.state.digit], [Math.LN2, -2, -1]);
  view.press("Knows nothing: 0.1");
  assertStringIncludes(view.said, "2.303, the price of knowing nothing");
  const choice = view.controls.find(({ label }) => label === "digit");
  view.choose("digit", choice?.kind === "choice" ? choice.options[3]! : "");
  assertEquals(view.state, { p: 0.99, digit: 2 });
  view.choose("digit", "none");
  assertEquals(view.state, { p: 0.99, digit: -1 });
  view.point(0, 52 + 0.25 * 316, 100, "down");
  assertAlmostEquals(view.state.p, 0.25, 1e-9);
  view.point(0, 52 + 0.4 * 316 + 2, 100, "move"); // near a digit
  assertEquals(view.state, { p: 0.4, digit: 1 });
});
