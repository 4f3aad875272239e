/**
 * Starting weights for a list of layers in which convolutions stand beside dense ones.
 *
 * @module
 */
import { told } from "../errors.ts";
import { normal, type Random } from "../random.ts";
import { drawLayer, he, type Initialiser } from "./init.ts";
import {
  type Activations,
  assertConvolution,
  type Convolution,
  type Layer,
  type Network,
  outputsOf,
  pooledSize,
} from "./network.ts";

/** A convolution as one writes it into a list of layers: `{ filters: 8, size: 5, pool: 2 }`. */
export interface Filters extends Pick<Convolution, "size"> {
  /** How many filters, each with weights of its own. */
  readonly filters: number;
  /** Zeros laid round the picture; 0 where nothing is said, and `(size − 1) / 2` keeps its size. */
  readonly padding?: number;
  /** Of each `pool × pool` sums the largest goes on; 1 where nothing is said. */
  readonly pool?: number;
}

/** What a network is made of, first to last: the number of its inputs, then filters or numbers of units. */
export type LayerList = readonly [number, ...(Filters | number)[]];

/**
 * A network with freshly drawn weights: `initialise`, with convolutions among the layers. ReLU inside, softmax at the end.
 *
 * Numbers are drawn as there, W row by row and then b. A rule that asks for the number of units gets `size² · filters` for a
 * convolution, as in Keras: so many sums each number goes into.
 *
 * @param layers Inputs, filters or hidden units …, classes: `[784, { filters: 8, size: 5, pool: 2 }, 10]`. The first
 *   convolution takes the inputs as a square picture with one channel; once a dense layer came, there is no picture any more.
 * @param random The source of all draws.
 * @param initialiser The rule for the start, `he` where nothing is said.
 * @param bends Other activations.
 * @throws {RangeError} If a number makes no sense, a window does not fit, or a pool does not divide.
 * @throws {TypeError} If there is no picture for a convolution, or the last layer is one.
 * @see notebooks/15_convolution.ipynb
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { seededRandom } from "../random.ts";
 * import { countParameters, sizesOf } from "./network.ts";
 *
 * const network = initialiseLayers(
 *   [784, { filters: 8, size: 5, pool: 2 }, { filters: 16, size: 5, pool: 2 }, 10],
 *   seededRandom(1),
 * );
 * assertEquals(sizesOf(network), [784, 12 * 12 * 8, 4 * 4 * 16, 10]);
 * assertEquals(countParameters(network), 208 + 3216 + 2570);
 * ```
 */
export function initialiseLayers(
  [inputs, ...rest]: LayerList,
  random: Random,
  initialiser: Initialiser = he,
  { hidden = "relu", output = "softmax" }: Activations = {},
): Network {
  const draws = { uniform: random, normal: normal(random) };
  const layers: Layer[] = [];
  for (const [l, wanted] of rest.entries()) {
    const before = layers.at(-1), last = l === rest.length - 1, activation = last ? output : hidden;
    const { filters: units, size = 1 } = typeof wanted === "number" ? { filters: wanted } : wanted;
    assertCounts(inputs, units, l);
    if (typeof wanted === "number") {
      const given = before ? outputsOf(before) : inputs;
      layers.push({ ...drawLayer(initialiser(draws, given, units), given, units), activation });
      continue;
    }
    if (last) {
      throw new TypeError("Cannot initialise a network: its last layer must be a number of classes, got a convolution");
    }
    const convolution = {
      ...pictureBefore(before, inputs, l),
      size,
      padding: wanted.padding ?? 0,
      pool: wanted.pool ?? 1,
    };
    const numbers = size * size * convolution.channels;
    assertConvolution(convolution, { rows: units, cols: numbers, data: NONE }, `layer ${l + 1}`);
    const drawn = drawLayer(initialiser(draws, numbers, size * size * units), numbers, units);
    layers.push({ ...drawn, activation, convolution });
  }
  if (!layers.length) throw new RangeError("Cannot initialise a network: needs at least one layer, got none");
  return { layers };
}

const NONE = new Float64Array();

/** The picture that a convolution gets. Throws a TypeError if there is none. */
function pictureBefore(before: Layer | undefined, inputs: number, l: number) {
  if (before?.convolution) {
    const { rows: height, cols: width } = pooledSize(before.convolution);
    return { height, width, channels: before.weights.rows };
  }
  const side = Math.sqrt(inputs);
  if (!before && Number.isInteger(side)) return { height: side, width: side, channels: 1 };
  throw new TypeError(
    `Cannot initialise a network: layer ${l + 1} is a convolution and must get a picture, got ` +
      (before ? `the ${before.weights.rows} units of layer ${l}` : `${inputs} inputs, which are no square`),
  );
}

function assertCounts(inputs: number, units: number, l: number): void {
  for (const [name, value] of [["the number of inputs", inputs], [`the size of layer ${l + 1}`, units]] as const) {
    if (Number.isInteger(value) && value >= 1) continue;
    throw new RangeError(`Cannot initialise a network: ${name} must be a whole number from 1, got ${told(value)}`);
  }
}
