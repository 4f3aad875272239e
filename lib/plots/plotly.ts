// deno-lint-ignore-file no-explicit-any -- plotly.js and the private window are reached without their types
/**
 * Figures as SVG, drawn by plotly.js without a browser.
 *
 * plotly.js needs a window. It gets a private one (happy-dom), which no other code can see. Load this module late: it brings ten
 * megabytes of plotting with it.
 *
 * @module
 */
import { Window } from "happy-dom";
import plotlySource from "plotly.js-dist/plotly.js" with { type: "text" };
import type { Figure } from "./figure.ts";
import { addMeasures } from "./window.ts";

let plotly: any;

/** What plotly.js draws of a figure. */
export async function figureSvg({ data, layout }: Figure): Promise<string> {
  plotly ??= loadPlotly();
  const own = structuredClone({ data, layout }), { width, height } = layout; // it writes into what it draws
  const url: string = await plotly.toImage(own, { format: "svg", width, height });
  return decodeURIComponent(url.slice(url.indexOf(",") + 1));
}

/** Runs plotly.js with the private window as its surroundings. */
function loadPlotly(): any {
  const privateWindow: any = new Window();
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
