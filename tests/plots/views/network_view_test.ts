import { assert, assertAlmostEquals, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { initialise } from "../../../lib/network/init.ts";
import { networkView, networkViewOf } from "../../../lib/plots/views/network_view.ts";
import { numbersOf, SMALL_EXAMPLE } from "../../../lib/plots/views/network_numbers.ts";
import { seededRandom } from "../../../lib/random.ts";
import { drive } from "./drive.ts";

const { network, input, label } = SMALL_EXAMPLE, numbers = numbersOf(network);
const view = (stage: Parameters<typeof networkView>[0]) => drive(networkViewOf({ numbers, input, label, stage }));

Deno.test("networkView(): next and back walk through the chapter's numbers, and light what they are made of", () => {
  const forward = view("forward");
  assertEquals(forward.answer.quantities.map(({ name }) => name), [
    "z¹₁",
    "z¹₂",
    "a¹₁",
    "a¹₂",
    "z²₁",
    "z²₂",
    "p₁",
    "p₂",
  ]);
  forward.press("Next");
  assertStringIncludes(forward.said, "z¹₁ = 0.50 · 1.00 + (−0.40) · 0.50 + 0.10 = 0.400");
  assertStringIncludes(forward.svg, 'stroke="#d1662b" stroke-width="3"');
  for (let k = 0; k < 7; k++) forward.press("Next");
  assertStringIncludes(forward.said, "p₂ = exp(0.160) / (exp(0.310) + exp(0.160)) = 0.463");
  assertThrows(() => forward.press("Next"), Error, "off");
  forward.press("Back");
  assertStringIncludes(forward.said, "Number 7 of 8");
});

Deno.test("networkView(): a weight that is pushed moves all that depends on it", () => {
  const forward = view("forward");
  forward.slide("weight from the first input to the first hidden unit", -3); // the unit falls silent
  assertEquals(forward.answer.numbers["a1.0"], 0);
  assertAlmostEquals(forward.answer.numbers["z1.0"]!, -3 - 0.2 + 0.1, 1e-12);
  assertStringIncludes(forward.svg, 'fill="#f1f3f5"');
  forward.press("Start again");
  assertEquals(forward.state.numbers, numbers);
});

Deno.test("networkView(): numbers are filled in, and judged at once", () => {
  const loss = view("loss");
  loss.press("Fill in the numbers");
  assertEquals(loss.said, "Number 1 of 5: what is p₁? Two decimals are enough.");
  assert(!loss.svg.includes(">0.537<"), "it is not given away");
  assertStringIncludes(loss.fill("p₁ =", "0.7"), "✗ not 0.70");
  assertStringIncludes(loss.fill("p₁ =", "-0.54"), "the wrong sign");
  assertStringIncludes(loss.fill("p₁ =", "half"), '"half" is no number');
  assertEquals(loss.fill("p₁ =", "0,54"), "right");
  for (const [name, value] of [["p₂ =", "0.463"], ["L =", ".62"], ["∂L/∂z²₁ =", "−0.46"], ["∂L/∂z²₂ =", "0.46"]]) {
    assertEquals(loss.fill(name!, value!), "right", name);
  }
  assertStringIncludes(loss.said, "All 5 filled in.");
});

Deno.test("networkView(): a step downhill is the library's update, and is remembered", () => {
  const step = view("step"), before = step.answer;
  step.press("One step downhill");
  assertEquals(step.state.numbers, before.quantities.map(({ value }) => value));
  assertEquals(step.state.losses, [before.loss, before.lossAfter]);
  assert(before.lossAfter < before.loss);
  step.slide("input 1", 2); // another example: what was remembered is not of it
  assertEquals(step.state.losses.length, 1);
});

Deno.test("networkView() refuses a network of other sizes", () => {
  const other = { ...SMALL_EXAMPLE, network: initialise([3, 2, 2], seededRandom(1)) };
  assertThrows(
    () => networkView("forward", other),
    TypeError,
    "needs 2 → 2, 2 → 2 and two inputs, got 3 → 2, 2 → 2 and 2",
  );
});
