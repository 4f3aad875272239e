/**
 * The check that no tutorial has: are these gradients the slopes of the loss?
 *
 * @module
 */
import { type Matrix, matrix, shape } from "../matrix.ts";
import type { Gradients } from "./backward.ts";
import { forward } from "./forward.ts";
import type { Network } from "./network.ts";
import { cost, type Loss } from "./loss.ts";

/** The verdict on one parameter matrix. */
export interface ParameterCheck {
  /** `weights1`, `bias1`, `weights2` …, counted from 1 as on paper. */
  readonly parameter: string;
  /** `‖claimed − numeric‖ / (‖claimed‖ + ‖numeric‖)`: 0 is perfect, 1 the worst possible: one is 0, or they are opposite. */
  readonly relativeError: number;
  /** Row and column where claimed and numeric differ most. */
  readonly worst: { readonly row: number; readonly col: number; readonly claimed: number; readonly numeric: number };
}

/** The verdict on all parameters. */
export interface GradientCheck {
  /** One entry per parameter matrix, in the order W1, b1, W2, b2 … */
  readonly parameters: readonly ParameterCheck[];
  /** The largest relative error of all. */
  readonly relativeError: number;
  /** The parameter that has it. */
  readonly worstParameter: string;
}

/**
 * Slopes of the loss by central differences: `(L(w + h) − L(w − h)) / 2h`, one parameter at a time.
 *
 * Slow (two forward passes per parameter) and free of any idea about backpropagation, which is
 * what makes it a fair judge.
 *
 * @param network A small network.
 * @param images `[inputs × examples]`.
 * @param labels One class per example.
 * @param lambda λ of the weight penalty.
 * @param h The step, no unit; 1e-5 balances the curve's bend against rounding.
 * @param loss Which.
 * @returns The slopes, shaped like the parameters.
 * @see notebooks/06_backprop_by_hand.ipynb
 */
export function numericGradients(
  network: Network,
  images: Matrix,
  labels: ArrayLike<number>,
  lambda = 0,
  h = 1e-5,
  loss: Loss = "cross-entropy",
): Gradients {
  const slopes = (l: number, name: "weights" | "bias"): Matrix => {
    const { rows, cols, data } = network.layers[l]![name];
    const lossAt = (i: number, value: number) => {
      const tried = withNumber(network, l, name, i, value);
      return cost(tried, forward(tried, images), labels, lambda, loss);
    };
    return matrix(rows, cols, data.map((w, i) => (lossAt(i, w + h) - lossAt(i, w - h)) / (2 * h)));
  };
  return { layers: network.layers.map((_, l) => ({ weights: slopes(l, "weights"), bias: slopes(l, "bias") })) };
}

/** The same network with another number at place i of one layer's weights or bias. */
export function withNumber(network: Network, l: number, name: "weights" | "bias", i: number, value: number): Network {
  const parameter = network.layers[l]![name];
  const changed = { ...network.layers[l]!, [name]: { ...parameter, data: parameter.data.with(i, value) } };
  return { layers: network.layers.with(l, changed) };
}

/**
 * Compares claimed gradients with the slopes of the loss, parameter by parameter.
 *
 * Right ones agree to about 1e-9. A relative error of 1 means that one of the two is 0, or that they point in opposite directions.
 *
 * @param network A small network.
 * @param images `[inputs × examples]`.
 * @param labels One class per example.
 * @param claimed The gradients to be judged.
 * @param lambda λ of the weight penalty.
 * @param loss Whose slopes they should be.
 * @returns The error of each parameter and the name of the worst.
 * @throws {TypeError} If a claimed gradient does not have its parameter's shape.
 * @see notebooks/06_backprop_by_hand.ipynb
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { fromRows } from "../matrix.ts";
 * import { oneHot } from "../data/prepare.ts";
 * import { seededRandom } from "../random.ts";
 * import { backward } from "./backward.ts";
 * import { forward } from "./forward.ts";
 * import { initialise, uniformHalf } from "./init.ts";
 *
 * const network = initialise([3, 4, 2], seededRandom(5), uniformHalf);
 * const images = fromRows([[0.1, 0.9], [0.8, 0.2], [0.5, 0.4]]);
 * const claimed = backward(network, forward(network, images), oneHot([0, 1], 2));
 * assert(checkGradients(network, images, [0, 1], claimed).relativeError < 1e-7);
 * ```
 */
export function checkGradients(
  network: Network,
  images: Matrix,
  labels: ArrayLike<number>,
  claimed: Gradients,
  lambda = 0,
  loss: Loss = "cross-entropy",
): GradientCheck {
  const numeric = numericGradients(network, images, labels, lambda, undefined, loss);
  const parameters = network.layers.flatMap((_, l) =>
    (["weights", "bias"] as const).map((name) =>
      compare(`${name}${l + 1}`, claimed.layers[l]![name], numeric.layers[l]![name])
    )
  );
  const worst = parameters.reduce((a, b) => b.relativeError > a.relativeError || Number.isNaN(b.relativeError) ? b : a);
  return { parameters, relativeError: worst.relativeError, worstParameter: worst.parameter };
}

function compare(parameter: string, claimed: Matrix, numeric: Matrix): ParameterCheck {
  if (shape(claimed) !== shape(numeric)) {
    throw new TypeError(
      `Cannot check the gradient of ${parameter}: must be ${shape(numeric)} as the parameter, got ${shape(claimed)}`,
    );
  }
  const difference = claimed.data.map((value, i) => value - numeric.data[i]!);
  const worst = difference.reduce((best, d, i) => Math.abs(d) > Math.abs(difference[best]!) ? i : best, 0);
  const size = norm(claimed.data) + norm(numeric.data);
  return {
    parameter,
    relativeError: size === 0 ? 0 : norm(difference) / size,
    worst: {
      row: worst % claimed.rows,
      col: Math.floor(worst / claimed.rows),
      claimed: claimed.data[worst]!,
      numeric: numeric.data[worst]!,
    },
  };
}

function norm(values: Float64Array): number {
  return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
}
