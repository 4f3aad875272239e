/**
 * Blame on its way back: from the ten answers of one digit through the hidden units to its pixels.
 *
 * @module
 */
import { columns, type Matrix, transpose } from "../matrix.ts";
import { matmul } from "../products.ts";
import { oneHot } from "../data/prepare.ts";
import { backward } from "./backward.ts";
import { forward } from "./forward.ts";
import type { Network } from "./network.ts";

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
