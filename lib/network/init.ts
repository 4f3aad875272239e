/**
 * Networks and their starting weights: where learning begins decides how far it gets.
 *
 * @module
 */
import { type Matrix, matrix, shape } from "../matrix.ts";
import { normal, type Random, uniform } from "../random.ts";

/** How a layer bends its sums; see activations.ts. */
export type Activation = "relu" | "softmax";

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

/** How one layer is filled: all weights are drawn, row by row, then all biases. */
export interface LayerDraws {
  /** Draws one weight. */
  readonly weight: () => number;
  /** Draws one bias. */
  readonly bias: () => number;
}

/** A rule for starting weights; the better ones depend on the layer's `inputs` and `units`. */
export type Initialiser = (random: Random, inputs: number, units: number) => LayerDraws;

/** Tutorials 000 and 001: everything uniform in [−0.5, 0.5), whatever the layer's size. */
export const uniformHalf: Initialiser = (random): LayerDraws => ({
  weight: () => -0.5 + random(),
  bias: () => -0.5 + random(),
});

/**
 * He et al.: normal with variance 2 / inputs, bias 0; keeps the size of the sums from layer to layer under ReLU.
 * @see He, Zhang, Ren and Sun, "Delving Deep into Rectifiers" (2015)
 */
export const he: Initialiser = (random, inputs): LayerDraws => {
  const draw = normal(random);
  return { weight: () => draw() * Math.sqrt(2 / inputs), bias: () => 0 };
};

/**
 * Glorot and Bengio: uniform within ±√(6 / (inputs + units)), bias 0; Keras' default.
 * @see Glorot and Bengio, "Understanding the difficulty of training deep feedforward neural networks" (2010)
 */
export const glorot: Initialiser = (random, inputs, units): LayerDraws => {
  const limit = Math.sqrt(6 / (inputs + units));
  return { weight: () => uniform(random, -limit, limit), bias: () => 0 };
};

/** All zeros: every hidden unit computes the same and learns the same, for ever. For showing why not. */
export const zeros: Initialiser = (): LayerDraws => ({ weight: () => 0, bias: () => 0 });

/**
 * A network of the given sizes with freshly drawn weights; ReLU inside, softmax at the end.
 *
 * Numbers are drawn layer by layer, W row by row and then b, so that a seed fixes them all.
 *
 * @param sizes Inputs, hidden units …, classes: `[784, 10, 10]`; at least two whole numbers from 1.
 * @param random The source of all draws.
 * @param initialiser The rule for the start, `he` where nothing is said.
 * @throws {RangeError} If the sizes are not at least two whole numbers from 1.
 * @see notebooks/03_shapes_and_starting_weights.ipynb
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { seededRandom } from "../random.ts";
 *
 * const network = initialise([784, 10, 10], seededRandom(1), uniformHalf);
 * assertEquals(countParameters(network), 7960);
 * ```
 */
export function initialise(sizes: readonly number[], random: Random, initialiser: Initialiser = he): Network {
  if (sizes.length < 2 || sizes.some((size) => !Number.isInteger(size) || size < 1)) {
    throw new RangeError(
      `Cannot initialise a network: sizes must be at least two whole numbers from 1, got [${sizes.join(", ")}]`,
    );
  }
  const layers = sizes.slice(1).map((units, l): Layer => {
    const inputs = sizes[l]!, draw = initialiser(random, inputs, units);
    const weights = matrix(units, inputs), bias = matrix(units, 1);
    for (let row = 0; row < units; row++) {
      for (let col = 0; col < inputs; col++) weights.data[col * units + row] = draw.weight();
    }
    for (let row = 0; row < units; row++) bias.data[row] = draw.bias();
    return { weights, bias, activation: l === sizes.length - 2 ? "softmax" : "relu" };
  });
  return { layers };
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
