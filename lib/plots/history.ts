/**
 * How a training went: its history as lines.
 *
 * @module
 */
import { accuracyText, lessonText } from "../evaluation/metrics.ts";
import type { TrainingRecord } from "../training/plan.ts";
import { COLOURS, type Figure } from "./figure.ts";
import { layout, type Series } from "./figures.ts";

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
  counts: {
    /** Of the training part. */
    readonly train: number;
    /** Of the test part. */
    readonly test?: number;
  },
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
