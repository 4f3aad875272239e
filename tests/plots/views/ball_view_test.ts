import { assert, assertAlmostEquals, assertStringIncludes } from "@std/assert";
import { ballViewOf } from "../../../lib/plots/views/ball_view.ts";
import { drive } from "./drive.ts";

const after = (rate: number, steps: number) => {
  const view = drive(ballViewOf({ curvature: 2 }));
  view.slide("learning rate", rate);
  view.play(steps);
  return view;
};

Deno.test("ballView(): each step multiplies the weight by 1 − rate · curvature", () => {
  assertAlmostEquals(after(0.1, 3).state.way.at(-1)!, -2.5 * 0.8 ** 3, 1e-12);
  assertStringIncludes(after(0.02, 1).said, "Small: it crawls.");
  assertStringIncludes(after(0.3, 1).said, "About right");
  assertStringIncludes(after(0.9, 1).said, "jumps across the valley");
  assertStringIncludes(after(1, 1).said, "for ever, as high as before");
  assertStringIncludes(after(1.1, 1).said, "Too large");
});

Deno.test("ballView(): it stops by itself, also when it flies off, and can be put back", () => {
  const view = after(1.2, 100);
  assert(view.state.way.length === 31 && Math.abs(view.state.way.at(-1)!) > 1e4);
  view.press("Put it back");
  assertAlmostEquals(view.state.way[0]!, -2.5, 1e-12);
  view.point(0, 9999, 0, "down");
  assertAlmostEquals(view.state.way[0]!, 3, 1e-12);
});
