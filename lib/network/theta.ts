/**
 * The other way to write a layer: bias and weights in one matrix, and all of a network in one vector.
 *
 * Tutorials 002 and 003 put the bias in front of the weights, `Theta = [b | W]`, and feed each layer a 1 before its inputs.
 *
 * @module
 */
import { type Matrix, matrix, shape } from "../matrix.ts";
import type { Activation, Layer, Network } from "./network.ts";

/** `[b | W]`, `[units × (1 + inputs)]`: the bias is the first column. */
export function toTheta({ weights, bias }: Layer): Matrix {
  const data = new Float64Array(bias.data.length + weights.data.length);
  data.set(bias.data); // stored column by column, so the bias simply comes first
  data.set(weights.data, bias.data.length);
  return matrix(weights.rows, 1 + weights.cols, data);
}

/**
 * A layer from `Theta = [b | W]`.
 *
 * @throws {TypeError} If there is no column besides the bias.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { fromRows, toRows } from "../matrix.ts";
 *
 * const { bias, weights } = fromTheta(fromRows([[0.5, 1, 2]]), "sigmoid");
 * assertEquals([toRows(bias), toRows(weights)], [[[0.5]], [[1, 2]]]);
 * ```
 */
export function fromTheta(theta: Matrix, activation: Activation): Layer {
  if (theta.cols < 2) {
    throw new TypeError(`Cannot split Theta ${shape(theta)}: needs a bias column and at least one more`);
  }
  return {
    bias: matrix(theta.rows, 1, theta.data.slice(0, theta.rows)),
    weights: matrix(theta.rows, theta.cols - 1, theta.data.slice(theta.rows)),
    activation,
  };
}

/**
 * All weights and biases as one vector: Theta1 row by row, then Theta2 …, as tutorials 002 and 003 unroll them.
 *
 * @param layers The layers of a network, or its gradients.
 */
export function flatten(layers: readonly Pick<Layer, "weights" | "bias">[]): Float64Array {
  const vector = new Float64Array(
    layers.reduce((sum, { weights, bias }) => sum + weights.data.length + bias.data.length, 0),
  );
  let at = 0;
  for (const { weights, bias } of layers) {
    for (let unit = 0; unit < weights.rows; unit++) {
      vector[at++] = bias.data[unit]!;
      for (let input = 0; input < weights.cols; input++) vector[at++] = weights.data[input * weights.rows + unit]!;
    }
  }
  return vector;
}

/**
 * The inverse of {@linkcode flatten}: a network shaped like another, with the numbers of a vector.
 *
 * @throws {TypeError} If the vector has another length than the network has parameters.
 */
export function unflatten(vector: ArrayLike<number>, like: Network): Network {
  const wanted = like.layers.reduce((sum, { weights, bias }) => sum + weights.data.length + bias.data.length, 0);
  if (vector.length !== wanted) {
    throw new TypeError(`Cannot unpack ${vector.length} numbers into a network of ${wanted} parameters`);
  }
  let at = 0;
  return {
    layers: like.layers.map((layer) => {
      const { rows, cols } = layer.weights;
      const weights = matrix(rows, cols), bias = matrix(rows, 1);
      for (let unit = 0; unit < rows; unit++) {
        bias.data[unit] = vector[at++]!;
        for (let input = 0; input < cols; input++) weights.data[input * rows + unit] = vector[at++]!;
      }
      return { ...layer, weights, bias };
    }),
  };
}
