/**
 * One picture read by a network of any of the tutorials: whatever form it takes, the answer is about digits.
 *
 * @module
 */
import { digits } from "../data/digits.ts";
import { courseraToDigits, digitsToCoursera, unrollByColumns } from "../data/coursera.ts";
import { normalise } from "../data/prepare.ts";
import { evidenceOf } from "../network/evidence.ts";
import { forward, type ForwardPass } from "../network/forward.ts";
import { type Network, sizesOf } from "../network/network.ts";
import { tutorial } from "./tutorials.ts";

/** What a network says to one picture. */
export interface Reading {
  /** The most probable digit. */
  readonly digit: number;
  /** Its probability. */
  readonly probability: number;
  /** The second most probable one. */
  readonly runnerUp: number;
  /** Its probability. */
  readonly runnerUpProbability: number;
  /** The probabilities of 0 to 9; those of a sigmoid network are ten separate answers and need not sum to 1. */
  readonly probabilities: readonly number[];
  /** All that the network computed on the way. */
  readonly pass: ForwardPass;
}

/**
 * Reads a 28 × 28 picture: with 784 inputs as it is, with 400 its middle 20 × 20, unrolled and labelled as tutorial 002 does.
 *
 * @param network Any of the tutorials' networks.
 * @param pixels Grey levels row by row, 0 paper to 255 ink.
 * @throws {TypeError} If there are not 784 pixels.
 * @throws {RangeError} If the network has other than 784 or 400 inputs, or not ten classes.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { drawDigit } from "../data/drawn_digits.ts";
 * import { initialise } from "../network/init.ts";
 * import { seededRandom } from "../random.ts";
 *
 * const { digit, probabilities } = classify(initialise([784, 10, 10], seededRandom(1)), drawDigit(7, 1));
 * assertEquals(probabilities.indexOf(Math.max(...probabilities)), digit);
 * ```
 */
export function classify(network: Network, pixels: Uint8Array): Reading {
  const sizes = sizesOf(network), cropped = sizes[0] === 400;
  if (sizes[0] !== 784 && !cropped || sizes.at(-1) !== 10) {
    throw new RangeError(
      `Cannot read pictures with a network of ${sizes[0]} inputs and ${
        sizes.at(-1)
      } classes: must be 784 or 400, and 10`,
    );
  }
  const set = digits({ pixels, labels: Uint8Array.of(0), width: 28, height: 28, name: "picture", provenance: "" });
  const pass = forward(network, cropped ? tutorial("002").examples(set).images : normalise(set));
  const probabilities = new Array<number>(10);
  pass.probabilities.data.forEach((p, k) => probabilities[cropped ? courseraToDigits([k])[0]! : k] = p);
  const [digit, runnerUp] = [...probabilities.keys()].sort((a, b) => probabilities[b]! - probabilities[a]!) as [
    number,
    number,
  ];
  return {
    digit,
    probability: probabilities[digit]!,
    runnerUp,
    runnerUpProbability: probabilities[runnerUp]!,
    probabilities,
    pass,
  };
}

/**
 * What each of the 784 pixels says for the digit that was read and against the runner-up, `x ⊙ ∂(z_digit − z_runnerUp)/∂x`; zero
 * beyond what a network of 400 inputs sees.
 *
 * @param network The one that read.
 * @param reading What {@linkcode classify} returned.
 * @see evidenceOf
 */
export function evidenceFor(network: Network, { digit, runnerUp, pass }: Reading): Float64Array {
  const image = pass.activations[0]!, cropped = image.rows === 400;
  const [a, b] = cropped ? digitsToCoursera([digit, runnerUp]) : [digit, runnerUp];
  const evidence = evidenceOf(network, image, a!, b!);
  if (!cropped) return Float64Array.from(evidence.data);
  const all = new Float64Array(784), middle = unrollByColumns(evidence, 20); // of a square: row by row again
  middle.data.forEach((value, i) => all[28 * (4 + Math.floor(i / 20)) + 4 + i % 20] = value);
  return all;
}
