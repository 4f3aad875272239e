/**
 * The parts of which our own pictures are made.
 *
 * @module
 */
import { COLOURS, escapeText } from "./figure.ts";

const FONT = `font-family="DejaVu Sans, Verdana, sans-serif"`;

/** A picture of these parts on white. */
export function drawing(width: number, height: number, parts: readonly string[]) {
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" ${FONT} ` +
    `font-size="12"><rect width="100%" height="100%" fill="#fff"/>${parts.join("")}</svg>`;
  return { svg, width, height };
}

/** Words in a picture, of any size and weight. */
export function words(
  x: number,
  y: number,
  content: string,
  more: { anchor?: "start" | "middle" | "end"; colour?: string; size?: number; bold?: boolean } = {},
): string {
  const { anchor = "start", colour = COLOURS.ink, size = 12, bold = false } = more;
  return `<text x="${x}" y="${y}" text-anchor="${anchor}" fill="${colour}" font-size="${size}"${
    bold ? ' font-weight="bold"' : ""
  }>${escapeText(content)}</text>`;
}

/** The colour of a number with a sign: blue above 0, red below. */
export function signColour(value: number): string {
  return value < 0 ? COLOURS.wrong : COLOURS.main;
}
