import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { fromRows, matrix } from "../../lib/matrix.ts";
import { sigmoid, softmax } from "../../lib/network/activations.ts";
import { forward } from "../../lib/network/forward.ts";
import { initialise } from "../../lib/network/init.ts";
import {
  cost,
  crossEntropy,
  logisticLoss,
  lossPerExample,
  squaredError,
  weightPenalty,
} from "../../lib/network/loss.ts";
import type { Network } from "../../lib/network/network.ts";
import { seededRandom } from "../../lib/random.ts";
import { assertClose } from "../assert_close.ts";
import golden from "../golden/numerics.json" with { type: "json" };

const examples = (inputs: number, count: number, seed: number) =>
  matrix(inputs, count, Array.from({ length: inputs * count }, seededRandom(seed)));

Deno.test("crossEntropy() at extreme logits is finite and exact", () => {
  for (const { z, cross_entropy_for_class_0: first, cross_entropy_for_class_2: third } of golden.softmax) {
    assertClose([crossEntropy(matrix(3, 1, z), [0]), crossEntropy(matrix(3, 1, z), [2])], [first, third]);
  }
});

Deno.test("crossEntropy() of equal logits is ln of the number of classes", () => {
  assertAlmostEquals(crossEntropy(matrix(10, 4), [0, 3, 9, 9]), Math.log(10), 1e-12);
});

Deno.test("crossEntropy() equals the mean of lossPerExample()", () => {
  const logits = examples(10, 6, 4), labels = [3, 1, 4, 1, 5, 9];
  const each = lossPerExample(softmax(logits), labels);
  assertAlmostEquals(crossEntropy(logits, labels), each.reduce((a, b) => a + b) / 6, 1e-12);
});

Deno.test("losses refuse labels that are missing or no class, and an empty batch", () => {
  assertThrows(() => crossEntropy(matrix(10, 2), [1]), TypeError, "2 columns of outputs with 1 labels");
  assertThrows(
    () => crossEntropy(matrix(10, 2), [1, 10]),
    RangeError,
    "labels[1]: must be a whole number from 0 to 9, got 10",
  );
  assertThrows(() => crossEntropy(matrix(10, 2), [0.5, 1]), RangeError, "got 0.5");
  assertThrows(() => crossEntropy(matrix(10, 0), []), RangeError, "no examples");
});

Deno.test("logisticLoss() is finite where log(1 - a) is not, and equals it elsewhere", () => {
  assertEquals([logisticLoss(fromRows([[1000], [0]]), [0]), logisticLoss(fromRows([[1000], [0]]), [1])], [
    Math.LN2,
    1000 + Math.LN2,
  ]);
  const a = sigmoid(fromRows([[0.3], [-2], [1]])).data;
  const naive = -Math.log(1 - a[0]!) - Math.log(a[1]!) - Math.log(1 - a[2]!);
  assertAlmostEquals(logisticLoss(fromRows([[0.3], [-2], [1]]), [1]), naive, 1e-12);
});

Deno.test("squaredError() is half the sum of squares, averaged over examples, and refuses what it does not go with", () => {
  assertAlmostEquals(squaredError(fromRows([[0.5, 1], [0, 0.1]]), [0, 1]), (0.25 + 1 + 0.81) / 4, 1e-15);
  assertThrows(() => squaredError(matrix(2, 0), []), RangeError, "no examples");
  const start = initialise([2, 3], seededRandom(1));
  assertThrows(
    () => cost(start, forward(start, matrix(2, 1)), [0], 0, "squared-error"),
    TypeError,
    "Cannot take the squared error after softmax: the last layer must be sigmoid",
  );
});

Deno.test("weightPenalty() leaves biases out, and cost() refuses a network that ends in ReLU", () => {
  const network: Network = { layers: [{ weights: fromRows([[3, 4]]), bias: fromRows([[100]]), activation: "relu" }] };
  assertEquals([weightPenalty(network, 2, 5), weightPenalty(network, 0, 5)], [5, 0]);
  assertThrows(
    () => cost(network, forward(network, matrix(2, 1)), [0]),
    TypeError,
    "the last layer must be softmax or sigmoid",
  );
});
