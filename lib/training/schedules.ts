/**
 * Learning rates that fall while a network learns.
 *
 * @module
 */
import type { Optimiser } from "./optimisers.ts";

/** What the rate is multiplied with, by name; `progress` is the share of all updates that have been made, 0 to below 1. */
export const SCHEDULES: Readonly<Record<string, (progress: number) => number>> = {
  constant: () => 1,
  linear: (progress) => 1 - progress,
  /** @see Loshchilov and Hutter, "SGDR: Stochastic Gradient Descent with Warm Restarts" (2017) */
  cosine: (progress) => (1 + Math.cos(Math.PI * progress)) / 2,
};

/**
 * An optimiser whose learning rate changes from step to step.
 *
 * @param make Makes the optimiser with a given rate: `sgd`, or `(rate) => momentum(rate, 0.9)`.
 * @param learningRate α at the start, above 0.
 * @param factor What α is multiplied with for step t, counted from 1; above 0.
 * @throws {RangeError} If a rate is not a finite number above 0.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { sgd } from "./optimisers.ts";
 *
 * const halving = scheduled(sgd, 0.4, (t) => 0.5 ** (t - 1));
 * assertEquals([1, 2, 3].map(halving.rule!.schedule!), [1, 0.5, 0.25]);
 * ```
 */
export function scheduled(
  make: (learningRate: number) => Optimiser,
  learningRate: number,
  factor: (t: number) => number,
): Optimiser {
  const first = make(learningRate);
  return {
    ...first,
    rule: { ...first.rule!, schedule: factor },
    step: (network, gradients, state) => make(learningRate * factor(state.steps + 1)).step(network, gradients, state),
  };
}
