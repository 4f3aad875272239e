import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { fitDigit } from "../../../lib/images/fit_digit.ts";
import { initialise } from "../../../lib/network/init.ts";
import { seededRandom } from "../../../lib/random.ts";
import { inkOf, padView } from "../../../lib/plots/views/pad_view.ts";
import { drive, kept } from "./drive.ts";
import { SAMPLES } from "./samples.ts";

Deno.test("padView(): nothing is read of an empty board; a stroke is seen in MNIST's form, and read", () => {
  const view = drive(kept(SAMPLES.pad!));
  assertEquals(view.answer.probabilities, null);
  assertStringIncludes(view.said, "Draw a digit");
  view.point(0, 148, 40, "down");
  for (let y = 40; y <= 240; y += 20) view.point(0, 148, y, "move");
  view.point(0, 148, 240, "up");
  assertEquals(view.answer.pixels, fitDigit(inkOf(view.state.strokes)));
  assert(view.answer.pixels[14 * 28 + 14] > 200 && view.answer.pixels[14 * 28 + 4] === 0);
  assert(Math.abs(view.answer.probabilities.reduce((a: number, b: number) => a + b) - 1) < 1e-12);
  assertStringIncludes(view.said, `It says ${view.answer.says}, with `);
  view.press("Take back");
  assertEquals(view.state.strokes.length, 0);
});

Deno.test("padView(): the keyboard draws, stays on the board, and clears it", () => {
  const view = drive(kept(SAMPLES.pad!));
  view.key("ArrowDown"); // not down yet
  assertEquals(view.state.strokes.length, 0);
  view.key(" ");
  for (let k = 0; k < 40; k++) view.key("ArrowDown");
  view.key(" ");
  view.key("ArrowLeft");
  assertEquals(view.state.strokes.length, 1);
  assert(view.state.strokes[0]!.every(([, y]: [number, number]) => y <= 280));
  assert(view.answer.probabilities);
  view.key(" ");
  view.key("ArrowUp");
  view.press("Take back"); // with the pen down: it is lifted
  view.key("ArrowRight");
  assertEquals(view.state.strokes.length, 1);
  assertEquals(view.state.strokes[0]!.length, 41);
  view.key("Delete");
  assertEquals(view.state.strokes.length, 0);
  assertEquals(view.state, drive(kept(SAMPLES.pad!)).state);
});

Deno.test("padView() needs a network that looks at 28 × 28 pixels", () => {
  assertThrows(
    () => padView(initialise([400, 5, 10], seededRandom(1)), "x", new Uint8Array(400)),
    TypeError,
    "must have 784 inputs, got weights1 [5 × 400]",
  );
});

Deno.test("inkOf() is dark along a line and blank away from it", () => {
  const { data, width } = inkOf([[[140, 20], [140, 260]]]);
  assertEquals([data[42 * width + 42], data[42 * width + 10]], [255, 0]);
});
