/**
 * The bends between the layers. Without them, two matrix products in a row would be one.
 *
 * @module
 */
import { type Matrix, matrix } from "../matrix.ts";
import type { Activation } from "./network.ts";

/**
 * ReLU: `max(0, z)`, element by element. What is negative becomes 0, the rest passes.
 *
 * @param z Pre-activations, any shape.
 * @returns Activations of the same shape, each at least 0; NaN stays NaN.
 * @see notebooks/04_forward.ipynb
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { fromRows, toRows } from "../matrix.ts";
 *
 * assertEquals(toRows(relu(fromRows([[-2, 0, 3]]))), [[0, 0, 3]]);
 * ```
 */
export function relu(z: Matrix): Matrix {
  const a = matrix(z.rows, z.cols);
  for (let i = 0; i < z.data.length; i++) a.data[i] = Math.max(0, z.data[i]!);
  return a;
}

/**
 * The derivative (slope) of ReLU: 1 where `z > 0`, otherwise 0.
 *
 * It needs the sums *before* ReLU. At exactly 0 the slope is undefined; 0 is the usual choice.
 *
 * @param z Pre-activations, any shape.
 * @returns Zeros and ones of the same shape.
 * @see notebooks/07_backprop_in_matrices.ipynb
 */
export function reluDerivative(z: Matrix): Matrix {
  const slopes = matrix(z.rows, z.cols);
  for (let i = 0; i < z.data.length; i++) slopes.data[i] = Number(z.data[i]! > 0);
  return slopes;
}

/**
 * Probabilities from logits, column by column: `exp(z) / Σ exp(z)`.
 *
 * Each column is first lowered by its own largest logit; the ratio is unchanged and no
 * exponential overflows.
 *
 * @param logits Z, `[classes × examples]`, finite.
 * @returns `[classes × examples]`, each 0 to 1; every column sums to 1.
 * @throws {RangeError} If a logit is NaN or infinite.
 * @see notebooks/04_forward.ipynb
 * @see Goodfellow, Bengio and Courville, Deep Learning (2016), section 4.1
 *
 * @example Large logits
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { fromRows, toRows } from "../matrix.ts";
 *
 * assertEquals(toRows(softmax(fromRows([[1000], [1000]]))), [[0.5], [0.5]]);
 * ```
 */
export function softmax(logits: Matrix): Matrix {
  assertFiniteLogits(logits);
  const { rows, cols, data } = logits;
  const probabilities = matrix(rows, cols);
  for (let start = 0; start < data.length; start += rows) {
    const end = start + rows;
    let largest = -Infinity;
    let sum = 0;
    for (let r = start; r < end; r++) largest = Math.max(largest, data[r]!);
    for (let r = start; r < end; r++) sum += probabilities.data[r] = Math.exp(data[r]! - largest);
    for (let r = start; r < end; r++) probabilities.data[r]! /= sum;
  }
  return probabilities;
}

/** Checks that no logit is NaN or infinite. Throws a RangeError with the column if one is. */
export function assertFiniteLogits({ rows, data }: Matrix): void {
  const bad = data.findIndex((logit) => !Number.isFinite(logit));
  if (bad < 0) return;
  const column = Math.floor(bad / rows);
  throw new RangeError(
    `Cannot take the softmax of column ${column}: logits must be finite, got ${
      data.subarray(column * rows, (column + 1) * rows)
    }`,
  );
}

/**
 * Sigmoid: `1 / (1 + exp(−z))`, element by element; a yes or no between 0 and 1.
 *
 * For negative z it is computed as `exp(z) / (1 + exp(z))`, so that no exponential overflows.
 *
 * @param z Pre-activations, any shape.
 * @returns Values from 0 to 1 of the same shape.
 * @see notebooks/10_the_sigmoid_network.ipynb
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { fromRows, toRows } from "../matrix.ts";
 *
 * assertEquals(toRows(sigmoid(fromRows([[-1000, 0, 1000]]))), [[0, 0.5, 1]]);
 * ```
 */
export function sigmoid(z: Matrix): Matrix {
  const a = matrix(z.rows, z.cols);
  for (let i = 0; i < z.data.length; i++) a.data[i] = logistic(z.data[i]!);
  return a;
}

function logistic(z: number): number {
  const e = Math.exp(-Math.abs(z));
  return z < 0 ? e / (1 + e) : 1 / (1 + e);
}

/** The derivative (slope) of the sigmoid at z: `σ(z) (1 − σ(z))`, at most ¼. It takes z, the sums, not σ(z). */
export function sigmoidDerivative(z: Matrix): Matrix {
  const slopes = sigmoid(z);
  for (let i = 0; i < z.data.length; i++) slopes.data[i]! *= 1 - slopes.data[i]!;
  return slopes;
}

/**
 * Hyperbolic tangent, element by element: a sigmoid from −1 to 1, `2 σ(2z) − 1`, that leaves 0 at 0.
 *
 * @param z Pre-activations, any shape.
 * @returns Values from −1 to 1 of the same shape.
 * @see LeCun and others, "Efficient BackProp" (1998), section 4.4
 */
export function tanh(z: Matrix): Matrix {
  return matrix(z.rows, z.cols, z.data.map(Math.tanh));
}

/** The derivative (slope) of tanh at z: `1 − tanh²(z)`, at most 1. It takes z, the sums, not tanh(z). */
export function tanhDerivative(z: Matrix): Matrix {
  return matrix(z.rows, z.cols, z.data.map((value) => 1 - Math.tanh(value) ** 2));
}

/** Applies a layer's activation to its sums. */
export function activate(activation: Activation, z: Matrix): Matrix {
  return { relu, sigmoid, tanh, softmax }[activation](z);
}

/**
 * The derivative (slope) of a hidden layer's activation at its sums.
 *
 * @throws {TypeError} For softmax, whose outputs depend on each other: it belongs at the end, where `A − Y` stands for it.
 */
export function derivative(activation: Activation, z: Matrix): Matrix {
  if (activation === "softmax") {
    throw new TypeError("Cannot take the slope of softmax in a hidden layer: use relu, sigmoid or tanh");
  }
  return { relu: reluDerivative, sigmoid: sigmoidDerivative, tanh: tanhDerivative }[activation](z);
}
