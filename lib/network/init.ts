/**
 * Starting weights: where learning begins decides how far it gets.
 *
 * @module
 */
import { type Matrix, matrix } from "../matrix.ts";
import { normal, type Random } from "../random.ts";
import type { Activations, Layer, Network } from "./network.ts";

/** Where random numbers come from: the same generator, as uniform numbers in [0, 1) or as normal ones. */
export interface Draws {
  /** Uniform in [0, 1). */
  readonly uniform: Random;
  /** Normal, mean 0 and standard deviation 1. */
  readonly normal: Random;
}

/** How one layer is filled, row by row. */
export interface LayerDraws {
  /** Draws one weight. */
  readonly weight: () => number;
  /** Draws one bias. */
  readonly bias: () => number;
  /**
   * In which order: `units`, unit by unit, all biases last (where nothing is said); `theta`, unit by unit, its bias
   * before its weights, as in a Theta whose first column is the bias; `kernel`, input by input, as in Keras.
   */
  readonly order?: "units" | "theta" | "kernel";
}

/** A rule for starting weights; the better ones depend on the layer's `inputs` and `units`. */
export type Initialiser = (draws: Draws, inputs: number, units: number) => LayerDraws;

/** Tutorials 000 and 001: everything uniform in [−0.5, 0.5), whatever the layer's size. */
export const uniformHalf: Initialiser = ({ uniform }): LayerDraws => ({
  weight: () => -0.5 + uniform(),
  bias: () => -0.5 + uniform(),
});

/** Tutorial 002: weights and biases uniform within ±√6 / √(inputs + units), drawn as one matrix Theta. */
export const epsilonUniform: Initialiser = ({ uniform }, inputs, units): LayerDraws => {
  const epsilon = Math.sqrt(6) / Math.sqrt(inputs + units), draw = () => -epsilon + 2 * epsilon * uniform();
  return { weight: draw, bias: draw, order: "theta" };
};

/** Tutorial 003 without given weights: all normal with standard deviation 1, drawn as one matrix Theta. */
export const gaussian: Initialiser = ({ normal }): LayerDraws => ({ weight: normal, bias: normal, order: "theta" });

/**
 * Normal weights with variance 1 / inputs, biases with 1: keeps the size of the sums from layer to layer under sigmoids.
 * @see Nielsen, Neural Networks and Deep Learning (2015), chapter 3
 */
export const scaledGaussian: Initialiser = ({ normal }, inputs): LayerDraws => ({
  weight: () => normal() / Math.sqrt(inputs),
  bias: normal,
});

/**
 * He et al.: normal with variance 2 / inputs, bias 0; keeps the size of the sums from layer to layer under ReLU.
 * @see He, Zhang, Ren and Sun, "Delving Deep into Rectifiers" (2015)
 */
export const he: Initialiser = ({ normal }, inputs): LayerDraws => ({
  weight: () => normal() * Math.sqrt(2 / inputs),
  bias: () => 0,
});

/**
 * Glorot and Bengio: uniform within ±√(6 / (inputs + units)), bias 0; Keras' default, hence tutorial 004's start.
 * @see Glorot and Bengio, "Understanding the difficulty of training deep feedforward neural networks" (2010)
 */
export const glorot: Initialiser = ({ uniform }, inputs, units): LayerDraws => {
  const limit = Math.sqrt(6 / (inputs + units));
  return { weight: () => -limit + 2 * limit * uniform(), bias: () => 0, order: "kernel" };
};

/** All zeros: every hidden unit computes the same and learns the same, for ever. For showing why not. */
export const zeros: Initialiser = (): LayerDraws => ({ weight: () => 0, bias: () => 0 });

/**
 * A network of the given sizes with freshly drawn weights; ReLU inside, softmax at the end.
 *
 * Numbers are drawn layer by layer, W row by row and then b (where the rule names no other order), so that a seed
 * fixes them all.
 *
 * @param sizes Inputs, hidden units …, classes: `[784, 10, 10]`; at least two whole numbers from 1.
 * @param random The source of all draws.
 * @param initialiser The rule for the start, `he` where nothing is said.
 * @param bends Other activations.
 * @throws {RangeError} If the sizes are not at least two whole numbers from 1.
 * @see notebooks/03_shapes_and_starting_weights.ipynb
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { seededRandom } from "../random.ts";
 * import { countParameters } from "./network.ts";
 *
 * const network = initialise([784, 10, 10], seededRandom(1), uniformHalf);
 * assertEquals(countParameters(network), 7960);
 * ```
 */
export function initialise(
  sizes: readonly number[],
  random: Random,
  initialiser: Initialiser = he,
  { hidden = "relu", output = "softmax" }: Activations = {},
): Network {
  assertSizes(sizes);
  const draws = { uniform: random, normal: normal(random) };
  const layers = sizes.slice(1).map((units, l): Layer => {
    const inputs = sizes[l]!;
    const last = l === sizes.length - 2;
    const { weights, bias } = drawLayer(initialiser(draws, inputs, units), inputs, units);
    return { weights, bias, activation: last ? output : hidden };
  });
  return { layers };
}

/** The weights and biases of one layer, drawn in the order that its rule names. */
export function drawLayer(
  { weight, bias: biasOf, order = "units" }: LayerDraws,
  inputs: number,
  units: number,
): { weights: Matrix; bias: Matrix } {
  const weights = matrix(units, inputs);
  const bias = matrix(units, 1);
  if (order === "kernel") weights.data.forEach((_, i) => weights.data[i] = weight()); // input by input, as they are stored
  for (let unit = 0; unit < units && order !== "kernel"; unit++) {
    if (order === "theta") bias.data[unit] = biasOf();
    for (let input = 0; input < inputs; input++) weights.data[input * units + unit] = weight();
  }
  if (order !== "theta") bias.data.forEach((_, unit) => bias.data[unit] = biasOf());
  return { weights, bias };
}

/** Checks the sizes of a network. Throws a RangeError if they are not at least two whole numbers from 1. */
export function assertSizes(sizes: readonly number[]): void {
  if (sizes.length >= 2 && sizes.every((size) => Number.isInteger(size) && size >= 1)) return;
  throw new RangeError(
    `Cannot initialise a network: sizes must be at least two whole numbers from 1, got [${sizes.join(", ")}]`,
  );
}
