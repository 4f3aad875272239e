/**
 * Numbers in, Plotly figure out. Nothing is displayed here; see notebook/show.ts.
 *
 * @module
 */
import { interval } from "../evaluation/metrics.ts";
import { COLOURS, type Figure, SERIES_COLOURS } from "./figure.ts";

/** What every figure is told. */
export interface FigureOptions {
  /** What is shown. */
  readonly title: string;
  /** The horizontal axis, with its unit. */
  readonly x: string;
  /** The vertical axis, with its unit. */
  readonly y: string;
  /** One sentence with the numbers that matter. */
  readonly caption: string;
}

/** One line of a line plot. */
export interface Series {
  /** Its name in the legend. */
  readonly name: string;
  /** Where it goes. */
  readonly x: readonly number[];
  /** How high. */
  readonly y: readonly number[];
  /** Points, a line, or both; a line where nothing is said. */
  readonly mode?: "lines" | "markers" | "lines+markers";
  /** A colour of the palette; the next one where nothing is said. */
  readonly colour?: string;
  /** Dashed, for what is only there to compare with. */
  readonly dashed?: boolean;
  /** Level over the place of each value, as a histogram's bars are. */
  readonly steps?: boolean;
}

/** The size of all figures, in pixels; fits the width of a notebook. */
export const FIGURE_SIZE = { width: 720, height: 400 } as const;

const LEGEND = { orientation: "h", x: 0, y: 1.02, yanchor: "bottom", xanchor: "left" };

/** Plotly's layout for all figures: titles, colours, margins, size. */
export function layout({ title, x, y }: FigureOptions, more: Record<string, unknown> = {}): Record<string, unknown> {
  const axis = (text: string) => ({
    title: { text, standoff: 12 },
    gridcolor: "#e6e9ee",
    zerolinecolor: "#c9ced6",
    linecolor: "#c9ced6",
    automargin: true,
    hoverformat: ".3~g",
  });
  const { xaxis, yaxis, ...rest } = more as { xaxis?: object; yaxis?: object };
  return {
    title: { text: title, font: { size: 16 }, x: 0.02, xanchor: "left" },
    font: { family: "DejaVu Sans, Verdana, sans-serif", size: 12, color: COLOURS.ink },
    paper_bgcolor: "#ffffff",
    plot_bgcolor: "#ffffff",
    margin: { l: 64, r: 24, t: 56, b: 56 },
    legend: LEGEND,
    ...FIGURE_SIZE,
    xaxis: { ...axis(x), ...xaxis },
    yaxis: { ...axis(y), ...yaxis },
    ...rest,
  };
}

/**
 * Lines and points over a common axis.
 *
 * @param series One entry per line.
 * @param options Titles and caption; `logX` and `logY` make an axis logarithmic.
 */
export function linesFigure(
  series: readonly Series[],
  options: FigureOptions & { readonly logX?: boolean; readonly logY?: boolean },
): Figure {
  const many = series.length > 1;
  const data = series.map(({ name, x, y, mode = "lines", colour, dashed, steps }, i) => {
    const color = colour ?? SERIES_COLOURS[i % SERIES_COLOURS.length];
    return {
      type: "scatter",
      name,
      x: [...x],
      y: [...y],
      mode,
      line: { color, width: 2.5, dash: dashed ? "dash" : "solid", shape: steps ? "hvh" : "linear" },
      marker: { color, size: 7 },
      showlegend: many,
    };
  });
  // Plotly guesses how wide the names are, and cuts them: it is told, and has as many rows of them as they need
  const entrywidth = 14 + 7 * Math.max(...series.map(({ name }) => name.length));
  const rows = Math.ceil(series.length / Math.max(1, Math.floor(632 / (entrywidth + 45))));
  const axes = {
    ...options.logX && { xaxis: logAxis(series.flatMap(({ x }) => x)) },
    ...options.logY && { yaxis: logAxis(series.flatMap(({ y }) => y)) },
    margin: { l: 64, r: 24, t: many ? 68 + 20 * rows : 56, b: 56 },
    hovermode: "x unified",
    ...many && { legend: { ...LEGEND, entrywidthmode: "pixels", entrywidth } },
  };
  return { data, layout: layout(options, axes), caption: options.caption };
}

