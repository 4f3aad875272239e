import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { oneHot } from "../../lib/data/prepare.ts";
import { columns, matrix, transpose } from "../../lib/matrix.ts";
import { BACKWARD, backward, squaredErrorBackward } from "../../lib/network/backward.ts";
import { forward } from "../../lib/network/forward.ts";
import { checkGradients } from "../../lib/network/gradient_check.ts";
import { initialise, uniformHalf } from "../../lib/network/init.ts";
import { cost } from "../../lib/network/loss.ts";
import type { Network } from "../../lib/network/network.ts";
import { toTheta } from "../../lib/network/theta.ts";
import { update } from "../../lib/network/update.ts";
import { seededRandom, shuffledIndices } from "../../lib/random.ts";
import { assertClose, assertMatrixClose } from "../assert_close.ts";
import small from "../golden/adam_12_6_5_3.json" with { type: "json" };
import golden from "../golden/relu_softmax_12_5_3.json" with { type: "json" };
import sigmoids from "../golden/sigmoid_12_5_3.json" with { type: "json" };
import { deepStart, reluStart, sigmoidStart } from "../golden/networks.ts";

const examples = (inputs: number, count: number, seed: number) =>
  matrix(inputs, count, Array.from({ length: inputs * count }, seededRandom(seed)));

for (const sizes of [[7, 3], [7, 5, 3], [7, 6, 5, 3], [7, 6, 5, 4, 3]]) {
  Deno.test(`backward() agrees with central differences, ${sizes.join("-")}`, () => {
    const network = initialise(sizes, seededRandom(11), uniformHalf), X = examples(7, 5, 12), labels = [0, 2, 1, 2, 2];
    const verdict = checkGradients(network, X, labels, backward(network, forward(network, X), oneHot(labels, 3)));
    assert(verdict.relativeError < 1e-7, `${verdict.worstParameter}: ${verdict.relativeError}`);
    assertEquals(verdict.parameters.length, 2 * (sizes.length - 1));
  });
}

Deno.test("backward() does not care about the order of the examples", () => {
  const network = initialise([6, 5, 4], seededRandom(2), uniformHalf),
    X = examples(6, 9, 5),
    labels = [0, 1, 2, 3, 0, 1, 2, 3, 0];
  const order = shuffledIndices(9, seededRandom(4));
  const shuffledX = matrix(6, 9, order.flatMap((j) => [...columns(X, j).data]));
  const one = backward(network, forward(network, X), oneHot(labels, 4));
  const other = backward(network, forward(network, shuffledX), oneHot(order.map((j) => labels[j]!), 4));
  one.layers.forEach((layer, l) => assertClose(other.layers[l]!.weights.data, layer.weights.data));
});

Deno.test("backward() refuses targets of another shape", () => {
  const network = initialise([6, 5, 4], seededRandom(2)), pass = forward(network, examples(6, 2, 1));
  assertThrows(() => backward(network, pass, matrix(3, 2)), TypeError, "probabilities [4 × 2] with targets [3 × 2]");
});

Deno.test("backward() and update() equal the reference", () => {
  const { network, images } = reluStart();
  const gradients = backward(network, forward(network, images), oneHot(golden.y, 3));
  assertMatrixClose(gradients.layers[0]!.weights, golden.dW1);
  assertMatrixClose(gradients.layers[0]!.bias, golden.db1);
  assertMatrixClose(gradients.layers[1]!.weights, golden.dW2);
  assertMatrixClose(gradients.layers[1]!.bias, golden.db2);
  const next = update(network, gradients, 0.1);
  assertMatrixClose(next.layers[0]!.weights, golden.updated.W1);
  assertMatrixClose(next.layers[0]!.bias, golden.updated.b1);
  assertMatrixClose(next.layers[1]!.weights, golden.updated.W2);
  assertMatrixClose(next.layers[1]!.bias, golden.updated.b2);
});

