/**
 * Training with a choice: the plain code, or the engine that does the same many times faster.
 *
 * @module
 */
import type { Network } from "../network/init.ts";
import { shuffledIndices } from "../random.ts";
import {
  type BatchStep,
  checkBatchOptions,
  type EpochOptions,
  type EpochRecord,
  type EpochResult,
  trainEpochs as trainEpochsByReference,
} from "../training/mini_batch.ts";
import {
  assertFinite,
  type Examples,
  logged,
  train as trainByReference,
  type TrainingRecord,
  type TrainingResult,
  type TrainOptions,
} from "../training/train.ts";
import { type Engine, openEngine } from "./engine.ts";
import { checkExamples, type EngineChoice } from "./evaluate.ts";
import { planStep } from "./step.ts";

/**
 * Trains by gradient descent over all examples: {@linkcode trainByReference}, or the same on the engine.
 *
 * The engine follows the corrected gradients only: with other `gradients`, and on machines without vectors in
 * WebAssembly, the plain code does the work.
 *
 * @throws As the plain code.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { normalise } from "../data/prepare.ts";
 * import { drawDigits } from "../data/drawn_digits.ts";
 * import { initialise } from "../network/init.ts";
 * import { seededRandom } from "../random.ts";
 *
 * const set = drawDigits(200, 1), examples = { images: normalise(set), labels: set.labels };
 * const start = initialise([784, 10, 10], seededRandom(1)), options = { iterations: 20, learningRate: 0.1 };
 * const plain = await train(start, examples, options);
 * const fast = await train(start, examples, { ...options, engine: "fast" });
 * assertAlmostEquals(fast.history.at(-1)!.loss, plain.history.at(-1)!.loss, 1e-5);
 * ```
 */
export async function train(
  network: Network,
  examples: Examples,
  options: TrainOptions & EngineChoice,
): Promise<TrainingResult> {
  if (options.engine !== "fast" || options.gradients) return await trainByReference(network, examples, options);
  const { resume, iterations, learningRate, lambda = 0, test, record = logged } = options;
  const start = resume?.network ?? network, done = resume?.iterations ?? 0, history = [...resume?.history ?? []];
  if (
    !Number.isInteger(iterations) || iterations < 1 || iterations <= done ||
    !(learningRate > 0 && learningRate < Infinity)
  ) {
    return await trainByReference(network, examples, options); // which says what is wrong
  }
  checkExamples(start, examples, test);
  await using engine = await openEngine(start, test ? [examples, test] : [examples], { workers: options.workers });
  if (!engine) return await trainByReference(network, examples, options);
  const count = examples.images.cols, pause = breather();
  for (let iteration = done;; iteration++) {
    const last = iteration === iterations, due = record(iteration) || last;
    const stopped = !last && await pause(() => options.shouldStop?.(iteration));
    const reading = last || stopped ? engine.read(0) : engine.gradient(due);
    if ((due || stopped) && reading && history.at(-1)?.iteration !== iteration) {
      const entry: TrainingRecord = {
        iteration,
        loss: reading.loss + penalty(engine, lambda, count),
        accuracy: reading.accuracy,
        ...test && prefixed(engine.read(1)),
      };
      assertFinite(entry, learningRate);
      history.push(entry);
      await options.onRecord?.(entry, history);
    }
    if (last || stopped) return { network: engine.take(), history, iterations: iteration, stopped };
    engine.step(planStep({ kind: "sgd", learningRate }, iteration + 1, lambda, count));
  }
}

/**
 * Trains by mini-batches: {@linkcode trainEpochsByReference}, or the same on the engine, in the same order of examples.
 *
 * @throws As the plain code.
 */
export async function trainEpochs(
  network: Network,
  examples: Examples,
  options: EpochOptions & EngineChoice,
): Promise<EpochResult> {
  const { rule } = options.optimiser;
  if (options.engine !== "fast" || !rule) return await trainEpochsByReference(network, examples, options);
  const { batchSize = 32, epochs, random, lambda = 0, validation } = options, count = examples.images.cols;
  checkBatchOptions(options);
  checkExamples(network, examples, validation);
  await using engine = await openEngine(network, validation ? [examples, validation] : [examples], {
    work: "batches",
    chunk: Math.min(batchSize, count),
    workers: options.workers,
    moments: rule.kind === "adam" ? 2 : rule.kind === "momentum" ? 1 : 0,
  });
  if (!engine) return await trainEpochsByReference(network, examples, options);
  const history: EpochRecord[] = [], pause = breather();
  let iteration = 0;
  for (let epoch = 1; epoch <= epochs; epoch++) {
    if (random) engine.order.set(shuffledIndices(count, random));
    else for (let i = 0; i < count; i++) engine.order[i] = i;
    let loss = 0, right = 0;
    for (let from = 0; from < count; from += batchSize) {
      const size = Math.min(batchSize, count - from), punished = penalty(engine, lambda, size);
      const reading = engine.batchBlame(from, size);
      const batchLoss = reading.loss + punished;
      assertFinite({ iteration, loss: batchLoss }, rule.learningRate);
      engine.batchStep(planStep(rule, ++iteration, lambda, size));
      loss += batchLoss * size;
      right += reading.accuracy * size;
      const complete = from + size === count;
      const now: BatchStep = {
        epoch: complete ? epoch : epoch - 1,
        iteration,
        get network() {
          return engine.take();
        },
        loss: batchLoss,
        accuracy: reading.accuracy,
        examples: size,
      };
      await options.onStep?.(now);
      if (complete) {
        const seen = validation && engine.read(1);
        const record = {
          epoch,
          loss: loss / count,
          accuracy: right / count,
          ...seen && { validationLoss: seen.loss, validationAccuracy: seen.accuracy },
        };
        history.push(record);
        await options.onEpoch?.(record, now.network);
      }
      if (await pause(() => options.shouldStop?.(now))) {
        return { network: engine.take(), history, iterations: iteration, stopped: true };
      }
    }
  }
  return { network: engine.take(), history, iterations: iteration, stopped: false };
}

function penalty({ kernels, layout }: Engine, lambda: number, count: number): number {
  if (!lambda) return 0;
  const squares = layout.layers.map(({ offset, weightCount }) =>
    kernels.sumOfSquares(layout.parameters + offset, weightCount)
  );
  return lambda / (2 * count) * squares.reduce((a, b) => a + b);
}

function prefixed({ loss, accuracy }: { loss: number; accuracy: number }) {
  return { testLoss: loss, testAccuracy: accuracy };
}

/** Asks at most every 20 ms: thousands of quick steps a second need not all wait for an answer. */
function breather(): (ask: () => boolean | undefined | Promise<boolean | undefined>) => Promise<boolean> {
  let last = 0;
  return async (ask) => {
    const now = performance.now();
    if (now - last < 20) return false;
    last = now;
    return await ask() === true;
  };
}
