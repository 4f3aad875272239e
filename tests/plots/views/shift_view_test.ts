import { assert, assertAlmostEquals, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { initialise } from "../../../lib/network/init.ts";
import { shiftView } from "../../../lib/plots/views/shift_view.ts";
import { seededRandom } from "../../../lib/random.ts";
import { shifted } from "../../../lib/data/augment.ts";
import { slice } from "../../../lib/data/digits.ts";
import { normalise } from "../../../lib/data/prepare.ts";
import { forward } from "../../../lib/network/forward.ts";
import { packNetwork, unpackNetwork } from "../../../lib/plots/views/packed.ts";
import { drive, kept } from "./drive.ts";
import { network, SAMPLES, set } from "./samples.ts";

Deno.test("shiftView(): a digit that is pushed is read as the library reads it there", () => {
  const view = drive(kept(SAMPLES.shift!)), rounded = unpackNetwork(packNetwork(network, 8));
  view.slide("pixels to the right", 4);
  view.slide("pixels down", -2);
  const moved = shifted(slice(set, 0, 1), 4, -2);
  assertEquals(view.answer.pixels, moved.pixels);
  const expected = forward(rounded, normalise(moved)).probabilities.data;
  view.answer.probabilities.forEach((p: number, k: number) => assertAlmostEquals(p, expected[k]!, 1e-12));
  assertStringIncludes(view.said, "pushed 4 to the right and −2 down");
});

Deno.test("shiftView(): centring takes the push back, and dragging stays within eight pixels", () => {
  const view = drive(kept(SAMPLES.shift!)), before = view.answer.pixels;
  view.slide("pixels to the right", 3);
  assert(view.answer.pixels.some((grey: number, i: number) => grey !== before[i]));
  view.press("centre it first");
  assertEquals(view.answer.pixels, before);
  view.point(0, 100, 100, "down");
  view.point(0, 100 + 8 * 2, 100 - 500, "move");
  assertEquals([view.state.right, view.state.down], [5, -8]);
  view.point(0, 0, 0, "up");
  view.point(0, 300, 300, "move"); // nothing is held
  assertEquals([view.state.right, view.state.down], [5, -8]);
  const small = initialise([400, 5, 10], seededRandom(1));
  assertThrows(() => shiftView(small, set, [0]), TypeError, "28 × 28 pixels about under weights1 [5 × 400]");
});
