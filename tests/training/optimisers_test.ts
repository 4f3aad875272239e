import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { drawDigits } from "../../lib/data/drawn_digits.ts";
import { normalise, oneHot, split } from "../../lib/data/prepare.ts";
import { train } from "../../lib/engine/train.ts";
import { fromRows, transpose } from "../../lib/matrix.ts";
import { backward } from "../../lib/network/backward.ts";
import { forward } from "../../lib/network/forward.ts";
import { initialise, uniformHalf } from "../../lib/network/init.ts";
import { cost } from "../../lib/network/loss.ts";
import type { Network } from "../../lib/network/network.ts";
import { seededRandom } from "../../lib/random.ts";
import { adam, momentum, sgd } from "../../lib/training/optimisers.ts";
import { assertMatrixClose } from "../assert_close.ts";
import small from "../golden/adam_12_6_5_3.json" with { type: "json" };
import { deepStart } from "../golden/networks.ts";

for (const key of ["adam_keras_lr0.001", "adam_keras_lr0.1", "adam_paper_lr0.001", "adam_paper_lr0.1"] as const) {
  Deno.test(`five Adam steps equal the reference: ${key}`, () => {
    const { network: first, images, labels } = deepStart(), { form, learningRate, loss_after, params } = small[key];
    const optimiser = adam({ learningRate, form: form as "keras" | "paper" });
    let network = first, state = optimiser.init(first);
    for (const expected of loss_after) {
      const gradients = backward(network, forward(network, images), oneHot(labels, 3));
      ({ network, state } = optimiser.step(network, gradients, state));
      assertAlmostEquals(cost(network, forward(network, images), labels), expected, 1e-12);
    }
    for (const [l, name] of (["W1", "W2", "W3"] as const).entries()) {
      assertMatrixClose(transpose(network.layers[l]!.weights), params[name]);
    }
  });
}

Deno.test("momentum() adds up what points the same way; without it, it is sgd()", () => {
  const network = { layers: [{ weights: fromRows([[0]]), bias: fromRows([[0]]), activation: "softmax" as const }] };
  const gradients = { layers: [{ weights: fromRows([[1]]), bias: fromRows([[0]]) }] };
  const optimiser = momentum(0.1, 0.5), once = optimiser.step(network, gradients, optimiser.init(network));
  const twice = optimiser.step(once.network, gradients, once.state);
  const thrice = optimiser.step(twice.network, gradients, twice.state);
  const weight = ({ network }: { network: Network }) => network.layers[0]!.weights.data[0]!;
  assertAlmostEquals(weight(once), -0.1);
  assertAlmostEquals(weight(twice), -0.1 - 0.1 * 1.5);
  assertAlmostEquals(weight(thrice), -0.1 - 0.1 * 1.5 - 0.1 * 1.75); // 1 + 1.5 / 2
  assertEquals(thrice.state.steps, 3);
  assertEquals(optimiser.step(once.network, gradients, once.state), twice); // nothing is remembered but the state
  const [a, b] = [momentum(0.3, 0), sgd(0.3)].map((o) => o.step(network, gradients, o.init(network)).network);
  assertEquals(a, b);
  for (const o of [momentum(0.1), adam()]) {
    const wide = { layers: [{ weights: fromRows([[1, 2]]), bias: fromRows([[0]]) }] };
    assertThrows(() => o.step(network, wide, o.init(network)), TypeError, "[1 × 1] and [1 × 2]");
  }
  assertThrows(() => adam({ learningRate: 0 }), RangeError, "got 0");
});

const set = drawDigits(120, 3), parts = split(set, 20);

const lesson = { images: normalise(parts.train), labels: parts.train.labels };

const start = initialise([784, 10, 10], seededRandom(1), uniformHalf);

Deno.test("one optimiser serves any number of trainings: it remembers nothing itself", async () => {
  const optimiser = adam(), options = { epochs: 2, optimiser };
  assertEquals(await train(start, lesson, options), await train(start, lesson, options));
});
