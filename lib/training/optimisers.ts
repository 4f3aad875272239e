/**
 * What to do with a gradient: a plain step, a step with momentum, or Adam's own step per weight.
 *
 * @module
 */
import { type Matrix, matrix } from "../matrix.ts";
import type { Gradients } from "../network/backward.ts";
import type { Network } from "../network/init.ts";
import { checkLearningRate, update } from "../network/update.ts";

/** Takes one step: a network and its gradients in, a new network out. Remembers earlier steps, so use one per training. */
export interface Optimiser {
  /** The step. */
  (network: Network, gradients: Gradients): Network;
  /** What it does, in numbers, so that the engine can do the same. An optimiser without this runs on the plain code. */
  readonly rule?: OptimiserRule;
}

/** What an optimiser does, in numbers. */
export type OptimiserRule =
  | { readonly kind: "sgd"; readonly learningRate: number }
  | { readonly kind: "momentum"; readonly learningRate: number; readonly beta: number }
  | ({ readonly kind: "adam" } & Required<AdamOptions>);

/**
 * Plain steps, `W ← W − α dW`: stochastic gradient descent when the gradients come from mini-batches.
 *
 * @param learningRate α, above 0.
 * @throws {RangeError} If the learning rate is not a finite number above 0.
 */
export function sgd(learningRate: number): Optimiser {
  checkLearningRate(learningRate);
  const step = (network: Network, gradients: Gradients) => update(network, gradients, learningRate);
  return Object.assign(step, { rule: { kind: "sgd" as const, learningRate } });
}

/**
 * Steps with momentum: `v ← β v + dW`, `W ← W − α v`. What points the same way again and again adds up.
 *
 * @param learningRate α, above 0.
 * @param beta β, the share of the last step that is kept, from 0 to below 1.
 * @see Polyak, "Some methods of speeding up the convergence of iteration methods" (1964)
 */
export function momentum(learningRate: number, beta = 0.9): Optimiser {
  checkLearningRate(learningRate);
  let velocity: Gradients | undefined;
  const step = (network: Network, gradients: Gradients) => {
    const last = velocity;
    velocity = combine(
      gradients,
      (l, name, gradient) =>
        last ? gradient.data.map((g, i) => beta * last.layers[l]![name].data[i]! + g) : gradient.data,
    );
    return update(network, velocity, learningRate);
  };
  return Object.assign(step, { rule: { kind: "momentum" as const, learningRate, beta } });
}

/** The settings of {@linkcode adam}; the defaults are Keras'. */
export interface AdamOptions {
  /** α, about the length of each weight's step; 0.001. */
  readonly learningRate?: number;
  /** β₁, how long the mean of the gradient remembers; 0.9. */
  readonly beta1?: number;
  /** β₂, how long the mean of its square remembers; 0.999. */
  readonly beta2?: number;
  /** ε, keeps the division from exploding; 1e-7. */
  readonly epsilon?: number;
  /** Where ε is added: `keras` after the corrections were moved into α, `paper` as published. */
  readonly form?: "keras" | "paper";
}

/**
 * Adam (adaptive moment estimation): each weight has its own step, its mean gradient over the root of its mean square.
 *
 * `m ← β₁ m + (1−β₁) g`, `v ← β₂ v + (1−β₂) g²`, both corrected for their start at 0 by `1 − βᵗ`, and then
 * `w ← w − α m̂ / (√v̂ + ε)`. Keras folds the corrections into α, `αₜ = α √(1−β₂ᵗ) / (1−β₁ᵗ)`, which leaves ε a little larger.
 *
 * @throws {RangeError} If the learning rate is not a finite number above 0.
 * @see notebooks/12_deeper_minibatch_adam.ipynb
 * @see Kingma and Ba, "Adam: A Method for Stochastic Optimization" (2015)
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { fromRows } from "../matrix.ts";
 *
 * const network = { layers: [{ weights: fromRows([[1]]), bias: fromRows([[0]]), activation: "softmax" as const }] };
 * const step = adam({ learningRate: 0.1 });
 * const next = step(network, { layers: [{ weights: fromRows([[25]]), bias: fromRows([[-0.01]]) }] });
 * assertAlmostEquals(next.layers[0]!.weights.data[0]!, 0.9, 1e-6); // whatever the gradient's size, the first step is α
 * assertAlmostEquals(next.layers[0]!.bias.data[0]!, 0.1, 1e-4);
 * ```
 */
export function adam(options: AdamOptions = {}): Optimiser {
  const { learningRate = 0.001, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-7, form = "keras" } = options;
  if (!(learningRate > 0 && Number.isFinite(learningRate))) {
    throw new RangeError(`Cannot use Adam: learningRate must be a finite number above 0, got ${learningRate}`);
  }
  const means = new Map<string, Float64Array>(), squares = new Map<string, Float64Array>();
  let t = 0;
  const step = (network: Network, gradients: Gradients) => {
    t++;
    const correct1 = 1 - beta1 ** t, correct2 = 1 - beta2 ** t;
    const rate = form === "keras" ? learningRate * Math.sqrt(correct2) / correct1 : learningRate;
    return {
      layers: network.layers.map((layer, l) => {
        const moved = (name: "weights" | "bias"): Matrix => {
          const { rows, cols, data } = layer[name], g = gradients.layers[l]![name].data, key = `${name}${l}`;
          const m = means.get(key) ?? new Float64Array(data.length),
            v = squares.get(key) ?? new Float64Array(data.length);
          means.set(key, m), squares.set(key, v);
          const next = new Float64Array(data.length);
          for (let i = 0; i < data.length; i++) {
            m[i] = beta1 * m[i]! + (1 - beta1) * g[i]!;
            v[i] = beta2 * v[i]! + (1 - beta2) * g[i]! * g[i]!;
            next[i] = form === "keras"
              ? data[i]! - rate * m[i]! / (Math.sqrt(v[i]!) + epsilon)
              : data[i]! - rate * (m[i]! / correct1) / (Math.sqrt(v[i]! / correct2) + epsilon);
          }
          return matrix(rows, cols, next);
        };
        return { ...layer, weights: moved("weights"), bias: moved("bias") };
      }),
    };
  };
  return Object.assign(step, { rule: { kind: "adam" as const, learningRate, beta1, beta2, epsilon, form } });
}

function combine(
  gradients: Gradients,
  each: (layer: number, name: "weights" | "bias", gradient: Matrix) => Float64Array,
): Gradients {
  return {
    layers: gradients.layers.map((layer, l) => ({
      weights: { ...layer.weights, data: each(l, "weights", layer.weights) },
      bias: { ...layer.bias, data: each(l, "bias", layer.bias) },
    })),
  };
}
