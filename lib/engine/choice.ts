/**
 * Who does the arithmetic, the plain code or the engine: the one place where that is decided; and reading, measuring and cost with
 * the choice.
 *
 * @module
 */
import type { Digits } from "../data/digits.ts";
import type { Examples } from "../data/examples.ts";
import { normalise } from "../data/prepare.ts";
import { evaluate, type Measures } from "../evaluation/evaluate.ts";
import { type Matrix, matrix } from "../matrix.ts";
import { assertInputs, forward } from "../network/forward.ts";
import { assertLabels, type Loss } from "../network/loss.ts";
import { type Network, sizesOf } from "../network/network.ts";
import { flatten, unflatten } from "../network/theta.ts";
import type { Objective } from "../training/objective.ts";
import { UnknownName } from "../errors.ts";
import { CHUNK, type EngineOptions, openEngine } from "./open.ts";
import type { Engine } from "./engine.ts";
import type { Source } from "./layout.ts";

/**
 * Who does the arithmetic: `reference`, the plain code in Float64 that the notebooks show, or `fast`, the kernels in
 * Float32, which give the same to about six digits.
 */
export type EngineName = "reference" | "fast";

/** What can be said about the engine. */
export interface EngineChoice {
  /** `reference` where nothing is said. `fast` asks `shouldStop` every 20 ms at most. */
  readonly engine?: EngineName;
  /** How many workers the engine uses for passes over all examples, and for batches; 1 where nothing is said. */
  readonly workers?: number;
}

/** Checks a choice that came from outside. Throws an {@linkcode UnknownName} if there is no such engine. */
export function engineName(text: string): EngineName {
  if (text === "reference" || text === "fast") return text;
  throw new UnknownName(`Cannot use engine "${text}": must be reference or fast`);
}

/**
 * The engine with a network and examples in it, if it was chosen and there is one; null where the plain code does the work.
 *
 * @param check Called before, where the engine was chosen: what does not fit is to be said in the plain code's words.
 */
export async function openChosen(
  { engine, workers }: EngineChoice,
  network: Network,
  sources: readonly Source[],
  { check, ...options }: EngineOptions & { check: () => void },
): Promise<Engine | null> {
  if (engine !== "fast") return null;
  check();
  return await openEngine(network, sources, { workers, ...options });
}

/** Cost and gradient on the engine as a function of all numbers of a network, for L-BFGS. Close it when done. */
export interface FastObjective extends AsyncDisposable {
  /** The function. */
  readonly objective: Objective;
}

/**
 * Cost and gradient on the engine, or null where that was not chosen, or the machine has no vectors for it.
 *
 * @param like A network of the sizes wanted.
 * @param lambda λ of the weight penalty.
 */
export async function fastObjective(
  like: Network,
  examples: Examples,
  lambda: number,
  choice: EngineChoice = { engine: "fast" },
  loss?: Loss,
): Promise<FastObjective | null> {
  const engine = await openChosen(choice, like, [examples], { loss, check: () => checkExamples(like, examples) });
  if (!engine) return null;
  const count = examples.images.cols;
  return {
    objective(x) {
      const network = unflatten(x, like);
      engine.put(network);
      const { loss: mean } = engine.gradient(true)!, { layers } = engine.takeGradient(count);
      let squares = 0;
      layers.forEach(({ weights }, l) => { // the penalty in double: it is cheap, and exact
        const own = network.layers[l]!.weights.data;
        for (let i = 0; i < own.length; i++) {
          squares += own[i]! * own[i]!;
          weights.data[i]! += lambda / count * own[i]!;
        }
      });
      return { value: mean + lambda / (2 * count) * squares, gradient: flatten(layers) };
    },
    [Symbol.asyncDispose]: () => engine[Symbol.asyncDispose](),
  };
}

/**
 * The probabilities that a network gives for some images, `[classes × images]`.
 *
 * @param images Digits, or X, `[inputs × images]`, 0 to 1. Digits are quicker for the engine: a byte for each pixel
 *   instead of eight.
 * @throws {TypeError} If the images do not have as many pixels as the network has inputs.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { normalise } from "../data/prepare.ts";
 * import { drawDigits } from "../data/drawn_digits.ts";
 * import { initialise } from "../network/init.ts";
 * import { mostLikely } from "../network/forward.ts";
 * import { seededRandom } from "../random.ts";
 *
 * const network = initialise([784, 10, 10], seededRandom(1)), digits = drawDigits(20, 1);
 * const plain = await probabilitiesOf(network, normalise(digits)), fast = await probabilitiesOf(network, digits, { engine: "fast" });
 * assertEquals(mostLikely(fast), mostLikely(plain));
 * ```
 */
export async function probabilitiesOf(
  network: Network,
  images: Matrix | Digits,
  { engine: name }: EngineChoice = {},
): Promise<Matrix> {
  const source = "pixels" in images ? bytesOf(images) : images;
  const { rows, cols, data } = source;
  const bytes = data instanceof Uint8Array, some = bytes ? Math.min(cols, CHUNK) : cols; // bytes come chunk by chunk
  const chunk = (first: number) => {
    const count = Math.min(some, cols - first);
    return { rows, cols: count, data: (data as Uint8Array).subarray(first * rows, (first + count) * rows) };
  };
  await using engine = cols === 0
    ? null
    : await openChosen({ engine: name }, network, [{ images: bytes ? chunk(0) : source }], {
      work: "reading",
      check: () => assertInputs(network.layers[0]!, source, 0),
    });
  if (!engine) return forward(network, "pixels" in images ? normalise(images) : images).probabilities;
  const classes = sizesOf(network).at(-1)!, probabilities = matrix(classes, cols);
  for (let first = 0; first < cols; first += some) {
    if (first) engine.replace(chunk(first));
    probabilities.data.set(engine.probabilities(), first * classes);
  }
  return probabilities;
}

function bytesOf(set: Digits): Source["images"] {
  if (set.values) return normalise(set); // a file of fractions, of which the bytes hold only the roundest part
  return { rows: set.width * set.height, cols: set.labels.length, data: set.pixels };
}

/** Loss (without penalty) and accuracy of a network on some examples, by either engine. */
export async function evaluateOn(
  network: Network,
  examples: Examples,
  { engine: name }: EngineChoice = {},
): Promise<Measures> {
  await using engine = await openChosen({ engine: name }, network, [examples], {
    work: "reading",
    check: () => checkExamples(network, examples),
  });
  return engine?.measure(0) ?? evaluate(network, examples);
}

/** Checks that examples fit the network, with the plain code's words. Throws a TypeError or RangeError if not. */
export function checkExamples(network: Network, ...sets: (Examples | undefined)[]): void {
  for (const set of sets) {
    if (!set) continue;
    assertInputs(network.layers[0]!, set.images, 0);
    assertLabels(set.labels, { rows: sizesOf(network).at(-1)!, cols: set.images.cols });
  }
}
