/**
 * In a page no PNG is made: a picture goes as the drawing that it is, a figure as the numbers that Plotly draws.
 *
 * @module
 */
import type { Figure, Picture } from "../../../../lib/plots/figure.ts";

/** The drawing's text as bytes; nothing for a figure. */
export function toPng(shown: Figure | Picture): Promise<Uint8Array> {
  return Promise.resolve(new TextEncoder().encode("svg" in shown ? shown.svg : ""));
}
