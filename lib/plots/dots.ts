/**
 * Results of several seeds, each a dot.
 *
 * @module
 */
import { mean } from "../evaluation/spread.ts";
import { COLOURS, type Figure } from "./figure.ts";
import { type FigureOptions, layout, logAxis } from "./figures.ts";

/**
 * One line of dots for each name, their mean as a stroke; the first at the top.
 *
 * @param groups Names and values.
 * @param options Titles and caption; `from` names a value to draw a line at, such as 0 for differences; `logX` makes the axis
 *   logarithmic; `meta` a word by which a page
 *   finds the figure.
 */
export function dotsFigure(
  groups: readonly {
    /** What stands beside the dots. */
    readonly name: string;
    /** One for each seed. */
    readonly values: readonly number[];
    /** The dots' colour. */
    readonly colour?: string;
  }[],
  options: FigureOptions & { readonly from?: number; readonly logX?: boolean; readonly meta?: string },
): Figure {
  const places = groups.map((_, i) => groups.length - i);
  const data = [
    ...groups.map(({ name, values, colour = COLOURS.main }, i) => ({
      ...{ type: "scatter", mode: "markers", name, x: [...values], y: values.map(() => places[i]!) },
      marker: { color: colour, size: 9, opacity: 0.55 },
      showlegend: false,
    })),
    {
      ...{ type: "scatter", mode: "markers", name: "mean" },
      ...{ x: groups.map(({ values }) => mean(values)), y: places },
      marker: { symbol: "line-ns", size: 18, line: { width: 2.5, color: COLOURS.ink } },
      showlegend: false,
    },
  ];
  const longest = Math.max(...groups.map(({ name }) => name.length));
  const axes = {
    yaxis: {
      ...{ tickmode: "array", tickvals: places, ticktext: groups.map(({ name }) => name) },
      ...{ range: [0.4, groups.length + 0.6], automargin: true },
    },
    ...options.logX && { xaxis: logAxis(groups.flatMap(({ values }) => values)) },
    ...options.from !== undefined && {
      shapes: [{
        ...{ type: "line", x0: options.from, x1: options.from, yref: "paper", y0: 0, y1: 1 },
        line: { color: COLOURS.quiet, width: 1.5, dash: "dash" },
      }],
    },
    ...options.meta !== undefined && { meta: options.meta },
    height: 130 + 24 * groups.length,
    margin: { l: Math.min(400, 24 + 7 * longest), r: 24, t: 56, b: 56 },
  };
  return { data, layout: layout(options, axes), caption: options.caption };
}
