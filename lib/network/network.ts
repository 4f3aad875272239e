/**
 * What a network is: layers of weights, one after the other.
 *
 * @module
 */
import { type Matrix, shape } from "../matrix.ts";

/** How a layer bends its sums; see activations.ts. */
export type Activation = "relu" | "sigmoid" | "tanh" | "softmax";

/** The activations by name. */
export const ACTIVATIONS: readonly Activation[] = ["relu", "sigmoid", "tanh", "softmax"];

/** One layer: `activation(weights · input + bias)`. */
export interface Layer {
  /** W, `[units × inputs]`. */
  readonly weights: Matrix;
  /** b, `[units × 1]`. */
  readonly bias: Matrix;
  /** What is done to the sums `W x + b`. */
  readonly activation: Activation;
}

/** A feed-forward network: the output of one layer is the input of the next. */
export interface Network {
  /** At least one layer; the last one gives the probabilities. */
  readonly layers: readonly Layer[];
}

/** Inputs, hidden units …, classes of a network: `[784, 10, 10]`. */
export function sizesOf(network: Network): number[] {
  return [network.layers[0]!.weights.cols, ...network.layers.map(({ weights }) => weights.rows)];
}

/** How many numbers the network learns: all weights and all biases. */
export function countParameters(network: Network): number {
  return network.layers.reduce((sum, { weights, bias }) => sum + weights.data.length + bias.data.length, 0);
}

/**
 * Checks that the layers of a network fit each other.
 *
 * @throws {TypeError} If a bias does not fit its weights, or a layer does not fit the one before it.
 */
export function assertNetwork(network: Network): void {
  if (network.layers.length === 0) throw new TypeError("Cannot use a network without layers: needs at least one");
  network.layers.forEach(({ weights, bias }, l) => {
    if (bias.rows !== weights.rows || bias.cols !== 1) {
      throw new TypeError(
        `Cannot use layer ${l + 1}: bias must be [${weights.rows} × 1] to fit weights ${shape(weights)}, ` +
          `got ${shape(bias)}`,
      );
    }
    const before = network.layers[l - 1]?.weights.rows ?? weights.cols;
    if (weights.cols !== before) {
      throw new TypeError(
        `Cannot use layer ${l + 1}: weights ${shape(weights)} must have ${before} columns, ` +
          `one for each unit of layer ${l}`,
      );
    }
  });
}

/** The bends of a network. */
export interface Activations {
  /** Of the hidden layers; `relu` where nothing is said. */
  readonly hidden?: Activation;
  /** Of the last layer; `softmax` where nothing is said. */
  readonly output?: Activation;
}
