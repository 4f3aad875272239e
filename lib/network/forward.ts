/**
 * The forward pass: pixels in, probabilities out, and everything in between kept for learning.
 *
 * @module
 */
import { told } from "../errors.ts";
import { SumsNotFinite } from "../errors.ts";
import { addColumn, allFinite, at, hadamard, type Matrix, shape } from "../matrix.ts";
import { matmul } from "../products.ts";
import { activate } from "./activations.ts";
import { convolve } from "./convolution.ts";
import { inputsOf, type Layer, type Network } from "./network.ts";

/** All that a forward pass computed, layer by layer; backpropagation needs it again. */
export interface ForwardPass {
  /** Z of each layer, `[units × examples]`: the sums before the bend. */
  readonly preActivations: readonly Matrix[];
  /** A of each layer, starting with the images themselves: one more than there are layers. */
  readonly activations: readonly Matrix[];
  /** Z of the last layer, `[classes × examples]`: what softmax turns into probabilities. */
  readonly logits: Matrix;
  /** The last activation, `[classes × examples]`; every column sums to 1. */
  readonly probabilities: Matrix;
  /** What activations were multiplied with, where some were dropped. */
  readonly masks?: readonly (Matrix | undefined)[];
}

/**
 * Sends a batch of images through the network: `Z = W A + b`, `A = activation(Z)`, layer by layer.
 *
 * @param network Any number of layers.
 * @param images X, `[inputs × examples]`, normalised to 0–1.
 * @param masks What activations are multiplied with, layer by layer, when units are dropped; see dropout.ts.
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
export function forward(network: Network, images: Matrix, masks: ForwardPass["masks"] = []): ForwardPass {
  const preActivations: Matrix[] = [];
  const activations: Matrix[] = [images]; // A⁰ is the image itself
  for (const [l, layer] of network.layers.entries()) {
    const before = activations[l]!;
    assertInputs(layer, before, l);
    const z = layer.convolution ? convolve(layer, before) : addColumn(matmul(layer.weights, before), layer.bias);
    assertFiniteSums(z, l);
    preActivations.push(z);
    const a = activate(layer.activation, z), mask = masks[l];
    activations.push(mask ? hadamard(a, mask) : a);
  }
  return { preActivations, activations, logits: preActivations.at(-1)!, probabilities: activations.at(-1)!, masks };
}

/** Checks that what comes in has as many rows as layer l (from 0) has inputs. Throws a TypeError with both shapes if not. */
export function assertInputs(
  layer: Layer,
  before: { readonly rows: number; readonly cols: number },
  l: number,
): void {
  const inputs = inputsOf(layer), { weights, convolution } = layer;
  if (inputs === before.rows) return;
  if (typeof before.rows !== "number") {
    throw new TypeError(
      `Cannot use the images: must be a Matrix, as normalise(digits) and fromRows(rows) make, got ${told(before)}`,
    );
  }
  if (convolution) {
    const { height, width, channels } = convolution;
    throw new TypeError(
      `Cannot take patches of ${l ? "activations" : "images"} ${shape(before)}: layer ${l + 1} needs ${inputs} rows, ` +
        `pictures of ${height} × ${width} × ${channels}`,
    );
  }
  throw new TypeError(
    `Cannot multiply weights${l + 1} ${shape(weights)} by ${l ? "activations" : "images"} ${shape(before)}: ` +
      `inner sizes must be equal, got ${weights.cols} and ${before.rows}`,
  );
}

/** Checks the sums of layer l (from 0). Throws a {@linkcode SumsNotFinite} if one is NaN or infinite. */
export function assertFiniteSums(z: Matrix, l: number): void {
  if (allFinite(z.data)) return;
  const bad = z.data.findIndex((value) => !Number.isFinite(value));
  throw new SumsNotFinite(l + 1, z.data[bad]!, Math.floor(bad / z.rows));
}

/**
 * The digit with the largest probability in each column; of equals, the first.
 *
 * @param probabilities `[classes × examples]`.
 * @returns One class per example, 0 to classes − 1.
 * @see notebooks/08_update_and_train.ipynb
 */
export function mostLikely(probabilities: Matrix): Uint8Array {
  return Uint8Array.from({ length: probabilities.cols }, (_, example) => {
    let best = 0;
    for (let digit = 1; digit < probabilities.rows; digit++) {
      if (at(probabilities, digit, example) > at(probabilities, best, example)) best = digit;
    }
    return best;
  });
}
