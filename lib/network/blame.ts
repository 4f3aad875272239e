/**
 * Blame on its way back: from the ten answers of one digit through the hidden units to its pixels.
 *
 * @module
 */
import { columns, hadamard, type Matrix, matrix, transpose } from "../matrix.ts";
import { matmul } from "../products.ts";
import { oneHot } from "../data/prepare.ts";
import { backward } from "./backward.ts";
import { forward } from "./forward.ts";
import type { Layer, Network } from "./network.ts";

/** The blame of one digit, layer by layer. */
export interface Blame {
  /** dZ of each layer, `[units × 1]`, first layer first. */
  readonly layers: readonly Matrix[];
  /** How the loss changes with each pixel, `[inputs × 1]`: W1ᵀ dZ1. Where it is large, ink matters most. */
  readonly pixels: Matrix;
}

/**
 * The blame of one digit: dZ of each layer, and how the loss would change with each pixel.
 *
 * For a single digit the gradient of a bias is dZ itself.
 *
 * @param network Without convolutions, whose units share their weights: a bias's slope is not one sum's blame there.
 * @param images X, `[inputs × examples]`, 0 to 1.
 * @param labels One class per example.
 * @param index Which example.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { fromRows } from "../matrix.ts";
 * import { initialise } from "./init.ts";
 * import { seededRandom } from "../random.ts";
 *
 * const { layers } = blameOf(initialise([2, 3, 10], seededRandom(1)), fromRows([[1], [0.5]]), [7], 0);
 * assertAlmostEquals(layers[1]!.data.reduce((a, b) => a + b), 0, 1e-12); // A − Y sums to 0
 * ```
 */
export function blameOf(network: Network, images: Matrix, labels: ArrayLike<number>, index: number): Blame {
  const image = columns(images, index), targets = oneHot([labels[index]!], network.layers.at(-1)!.weights.rows);
  const layers = backward(network, forward(network, image), targets).layers.map(({ bias }) => bias);
  return { layers, pixels: matmul(transpose(network.layers[0]!.weights), layers[0]!) };
}

/**
 * What each pixel says for one class and against another: its ink times how the difference of the two sums changes with it,
 * `x ⊙ ∂(z_a − z_b)/∂x`. Where there is no ink, nothing is said.
 *
 * With ReLU and without biases it adds up to the difference itself. Sums bend with sigmoids; then it is the slope alone.
 *
 * @param network Any, convolutions included.
 * @param image One picture, `[inputs × 1]`, 0 to 1.
 * @param a The class that pixels may speak for.
 * @param b The one that they may speak against.
 * @returns `[inputs × 1]`.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { fromRows } from "../matrix.ts";
 * import { forward } from "./forward.ts";
 * import { initialise } from "./init.ts";
 * import { seededRandom } from "../random.ts";
 *
 * const network = initialise([3, 4, 2], seededRandom(1)), image = fromRows([[1], [0], [0.5]]);
 * const [a, b] = forward(network, image).logits.data;
 * assertAlmostEquals(evidenceOf(network, image, 0, 1).data.reduce((x, y) => x + y), a! - b!, 1e-12);
 * ```
 */
export function evidenceOf({ layers }: Network, image: Matrix, a: number, b: number): Matrix {
  const inputs = image.rows, same = matrix(inputs, inputs);
  for (let i = 0; i < inputs; i++) same.data[i * inputs + i] = 1;
  // a layer before the first that changes nothing: the slope of its bias is that of the pixel
  const before: Layer = { weights: same, bias: matrix(inputs, 1), activation: "relu" },
    network = { layers: [before, ...layers] };
  const pass = forward(network, image), blame = matrix(pass.logits.rows, 1);
  blame.data[a] = 1;
  blame.data[b] = -1;
  return hadamard(image, backward(network, pass, pass.probabilities, 0, blame).layers[0]!.bias);
}
