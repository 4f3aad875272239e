import { assertAlmostEquals, assertEquals } from "@std/assert";
import { oneHot } from "../../lib/data/prepare.ts";
import { scalarBias } from "../../lib/course/tutorials.ts";
import { type Matrix, matrix } from "../../lib/matrix.ts";
import { backward } from "../../lib/network/backward.ts";
import { forward } from "../../lib/network/forward.ts";
import { initialise, type Network, uniformHalf } from "../../lib/network/init.ts";
import { crossEntropy } from "../../lib/network/loss.ts";
import { accuracy, predict } from "../../lib/network/predict.ts";
import { update } from "../../lib/network/update.ts";
import { seededRandom } from "../../lib/random.ts";
import { assertClose, assertMatrixClose } from "../assert_close.ts";
import golden from "../golden/relu_softmax_12_5_3.json" with { type: "json" };

function start(): { network: Network; images: Matrix } {
  const random = seededRandom(101), images = matrix(12, 8);
  for (let row = 0; row < 12; row++) for (let col = 0; col < 8; col++) images.data[col * 12 + row] = random();
  return { images, network: initialise([12, 5, 3], random, uniformHalf) };
}

Deno.test("forward(), loss and predictions equal the reference, every intermediate", () => {
  const { network, images } = start(), pass = forward(network, images);
  assertMatrixClose(pass.preActivations[0]!, golden.Z1);
  assertMatrixClose(pass.activations[1]!, golden.A1);
  assertMatrixClose(pass.preActivations[1]!, golden.Z2);
  assertMatrixClose(pass.probabilities, golden.A2);
  assertAlmostEquals(crossEntropy(pass.preActivations[1]!, golden.y), golden.loss, 1e-12);
  assertEquals([...predict(pass.probabilities)], golden.predictions);
  assertEquals(accuracy(predict(pass.probabilities), golden.y), golden.accuracy);
});

Deno.test("backward() and update() equal the reference", () => {
  const { network, images } = start();
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

Deno.test("scalarBias() makes the tutorials' mistake: one number for all, 0 at the output", () => {
  const { network, images } = start();
  const { layers } = scalarBias(network, forward(network, images), oneHot(golden.y, 3));
  assertClose(layers[0]!.bias.data, new Array(5).fill(golden.asWritten.db1));
  assertClose(layers[1]!.bias.data, [0, 0, 0]);
  const next = update(network, { layers }, 0.1);
  assertMatrixClose(next.layers[0]!.bias, golden.asWritten.updated_b1);
});
