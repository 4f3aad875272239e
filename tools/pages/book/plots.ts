/**
 * Plots in the book's pages.
 *
 * @module
 */
/// <reference lib="dom" />
import { load, type Plot } from "./load.ts";

/** Draws a figure into a box, as wide as it is. */
export async function drawPlot(box: HTMLElement, { data, layout }: Plot, says: string, height = 400): Promise<void> {
  box.className = "plot";
  box.setAttribute("role", "img");
  box.setAttribute("aria-label", says);
  box.style.height = `${(layout as { height?: number }).height ?? height}px`;
  await load("plotly.min.js");
  await globalThis.DIGITS_PLOTLY!.newPlot(
    box,
    data,
    { ...layout, ...fixedAxes(layout), width: undefined, height: undefined, autosize: true, dragmode: false },
    { displaylogo: false, displayModeBar: false, responsive: true },
  );
}

/** Axes that stay where they are: a finger on a plot scrolls the page. */
function fixedAxes(layout: Plot["layout"]): Record<string, unknown> {
  const axes = Object.entries(layout).filter(([name]) => /^[xy]axis/.test(name));
  return Object.fromEntries(axes.map(([name, axis]) => [name, { ...axis as object, fixedrange: true }]));
}
