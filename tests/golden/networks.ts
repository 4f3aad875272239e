// The networks and images of the golden files, drawn as their programs draw them.
import { fromRows, type Matrix, matrix, transpose } from "../../lib/matrix.ts";
import { glorot, initialise, uniformHalf } from "../../lib/network/init.ts";
import type { Network } from "../../lib/network/network.ts";
import { fromTheta } from "../../lib/network/theta.ts";
import { seededRandom } from "../../lib/random.ts";
import adam from "./adam_12_6_5_3.json" with { type: "json" };
import sigmoids from "./sigmoid_12_5_3.json" with { type: "json" };

interface Start {
  readonly network: Network;
  readonly images: Matrix;
}

/** 12-5-3 with ReLU and softmax: relu_softmax_12_5_3.json. */
export function reluStart(): Start {
  const random = seededRandom(101), images = matrix(12, 8);
  for (let row = 0; row < 12; row++) for (let col = 0; col < 8; col++) images.data[col * 12 + row] = random();
  return { images, network: initialise([12, 5, 3], random, uniformHalf) };
}

/** 12-5-3 with sigmoids: sigmoid_12_5_3.json. */
export function sigmoidStart(): Start & { readonly labels: readonly number[] } {
  const random = seededRandom(202);
  const draw = (rows: number, cols: number, low: number, high: number) =>
    fromRows(Array.from({ length: rows }, () => Array.from({ length: cols }, () => low + (high - low) * random())));
  const images = transpose(draw(8, 12, -0.2, 1.1));
  const layers = [fromTheta(draw(5, 13, -0.12, 0.12), "sigmoid"), fromTheta(draw(3, 6, -0.12, 0.12), "sigmoid")];
  return { images, network: { layers }, labels: sigmoids.y.map((label) => label - 1) };
}

/** 12-6-5-3 for Adam: adam_12_6_5_3.json. */
export function deepStart(): Start & { readonly labels: readonly number[] } {
  const random = seededRandom(303), X = fromRows(Array.from({ length: 8 }, () => Array.from({ length: 12 }, random)));
  return { images: transpose(X), network: initialise([12, 6, 5, 3], random, glorot), labels: adam.y };
}
