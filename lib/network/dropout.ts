/**
 * Dropout: in every step, other hidden units are silenced, so that none can rely on another.
 *
 * @module
 * @see Srivastava, Hinton, Krizhevsky, Sutskever and Salakhutdinov, "Dropout: A Simple Way to Prevent Neural Networks from
 *   Overfitting" (2014)
 */
import { type Matrix, matrix } from "../matrix.ts";
import { mix, mixedSeed } from "../random.ts";
import { type Network, outputsOf } from "./network.ts";

/** How many units are silenced, and what decides which. */
export interface Dropout {
  /** Share of the units, from 0 to below 1. */
  readonly share: number;
  /** A whole number. */
  readonly seed: number;
}

/** Throws a RangeError if the share is not from 0 to below 1. */
export function assertDropout({ share }: Dropout): void {
  if (share >= 0 && share < 1) return;
  throw new RangeError(`Cannot drop units: share must be from 0 to below 1, got ${share}`);
}

/** Whether what layer l (from 0) gives on is dropped: where hidden units meet a dense layer. */
export function isDropped({ layers }: Network, l: number): boolean {
  return l + 1 < layers.length && !layers[l + 1]!.convolution;
}

/** What is mixed into each number's hash in a layer and a step. */
export function dropKey(seed: number, step: number, l: number): number {
  return mixedSeed(seed, step, l);
}

/** Hashes below it say 0. */
export function dropLimit(share: number): number {
  return Math.floor(share * 2 ** 32);
}

/**
 * What the activations of a step are multiplied with: 0 for the dropped, `1 / (1 − share)` for the others, so that their sum
 * stays the same on the mean and nothing need be changed when the network is used.
 *
 * @param examples How many.
 * @param step Which step, from 0.
 * @returns A matrix for each layer that is dropped.
 * @throws {RangeError} If the share is not from 0 to below 1.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { initialise } from "./init.ts";
 * import { seededRandom } from "../random.ts";
 *
 * const network = initialise([784, 4, 10], seededRandom(1));
 * const [mask, none] = dropMasks(network, 1, { share: 0.5, seed: 1 }, 0);
 * assertEquals([[...mask!.data], none], [[2, 0, 2, 0], undefined]);
 * ```
 */
export function dropMasks(network: Network, examples: number, dropout: Dropout, step: number): (Matrix | undefined)[] {
  assertDropout(dropout);
  const limit = dropLimit(dropout.share), kept = 1 / (1 - dropout.share);
  return network.layers.map((layer, l) => {
    if (!isDropped(network, l)) return undefined;
    const key = dropKey(dropout.seed, step, l), units = outputsOf(layer);
    return matrix(
      units,
      examples,
      Float64Array.from({ length: units * examples }, (_, i) => mix(key ^ i) < limit ? 0 : kept),
    );
  });
}
