/**
 * What to do with a gradient: a plain step, a step with momentum, or Adam's own step per weight.
 *
 * An optimiser remembers nothing itself. Its memory is a value: `init` makes it, each `step` takes one and returns the
 * next, so one optimiser may serve any number of trainings, and a training can be taken up where it was left.
 *
 * @module
 */
import { assertSameShape, type Matrix, matrix } from "../matrix.ts";
import type { Gradients } from "../network/backward.ts";
import type { Network } from "../network/network.ts";
import { assertLearningRate, update } from "../network/update.ts";

/** What an optimiser knows of the steps it has taken. */
export interface OptimiserState {
  /** t, how many steps there were. */
  readonly steps: number;
  /** What it keeps for each parameter: nothing for plain steps, v for momentum, m and v for Adam. */
  readonly moments: readonly Gradients[];
}

/** Takes steps: a network, its gradients and what is remembered in, a new network and a new memory out. */
export interface Optimiser {
  /** What it does, in numbers, so that the engine can do the same. An optimiser without this runs on the plain code. */
  readonly rule?: OptimiserRule;
  /** The memory before the first step: all zeros. */
  init(network: Network): OptimiserState;
  /** One step. */
  step(network: Network, gradients: Gradients, state: OptimiserState): { network: Network; state: OptimiserState };
}

/** What an optimiser does, in numbers. */
export type OptimiserRule =
  & (
    | { readonly kind: "sgd"; readonly learningRate: number }
    | { readonly kind: "momentum"; readonly learningRate: number; readonly beta: number }
    | ({ readonly kind: "adam"; readonly form: "keras" | "paper" } & AdamNumbers)
  )
  & {
    /** What the learning rate is multiplied with for step t, counted from 1, where it is not the same for all. */
    readonly schedule?: (t: number) => number;
  };

/** How many numbers a rule remembers for each parameter. */
export const MOMENTS: Readonly<Record<OptimiserRule["kind"], number>> = { sgd: 0, momentum: 1, adam: 2 };

/**
 * One step for a list of parameters w with the gradient g: the new w, and the new moments behind it.
 *
 * @param t Which step it is, from 1.
 */
export type Move = (w: Float64Array, g: Float64Array, moments: Float64Array[], t: number) => Float64Array[];

/**
 * Plain steps, `W ← W − α dW`: stochastic gradient descent when the gradients come from mini-batches.
 *
 * @param learningRate α, above 0.
 * @throws {RangeError} If the learning rate is not a finite number above 0.
 */
export function sgd(learningRate: number): Optimiser {
  assertLearningRate("update", learningRate);
  return {
    rule: { kind: "sgd", learningRate },
    init: () => ({ steps: 0, moments: [] }),
    step: (network, gradients, { steps }) => ({
      network: update(network, gradients, learningRate),
      state: { steps: steps + 1, moments: [] },
    }),
  };
}

/**
 * Steps with momentum: `v ← β v + dW`, `W ← W − α v`. What points the same way again and again adds up.
 *
 * @param learningRate α, above 0.
 * @param beta β, the share of the last step that is kept, from 0 to below 1.
 * @throws {RangeError} If the learning rate is not a finite number above 0, or β is not from 0 to below 1.
 * @see Polyak, "Some methods of speeding up the convergence of iteration methods" (1964)
 */
export function momentum(learningRate: number, beta = 0.9): Optimiser {
  assertLearningRate("update", learningRate);
  assertShare("use momentum", "beta", beta);
  return optimiser({ kind: "momentum", learningRate, beta }, (w, g, [v]) => {
    const [newW, velocity] = [w.slice(), v!.slice()];
    for (let i = 0; i < w.length; i++) {
      velocity[i] = beta * v![i]! + g[i]!;
      newW[i] = w[i]! - learningRate * velocity[i]!;
    }
    return [newW, velocity];
  });
}

/** Adam's numbers. */
export interface AdamNumbers {
  /** α, about the length of each weight's step; 0.001. */
  readonly learningRate: number;
  /** β₁, how long the mean of the gradient remembers; 0.9. */
  readonly beta1: number;
  /** β₂, how long the mean of its square remembers; 0.999. */
  readonly beta2: number;
  /** ε, keeps the division from exploding; 1e-7. */
  readonly epsilon: number;
}

/** The settings of {@linkcode adam}; the defaults are Keras'. */
export interface AdamOptions extends Partial<AdamNumbers> {
  /** Where ε is added: `keras` after the corrections were moved into α, `paper` as published. */
  readonly form?: "keras" | "paper";
}

