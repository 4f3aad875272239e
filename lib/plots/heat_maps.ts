/**
 * Matrices as coloured cells.
 *
 * @module
 */
import { type Matrix, toRows } from "../matrix.ts";
import { COLOURS, type Figure, SIGNED_SCALE } from "./figure.ts";
import { type FigureOptions, layout } from "./figures.ts";

/**
 * A matrix as coloured cells, row 0 at the top.
 *
 * @param m What to show.
 * @param options Titles and caption; `signed` centres the colours on 0; `decimals` writes the values into the cells.
 */
export function heatFigure(
  m: Matrix,
  options: FigureOptions & {
    /** Red below 0, blue above; otherwise white to dark. */
    readonly signed?: boolean;
    /** Write the values into the cells, with so many decimals. */
    readonly decimals?: number;
    /** Where white is, if not at 0. */
    readonly from?: number;
    /** Names of the columns. */
    readonly columnNames?: readonly string[];
    /** Names of the rows. */
    readonly rowNames?: readonly string[];
    /** Pixels from top to bottom. */
    readonly height?: number;
  },
): Figure {
  const z = toRows(m), largest = m.data.reduce((a, v) => Math.max(a, Math.abs(v)), 0) || 1;
  const { signed, decimals, columnNames, rowNames } = options;
  const data = [{
    type: "heatmap",
    z,
    x: z[0]!.map((_, c) => columnNames ? c : String(c)), // columns may have equal names
    y: rowNames ? [...rowNames] : z.map((_, r) => String(r)),
    colorscale: signed ? SIGNED_SCALE : [[0, "#ffffff"], [1, COLOURS.main]],
    zmin: signed ? -largest : options.from ?? 0,
    zmax: options.from === undefined ? largest : m.data.reduce((a, v) => v > a ? v : a, -Infinity),
    xgap: 1,
    ygap: 1,
    colorbar: { thickness: 12, outlinewidth: 0 },
    showscale: !m.data.every((value) => value === 0 || value === 1), // yes and no need no scale
    ...decimals !== undefined && {
      text: z.map((row) => row.map((value) => Number.isFinite(value) ? value.toFixed(decimals) : "")),
      texttemplate: "%{text}",
    },
  }];
  const axes = {
    xaxis: columnNames
      ? {
        tickmode: "array",
        tickvals: columnNames.map((_, c) => c),
        ticktext: [...columnNames],
        showgrid: false,
        tickangle: 0,
      }
      : { type: "category", showgrid: false },
    yaxis: { type: "category", autorange: "reversed", showgrid: false },
    ...options.height && { height: options.height },
  };
  return { data, layout: layout(options, axes), caption: options.caption };
}

/**
 * A confusion matrix: rows are true digits, columns predicted ones, counts written in.
 *
 * Only the mistakes are coloured, so that they are not outshone by what is right; what is right is grey.
 *
 * @param counts What `confusion` returned.
 */
export function confusionFigure(counts: Matrix): Figure {
  const mistakes = {
    ...counts,
    data: counts.data.map((n, i) => i % counts.rows === Math.floor(i / counts.rows) ? 0 : n),
  };
  const worst = mistakes.data.reduce((best, n, i) => n > mistakes.data[best]! ? i : best, 0);
  const [from, to] = [worst % counts.rows, Math.floor(worst / counts.rows)];
  const figure = heatFigure(mistakes, {
    title: "Who is taken for whom",
    x: "predicted digit",
    y: "true digit",
    caption: mistakes.data[worst]
      ? `The most frequent mistake: ${mistakes.data[worst]} of digit ${from} are read as ${to}.`
      : "Not one mistake.",
    height: 460,
  });
  const [trace] = figure.data, all = toRows(counts);
  const hovertemplate = "a %{y} read as %{x}: %{text}<extra></extra>",
    written = { texttemplate: "%{text}", hovertemplate };
  const wrong = { ...trace, ...written, text: all.map((row, r) => row.map((n, c) => n && r !== c ? String(n) : "")) };
  const right = { // what is right, in grey
    ...{ ...trace, ...written, showscale: false, colorscale: [[0, "#dfe3e8"], [1, "#dfe3e8"]] },
    z: all.map((row, r) => row.map((n, c) => r === c ? n : null)),
    text: all.map((row, r) => row.map((n, c) => r === c ? String(n) : "")),
  };
  return { ...figure, data: [wrong, right] };
}
