import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { scalarBias, scalarBiasWrongCount } from "../../lib/course/tutorials.ts";
import { oneHot } from "../../lib/data/prepare.ts";
import { columns, fromRows, matrix, scale, toRows } from "../../lib/matrix.ts";
import { relu, reluSlope, softmax } from "../../lib/network/activations.ts";
import { backward, type Gradients } from "../../lib/network/backward.ts";
import { forward } from "../../lib/network/forward.ts";
import { checkGradients } from "../../lib/network/gradient_check.ts";
import {
  assertNetwork,
  countParameters,
  glorot,
  he,
  initialise,
  sizesOf,
  uniformHalf,
  zeros,
} from "../../lib/network/init.ts";
import { crossEntropy, lossPerExample } from "../../lib/network/loss.ts";
import { accuracy, predict } from "../../lib/network/predict.ts";
import { update } from "../../lib/network/update.ts";
import { seededRandom, shuffledIndices } from "../../lib/random.ts";
import { assertClose } from "../assert_close.ts";
import golden from "../golden/numerics.json" with { type: "json" };

const examples = (inputs: number, count: number, seed: number) =>
  matrix(inputs, count, Array.from({ length: inputs * count }, seededRandom(seed)));

Deno.test("relu() and reluSlope() on negative, zero, minus zero, tiny and positive sums", () => {
  const z = fromRows([golden.relu.z]);
  assertEquals(relu(z).data.map((v) => v + 0), Float64Array.from(golden.relu.relu));
  assertEquals([...reluSlope(z).data], golden.relu.derivative_z_gt_0);
  assert(Number.isNaN(relu(fromRows([[NaN]])).data[0]));
});

Deno.test("softmax() of ordinary and extreme logits equals the exact values", () => {
  for (const { z, stable } of golden.softmax) assertClose(softmax(matrix(z.length, 1, z)).data, stable);
});

Deno.test("softmax() returns columns that sum to one and ignores a constant added to a column", () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: -1000, max: 1000, noNaN: true }), { minLength: 1, maxLength: 12 }),
      fc.integer({ min: -500, max: 500 }),
      (z, shift) => {
        const p = softmax(matrix(z.length, 1, z)).data;
        assertAlmostEquals(p.reduce((a, b) => a + b, 0), 1, 1e-12);
        assertClose(
          softmax(matrix(
            z.length,
            1,
            z.map((v) => v + shift),
          )).data,
          p,
          { absolute: 1e-12, relative: 1e-9 },
        );
      },
    ),
  );
});

Deno.test("softmax() refuses logits that are not finite", () => {
  for (const bad of [NaN, Infinity, -Infinity]) {
    assertThrows(
      () => softmax(fromRows([[1, 0], [2, bad]])),
      RangeError,
      `Cannot take the softmax of column 1: logits must be finite, got 0,${bad}`,
    );
  }
});

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

Deno.test("initialise() draws W1 row by row, then b1, then W2", () => {
  const random = seededRandom(1), { layers } = initialise([3, 2, 2], seededRandom(1), uniformHalf);
  const drawn = Array.from({ length: 3 * 2 + 2 + 4 + 2 }, () => -0.5 + random());
  assertEquals(toRows(layers[0]!.weights).flat(), drawn.slice(0, 6));
  assertEquals([...layers[0]!.bias.data], drawn.slice(6, 8));
  assertEquals(toRows(layers[1]!.weights).flat(), drawn.slice(8, 12));
  assertEquals(layers.map(({ activation }) => activation), ["relu", "softmax"]);
});

Deno.test("the initialisers have the spread they promise", () => {
  const deviation = (values: Float64Array) => Math.sqrt(values.reduce((sum, v) => sum + v * v, 0) / values.length);
  const first = (rule: typeof he) => initialise([400, 100, 10], seededRandom(2), rule).layers[0]!;
  assertAlmostEquals(deviation(first(he).weights.data), Math.sqrt(2 / 400), 0.002);
  assertAlmostEquals(deviation(first(glorot).weights.data), Math.sqrt(2 / 500), 0.002);
  assertAlmostEquals(deviation(first(uniformHalf).weights.data), Math.sqrt(1 / 12), 0.005);
  assertEquals([first(zeros).weights.data.some(Boolean), first(he).bias.data.some(Boolean)], [false, false]);
});

Deno.test("initialise() refuses sizes that make no network", () => {
  for (const sizes of [[], [784], [784, 0, 10], [784, 2.5, 10]]) {
    assertThrows(
      () => initialise(sizes, seededRandom(1)),
      RangeError,
      "sizes must be at least two whole numbers from 1",
    );
  }
});

