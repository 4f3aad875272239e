/**
 * How a training went: its history as lines.
 *
 * @module
 */
import { accuracyText, lessonText } from "../evaluation/metrics.ts";
import type { TrainingRecord } from "../training/plan.ts";
import { COLOURS, type Figure, type Picture } from "./figure.ts";
import { FIGURE_SIZE, layout, type Series } from "./figures.ts";
import { Chart } from "./views/chart.ts";
import { sideBySide } from "./views/view.ts";

/**
 * One number of a training's history as a line: losses in nats, accuracy in per cent.
 *
 * @param name Its name in the legend.
 * @param history The records.
 * @param key Which number.
 */
export function curve(
  name: string,
  history: readonly TrainingRecord[],
  key: "loss" | "accuracy" | "testLoss" | "testAccuracy",
): Series {
  const factor = key === "loss" || key === "testLoss" ? 1 : 100;
  return {
    name,
    x: history.map(({ iteration }) => iteration),
    y: history.map((record) => factor * record[key]!),
  };
}

/** How many digits each part has. */
export interface PartCounts {
  /** The training part. */
  readonly train: number;
  /** The test part. */
  readonly test?: number;
}

/**
 * Loss and accuracy against iterations, training and test part.
 *
 * @param history The records of a training run, at least one.
 * @param title What is shown.
 * @param counts How many digits the training part and the test part have, so that each accuracy gets its interval.
 */
export function historyFigure(
  history: readonly TrainingRecord[],
  title: string,
  counts: PartCounts,
): Figure {
  const last = history.at(-1);
  if (!last) throw new RangeError("Cannot draw a training history: needs at least one record");
  const x = history.map((record) => record.iteration);
  const line = (name: string, y: number[], color: string, axis: string, showlegend: boolean) => ({
    type: "scatter",
    mode: "lines+markers",
    name,
    legendgroup: name,
    showlegend,
    x,
    y,
    line: { color, width: 2.5 },
    marker: { color, size: 5 },
    xaxis: `x${axis}`,
    yaxis: `y${axis}`,
  });
  const percent = (value: number) => 100 * value;
  const data = [
    line("training part", history.map((r) => r.loss), COLOURS.main, "", true),
    line("training part", history.map((r) => percent(r.accuracy)), COLOURS.main, "2", false),
  ];
  if (last.testLoss !== undefined) {
    data.push(
      line("test part", history.map((r) => r.testLoss!), COLOURS.second, "", true),
      line("test part", history.map((r) => percent(r.testAccuracy!)), COLOURS.second, "2", false),
    );
  }
  const options = {
    title,
    x: "iteration",
    y: "loss (nats per digit)",
    caption: `After ${last.iteration} iterations: loss ${last.loss.toFixed(3)}; training part ${
      lessonText(last.accuracy, counts.train)
    }${last.testAccuracy === undefined ? "" : `; test part ${accuracyText(last.testAccuracy, counts.test ?? 0)}`}.`,
  };
  const base = layout(options) as { xaxis: Record<string, unknown>; yaxis: Record<string, unknown> };
  return {
    data,
    layout: {
      ...base,
      margin: { l: 64, r: 24, t: 88, b: 56 },
      xaxis: { ...base.xaxis, domain: [0, 0.45], rangemode: "tozero" },
      yaxis: { ...base.yaxis, rangemode: "tozero" },
      xaxis2: { ...base.xaxis, domain: [0.56, 1], anchor: "y2", rangemode: "tozero" },
      yaxis2: { ...base.yaxis, title: { text: "accuracy (%)" }, anchor: "x2", range: [0, 100] },
    },
    caption: options.caption,
  };
}

const POINTS = 400; // of a line, about: more than a picture has pixels between them

/**
 * The same of a training that still runs, drawn by ourselves: that takes a millisecond, where Plotly and a PNG take some hundred.
 *
 * @param total Iterations when it will be done, the end of the axis.
 * @throws {RangeError} If there is no record.
 */
export function historyPicture(
  history: readonly TrainingRecord[],
  title: string,
  counts: PartCounts,
  total: number,
): Picture {
  const { caption } = historyFigure(history.slice(-1), title, counts), every = Math.ceil(history.length / POINTS);
  const shown = history.filter((_, k) => k % every === 0 || k === history.length - 1), [first] = shown;
  const names = [["training part", COLOURS.main], ["test part", COLOURS.second]] as const;
  const parts = first!.testLoss === undefined ? names.slice(0, 1) : names;
  const most = shown.reduce((most, { loss, testLoss = 0 }) => Math.max(most, loss, testLoss), 1e-9);
  const { height } = FIGURE_SIZE, reach = [first!.iteration, Math.max(total, first!.iteration + 1)] as const;
  const panel = (title: string, yName: string, top: number, ...keys: Parameters<typeof curve>[2][]) => {
    const chart = new Chart({ title, x: reach, y: [0, top], xName: "iteration", yName, height });
    parts.forEach(([name, colour], i) => {
      const { x, y } = curve(name, shown, keys[i]!);
      chart.line(shown.map((_, k) => [x[k]!, y[k]!] as const), colour, { width: 2.5 });
    });
    return chart;
  };
  const loss = panel(title, "loss (nats per digit)", most, "loss", "testLoss").legend(parts);
  const accuracy = panel("", "accuracy (%)", 100, "accuracy", "testAccuracy");
  return { ...sideBySide([loss, accuracy].map((chart) => chart.picture(""))), caption };
}
