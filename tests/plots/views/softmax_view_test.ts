import { assert, assertAlmostEquals, assertEquals, assertStringIncludes } from "@std/assert";
import { softmaxViewOf } from "../../../lib/plots/views/softmax_view.ts";
import { drive } from "./drive.ts";

Deno.test("softmaxView(): + 1000 breaks the naive formula, and is said as what it is; softmax does not mind", () => {
  const view = drive(softmaxViewOf({ logits: [2, 1, -1] })), before = view.answer.stable;
  view.answer.naive.forEach((p, i) => assertAlmostEquals(p, before[i]!, 1e-15));
  view.press("+ 1000 to all");
  view.answer.stable.forEach((p, i) => assertAlmostEquals(p, before[i]!, 1e-12));
  assert(view.answer.naive.every(Number.isNaN));
  assertStringIncludes(view.said, "breaks: NaN, NaN, NaN");
  assertStringIncludes(view.svg, ">∞<");
  view.press("− 1000 from all");
  view.press("− 1000 from all"); // now all exponentials are 0
  assertStringIncludes(view.svg, ">NaN<");
  view.press("Start again");
  view.slide("third logit", 4);
  assertEquals(view.answer.stable.indexOf(Math.max(...view.answer.stable)), 2);
});
