/**
 * Training and reading with a choice: the plain code, or the engine that does the same many times faster.
 *
 * @module
 */
import { type Matrix, matrix, shape } from "../matrix.ts";
import { forward } from "../network/forward.ts";
import { type Network, sizesOf } from "../network/init.ts";
import { assertLabels } from "../network/loss.ts";
import { pack, unpack } from "../network/theta.ts";
import { shuffledIndices } from "../random.ts";
import type { Objective } from "../training/lbfgs.ts";
import {
  type BatchStep,
  checkBatchOptions,
  type EpochOptions,
  type EpochRecord,
  type EpochResult,
  evaluate,
  trainEpochs as trainEpochsByReference,
} from "../training/mini_batch.ts";
import type { OptimiserRule } from "../training/optimisers.ts";
import {
  type Examples,
  logged,
  train as trainByReference,
  type TrainingRecord,
  type TrainingResult,
  type TrainOptions,
} from "../training/train.ts";
import { type Engine, openEngine } from "./engine.ts";
import { transposeWeights } from "./machine.ts";

/**
 * Who does the arithmetic: `reference`, the plain code in Float64 that the notebooks show, or `fast`, the kernels in
 * Float32, which give the same to about six digits.
 */
export type EngineName = "reference" | "fast";

/** What can be said about the engine. */
export interface EngineChoice {
  /** `reference` where nothing is said. `fast` asks `shouldStop` every 20 ms at most. */
  readonly engine?: EngineName;
  /** How many workers the engine uses for passes over all examples; 1 where nothing is said. */
  readonly workers?: number;
}

/** Checks a choice that came from outside. Throws a RangeError if there is no such engine. */
export function engineName(text: string): EngineName {
  if (text === "reference" || text === "fast") return text;
  throw new RangeError(`Cannot use engine "${text}": must be reference or fast`);
}

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
  if (!Number.isInteger(iterations) || iterations < 1 || iterations <= done || !(learningRate > 0)) {
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
      assertFinite(entry.loss, iteration, learningRate);
      history.push(entry);
      await options.onRecord?.(entry, history);
    }
    if (last || stopped) return { network: engine.take(), history, iterations: iteration, stopped };
    descend(engine, learningRate, lambda, count);
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
    batches: true,
    chunk: Math.min(batchSize, count),
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
      const reading = engine.batchGradient(from, size);
      const batchLoss = reading.loss + punished;
      assertFinite(batchLoss, iteration, rule.learningRate);
      step(engine, rule, ++iteration, lambda, size);
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

/** Cost and gradient on the engine as a function of all numbers of a network, for L-BFGS. Close it when done. */
export interface FastObjective extends AsyncDisposable {
  /** The function. */
  readonly objective: Objective;
}

/**
 * Cost and gradient on the engine, or null where the machine has no vectors for it.
 *
 * @param like A network of the sizes wanted.
 * @param lambda λ of the weight penalty.
 */
export async function fastObjective(
  like: Network,
  examples: Examples,
  lambda: number,
  { workers }: EngineChoice = {},
): Promise<FastObjective | null> {
  checkExamples(like, examples);
  const engine = await openEngine(like, [examples], { workers }), count = examples.images.cols;
  if (!engine) return null;
  return {
    objective(x) {
      const network = unpack(x, like);
      engine.put(network);
      const { loss } = engine.gradient(true)!, { layers } = engine.takeGradient(count);
      let squares = 0;
      layers.forEach(({ weights }, l) => { // the penalty in double: it is cheap, and exact
        const own = network.layers[l]!.weights.data;
        for (let i = 0; i < own.length; i++) {
          squares += own[i]! * own[i]!;
          weights.data[i]! += lambda / count * own[i]!;
        }
      });
      return { value: loss + lambda / (2 * count) * squares, gradient: pack(layers) };
    },
    [Symbol.asyncDispose]: () => engine[Symbol.asyncDispose](),
  };
}

