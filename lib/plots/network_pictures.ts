/**
 * Networks with their numbers: one digit on its way through, and a small net with value and blame on every edge.
 *
 * @module
 */
import { at, columns, type Matrix } from "../matrix.ts";
import type { Gradients } from "../network/backward.ts";
import { forward, type ForwardPass } from "../network/forward.ts";
import type { Network } from "../network/network.ts";
import { COLOURS, type Picture } from "./figure.ts";
import { drawing, heading, pixels, text } from "./svg.ts";

/**
 * One digit, left to right: its pixels, the hidden sums with their numbers, which units stay silent, the probabilities.
 *
 * @param network Two layers: ReLU, then softmax.
 * @param images X, `[inputs × examples]`, 0 to 1; the inputs form a square picture.
 * @param index Which column to follow.
 * @throws {TypeError} If the network does not have two layers.
 */
export function walkThroughPicture(network: Network, images: Matrix, index: number): Picture {
  if (network.layers.length !== 2) {
    throw new TypeError(`Cannot draw the way of a digit: needs 2 layers, got ${network.layers.length}`);
  }
  const image = columns(images, index), pass = forward(network, image);
  const [hidden, logits] = pass.preActivations as [Matrix, Matrix];
  const width = 760, row = 26, top = 56;
  const height = top + Math.max(hidden.rows, logits.rows) * row + 16;
  const largest = hidden.data.reduce((a, z) => Math.max(a, Math.abs(z)), 1e-9);
  const best = logits.data.reduce((k, z, i) => z > logits.data[k]! ? i : k, 0);
  const parts = [
    heading(95, "the image, X"),
    heading(304, "10 sums, Z1"),
    heading(452, "after ReLU, A1"),
    heading(630, "probabilities, A2"),
    pixels(image, 20, top + 20, 150),
  ];
  for (let unit = 0; unit < hidden.rows; unit++) {
    const y = top + unit * row, z = at(hidden, unit, 0), alive = z > 0, length = 52 * Math.abs(z) / largest;
    parts.push(
      `<line x1="178" y1="${top + 95}" x2="222" y2="${y + 12}" stroke="#d3dae2"/>`,
      `<rect x="${z < 0 ? 318 - length : 318}" y="${y + 4}" width="${length}" height="16" fill="${
        alive ? COLOURS.main : "#d9a09a"
      }"/>`,
      text(226, y + 17, z.toFixed(2), "start", COLOURS.ink),
      `<circle cx="440" cy="${y + 12}" r="9" fill="${alive ? COLOURS.main : "#fff"}" fill-opacity="${
        alive ? 0.25 + 0.75 * z / largest : 1
      }" stroke="${alive ? COLOURS.main : "#b7c0cb"}"/>`,
      text(456, y + 17, alive ? z.toFixed(2) : "silent", "start", alive ? COLOURS.ink : "#8c8c8c"),
    );
  }
  for (let digit = 0; digit < logits.rows; digit++) {
    const y = top + digit * row, p = at(pass.probabilities, digit, 0);
    parts.push(
      `<line x1="505" y1="${top + hidden.rows * row / 2}" x2="545" y2="${y + 12}" stroke="#d3dae2"/>`,
      text(562, y + 17, String(digit), "end", COLOURS.ink),
      `<rect x="570" y="${y + 4}" width="${Math.max(1, 120 * p)}" height="16" fill="${
        digit === best ? COLOURS.main : "#a9b8c9"
      }"/>`,
      text(578 + 120 * p, y + 17, `${(100 * p).toFixed(1)} %`, "start", COLOURS.ink),
    );
  }
  const silent = hidden.data.filter((z) => z <= 0).length;
  return {
    ...drawing(width, height, parts),
    caption: `Image ${index} on its way: ${silent} of ${hidden.rows} hidden units stay silent, ` +
      `and the network says ${best} with ${(100 * at(pass.probabilities, best, 0)).toFixed(1)} %.`,
  };
}

/**
 * A small network as a graph: values in the circles, weights on the edges, and below each weight its gradient in red.
 *
 * @param network Two layers.
 * @param pass The forward pass of a single example.
 * @param gradients The gradients for it; leave out for the forward picture.
 */
export function graphPicture(network: Network, pass: ForwardPass, gradients?: Gradients): Picture {
  const width = 760, height = 330, gapX = 270, gapY = 180, left = 110, top = 84;
  const place = (layer: number, unit: number) => ({ x: left + layer * gapX, y: top + unit * gapY });
  const parts: string[] = [
    heading(left, "input x"),
    heading(left + gapX, "hidden a"),
    heading(left + 2 * gapX, "probability p"),
  ];
  network.layers.forEach(({ weights }, l) => {
    for (let to = 0; to < weights.rows; to++) {
      for (let from = 0; from < weights.cols; from++) {
        const a = place(l, from), b = place(l + 1, to), t = from === to ? 0.5 : 0.27; // crossing edges are labelled apart
        const x = a.x + t * (b.x - a.x), y = a.y + t * (b.y - a.y);
        parts.push(`<line x1="${a.x}" y1="${a.y}" x2="${b.x}" y2="${b.y}" stroke="#b7c0cb" stroke-width="1.5"/>`);
        const gradient = gradients && at(gradients.layers[l]!.weights, to, from);
        parts.push(
          `<rect x="${x - 27}" y="${y - 21}" width="54" height="${
            gradient === undefined ? 18 : 34
          }" fill="#fff" fill-opacity="0.92"/>`,
          text(x, y - 7, at(weights, to, from).toFixed(2), "middle", COLOURS.ink),
          ...(gradient === undefined ? [] : [text(x, y + 9, gradient.toFixed(3), "middle", COLOURS.wrong)]),
        );
      }
    }
  });
  pass.activations.forEach((a, layer) => {
    for (let unit = 0; unit < a.rows; unit++) {
      const { x, y } = place(layer, unit), silent = layer === 1 && at(a, unit, 0) === 0;
      parts.push(
        `<circle cx="${x}" cy="${y}" r="27" fill="${silent ? "#f1f3f5" : "#eaf1fa"}" stroke="${
          silent ? "#b7c0cb" : COLOURS.main
        }" stroke-width="2"/>`,
        text(x, y + 5, at(a, unit, 0).toFixed(2), "middle", COLOURS.ink),
      );
    }
  });
  const note = gradients
    ? "black: weight · red: its gradient, the slope of the loss"
    : "black: weight · in the circles: values";
  parts.push(text(width / 2, height - 6, note, "middle", "#66717e"));
  return {
    ...drawing(width, height, parts),
    caption: gradients
      ? "The small network with the gradient of the loss in red below every weight."
      : "The small network with its values after the forward pass.",
  };
}
