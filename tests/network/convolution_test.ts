import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { oneHot } from "../../lib/data/prepare.ts";
import { fromRows, type Matrix, matrix, toRows, transpose } from "../../lib/matrix.ts";
import { backward } from "../../lib/network/backward.ts";
import { convolve, joinPatches, patches } from "../../lib/network/convolution.ts";
import { forward } from "../../lib/network/forward.ts";
import { checkGradients } from "../../lib/network/gradient_check.ts";
import { uniformHalf } from "../../lib/network/init.ts";
import { initialiseLayers, type LayerList } from "../../lib/network/init_layers.ts";
import { crossEntropy } from "../../lib/network/loss.ts";
import { type Convolution, type Layer, type Network, pooledSize, summedSize } from "../../lib/network/network.ts";
import { seededRandom } from "../../lib/random.ts";
import { adam } from "../../lib/training/optimisers.ts";
import { assertClose, assertMatrixClose } from "../assert_close.ts";
import golden from "../golden/convolution_8x8.json" with { type: "json" };

const drawn = (rows: number, cols: number, seed: number) =>
  matrix(rows, cols, Array.from({ length: rows * cols }, seededRandom(seed)));
const column = (values: number[]) => transpose(fromRows([values]));

/** Six loops and no idea of patches. */
function byLoops(
  { weights, bias, convolution }: Layer,
  picture: (y: number, x: number, c: number) => number,
): number[] {
  const { height, width, channels, size, padding, pool } = convolution!, sums: number[] = [];
  const { rows, cols } = summedSize(convolution!),
    sumAt = (y: number, x: number, f: number) => {
      let sum = bias.data[f]!;
      for (let dy = 0; dy < size; dy++) {
        for (let dx = 0; dx < size; dx++) {
          const [py, px] = [y + dy - padding, x + dx - padding];
          if (py < 0 || px < 0 || py >= height || px >= width) continue;
          for (let c = 0; c < channels; c++) {
            sum += weights.data[((dy * size + dx) * channels + c) * weights.rows + f]! * picture(py, px, c);
          }
        }
      }
      return sum;
    };
  for (let y = 0; y < rows; y += pool) {
    for (let x = 0; x < cols; x += pool) {
      for (let f = 0; f < weights.rows; f++) {
        let best = -Infinity;
        for (let dy = 0; dy < pool; dy++) {
          for (let dx = 0; dx < pool; dx++) best = Math.max(best, sumAt(y + dy, x + dx, f));
        }
        sums.push(best);
      }
    }
  }
  return sums;
}

/** Convolutions that fit: a window no larger than the picture, a pool that divides. */
const convolutions = fc.record({
  height: fc.integer({ min: 1, max: 7 }),
  width: fc.integer({ min: 1, max: 7 }),
  channels: fc.integer({ min: 1, max: 3 }),
  size: fc.integer({ min: 1, max: 4 }),
  padding: fc.integer({ min: 0, max: 3 }),
  pool: fc.integer({ min: 1, max: 3 }),
}).filter((c) => {
  const { rows, cols } = summedSize(c);
  return c.padding < c.size && rows > 0 && cols > 0 && rows % c.pool === 0 && cols % c.pool === 0;
});

Deno.test("convolve() by hand: an edge between dark and light, padded and pooled", () => {
  const layer: Layer = {
    weights: fromRows([[-1, 1, -1, 1]]),
    bias: fromRows([[0.5]]),
    activation: "relu",
    convolution: { height: 3, width: 3, channels: 1, size: 2, padding: 0, pool: 1 },
  };
  const picture = column([0, 0, 1, 0, 0, 1, 0, 0, 1]);
  assertEquals(toRows(convolve(layer, picture)).flat(), [0.5, 2.5, 0.5, 2.5]);
  const pooled = { ...layer, convolution: { ...layer.convolution!, pool: 2 } };
  assertEquals(toRows(convolve(pooled, picture)), [[2.5]]);
  const padded = { ...layer, convolution: { ...layer.convolution!, padding: 1 } };
  assertEquals(toRows(convolve(padded, column([1, 0, 0, 0, 0, 0, 0, 0, 0]))).flat().slice(0, 4), [1.5, -0.5, 0.5, 0.5]);
});