/**
 * Adam (adaptive moment estimation): each weight has its own step, its mean gradient over the root of its mean square.
 *
 * `m ← β₁ m + (1−β₁) g`, `v ← β₂ v + (1−β₂) g²`, both corrected for their start at 0 by `1 − βᵗ`, and then
 * `w ← w − α m̂ / (√v̂ + ε)`. Keras folds the corrections into α, `αₜ = α √(1−β₂ᵗ) / (1−β₁ᵗ)`, which leaves ε a little larger.
 *
 * @throws {RangeError} If the learning rate or ε is not a finite number above 0, or a β is not from 0 to below 1.
 * @see notebooks/12_deeper_minibatch_adam.ipynb
 * @see Kingma and Ba, "Adam: A Method for Stochastic Optimization" (2015)
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { fromRows } from "../matrix.ts";
 *
 * const start = { layers: [{ weights: fromRows([[1]]), bias: fromRows([[0]]), activation: "softmax" as const }] };
 * const optimiser = adam({ learningRate: 0.1 });
 * const gradients = { layers: [{ weights: fromRows([[25]]), bias: fromRows([[-0.01]]) }] };
 * const [layer] = optimiser.step(start, gradients, optimiser.init(start)).network.layers;
 * assertAlmostEquals(layer!.weights.data[0]!, 0.9, 1e-6); // whatever the gradient's size, the first step is α
 * assertAlmostEquals(layer!.bias.data[0]!, 0.1, 1e-4);
 * ```
 */
export function adam(options: AdamOptions = {}): Optimiser {
  const { learningRate = 0.001, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-7, form = "keras" } = options;
  assertLearningRate("use Adam", learningRate);
  assertShare("use Adam", "beta1", beta1);
  assertShare("use Adam", "beta2", beta2);
  if (!(epsilon > 0 && epsilon < Infinity)) {
    throw new RangeError(`Cannot use Adam: epsilon must be a finite number above 0, got ${epsilon}`);
  }
  const numbers = { learningRate, beta1, beta2, epsilon };
  return optimiser({ kind: "adam", form, ...numbers }, form === "keras" ? kerasAdam(numbers) : paperAdam(numbers));
}

/** Adam as Keras computes it: the corrections for the start at 0 are folded into the learning rate. */
export function kerasAdam({ learningRate, beta1, beta2, epsilon }: AdamNumbers): Move {
  return (w, g, [m, v], t) => {
    const rate = learningRate * Math.sqrt(1 - beta2 ** t) / (1 - beta1 ** t);
    const [newW, newM, newV] = [w.slice(), m!.slice(), v!.slice()];
    for (let i = 0; i < w.length; i++) {
      newM[i] = beta1 * m![i]! + (1 - beta1) * g[i]!;
      newV[i] = beta2 * v![i]! + (1 - beta2) * g[i]! * g[i]!;
      newW[i] = w[i]! - rate * newM[i]! / (Math.sqrt(newV[i]!) + epsilon);
    }
    return [newW, newM, newV];
  };
}

/** Adam as it was published: ε is added to the root of the corrected mean square. */
export function paperAdam({ learningRate, beta1, beta2, epsilon }: AdamNumbers): Move {
  return (w, g, [m, v], t) => {
    const correct1 = 1 - beta1 ** t;
    const correct2 = 1 - beta2 ** t;
    const [newW, newM, newV] = [w.slice(), m!.slice(), v!.slice()];
    for (let i = 0; i < w.length; i++) {
      newM[i] = beta1 * m![i]! + (1 - beta1) * g[i]!;
      newV[i] = beta2 * v![i]! + (1 - beta2) * g[i]! * g[i]!;
      newW[i] = w[i]! - learningRate * (newM[i]! / correct1) / (Math.sqrt(newV[i]! / correct2) + epsilon);
    }
    return [newW, newM, newV];
  };
}

function assertShare(action: string, name: string, value: number): void {
  if (!(value >= 0 && value < 1)) {
    throw new RangeError(`Cannot ${action}: ${name} must be from 0 to below 1, got ${value}`);
  }
}

/** An optimiser that moves all weights and biases of a network by one rule. */
function optimiser(rule: OptimiserRule, move: Move): Optimiser {
  const zeros = ({ rows, cols }: Matrix) => matrix(rows, cols);
  const none = ({ layers }: Network): Gradients => ({
    layers: layers.map(({ weights, bias }) => ({ weights: zeros(weights), bias: zeros(bias) })),
  });
  return {
    rule,
    init: (network) => ({ steps: 0, moments: Array.from({ length: MOMENTS[rule.kind] }, () => none(network)) }),
    step(network, gradients, { steps, moments }) {
      const moved = network.layers.map((layer, l) => {
        const one = (name: "weights" | "bias") => {
          const w = layer[name];
          const g = gradients.layers[l]![name];
          assertSameShape("update", w, g);
          const kept = moments.map(({ layers }) => layers[l]![name].data);
          return move(w.data, g.data, kept, steps + 1).map((data) => matrix(w.rows, w.cols, data));
        };
        return { weights: one("weights"), bias: one("bias") };
      });
      const part = (k: number) => moved.map(({ weights, bias }) => ({ weights: weights[k]!, bias: bias[k]! }));
      return {
        network: { layers: part(0).map((layer, l) => ({ ...network.layers[l]!, ...layer })) },
        state: { steps: steps + 1, moments: moments.map((_, k) => ({ layers: part(k + 1) })) },
      };
    },
  };
}
