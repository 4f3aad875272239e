/**
 * What a network is: layers of weights, one after the other.
 *
 * @module
 */
import { assertWhole } from "../assert_whole.ts";
import { type Matrix, shape } from "../matrix.ts";

/** How a layer bends its sums; see activations.ts. */
export type Activation = "relu" | "sigmoid" | "tanh" | "softmax";

/** The activations by name. */
export const ACTIVATIONS: readonly Activation[] = ["relu", "sigmoid", "tanh", "softmax"];

/**
 * How a layer goes over a picture: a small window at a time, with the same weights at every place; see convolution.ts.
 *
 * Pictures travel row by row, and the channels of a pixel lie side by side: number `(width · y + x) · channels + c`.
 */
export interface Convolution {
  /** Rows of the pictures that come in. */
  readonly height: number;
  /** Their columns. */
  readonly width: number;
  /** Numbers for each pixel: 1 for grey, afterwards one for each filter of the layer before. */
  readonly channels: number;
  /** Rows and columns of the window, from 1. */
  readonly size: number;
  /** Rows and columns of zeros laid round the picture, from 0 to below `size`. */
  readonly padding: number;
  /** Of each `pool × pool` sums the largest goes on; 1 for all of them. */
  readonly pool: number;
}

/** One layer: `activation(weights · input + bias)`. */
export interface Layer {
  /** W, `[units × inputs]`; of a convolution `[filters × size · size · channels]`. */
  readonly weights: Matrix;
  /** b, `[units × 1]`. */
  readonly bias: Matrix;
  /** What is done to the sums `W x + b`. */
  readonly activation: Activation;
  /** Where the layer is a convolution; without it, every unit looks at everything. */
  readonly convolution?: Convolution;
}

/** A feed-forward network: the output of one layer is the input of the next. */
export interface Network {
  /** At least one layer; the last one gives the probabilities. */
  readonly layers: readonly Layer[];
}

/** How many numbers go into a layer for one example. */
export function inputsOf({ weights, convolution }: Layer): number {
  return convolution ? convolution.height * convolution.width * convolution.channels : weights.cols;
}

/** How many come out of it. */
export function outputsOf({ weights, convolution }: Layer): number {
  if (!convolution) return weights.rows;
  const { rows, cols } = pooledSize(convolution);
  return rows * cols * weights.rows;
}

/** Places of a convolution's window: rows and columns of its sums. */
export function summedSize({ height, width, size, padding }: Convolution): { rows: number; cols: number } {
  return { rows: height + 2 * padding - size + 1, cols: width + 2 * padding - size + 1 };
}

/** Rows and columns of what a convolution gives on, after pooling. */
export function pooledSize(convolution: Convolution): { rows: number; cols: number } {
  const { rows, cols } = summedSize(convolution), { pool } = convolution;
  return { rows: rows / pool, cols: cols / pool };
}

/** Inputs, hidden units …, classes of a network: `[784, 10, 10]`. */
export function sizesOf(network: Network): number[] {
  return [inputsOf(network.layers[0]!), ...network.layers.map(outputsOf)];
}

/** Inputs and layers in short, `784-128-10`; a convolution by its filters and their window, `784-16@5×5-10`. */
export function layersText({ layers }: Network): string {
  const short = ({ weights: { rows }, convolution }: Layer) =>
    convolution ? `${rows}@${convolution.size}×${convolution.size}` : String(rows);
  return [inputsOf(layers[0]!), ...layers.map(short)].join("-");
}

/** How many numbers the network learns: all weights and all biases. */
export function countParameters(network: Network): number {
  return network.layers.reduce((sum, { weights, bias }) => sum + weights.data.length + bias.data.length, 0);
}

/**
 * Checks that the layers of a network fit each other.
 *
 * @throws {TypeError} If a bias does not fit its weights, or a layer does not fit the one before it.
 * @throws {RangeError} If a convolution's window does not fit into its picture, or its pool does not divide its sums.
 */
export function assertNetwork(network: Network): void {
  if (network.layers.length === 0) throw new TypeError("Cannot use a network without layers: needs at least one");
  network.layers.forEach((layer, l) => {
    const { weights, bias, convolution } = layer, name = `layer ${l + 1}`;
    if (bias.rows !== weights.rows || bias.cols !== 1) {
      throw new TypeError(
        `Cannot use ${name}: bias must be [${weights.rows} × 1] to fit weights ${shape(weights)}, got ${shape(bias)}`,
      );
    }
    if (convolution) assertConvolution(convolution, weights, name);
    const before = network.layers[l - 1], given = before ? outputsOf(before) : inputsOf(layer);
    if (inputsOf(layer) === given) return;
    if (!convolution) {
      throw new TypeError(
        `Cannot use ${name}: weights ${shape(weights)} must have ${given} columns, one for each unit of layer ${l}`,
      );
    }
    throw new TypeError(`Cannot use ${name}: ${pictureOf(convolution)} must be the ${given} numbers of layer ${l}`);
  });
}

/**
 * Checks a convolution.
 *
 * @param weights `[filters × size · size · channels]`.
 * @param name What to call the layer.
 * @throws {TypeError} If the weights do not have a column for each number of the window.
 * @throws {RangeError} If a size makes no sense, the window is larger than the picture, or the pool does not divide the sums.
 */
export function assertConvolution(convolution: Convolution, weights: Matrix, name = "a convolution"): void {
  const { height, width, channels, size, padding, pool } = convolution, action = `use ${name}`;
  for (const [what, value] of Object.entries({ height, width, channels, size, pool })) {
    assertWhole(action, what, value, 1);
  }
  assertWhole(action, "padding", padding, 0, size - 1);
  const { rows, cols } = summedSize(convolution);
  if (rows < 1 || cols < 1) {
    throw new RangeError(
      `Cannot ${action}: a window of ${size} × ${size} must fit into the picture, got ${pictureOf(convolution)}` +
        (padding ? `, ${padding} more on each side` : ""),
    );
  }
  if (rows % pool || cols % pool) {
    throw new RangeError(`Cannot ${action}: pool must divide its ${rows} × ${cols} sums, got ${pool}`);
  }
  if (weights.cols !== size * size * channels) {
    throw new TypeError(
      `Cannot ${action}: weights ${shape(weights)} must have ${size * size * channels} columns, ` +
        `one for each number of a window of ${size} × ${size} × ${channels}`,
    );
  }
}

function pictureOf({ height, width, channels }: Convolution): string {
  return `${height} × ${width} × ${channels}`;
}

/** The bends of a network. */
export interface Activations {
  /** Of the hidden layers; `relu` where nothing is said. */
  readonly hidden?: Activation;
  /** Of the last layer; `softmax` where nothing is said. */
  readonly output?: Activation;
}