for (const [lambda, expected] of [[0, sigmoids.lambda0], [1, sigmoids.lambda1]] as const) {
  Deno.test(`cost and gradients with lambda ${lambda} equal the reference, and so do ten steps downhill`, () => {
    const { network: first, images, labels } = sigmoidStart(), targets = oneHot(labels, 3);
    let network = first;
    for (let k = 0; k < 10; k++) {
      const pass = forward(network, images), gradients = backward(network, pass, targets, lambda);
      assertAlmostEquals(cost(network, pass, labels, lambda), expected.J_history_10_steps_before_update[k]!, 1e-12);
      if (k === 0) {
        assertAlmostEquals(cost(network, pass, labels, lambda), expected.J, 1e-12);
        const [one, two] = gradients.layers.map((layer) => toTheta({ ...layer, activation: "sigmoid" }));
        assertMatrixClose(one!, expected.grad1);
        assertMatrixClose(two!, expected.grad2);
      }
      network = update(network, gradients, 0.8);
      if (k === 0) assertMatrixClose(toTheta(network.layers[0]!), expected.updated_Theta1);
    }
    assertMatrixClose(toTheta(network.layers[0]!), expected.Theta1_after_10);
    assertMatrixClose(toTheta(network.layers[1]!), expected.Theta2_after_10);
  });

  Deno.test(`backward() with sigmoids and lambda ${lambda} agrees with central differences`, () => {
    const { network, images, labels } = sigmoidStart();
    const verdict = checkGradients(
      network,
      images,
      labels,
      backward(network, forward(network, images), oneHot(labels, 3), lambda),
      lambda,
    );
    assert(verdict.relativeError < 1e-7, `${verdict.worstParameter}: ${verdict.relativeError}`);
  });
}

for (
  const [loss, output] of [["cross-entropy", "softmax"], ["cross-entropy", "sigmoid"], [
    "squared-error",
    "sigmoid",
  ]] as const
) {
  Deno.test(`gradients of the ${loss} after ${output} agree with central differences, whatever bends inside, however deep`, () => {
    for (const hidden of ["relu", "sigmoid", "tanh"] as const) {
      for (const between of [[], [5], [5, 4], [5, 4, 4]]) {
        const network = initialise([6, ...between, 3], seededRandom(8), uniformHalf, { hidden, output });
        const images = matrix(6, 4, Array.from({ length: 24 }, seededRandom(9))), labels = [0, 1, 2, 2];
        const claimed = BACKWARD[loss](network, forward(network, images), oneHot(labels, 3), 0.3);
        const verdict = checkGradients(network, images, labels, claimed, 0.3, loss);
        assert(
          verdict.relativeError < 1e-7,
          `${hidden}, ${between}: ${verdict.worstParameter} ${verdict.relativeError}`,
        );
      }
    }
  });
}

Deno.test("the squared error's blame at one output is (a − y) a (1 − a)", () => {
  const network: Network = {
    layers: [{ weights: matrix(2, 1, [0, 1]), bias: matrix(2, 1), activation: "sigmoid" }],
  };
  const pass = forward(network, matrix(1, 1, [0])); // both outputs are ½
  assertEquals([...squaredErrorBackward(network, pass, oneHot([1], 2)).layers[0]!.bias.data], [0.125, -0.125]);
  assertThrows(() => squaredErrorBackward(network, pass, matrix(3, 1)), TypeError, "with targets [3 × 1]");
});

Deno.test("three layers: probabilities, loss and gradients equal the reference", () => {
  const { network, images, labels } = deepStart(), pass = forward(network, images);
  assertMatrixClose(transpose(pass.probabilities), small.p);
  assertAlmostEquals(cost(network, pass, labels), small.loss, 1e-12);
  const { layers } = backward(network, pass, oneHot(labels, 3));
  for (const [l, name] of (["W1", "W2", "W3"] as const).entries()) {
    assertMatrixClose(transpose(layers[l]!.weights), small.gradients[name]);
  }
  for (const [l, name] of (["b1", "b2", "b3"] as const).entries()) {
    assertMatrixClose(transpose(layers[l]!.bias), [small.gradients[name]]);
  }
});
