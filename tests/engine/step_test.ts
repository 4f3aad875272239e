import { assertAlmostEquals, assertEquals } from "@std/assert";
import { PLAN_LENGTH, planStep } from "../../lib/engine/step.ts";
import { fromRows } from "../../lib/matrix.ts";
import { adam, momentum, type Optimiser, sgd } from "../../lib/training/optimisers.ts";

/** What the compute kernels do with a plan to one weight, whose gradient is a sum over `count` examples. */
function followed(
  [kind, lambda, a, b, c, d, e, f]: readonly number[],
  w: number,
  sum: number,
  memory: number[],
): number {
  if (kind === 0) return w + lambda! * w + a! * sum;
  const g = sum + lambda! * w;
  if (kind === 1) return w - a! * (memory[0] = b! * memory[0]! + c! * g);
  memory[0] = b! * memory[0]! + c! * g;
  memory[1] = d! * memory[1]! + e! * g * g;
  return w - a! * memory[0] / (Math.sqrt(memory[1]) + f!);
}

Deno.test("planStep() plans the optimisers' own steps, three in a row, with and without a penalty", () => {
  const optimisers: Optimiser[] = [sgd(0.1), momentum(0.1, 0.8), adam(), adam({ form: "paper", epsilon: 0.01 })];
  for (const { rule, init, step } of optimisers) {
    for (const lambda of [0, 0.5]) {
      const count = 4;
      let network = { layers: [{ weights: fromRows([[0.7]]), bias: fromRows([[0]]), activation: "softmax" as const }] };
      let state = init(network), w = 0.7;
      const memory = [0, 0];
      for (const [k, sum] of [2, -1, 0.5].entries()) {
        const old = network.layers[0]!.weights.data[0]!;
        const weights = fromRows([[(sum + lambda * old) / count]]);
        ({ network, state } = step(network, { layers: [{ weights, bias: fromRows([[0]]) }] }, state) as {
          network: typeof network;
          state: typeof state;
        });
        const plan = planStep(rule!, k + 1, lambda, count);
        assertEquals(plan.length <= PLAN_LENGTH, true);
        w = followed(plan, w, sum, memory);
        assertAlmostEquals(
          w,
          network.layers[0]!.weights.data[0]!,
          1e-12,
          `${rule!.kind}, λ = ${lambda}, step ${k + 1}`,
        );
      }
    }
  }
});
