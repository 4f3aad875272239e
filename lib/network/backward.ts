/**
 * Backpropagation: who is to blame for the loss, and how much.
 *
 * @module
 */
import { add, hadamard, type Matrix, scale, shape, subtract, sumRows, transpose } from "../matrix.ts";
import { matmul, matmulTransposed } from "../products.ts";
import { byPatch, joinPatches } from "./convolution.ts";
import { derivative, sigmoidDerivative } from "./activations.ts";
import type { ForwardPass } from "./forward.ts";
import type { Loss } from "./loss.ts";
import type { Network } from "./network.ts";

/** The slope of the loss along each parameter, shaped like the parameters. */
export interface Gradients {
  /** `dW` and `db` of each layer, in the order of the network's layers. */
  readonly layers: readonly {
    /** dW, `[units × inputs]`. */
    readonly weights: Matrix;
    /** db, `[units × 1]`: one number per unit, never one for all. */
    readonly bias: Matrix;
  }[];
}

/**
 * Gradients of the mean cross-entropy (after softmax or after sigmoids), from the output back to the first layer:
 * `dZ = A − Y` at the end, then `dW = dZ Aᵀ / m`, `db = Σ dZ / m`, `dZ' = (Wᵀ dZ) ⊙ g′(Z')`. (A convolution has the same
 * lines, for patches instead of pictures: chapter 15.)
 *
 * @param network The network that made the pass.
 * @param pass What {@linkcode forward} returned for the batch.
 * @param targets Y, `[classes × examples]`, one 1 in each column.
 * @param lambda λ, how strongly large weights are punished; adds `λ W / m` to each dW, never to a db.
 * @param blame dZ of the last layer; `A − Y`, the slope of the cross-entropy, where nothing is said.
 * @returns One `dW` and one `db` per layer, in nats per unit of the parameter.
 * @throws {TypeError} If the targets do not have the shape of the probabilities.
 * @see notebooks/07_backprop_in_matrices.ipynb
 * @see Rumelhart, Hinton and Williams, "Learning representations by back-propagating errors" (1986)
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { fromRows, shape } from "../matrix.ts";
 * import { seededRandom } from "../random.ts";
 * import { forward } from "./forward.ts";
 * import { initialise } from "./init.ts";
 *
 * const network = initialise([4, 3, 2], seededRandom(1));
 * const pass = forward(network, fromRows([[1], [0], [0.5], [1]]));
 * const { layers } = backward(network, pass, fromRows([[1], [0]]));
 * assertEquals(layers.map((layer) => shape(layer.weights)), ["[3 × 4]", "[2 × 3]"]);
 * ```
 */
export function backward(network: Network, pass: ForwardPass, targets: Matrix, lambda = 0, blame?: Matrix): Gradients {
  const { preActivations, activations, probabilities, masks = [] } = pass;
  assertTargets(targets, probabilities);
  const { cols: examples } = targets, layers: { weights: Matrix; bias: Matrix }[] = [];
  let dZ = blame ?? subtract(probabilities, targets); // [classes × examples]
  for (let l = network.layers.length - 1; l >= 0; l--) {
    const layer = network.layers[l]!, { weights, convolution } = layer;
    const [inputs, slopes] = convolution ? byPatch(layer, activations[l]!, dZ) : [activations[l]!, dZ];
    const dW = add(matmulTransposed(slopes, inputs), scale(weights, lambda));
    layers.unshift({ weights: scale(dW, 1 / examples), bias: scale(sumRows(slopes), 1 / examples) });
    if (l > 0) {
      const passed = matmul(transpose(weights), slopes); // blame passed back through W
      const dA = convolution ? joinPatches(passed, convolution) : passed;
      dZ = hadamard(dA, derivative(network.layers[l - 1]!.activation, preActivations[l - 1]!)); // a silent unit takes none
      if (masks[l - 1]) dZ = hadamard(dZ, masks[l - 1]!); // nor does one that was dropped
    }
  }
  return { layers };
}

/**
 * Gradients of half the squared error after sigmoids: the same way back, from `dZ = (A − Y) ⊙ σ′(Z)`.
 *
 * @param pass What `forward` returned.
 * @param targets Y, one 1 in each column.
 * @throws {TypeError} If the targets do not have the shape of the outputs.
 * @see Nielsen, Neural Networks and Deep Learning (2015), chapter 2
 */
export function squaredErrorBackward(network: Network, pass: ForwardPass, targets: Matrix, lambda = 0): Gradients {
  const { probabilities, logits } = pass;
  assertTargets(targets, probabilities);
  const blame = hadamard(subtract(probabilities, targets), sigmoidDerivative(logits));
  return backward(network, pass, targets, lambda, blame);
}

/** The gradients of each loss. */
export const BACKWARD: Readonly<Record<Loss, typeof squaredErrorBackward>> = {
  "cross-entropy": backward,
  "squared-error": squaredErrorBackward,
};

/** Checks that targets have the shape of the probabilities. Throws a TypeError with both if not. */
export function assertTargets(targets: Matrix, probabilities: Matrix): void {
  if (shape(targets) === shape(probabilities)) return;
  throw new TypeError(`Cannot compare probabilities ${shape(probabilities)} with targets ${shape(targets)}`);
}
