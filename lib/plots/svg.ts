/**
 * The parts of which the pictures of networks are made.
 *
 * @module
 */
import type { Matrix } from "../matrix.ts";
import { COLOURS } from "./figure.ts";

const FONT = `font-family="DejaVu Sans, Verdana, sans-serif"`;

/** A picture of these parts on white. */
export function drawing(width: number, height: number, parts: readonly string[]) {
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" ${FONT} ` +
    `font-size="12"><rect width="100%" height="100%" fill="#fff"/>${parts.join("")}</svg>`;
  return { svg, width, height };
}

/** Words above a column. */
export function heading(x: number, words: string): string {
  return `<text x="${x}" y="30" font-size="13" text-anchor="middle" fill="${COLOURS.ink}">${words}</text>`;
}

/** A few words. */
export function text(x: number, y: number, words: string, anchor: "start" | "middle" | "end", colour: string): string {
  return `<text x="${x}" y="${y}" text-anchor="${anchor}" fill="${colour}">${words}</text>`;
}

/** A square picture of ink; with `signed`, of these numbers in red and blue over the ink's outline. */
export function pixels(image: Matrix, left: number, top: number, size: number, signed?: ArrayLike<number>): string {
  const side = Math.round(Math.sqrt(image.rows)), cell = size / side;
  const largest = signed ? Math.max(1e-12, ...Array.from(signed, Math.abs)) : 1;
  const rect = (i: number, fill: string, opacity: number) => {
    const x = left + (i % side) * cell, y = top + Math.floor(i / side) * cell, width = (cell + 0.1).toFixed(2);
    return `<rect x="${x.toFixed(2)}" y="${y.toFixed(2)}" width="${width}" height="${width}" ` +
      `fill="${fill}" fill-opacity="${opacity.toFixed(2)}"/>`;
  };
  const rects = Array.from(image.data, (value, i) => {
    if (!signed) return value === 0 ? "" : rect(i, COLOURS.ink, value);
    const blame = signed[i]!, share = Math.abs(blame) / largest;
    return (value > 0.3 ? rect(i, COLOURS.ink, 0.18) : "") +
      (share < 0.03 ? "" : rect(i, blame < 0 ? COLOURS.wrong : COLOURS.main, share));
  });
  return `<rect x="${left}" y="${top}" width="${size}" height="${size}" fill="#fff" stroke="#dfe3e8"/>${
    rects.join("")
  }`;
}
