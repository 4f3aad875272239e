/**
 * Reading, measuring and cost with a choice: the plain code, or the engine.
 *
 * @module
 */
import type { Digits } from "../data/digits.ts";
import { normalise } from "../data/prepare.ts";
import { type Matrix, matrix, shape } from "../matrix.ts";
import { forward } from "../network/forward.ts";
import { type Network, sizesOf } from "../network/init.ts";
import { assertLabels } from "../network/loss.ts";
import { pack, unpack } from "../network/theta.ts";
import type { Objective } from "../training/lbfgs.ts";
import { evaluate } from "../training/mini_batch.ts";
import type { Examples } from "../training/train.ts";
import { CHUNK, openEngine } from "./engine.ts";
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

/** Checks a choice that came from outside. Throws a RangeError if there is no such engine. */
export function engineName(text: string): EngineName {
  if (text === "reference" || text === "fast") return text;
  throw new RangeError(`Cannot use engine "${text}": must be reference or fast`);
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
 * import { predict } from "../network/predict.ts";
 * import { seededRandom } from "../random.ts";
 *
 * const network = initialise([784, 10, 10], seededRandom(1)), digits = drawDigits(20, 1);
 * const plain = await infer(network, normalise(digits)), fast = await infer(network, digits, { engine: "fast" });
 * assertEquals(predict(fast), predict(plain));
 * ```
 */
export async function infer(
  network: Network,
  images: Matrix | Digits,
  { engine: name }: EngineChoice = {},
): Promise<Matrix> {
  const plainly = () => forward(network, "pixels" in images ? normalise(images) : images).probabilities;
  const source = "pixels" in images ? bytesOf(images) : images, { rows, cols, data } = source;
  if (name !== "fast" || cols === 0) return plainly();
  checkInputs(network, source);
  const bytes = data instanceof Uint8Array, some = bytes ? Math.min(cols, CHUNK) : cols; // bytes come chunk by chunk
  const chunk = (first: number) => {
    const count = Math.min(some, cols - first);
    return { rows, cols: count, data: (data as Uint8Array).subarray(first * rows, (first + count) * rows) };
  };
  await using engine = await openEngine(network, [{ images: bytes ? chunk(0) : source }], { work: "reading" });
  if (!engine) return plainly();
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
): Promise<{ loss: number; accuracy: number }> {
  if (name !== "fast") return evaluate(network, examples);
  checkExamples(network, examples);
  await using engine = await openEngine(network, [examples], { work: "reading" });
  return engine?.read(0) ?? evaluate(network, examples);
}

/** Checks that examples fit the network, with the plain code's words. Throws a TypeError or RangeError if not. */
export function checkExamples(network: Network, ...sets: (Examples | undefined)[]): void {
  for (const set of sets) {
    if (!set) continue;
    checkInputs(network, set.images);
    assertLabels(set.labels, { rows: sizesOf(network).at(-1)!, cols: set.images.cols, data: new Float64Array() });
  }
}

function checkInputs(network: Network, images: { readonly rows: number; readonly cols: number }): void {
  const { weights } = network.layers[0]!;
  if (weights.cols !== images.rows) {
    throw new TypeError(
      `Cannot multiply weights1 ${shape(weights)} by images ${
        shape(images)
      }: inner sizes must be equal, got ${weights.cols} and ${images.rows}`,
    );
  }
}
