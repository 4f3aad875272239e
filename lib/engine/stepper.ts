/**
 * The stepper whose arithmetic is done by the compute kernels.
 *
 * @module
 */
import type { Examples } from "../data/examples.ts";
import type { Measures } from "../evaluation/evaluate.ts";
import { assertLoss } from "../network/loss.ts";
import type { Network } from "../network/network.ts";
import { MOMENTS } from "../training/optimisers.ts";
import type { Stepper, StepperOptions } from "../training/stepper.ts";
import { dropLimit, isDropped } from "../network/dropout.ts";
import { stepsPerEpoch } from "../training/batches.ts";
import { checkExamples, type EngineChoice, openChosen } from "./choice.ts";
import { planStep } from "./step.ts";

/**
 * Opens the engine for a training, or returns null where the plain code has to do it: if that was chosen, on machines without
 * vectors in WebAssembly, and for gradients or optimisers that the kernels do not know.
 *
 * @throws {TypeError} If the examples do not fit the network.
 * @throws {RangeError} If a label is no class.
 */
export async function engineStepper(
  start: Network,
  examples: Examples,
  options: StepperOptions & EngineChoice,
): Promise<Stepper | null> {
  const { optimiser: { rule }, state, batchSize, lambda = 0, test, loss, gradients, dropout, distortions } = options;
  if (!rule || gradients || (dropout && bendsOtherwise(start))) return null;
  const count = examples.images.cols;
  const batches = batchSize < count || dropout !== undefined || distortions !== undefined;
  const engine = await openChosen(options, start, test ? [examples, test] : [examples], {
    work: batches ? "batches" : "passes",
    ...batches && { chunk: Math.min(batchSize, count) },
    ...dropout &&
      { dropout: { limit: dropLimit(dropout.share), factor: 1 / (1 - dropout.share), seed: dropout.seed } },
    ...distortions && { distortions: { ...distortions, perEpoch: stepsPerEpoch(count, batchSize) } },
    moments: MOMENTS[rule.kind],
    loss,
    check: () => {
      checkExamples(start, examples, test);
      assertLoss(loss ?? "cross-entropy", start.layers.at(-1)!.activation);
    },
  });
  if (!engine) return null;
  engine.putMoments(state?.moments ?? []);
  let steps = state?.steps ?? 0;
  let looked = count;
  const penalised = (measures: Measures) => ({
    ...measures,
    loss: measures.loss + (lambda && lambda / (2 * count) * engine.sumOfSquares()),
  });
  for (let i = 0; i < engine.order.length; i++) engine.order[i] = i;
  return {
    order: batches ? engine.order : Uint32Array.from({ length: count }, (_, i) => i),
    look(from, size, report) {
      looked = size;
      const measures = batches ? engine.lookAtBatch(from, size, steps) : engine.gradient(report);
      return report ? penalised(measures!) : null;
    },
    step() {
      steps++;
      const learningRate = rule.learningRate * (rule.schedule?.(steps) ?? 1);
      const plan = planStep({ ...rule, learningRate }, steps, lambda * (looked / count), looked); // the rule divides λ by the batch, and it is meant for all
      if (batches) engine.batchStep(plan);
      else engine.step(plan);
    },
    measure: (part) => part === "test" ? engine.measure(1) : penalised(engine.measure(0)),
    network: () => engine.take(),
    state: () => ({ steps, moments: engine.takeMoments() }),
    [Symbol.asyncDispose]: () => engine[Symbol.asyncDispose](),
  };
}

/** Whether a bend but ReLU is dropped: its kernel takes the slope from the activation, which is no longer there. */
function bendsOtherwise(network: Network): boolean {
  return network.layers.some(({ activation }, l) => isDropped(network, l) && activation !== "relu");
}
