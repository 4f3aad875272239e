/**
 * Evidence: what each pixel of one picture says for an answer, and against another.
 *
 * @module
 */
import { hadamard, type Matrix, matrix } from "../matrix.ts";
import { backward } from "./backward.ts";
import { forward } from "./forward.ts";
import type { Layer, Network } from "./network.ts";

/**
 * What each pixel says for one class and against another: its ink times how the difference of the two sums changes with it,
 * `x ⊙ ∂(z_a − z_b)/∂x`. Where there is no ink, nothing is said.
 *
 * With ReLU and without biases it adds up to the difference itself. Sums bend with sigmoids; then it is the slope alone.
 *
 * @param network Any, convolutions included.
 * @param image One picture, `[inputs × 1]`, 0 to 1.
 * @param a The class that pixels may speak for.
 * @param b The one that they may speak against.
 * @returns `[inputs × 1]`.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { fromRows } from "../matrix.ts";
 * import { forward } from "./forward.ts";
 * import { initialise } from "./init.ts";
 * import { seededRandom } from "../random.ts";
 *
 * const network = initialise([3, 4, 2], seededRandom(1)), image = fromRows([[1], [0], [0.5]]);
 * const [a, b] = forward(network, image).logits.data;
 * assertAlmostEquals(evidenceOf(network, image, 0, 1).data.reduce((x, y) => x + y), a! - b!, 1e-12);
 * ```
 */
export function evidenceOf({ layers }: Network, image: Matrix, a: number, b: number): Matrix {
  const inputs = image.rows, same = matrix(inputs, inputs);
  for (let i = 0; i < inputs; i++) same.data[i * inputs + i] = 1;
  // a layer before the first that changes nothing: the slope of its bias is that of the pixel
  const before: Layer = { weights: same, bias: matrix(inputs, 1), activation: "relu" },
    network = { layers: [before, ...layers] };
  const pass = forward(network, image), blame = matrix(pass.logits.rows, 1);
  blame.data[a] = 1;
  blame.data[b] = -1;
  return hadamard(image, backward(network, pass, pass.probabilities, 0, blame).layers[0]!.bias);
}