/** A logarithmic axis with few, plain marks: powers of ten, and 2 and 5 between them where there is room. */
export function logAxis(values: readonly number[]): Record<string, unknown> {
  const exponents = values.filter((value) => value > 0).map(Math.log10);
  const low = Math.floor(Math.min(...exponents)), high = Math.ceil(Math.max(...exponents));
  const steps = high - low <= 3 ? [1, 2, 5] : [1];
  const marks = Array.from({ length: high - low + 1 }, (_, i) => low + i)
    .flatMap((power) => steps.map((step) => Number(`${step}e${power}`)));
  return {
    ...{ type: "log", tickmode: "array", tickvals: marks, minor: { ticks: "" } },
    ticktext: marks.map((mark) =>
      mark >= 1e-4 && mark < 1e6 ? mark.toLocaleString("en", { maximumFractionDigits: 9 }) : mark.toExponential(0)
    ),
  };
}

/** How far the 95 % intervals of some accuracies reach up and down, in points, for the bars of {@linkcode barsFigure}. */
export function intervalBars(shares: readonly number[], examples: number): { up: number[]; down: number[] } {
  const ends = shares.map((share) => interval(share, examples));
  return {
    up: ends.map(([, high], i) => 100 * (high - shares[i]!)),
    down: ends.map(([low], i) => 100 * (shares[i]! - low)),
  };
}

/**
 * Bars, one per name; several series stand side by side.
 *
 * @param names What stands below each bar.
 * @param series The heights, with a name per series.
 * @param options Titles and caption.
 */
export function barsFigure(
  names: readonly string[],
  series: readonly {
    /** Its name in the legend. */
    readonly name: string;
    /** One height per name. */
    readonly values: readonly number[];
    /** One colour, or one per bar. */
    readonly colour?: string | readonly string[];
    /** Text above each bar. */
    readonly text?: readonly string[];
    /** How far the interval reaches up and down from each bar. */
    readonly interval?: {
      /** Up. */
      readonly up: readonly number[];
      /** Down. */
      readonly down: readonly number[];
    };
  }[],
  options: FigureOptions,
): Figure {
  const many = series.length > 1;
  const data = series.map(({ name, values, colour, text, interval }, i) => ({
    type: "bar",
    name,
    x: [...names],
    y: [...values],
    marker: { color: colour ?? SERIES_COLOURS[i % SERIES_COLOURS.length] },
    showlegend: many,
    ...text && { text: [...text], textposition: "outside", cliponaxis: false },
    ...interval && {
      error_y: { type: "data", symmetric: false, array: [...interval.up], arrayminus: [...interval.down] },
    },
  }));
  const margin = { l: 64, r: 24, t: many ? 88 : 56, b: 56 };
  return { data, layout: layout(options, { xaxis: { type: "category" }, margin }), caption: options.caption };
}

/**
 * How values are spread: counts in equal steps from the least to the largest.
 *
 * @param groups One histogram per group, drawn over each other as lines.
 * @param bins How many steps.
 * @param options Titles and caption.
 */
export function histogramFigure(
  groups: readonly {
    /** Its name in the legend. */
    readonly name: string;
    /** The values to count. */
    readonly values: ArrayLike<number>;
  }[],
  bins: number,
  options: FigureOptions & {
    /** The range to show; from the least to the largest where nothing is said. */
    readonly range?: readonly [number, number];
    /** Logarithmic counts. */
    readonly logY?: boolean;
  },
): Figure {
  const bounds = groups.map(({ values }) =>
    Array.from(values).reduce(([a, b], v) => [Math.min(a!, v), Math.max(b!, v)], [Infinity, -Infinity])
  );
  const low = options.range?.[0] ?? Math.min(...bounds.map((b) => b[0]!));
  const high = options.range?.[1] ?? Math.max(...bounds.map((b) => b[1]!));
  const step = (high - low) / bins || 1;
  const series = groups.map(({ name, values }) => {
    const counts = new Array<number>(bins).fill(0);
    for (let i = 0; i < values.length; i++) {
      const bin = Math.min(bins - 1, Math.floor((values[i]! - low) / step));
      if (values[i]! >= low && values[i]! <= high) counts[bin]!++;
    }
    return { name, x: counts.map((_, i) => low + (i + 0.5) * step), y: counts, steps: true };
  });
  return linesFigure(series, options);
}