Deno.test("convolve() does what six loops do, for any picture, window, padding and pool", () => {
  fc.assert(fc.property(convolutions, fc.integer({ min: 1, max: 4 }), fc.integer(), (convolution, filters, seed) => {
    const { height, width, channels, size } = convolution, inputs = height * width * channels;
    const weights = drawn(filters, size * size * channels, seed), bias = drawn(filters, 1, seed + 1);
    const images = drawn(inputs, 2, seed + 2), layer: Layer = { weights, bias, activation: "relu", convolution };
    const wanted = [0, 1].flatMap((j) =>
      byLoops(layer, (y, x, c) => images.data[j * inputs + (y * width + x) * channels + c]!)
    );
    assertClose(convolve(layer, images).data, wanted);
  }));
});

Deno.test("joinPatches() is the transpose of patches(): ⟨patches(X), D⟩ = ⟨X, joinPatches(D)⟩", () => {
  const product = (a: Matrix, b: Matrix) => a.data.reduce((sum, value, i) => sum + value * b.data[i]!, 0);
  fc.assert(fc.property(convolutions, fc.integer(), (convolution, seed) => {
    const { height, width, channels } = convolution, X = drawn(height * width * channels, 3, seed);
    const P = patches(X, convolution), D = drawn(P.rows, P.cols, seed + 1);
    assertAlmostEquals(product(P, D), product(X, joinPatches(D, convolution)), 1e-9);
  }));
});

const ARCHITECTURES: LayerList[] = [
  [36, { filters: 2, size: 3 }, 3],
  [36, { filters: 3, size: 3, pool: 2 }, 3],
  [36, { filters: 2, size: 3, padding: 1, pool: 3 }, 3],
  [36, { filters: 2, size: 5, padding: 2 }, 4, 3],
  [36, { filters: 3, size: 1, pool: 2 }, { filters: 2, size: 2 }, 3],
  [36, { filters: 2, size: 3, padding: 1 }, { filters: 3, size: 3, padding: 1, pool: 2 }, 3],
  [36, { filters: 1, size: 6 }, 3],
  [36, { filters: 4, size: 2, padding: 1, pool: 7 }, 5, 3],
  [36, { filters: 2, size: 3 }, { filters: 2, size: 3, pool: 2 }, { filters: 3, size: 1 }, 3],
  [49, { filters: 2, size: 2, pool: 3 }, { filters: 3, size: 2, padding: 1, pool: 3 }, 4, 3],
];

for (const [i, plan] of ARCHITECTURES.entries()) {
  for (const hidden of ["relu", "tanh", "sigmoid"] as const) {
    Deno.test(`backward() through convolutions agrees with central differences, ${i + 1} of 10, ${hidden}`, () => {
      const network = initialiseLayers(plan, seededRandom(i), uniformHalf, { hidden });
      const X = drawn(plan[0], 4, i + 20), labels = [0, 2, 1, 2];
      const claimed = backward(network, forward(network, X), oneHot(labels, 3), 0.3);
      const verdict = checkGradients(network, X, labels, claimed, 0.3);
      assert(verdict.relativeError < 1e-7, `${verdict.worstParameter}: ${verdict.relativeError}`);
    });
  }
}

/** The start of convolution_8x8.json. */
function goldenStart(): { network: Network; images: Matrix } {
  const random = seededRandom(404), images = matrix(64, 6, Array.from({ length: 64 * 6 }, random));
  const plan: LayerList = [64, { filters: 3, size: 3, padding: 1, pool: 2 }, { filters: 4, size: 2 }, 5];
  const { layers } = initialiseLayers(plan, random, uniformHalf);
  return { images, network: { layers: layers.with(1, { ...layers[1]!, activation: "tanh" }) } };
}