/**
 * The probabilities that a network gives for some images, `[classes × images]`.
 *
 * @param images X, `[inputs × images]`, 0 to 1.
 * @throws {TypeError} If the images do not have as many rows as the network has inputs.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { normalise } from "../data/prepare.ts";
 * import { drawDigits } from "../data/drawn_digits.ts";
 * import { initialise } from "../network/init.ts";
 * import { predict } from "../network/predict.ts";
 * import { seededRandom } from "../random.ts";
 *
 * const network = initialise([784, 10, 10], seededRandom(1)), images = normalise(drawDigits(20, 1));
 * const [plain, fast] = await Promise.all((["reference", "fast"] as const).map((engine) => infer(network, images, { engine })));
 * assertEquals(predict(fast!), predict(plain!));
 * ```
 */
export async function infer(network: Network, images: Matrix, { engine: name }: EngineChoice = {}): Promise<Matrix> {
  if (name !== "fast" || images.cols === 0) return forward(network, images).probabilities;
  checkInputs(network, images);
  await using engine = await openEngine(network, [{ images }]);
  if (!engine) return forward(network, images).probabilities;
  return matrix(sizesOf(network).at(-1)!, images.cols, engine.probabilities(0));
}

/** Loss (without penalty) and accuracy of a network on some examples, by either engine. */
export async function evaluateOn(
  network: Network,
  examples: Examples,
  { engine: name }: EngineChoice = {},
): Promise<{ loss: number; accuracy: number }> {
  if (name !== "fast") return evaluate(network, examples);
  checkExamples(network, examples);
  await using engine = await openEngine(network, [examples]);
  return engine?.read(0) ?? evaluate(network, examples);
}

function descend(engine: Engine, learningRate: number, lambda: number, count: number): void {
  const { kernels, layout } = engine, { gradient } = layout.workplaces[0]!;
  if (lambda) {
    for (const { offset, weightCount } of layout.layers) {
      const weights = layout.parameters + offset; // w + f·w, as 1 + f would lose most of f's digits
      kernels.addScaled(weights, weights, weightCount, -learningRate * lambda / count);
    }
  }
  kernels.addScaled(layout.parameters, gradient, layout.parameterCount, -learningRate / count);
  transposeWeights(kernels, layout);
}

function step(engine: Engine, rule: OptimiserRule, t: number, lambda: number, count: number): void {
  if (rule.kind === "sgd") return descend(engine, rule.learningRate, lambda, count);
  const { kernels, layout } = engine,
    { parameters, parameterCount: size } = layout,
    { gradient } = layout.workplaces[0]!;
  const [first, second] = layout.moments;
  if (lambda) {
    for (const { offset, weightCount } of layout.layers) {
      kernels.addScaled(gradient + offset, parameters + offset, weightCount, lambda);
    }
  }
  if (rule.kind === "momentum") {
    kernels.momentum(parameters, gradient, first, size, rule.learningRate, rule.beta, 1 / count);
  } else {
    const { learningRate, beta1, beta2, epsilon, form } = rule, correct1 = 1 - beta1 ** t, correct2 = 1 - beta2 ** t;
    const rate = learningRate * Math.sqrt(correct2) / correct1; // the paper's form differs in ε alone
    const small = form === "keras" ? epsilon : epsilon * Math.sqrt(correct2);
    const rest1 = (1 - beta1) / count, rest2 = (1 - beta2) / count ** 2; // the gradient in memory is a sum
    kernels.adam(parameters, gradient, first, second, size, rate, beta1, rest1, beta2, rest2, small);
  }
  transposeWeights(kernels, layout);
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

function checkExamples(network: Network, ...sets: (Examples | undefined)[]): void {
  for (const set of sets) {
    if (!set) continue;
    checkInputs(network, set.images);
    assertLabels(set.labels, { rows: sizesOf(network).at(-1)!, cols: set.images.cols, data: new Float64Array() });
  }
}

function checkInputs(network: Network, images: Matrix): void {
  const { weights } = network.layers[0]!;
  if (weights.cols !== images.rows) {
    throw new TypeError(
      `Cannot multiply weights1 ${shape(weights)} by images ${
        shape(images)
      }: inner sizes must be equal, got ${weights.cols} and ${images.rows}`,
    );
  }
}

function assertFinite(loss: number, iteration: number, learningRate: number): void {
  if (!Number.isFinite(loss)) {
    throw new RangeError(
      `Cannot continue training at iteration ${iteration}: loss must be finite, got ${loss}; try a learningRate below ${learningRate}`,
    );
  }
}