Deno.test("countParameters() and sizesOf() for the networks of the tutorials", () => {
  for (
    const [sizes, count] of [[[784, 10, 10], 7960], [[400, 25, 10], 10_285], [[784, 128, 128, 10], 118_282]] as const
  ) {
    const network = initialise(sizes, seededRandom(1));
    assertEquals([countParameters(network), sizesOf(network)], [count, [...sizes]]);
  }
});

Deno.test("assertNetwork() names the layer that does not fit", () => {
  const layer = (units: number, inputs: number, bias = units) => ({
    weights: matrix(units, inputs),
    bias: matrix(bias, 1),
    activation: "relu" as const,
  });
  assertThrows(() => assertNetwork({ layers: [] }), TypeError, "at least one");
  assertThrows(() => assertNetwork({ layers: [layer(5, 3, 4)] }), TypeError, "layer 1: bias must be [5 × 1]");
  assertThrows(
    () => assertNetwork({ layers: [layer(5, 3), layer(2, 4)] }),
    TypeError,
    "layer 2: weights [2 × 4] must have 5 columns",
  );
  assertNetwork({ layers: [layer(5, 3), layer(2, 5)] });
});

Deno.test("forward() names both shapes when images do not fit", () => {
  const network = initialise([784, 10, 10], seededRandom(1));
  assertThrows(
    () => forward(network, matrix(785, 1000)),
    TypeError,
    "Cannot multiply weights1 [10 × 784] by images [785 × 1000]: inner sizes must be equal, got 784 and 785",
  );
});

Deno.test("forward() names the first example whose sums are not finite", () => {
  const images = matrix(6, 3);
  images.data[2 * 6 + 4] = Infinity; // one pixel of example 2
  const network = initialise([6, 4, 3], seededRandom(3), () => ({ weight: () => 1, bias: () => 0 }));
  assertThrows(
    () => forward(network, images),
    RangeError,
    "Cannot use layer 1: its sums must be finite, got Infinity for example 2",
  );
});

Deno.test("forward() treats each column alone", () => {
  const network = initialise([6, 4, 3], seededRandom(3), uniformHalf), X = examples(6, 5, 8);
  const whole = forward(network, X).probabilities;
  for (let j = 0; j < 5; j++) assertEquals(forward(network, columns(X, j)).probabilities, columns(whole, j));
});

for (const sizes of [[7, 3], [7, 5, 3], [7, 6, 5, 3], [7, 6, 5, 4, 3]]) {
  Deno.test(`backward() agrees with central differences, ${sizes.join("-")}`, () => {
    const network = initialise(sizes, seededRandom(11), uniformHalf), X = examples(7, 5, 12), labels = [0, 2, 1, 2, 2];
    const verdict = checkGradients(network, X, labels, backward(network, forward(network, X), oneHot(labels, 3)));
    assert(verdict.relativeError < 1e-7, `${verdict.worstParameter}: ${verdict.relativeError}`);
    assertEquals(verdict.parameters.length, 2 * (sizes.length - 1));
  });
}

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

Deno.test("scalarBiasWrongCount() divides by the rows of the whole file", () => {
  const network = initialise([4, 3, 2], seededRandom(9), uniformHalf),
    X = examples(4, 1000, 10),
    labels = Array.from({ length: 1000 }, (_, j) => j % 2);
  const pass = forward(network, X), targets = oneHot(labels, 2);
  const half = scalarBiasWrongCount(network, pass, targets).layers[0]!.weights.data; // 1,000 of 2,000 rows
  assertClose(half, scalarBias(network, pass, targets).layers[0]!.weights.data.map((value) => value / 2));
});

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

Deno.test("update() steps downhill, leaves its input alone, and refuses a rate that is no rate", () => {
  const network = initialise([6, 5, 4], seededRandom(2)),
    X = examples(6, 3, 1),
    labels = [0, 1, 2],
    before = structuredClone(network);
  const loss = (n: typeof network) => crossEntropy(forward(n, X).preActivations[1]!, labels);
  const gradients = backward(network, forward(network, X), oneHot(labels, 4));
  assert(loss(update(network, gradients, 0.1)) < loss(network));
  assertEquals(network, before);
  for (const rate of [0, -1, NaN, Infinity]) {
    assertThrows(() => update(network, gradients, rate), RangeError, `got ${rate}`);
  }
});

Deno.test("predict() takes the largest, of equals the first; accuracy() counts", () => {
  assertEquals([...predict(fromRows([[0.2, 0.4, 1], [0.5, 0.4, 0], [0.3, 0.2, 0]]))], [1, 0, 0]);
  assertEquals(accuracy([1, 0, 0], [1, 0, 2]), 2 / 3);
  assertThrows(() => accuracy([1], [1, 2]), TypeError, "1 predictions with 2 labels");
  assertThrows(() => accuracy([], []), RangeError, "at least one");
});