Deno.test("a convolutional network computes PyTorch's logits, loss and gradients, and Adam leads where PyTorch's leads", () => {
  const { network: start, images } = goldenStart(), pass = forward(start, images), Y = oneHot(golden.y, 5);
  assertMatrixClose(pass.logits, golden.logits);
  assertAlmostEquals(crossEntropy(pass.logits, golden.y), golden.loss, 1e-12);
  const { layers } = backward(start, pass, Y);
  layers.forEach(({ weights, bias }, l) => {
    assertMatrixClose(weights, golden.gradients[2 * l] as number[][]);
    assertClose(bias.data, golden.gradients[2 * l + 1] as number[]);
  });
  const { learningRate, epsilon, steps, loss, bias1 } = golden.adam;
  const optimiser = adam({ learningRate, epsilon, form: "paper" });
  let network = start, state = optimiser.init(start);
  for (let step = 0; step < steps; step++) {
    ({ network, state } = optimiser.step(network, backward(network, forward(network, images), Y), state));
  }
  assertAlmostEquals(crossEntropy(forward(network, images).logits, golden.y), loss, 1e-9);
  assertClose(network.layers[0]!.bias.data, bias1, { absolute: 1e-9 });
  assertEquals(network.layers.map(({ convolution }) => convolution?.pool), [2, 1, undefined]);
});

Deno.test("pooling blames the first of equals, and only it", () => {
  const layer: Layer = {
    weights: fromRows([[1]]),
    bias: fromRows([[0]]),
    activation: "relu",
    convolution: { height: 2, width: 2, channels: 1, size: 1, padding: 0, pool: 2 },
  };
  const dense: Layer = { weights: fromRows([[1], [-1]]), bias: fromRows([[0], [0]]), activation: "softmax" };
  const network = { layers: [layer, layer, dense].toSpliced(1, 1) }, X = column([3, 5, 5, 1]);
  const { layers } = backward(network, forward(network, X), oneHot([1], 2));
  assertAlmostEquals(layers[0]!.weights.data[0]!, 5 * layers[0]!.bias.data[0]!, 1e-12);
});

Deno.test("what does not fit together is refused, with both sizes", () => {
  const plan = (list: LayerList) => () => initialiseLayers(list, seededRandom(1));
  const refused = (list: LayerList, type: typeof TypeError | typeof RangeError, words: string) =>
    assertThrows(plan(list), type as typeof Error, words);
  refused([16, { filters: 2, size: 5 }, 3], RangeError, "a window of 5 × 5 must fit into the picture, got 4 × 4 × 1");
  refused([36, { filters: 2, size: 3, pool: 3 }, 3], RangeError, "pool must divide its 4 × 4 sums, got 3");
  refused(
    [36, { filters: 2, size: 3, padding: 3 }, 3],
    RangeError,
    "padding must be a whole number from 0 to 2, got 3",
  );
  refused([36, { filters: 0, size: 3 }, 3], RangeError, "the size of layer 1 must be a whole number from 1, got 0");
  refused([36, { filters: 2, size: 1.5 }, 3], RangeError, "size must be a whole number from 1, got 1.5");
  refused([36, { filters: 2, size: 3 }], TypeError, "its last layer must be a number of classes, got a convolution");
  refused([35, { filters: 2, size: 3 }, 3], TypeError, "must get a picture, got 35 inputs, which are no square");
  refused([36, 8, { filters: 2, size: 2 }, 3], TypeError, "must get a picture, got the 8 units of layer 1");
  refused([36], RangeError, "needs at least one layer");
  const network = initialiseLayers([36, { filters: 2, size: 3 }, 3], seededRandom(1));
  assertThrows(
    () => forward(network, matrix(35, 2)),
    TypeError,
    "Cannot take patches of images [35 × 2]: layer 1 needs 36 rows, pictures of 6 × 6 × 1",
  );
  const twoChannels: Convolution = { height: 4, width: 4, channels: 2, size: 3, padding: 0, pool: 1 };
  const other = { ...network.layers[0]!, convolution: twoChannels };
  assertThrows(
    () => backward({ layers: [other, network.layers[1]!] }, forward(network, matrix(36, 1)), oneHot([0], 3)),
    TypeError,
    "Cannot multiply [2 × 9] by [18 × 4]",
  );
  assertEquals(pooledSize(network.layers[0]!.convolution!), { rows: 4, cols: 4 });
});
