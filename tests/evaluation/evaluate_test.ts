import { assertAlmostEquals, assertEquals } from "@std/assert";
import { evaluate, measurePass } from "../../lib/evaluation/evaluate.ts";
import { fromRows } from "../../lib/matrix.ts";
import { forward } from "../../lib/network/forward.ts";
import type { Network } from "../../lib/network/network.ts";

Deno.test("evaluate() by hand: two classes, logits x and 0", () => {
  const network: Network = {
    layers: [{ weights: fromRows([[1], [0]]), bias: fromRows([[0], [0]]), activation: "softmax" }],
  };
  const examples = { images: fromRows([[2, -1, 3]]), labels: [0, 1, 1] }; // the last is read wrongly
  const costs = [Math.log1p(Math.exp(-2)), Math.log1p(Math.exp(-1)), Math.log1p(Math.exp(3))];
  const { loss, accuracy } = evaluate(network, examples);
  assertAlmostEquals(loss, costs.reduce((a, b) => a + b) / 3, 1e-12);
  assertEquals(accuracy, 2 / 3);
  assertEquals(measurePass(network, forward(network, examples.images), examples.labels), { loss, accuracy });
});
