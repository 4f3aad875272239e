import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { oneHot } from "../../lib/data/prepare.ts";
import { matrix, scale } from "../../lib/matrix.ts";
import { backward, type Gradients } from "../../lib/network/backward.ts";
import { forward } from "../../lib/network/forward.ts";
import { checkGradients } from "../../lib/network/gradient_check.ts";
import { initialise, uniformHalf, zeros } from "../../lib/network/init.ts";
import { seededRandom } from "../../lib/random.ts";
import { scalarBias } from "../../lib/tutorials/as_written.ts";
import { sigmoidStart } from "../golden/networks.ts";

const examples = (inputs: number, count: number, seed: number) =>
  matrix(inputs, count, Array.from({ length: inputs * count }, seededRandom(seed)));

Deno.test("checkGradients() reports the published mistakes and names the parameter", () => {
  const network = initialise([12, 5, 3], seededRandom(9), uniformHalf),
    X = examples(12, 8, 10),
    labels = [0, 1, 2, 2, 1, 0, 1, 2];
  const pass = forward(network, X), targets = oneHot(labels, 3), right = backward(network, pass, targets);
  const judge = (claimed: Gradients) => checkGradients(network, X, labels, claimed);
  const scalar = judge(scalarBias(network, pass, targets));
  assertAlmostEquals(scalar.relativeError, 1, 1e-9);
  assertEquals(scalar.worstParameter, "bias2");
  const scaled = {
    layers: right.layers.map(({ weights, bias }) => ({ weights: scale(weights, 41 / 42), bias: scale(bias, 41 / 42) })),
  };
  for (const { relativeError } of judge(scaled).parameters) assertAlmostEquals(relativeError, 0.01205, 1e-5);
  const unmasked = structuredClone(right) as Gradients;
  unmasked.layers[0]!.weights.data[3] = NaN;
  assertEquals(judge(unmasked).worstParameter, "weights1");
  assertThrows(
    () => judge({ layers: [right.layers[1]!, right.layers[0]!] }),
    TypeError,
    "gradient of weights1: must be [5 × 12] as the parameter, got [3 × 5]",
  );
});

Deno.test("checkGradients() shows where a parameter is worst, and calls two zeros equal", () => {
  // No ink: the weights cannot matter. Two equal logits: p = ½, so that db is ½ for the wrong class and −½ for the right one.
  const network = initialise([3, 2], seededRandom(1), zeros), X = matrix(3, 4), labels = [0, 0, 0, 0];
  const right = backward(network, forward(network, X), oneHot(labels, 2)), wrong = structuredClone(right) as Gradients;
  assertEquals([...right.layers[0]!.bias.data], [-0.5, 0.5]);
  assertEquals(checkGradients(network, X, labels, right).parameters[0]!.relativeError, 0);
  wrong.layers[0]!.weights.data.set([0, 0, 0.25, 0, 0, -3]); // column by column: row 1 of column 2
  const { parameters: [weights], worstParameter } = checkGradients(network, X, labels, wrong);
  assertEquals(weights!.worst, { row: 1, col: 2, claimed: -3, numeric: 0 });
  assertEquals([weights!.relativeError, worstParameter], [1, "weights1"]);
});

Deno.test("a penalty on the bias is caught by the gradient check", () => {
  const { network, images, labels } = sigmoidStart(),
    right = backward(network, forward(network, images), oneHot(labels, 3), 1);
  const wrong = structuredClone(right) as typeof right;
  wrong.layers[0]!.bias.data.forEach((g, i, all) => all[i] = g + network.layers[0]!.bias.data[i]! / 8);
  assertEquals(checkGradients(network, images, labels, wrong, 1).worstParameter, "bias1");
});
