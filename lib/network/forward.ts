/**
 * The forward pass: pixels in, probabilities out, and everything in between kept for learning.
 *
 * @module
 */
import { addColumn, allFinite, matmul, type Matrix, shape } from "../matrix.ts";
import { activate } from "./activations.ts";
import type { Network } from "./init.ts";

/** All that a forward pass computed, layer by layer; backpropagation needs it again. */
export interface ForwardPass {
  /** Z of each layer, `[units × examples]`: the sums before the bend. */
  readonly preActivations: readonly Matrix[];
  /** A of each layer, starting with the images themselves: one more than there are layers. */
  readonly activations: readonly Matrix[];
  /** The last activation, `[classes × examples]`; every column sums to 1. */
  readonly probabilities: Matrix;
}

/**
 * Sends a batch of images through the network: `Z = W A + b`, `A = activation(Z)`, layer by layer.
 *
 * @param network Any number of layers.
 * @param images X, `[inputs × examples]`, normalised to 0–1.
 * @returns Every Z and A, and the probabilities.
 * @throws {TypeError} If the images do not have as many rows as the network has inputs.
 * @throws {RangeError} If a sum is not finite: the images hold NaN, or the weights have grown beyond all bounds.
 * @see notebooks/04_forward.ipynb
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { matrix, shape } from "../matrix.ts";
 * import { seededRandom } from "../random.ts";
 * import { initialise } from "./init.ts";
 *
 * const network = initialise([784, 10, 10], seededRandom(1));
 * const pass = forward(network, matrix(784, 3));
 * assertEquals(pass.activations.map(shape), ["[784 × 3]", "[10 × 3]", "[10 × 3]"]);
 * ```
 */
export function forward(network: Network, images: Matrix): ForwardPass {
  const preActivations: Matrix[] = [];
  const activations: Matrix[] = [images]; // A⁰ is the image itself
  for (const [l, { weights, bias, activation }] of network.layers.entries()) {
    const before = activations[l]!;
    if (weights.cols !== before.rows) {
      throw new TypeError(
        `Cannot multiply weights${l + 1} ${shape(weights)} by ${l ? "activations" : "images"} ${shape(before)}: ` +
          `inner sizes must be equal, got ${weights.cols} and ${before.rows}`,
      );
    }
    const z = addColumn(matmul(weights, before), bias);
    if (!allFinite(z.data)) {
      const bad = z.data.findIndex((value) => !Number.isFinite(value));
      throw new RangeError(
        `Cannot use layer ${l + 1}: its sums must be finite, got ${z.data[bad]} for example ${
          Math.floor(bad / z.rows)
        }`,
      );
    }
    preActivations.push(z);
    activations.push(activate(activation, z));
  }
  return { preActivations, activations, probabilities: activations.at(-1)! };
}
