// deno-lint-ignore-file no-explicit-any -- plotly.js and the private window are reached without their types
/**
 * Figures and pictures as PNG, without a browser: for GitHub, for the book, for readers without Plotly.
 *
 * plotly.js needs a window. It gets a private one (happy-dom), which no other code can see, and what it
 * draws there as SVG is turned into PNG by resvg with a font of our own, so that every machine gives the
 * same picture. Load this module late: it brings ten megabytes of plotting with it.
 *
 * @module
 */
import { Window } from "happy-dom";
import { initWasm, Resvg } from "@resvg/resvg-wasm";
import "dejavu-fonts-ttf/package.json" with { type: "json" }; // makes Deno fetch the package the font is in
import plotlySource from "plotly.js-dist/plotly.js" with { type: "text" };
import { addMeasures } from "./window.ts";
import type { Figure, Picture } from "./figure.ts";

const file = (specifier: string) => new URL(import.meta.resolve(specifier));
let font: Uint8Array | undefined;
let privateWindow: any, plotly: any;

/**
 * A figure or a picture as PNG.
 *
 * @param shown What to draw.
 * @param zoom How many dots per pixel.
 * @returns The bytes of a PNG file on white.
 */
export async function toPng(shown: Figure | Picture, zoom = 1): Promise<Uint8Array> {
  if (!font) {
    await initWasm(await Deno.readFile(file("@resvg/resvg-wasm/index_bg.wasm")));
    font = await Deno.readFile(file("dejavu-fonts-ttf/ttf/DejaVuSans.ttf"));
  }
  return new Resvg(await toSvg(shown), {
    background: "#fff",
    fitTo: { mode: "zoom", value: zoom },
    font: { fontBuffers: [font], defaultFontFamily: "DejaVu Sans", sansSerifFamily: "DejaVu Sans" },
  }).render().asPng();
}

/** A figure or a picture as SVG. */
export async function toSvg(shown: Figure | Picture): Promise<string> {
  if ("svg" in shown) return shown.svg;
  const { data, layout } = shown;
  plotly ??= loadPlotly();
  const place = privateWindow.document.body.appendChild(privateWindow.document.createElement("div"));
  try {
    await plotly.newPlot(place, structuredClone(data), structuredClone(layout), { staticPlot: true });
    const url: string = await plotly.toImage(place, { format: "svg", width: layout.width, height: layout.height });
    return decodeURIComponent(url.slice(url.indexOf(",") + 1));
  } finally {
    plotly.purge(place);
    place.remove();
  }
}

/** Runs plotly.js with the private window as its surroundings. */
function loadPlotly(): any {
  privateWindow = new Window();
  addMeasures(privateWindow);
  const surroundings: Record<string, any> = { window: privateWindow, self: privateWindow };
  for (
    const name of [
      "document",
      "navigator",
      "URL",
      "DOMParser",
      "XMLSerializer",
      "Element",
      "HTMLElement",
      "SVGElement",
      "Node",
      "MutationObserver",
      "Image",
      "HTMLCanvasElement",
    ]
  ) surroundings[name] = privateWindow[name];
  for (const name of ["getComputedStyle", "requestAnimationFrame", "cancelAnimationFrame"]) {
    surroundings[name] = privateWindow[name].bind(privateWindow);
  }
  const module: any = { exports: {} };
  new Function("module", "exports", ...Object.keys(surroundings), plotlySource)(
    module,
    module.exports,
    ...Object.values(surroundings),
  );
  return module.exports;
}
