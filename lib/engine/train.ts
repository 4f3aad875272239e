/**
 * `train`: the one loop, and a choice of who does its arithmetic.
 *
 * @module
 */
import { assertExamples, type Examples } from "../data/examples.ts";
import type { Network } from "../network/network.ts";
import { trainingLoop } from "../training/loop.ts";
import type { TrainingResult, TrainOptions } from "../training/plan.ts";
import { plainStepper } from "../training/stepper.ts";
import type { EngineChoice } from "./choice.ts";
import { engineStepper } from "./stepper.ts";

/**
 * Trains a network, see {@linkcode trainingLoop}: by the plain code, or the same on the engine, in the same order of examples.
 *
 * @throws As {@linkcode trainingLoop}.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals, assertEquals } from "@std/assert";
 * import { drawDigits } from "../data/drawn_digits.ts";
 * import { examplesOf } from "../data/examples.ts";
 * import { initialise } from "../network/init.ts";
 * import { seededRandom } from "../random.ts";
 *
 * const examples = examplesOf(drawDigits(200, 1));
 * const start = initialise([784, 10, 10], seededRandom(1));
 * const plain = await train(start, examples, { iterations: 20, learningRate: 0.1 });
 * const fast = await train(start, examples, { iterations: 20, learningRate: 0.1, engine: "fast" });
 * assertEquals(plain.history.map(({ iteration }) => iteration), [0, 10, 20]);
 * assertAlmostEquals(fast.history.at(-1)!.loss, plain.history.at(-1)!.loss, 1e-5);
 * ```
 */
export async function train(
  network: Network,
  examples: Examples,
  options: TrainOptions & EngineChoice,
): Promise<TrainingResult> {
  assertExamples("train", examples);
  if (options.test) assertExamples("test while training", options.test);
  const choice = { engine: options.engine, workers: options.workers };
  const shouldStop = options.shouldStop && options.engine === "fast"
    ? nowAndThen(options.shouldStop)
    : options.shouldStop;
  return await trainingLoop(
    async (...work) => await engineStepper(work[0], work[1], { ...work[2], ...choice }) ?? await plainStepper(...work),
    network,
    examples,
    { ...options, ...shouldStop && { shouldStop } },
  );
}

/** Asks at most every 20 ms: thousands of quick steps a second need not all wait for an answer. */
function nowAndThen(ask: NonNullable<TrainOptions["shouldStop"]>): NonNullable<TrainOptions["shouldStop"]> {
  let last = 0;
  return (iteration) => {
    const now = performance.now();
    if (now - last < 20) return false;
    last = now;
    return ask(iteration);
  };
}
