/**
 * Blame on its way back: from the ten answers of one digit through the hidden units to its pixels.
 *
 * @module
 */
import { columns, type Matrix, transpose } from "../matrix.ts";
import { matmul } from "../products.ts";
import { oneHot } from "../data/prepare.ts";
import { backward } from "../network/backward.ts";
import { forward } from "../network/forward.ts";
import type { Network } from "../network/network.ts";
import { COLOURS, type Picture } from "./figure.ts";
import { drawing, heading, pixels, text } from "./svg.ts";

/** The blame of one digit, layer by layer. */
export interface Blame {
  /** dZ of each layer, `[units × 1]`, first layer first. */
  readonly layers: readonly Matrix[];
  /** How the loss changes with each pixel, `[inputs × 1]`: W1ᵀ dZ1. Where it is large, ink matters most. */
  readonly pixels: Matrix;
}

/**
 * The blame of one digit: dZ of each layer, and how the loss would change with each pixel.
 *
 * For a single digit the gradient of a bias is dZ itself.
 *
 * @param images X, `[inputs × examples]`, 0 to 1.
 * @param labels One class per example.
 * @param index Which example.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { fromRows } from "../matrix.ts";
 * import { initialise } from "../network/init.ts";
 * import { seededRandom } from "../random.ts";
 *
 * const { layers } = blameOf(initialise([2, 3, 10], seededRandom(1)), fromRows([[1], [0.5]]), [7], 0);
 * assertAlmostEquals(layers[1]!.data.reduce((a, b) => a + b), 0, 1e-12); // A − Y sums to 0
 * ```
 */
export function blameOf(network: Network, images: Matrix, labels: ArrayLike<number>, index: number): Blame {
  const image = columns(images, index), targets = oneHot([labels[index]!], network.layers.at(-1)!.weights.rows);
  const layers = backward(network, forward(network, image), targets).layers.map(({ bias }) => bias);
  return { layers, pixels: matmul(transpose(network.layers[0]!.weights), layers[0]!) };
}

/**
 * One digit's blame, from right to left: what each answer said too much or too little, what reaches each hidden unit, and
 * where on the picture more ink would raise the loss (blue) or lower it (red).
 *
 * @param network Two layers; the inputs form a square picture.
 * @param labels One class per example.
 * @param index Which column to follow.
 * @throws {TypeError} If the network does not have two layers.
 */
export function blamePicture(network: Network, images: Matrix, labels: ArrayLike<number>, index: number): Picture {
  if (network.layers.length !== 2) {
    throw new TypeError(`Cannot draw the blame of a digit: needs 2 layers, got ${network.layers.length}`);
  }
  const { layers: [hidden, output], pixels: blame } = blameOf(network, images, labels, index) as {
    layers: [Matrix, Matrix];
    pixels: Matrix;
  };
  const width = 760, row = 26, top = 56, height = top + Math.max(hidden.rows, output.rows, 8) * row + 16;
  const parts = [
    heading(95, "blame of the pixels"),
    heading(345, `${hidden.rows} hidden units, dZ1`),
    heading(620, "answers, dZ2 = A2 − Y"),
    pixels(columns(images, index), 20, top + 20, 150, blame.data),
  ];
  const bars = (dZ: Matrix, middle: number, name: (unit: number) => string, reach: number) => {
    const largest = Math.max(1e-9, ...dZ.data.map(Math.abs));
    dZ.data.forEach((value, unit) => {
      const y = top + unit * row, length = reach * Math.abs(value) / largest;
      parts.push(
        `<rect x="${value < 0 ? middle - length : middle}" y="${y + 4}" width="${length}" height="16" fill="${
          value < 0 ? COLOURS.wrong : COLOURS.main
        }"/>`,
        text(middle - reach - 8, y + 17, name(unit), "end", COLOURS.ink),
        text(
          middle + reach + 8,
          y + 17,
          value === 0 ? "none" : value.toFixed(3),
          "start",
          value === 0 ? "#8c8c8c" : COLOURS.ink,
        ),
      );
    });
  };
  bars(hidden, 345, (unit) => `unit ${unit}`, 55);
  bars(output, 620, String, 60);
  for (const [from, to] of [[522, 478], [240, 196]] as const) {
    const y = top + Math.max(hidden.rows, output.rows) * row / 2;
    parts.push(`<path d="M${from} ${y}H${to}m8 -6l-8 6l8 6" fill="none" stroke="#66717e" stroke-width="2"/>`);
  }
  const silent = hidden.data.filter((value) => value === 0).length;
  return {
    ...drawing(width, height, parts),
    caption:
      `The blame of image ${index}, a ${
        labels[index]
      }, on its way back: ${silent} of ${hidden.rows} hidden units were silent and take none. ` +
      `On the picture: blue where more ink would raise the loss, red where it would lower it.`,
  };
}
