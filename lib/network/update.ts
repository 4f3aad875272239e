/**
 * One step downhill.
 *
 * @module
 */
import { told } from "../errors.ts";
import { type Matrix, scale, subtract } from "../matrix.ts";
import type { Gradients } from "./backward.ts";
import type { Network } from "./network.ts";

/**
 * A network one step further downhill: `W ← W − α dW`, `b ← b − α db`.
 *
 * The network that goes in is left as it was, so that before and after can be compared.
 *
 * @param network The network to improve.
 * @param gradients What {@linkcode backward} returned for it.
 * @param learningRate α, the length of the step, no unit; above 0.
 * @returns A new network.
 * @throws {RangeError} If the learning rate is not a finite number above 0.
 * @throws {TypeError} If the gradients belong to another network.
 * @see notebooks/08_update_and_train.ipynb
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { fromRows, toRows } from "../matrix.ts";
 *
 * const network = { layers: [{ weights: fromRows([[1]]), bias: fromRows([[0]]), activation: "softmax" as const }] };
 * const gradients = { layers: [{ weights: fromRows([[2]]), bias: fromRows([[-4]]) }] };
 * const next = update(network, gradients, 0.5);
 * assertEquals([toRows(next.layers[0]!.weights), toRows(next.layers[0]!.bias)], [[[0]], [[2]]]);
 * ```
 */
export function update(network: Network, gradients: Gradients, learningRate: number): Network {
  assertLearningRate("update", learningRate);
  const step = (parameter: Matrix, gradient: Matrix) => subtract(parameter, scale(gradient, learningRate));
  return {
    layers: network.layers.map((layer, l) => ({
      ...layer,
      weights: step(layer.weights, gradients.layers[l]!.weights),
      bias: step(layer.bias, gradients.layers[l]!.bias),
    })),
  };
}

/** Throws a RangeError if a learning rate is not a finite number above 0. */
export function assertLearningRate(action: string, learningRate: number): void {
  if (!(learningRate > 0 && Number.isFinite(learningRate))) {
    throw new RangeError(`Cannot ${action}: learningRate must be a finite number above 0, got ${told(learningRate)}`);
  }
}
