import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { softmaxView } from "../../../lib/plots/views/softmax_view.ts";
import { thresholdView } from "../../../lib/plots/views/threshold_view.ts";
import { drive, kept } from "./drive.ts";
import { SAMPLES } from "./samples.ts";

Deno.test("thresholdView(): who is answered, rightly or wrongly, and who is asked", () => {
  const view = drive(kept(SAMPLES.threshold!)); // 0.99 right, 0.6 right, 0.4 wrong, 0.2 right
  const at = (threshold: number) => {
    view.slide("answers only if at least this sure", threshold);
    return view.answer;
  };
  assertEquals(at(0), { right: 3, wrong: 1, asked: 0 });
  assertEquals(at(0.4), { right: 2, wrong: 1, asked: 1 });
  assertEquals(at(0.41), { right: 2, wrong: 0, asked: 2 });
  assertStringIncludes(view.said, "2 of 4 digits are answered, 100.0 % of them rightly");
  assertEquals(at(1), { right: 0, wrong: 0, asked: 4 });
  assertStringIncludes(view.said, "Nothing is that sure");
});

Deno.test("thresholdView() needs a verdict for each answer", () => {
  assertThrows(() => thresholdView([0.5], []), TypeError, "got 1 and 0");
  assertThrows(() => softmaxView([1, 2]), TypeError, "needs 3 logits, got 2");
});
