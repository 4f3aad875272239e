/**
 * A step of an optimiser, as numbers that a worker can be told.
 *
 * @module
 */
import type { OptimiserRule } from "../training/optimisers.ts";
import type { Kernels } from "./kernels.ts";
import type { Layout } from "./places.ts";
import { transposeWeights } from "./passes.ts";
import { ALL, shareOf } from "./part.ts";

/** Which rule, what the weight penalty adds, and the rule's own numbers; as long for every rule. */
export type StepPlan = readonly [kind: number, lambda: number, ...numbers: number[]];

/** How many numbers a plan has. */
export const PLAN_LENGTH = 8;

const SGD = 0, MOMENTUM = 1, ADAM = 2;

/**
 * Plans a step.
 *
 * @param t Which step it is, from 1.
 * @param lambda λ of the weight penalty.
 * @param count How many examples the gradient in memory is a sum of.
 */
export function planStep(rule: OptimiserRule, t: number, lambda: number, count: number): StepPlan {
  if (rule.kind === "sgd") return [SGD, -rule.learningRate * lambda / count, -rule.learningRate / count];
  if (rule.kind === "momentum") return [MOMENTUM, lambda, rule.learningRate, rule.beta, 1 / count];
  const { learningRate, beta1, beta2, epsilon, form } = rule, correct1 = 1 - beta1 ** t, correct2 = 1 - beta2 ** t;
  const rate = learningRate * Math.sqrt(correct2) / correct1; // the paper's form differs in ε alone
  const small = form === "keras" ? epsilon : epsilon * Math.sqrt(correct2);
  return [ADAM, lambda, rate, beta1, (1 - beta1) / count, beta2, (1 - beta2) / count ** 2, small];
}

/** Takes a step with the first share's gradient, for a share of the weights; the last worker's holds the biases. */
export function takeStep(kernels: Kernels, layout: Layout, plan: ArrayLike<number>, share = ALL): void {
  const [kind, lambda, a, b, c, d, e, f] = Array.from(plan) as [number, number, ...number[]];
  const { gradient: gradients } = layout.shares[0]!, [firsts, seconds] = layout.moments;
  for (const { inputs, stride, offset } of layout.layers) {
    const [from, to] = shareOf(inputs, share), at = offset + 4 * from * stride, weightCount = (to - from) * stride;
    const count = weightCount + (share.worker + 1 === share.workers ? stride : 0); // the biases follow the last weights
    const weights = layout.parameters + at, gradient = gradients + at, first = firsts + at, second = seconds + at;
    if (kind === SGD) {
      if (lambda) kernels.addScaled(weights, weights, weightCount, lambda); // w + f·w, as 1 + f would lose most of f
      kernels.addScaled(weights, gradient, count, a!);
      continue;
    }
    if (lambda) kernels.addScaled(gradient, weights, weightCount, lambda);
    if (kind === MOMENTUM) kernels.momentum(weights, gradient, first, count, a!, b!, c!);
    else kernels.adam(weights, gradient, first, second, count, a!, b!, c!, d!, e!, f!);
  }
  transposeWeights(kernels, layout, share);
}
