import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { oneHot } from "../../lib/data/prepare.ts";
import { fromRows, matrix, shape, toRows, transpose } from "../../lib/matrix.ts";
import { sigmoid, sigmoidSlope, slope, softmax } from "../../lib/network/activations.ts";
import { backward } from "../../lib/network/backward.ts";
import { forward } from "../../lib/network/forward.ts";
import { checkGradients } from "../../lib/network/gradient_check.ts";
import { epsilonUniform, gaussian, initialise, type Network, uniformHalf } from "../../lib/network/init.ts";
import { cost, logisticLoss, weightPenalty } from "../../lib/network/loss.ts";
import { predict } from "../../lib/network/predict.ts";
import { fromTheta, pack, toTheta, unpack } from "../../lib/network/theta.ts";
import { update } from "../../lib/network/update.ts";
import { seededRandom } from "../../lib/random.ts";
import { assertClose, assertMatrixClose } from "../assert_close.ts";
import golden from "../golden/sigmoid_12_5_3.json" with { type: "json" };

const BENDS = { hidden: "sigmoid", output: "sigmoid" } as const;

function start() {
  const random = seededRandom(202),
    draw = (rows: number, cols: number, low: number, high: number) =>
      fromRows(Array.from({ length: rows }, () => Array.from({ length: cols }, () => low + (high - low) * random())));
  const images = transpose(draw(8, 12, -0.2, 1.1));
  const layers = [fromTheta(draw(5, 13, -0.12, 0.12), "sigmoid"), fromTheta(draw(3, 6, -0.12, 0.12), "sigmoid")];
  return { images, network: { layers } as Network, labels: golden.y.map((label) => label - 1) };
}

Deno.test("forward() with sigmoids equals the reference", () => {
  const { network, images } = start(), { probabilities } = forward(network, images);
  assertMatrixClose(transpose(probabilities), golden.a3);
  assertEquals([...predict(probabilities)].map((k) => k + 1), golden.predictions);
});

for (const [lambda, expected] of [[0, golden.lambda0], [1, golden.lambda1]] as const) {
  Deno.test(`cost and gradients with lambda ${lambda} equal the reference, and so do ten steps downhill`, () => {
    const { network: first, images, labels } = start(), targets = oneHot(labels, 3);
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
    const { network, images, labels } = start();
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

Deno.test("backward() mixes bends: sigmoid inside softmax, ReLU inside sigmoid", () => {
  for (const bends of [{ hidden: "sigmoid" }, { output: "sigmoid" }] as const) {
    const network = initialise([6, 5, 4, 3], seededRandom(8), uniformHalf, bends), labels = [0, 1, 2, 2];
    const images = matrix(6, 4, Array.from({ length: 24 }, seededRandom(9)));
    const verdict = checkGradients(
      network,
      images,
      labels,
      backward(network, forward(network, images), oneHot(labels, 3)),
    );
    assert(verdict.relativeError < 1e-7, JSON.stringify(bends));
  }
});

Deno.test("a penalty on the bias is caught by the gradient check", () => {
  const { network, images, labels } = start(),
    right = backward(network, forward(network, images), oneHot(labels, 3), 1);
  const wrong = structuredClone(right) as typeof right;
  wrong.layers[0]!.bias.data.forEach((g, i, all) => all[i] = g + network.layers[0]!.bias.data[i]! / 8);
  assertEquals(checkGradients(network, images, labels, wrong, 1).worstParameter, "bias1");
});

Deno.test("sigmoid() and its slope at extreme sums", () => {
  const z = fromRows([[-1000, -1, 0, 1, 1000]]), a = sigmoid(z).data;
  assertClose(a, [0, 0.2689414213699951, 0.5, 0.7310585786300049, 1]);
  assertClose(sigmoidSlope(z).data, a.map((value) => value * (1 - value)));
  assertThrows(() => slope("softmax", z), TypeError, "slope of softmax in a hidden layer");
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

Deno.test("weightPenalty() leaves biases out, and cost() refuses a network that ends in ReLU", () => {
  const network: Network = { layers: [{ weights: fromRows([[3, 4]]), bias: fromRows([[100]]), activation: "relu" }] };
  assertEquals([weightPenalty(network, 2, 5), weightPenalty(network, 0, 5)], [5, 0]);
  assertThrows(
    () => cost(network, forward(network, matrix(2, 1)), [0]),
    TypeError,
    "the last layer must be softmax or sigmoid",
  );
});

Deno.test("Theta and (W, b) are two ways to write one layer: same outputs", () => {
  const { network, images } = start(), ones = fromRows([Array(8).fill(1)]);
  const theta = toTheta(network.layers[0]!);
  assertEquals(shape(theta), "[5 × 13]");
  const withOnes = fromRows([...toRows(ones), ...toRows(images)]);
  const product =
    forward({ layers: [{ weights: theta, bias: matrix(5, 1), activation: "sigmoid" }] }, withOnes).probabilities;
  assertClose(product.data, forward(network, images).activations[1]!.data);
  assertEquals(fromTheta(theta, "sigmoid"), network.layers[0]);
  assertThrows(() => fromTheta(matrix(5, 1), "sigmoid"), TypeError, "Theta [5 × 1]");
  const { weights, bias } = fromTheta(fromRows([[1, 2], [3, 4]]), "sigmoid"); // one input
  assertEquals([toRows(weights), toRows(bias)], [[[2], [4]], [[1], [3]]]);
});

Deno.test("pack() and unpack() are inverse for networks of any shape", () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 2, maxLength: 5 }),
      fc.nat(1000),
      (sizes, seed) => {
        const network = initialise(sizes, seededRandom(seed), gaussian);
        assertEquals(unpack(pack(network.layers), network), network);
      },
    ),
  );
  const network = initialise([2, 3, 2], seededRandom(1), uniformHalf);
  assertEquals([...pack(network.layers)].slice(0, 3), toRows(toTheta(network.layers[0]!))[0]);
  assertThrows(() => unpack([1, 2], network), TypeError, "2 numbers into a network of 17 parameters");
});

Deno.test("epsilonUniform() draws Theta row by row, the bias first", () => {
  const random = seededRandom(1),
    e = Math.sqrt(6) / Math.sqrt(5),
    drawn = Array.from({ length: 8 }, () => -e + 2 * e * random());
  assertEquals(toRows(toTheta(initialise([3, 2], seededRandom(1), epsilonUniform, BENDS).layers[0]!)).flat(), drawn);
});

Deno.test("softmax and sigmoid of two classes tell the same", () => {
  const z = fromRows([[0.7], [-0.2]]);
  assertAlmostEquals(softmax(z).data[0]!, sigmoid(fromRows([[0.9]])).data[0]!, 1e-12);
});
