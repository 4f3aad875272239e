import { assertAlmostEquals, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { slice } from "../../../lib/data/digits.ts";
import { normalise, oneHot } from "../../../lib/data/prepare.ts";
import { at, columns } from "../../../lib/matrix.ts";
import { blameOf } from "../../../lib/network/blame.ts";
import { backward } from "../../../lib/network/backward.ts";
import { forward } from "../../../lib/network/forward.ts";
import { initialise } from "../../../lib/network/init.ts";
import { walkView } from "../../../lib/plots/views/walk_view.ts";
import { seededRandom } from "../../../lib/random.ts";
import { drive, kept } from "./drive.ts";
import { network, SAMPLES, set } from "./samples.ts";

Deno.test("walkView(): sums, probabilities and blame of the digit are the network's, to what twelve bits keep", () => {
  const view = drive(kept(SAMPLES.walk!)), image = columns(normalise(slice(set, 0, 4)), 2);
  view.slide("digit", 2);
  const pass = forward(network, image), gradients = backward(network, pass, oneHot([set.labels[2]!]));
  pass.preActivations[0]!.data.forEach((z, i) =>
    assertAlmostEquals(view.answer.pass.preActivations[0].data[i]!, z, 2e-3)
  );
  pass.probabilities.data.forEach((p, k) => assertAlmostEquals(view.answer.pass.probabilities.data[k]!, p, 1e-3));
  gradients.layers[0]!.bias.data.forEach((dz, i) =>
    assertAlmostEquals(view.answer.blame.layers[0]!.data[i]!, dz, 1e-3)
  );
});

Deno.test("walkView(): the blame of a pixel is the network's wherever one of its digits has ink, and white elsewhere", () => {
  const view = drive(kept(SAMPLES.walk!)),
    four = normalise(slice(set, 0, 4)),
    blame = blameOf(network, four, set.labels, 0);
  blame.pixels.data.forEach((value, p) => {
    const inked = [0, 1, 2, 3].some((j) => at(four, p, j) > 0);
    assertAlmostEquals(view.answer.blame.pixels.data[p]!, inked ? value : 0, 1e-3);
  });
});

Deno.test("walkView(): a unit that is pointed at lays its products over the digit, and colours its fan", () => {
  const view = drive(kept(SAMPLES.walk!)), fan = () => view.svg.match(/<line /g)?.length ?? 0, before = fan();
  view.point(1, 60, 44 + 27 * 3 + 10, "hover");
  assertEquals(view.state.unit, 3);
  assertStringIncludes(view.svg, "what unit 3 sees");
  assertEquals([fan() <= 10, before > 10], [true, true]);
  view.point(1, 60, 5, "hover"); // beside the units: it stays
  assertEquals(view.state.unit, 3);
  view.choose("way", "back");
  assertStringIncludes(view.svg, "dZ2 = A2 − Y");
});

Deno.test("walkView(): right and wrong are marked, and the next one misread is found", () => {
  const view = drive(kept(SAMPLES.walk!));
  view.press("next one misread");
  assertStringIncludes(view.svg, " true<");
  assertStringIncludes(view.said, "(wrong: ");
});

Deno.test("walkView() refuses a network of more layers", () => {
  assertThrows(
    () => walkView(initialise([784, 5, 5, 10], seededRandom(1)), set, [0]),
    TypeError,
    "needs 2 layers, got 3",
  );
});
