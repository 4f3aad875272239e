/**
 * The pictures of a training: loss, digits read, and the weights of the hidden units.
 *
 * @module
 */
import { at } from "../../matrix.ts";
import { drawPixels } from "../digits.ts";
import { COLOURS, type Picture, SERIES_COLOURS } from "../figure.ts";
import { drawing, words } from "../svg.ts";
import { Chart } from "./chart.ts";
import type { Runner } from "./runner.ts";
import { told } from "./view.ts";

/** Two curves: the loss on what they learn from, and how many unseen digits they read. */
export function curvesPanels(runners: readonly Runner[], steps: number, digits: number, unseen: number): Picture[] {
  const last = ({ history }: Runner) => history.at(-1)!, many = runners.length > 1;
  const top = Math.min(6, Math.max(2.5, ...runners.map(({ history }) => history[0]!.loss)) * 1.05);
  const options = { x: [0, steps], xName: "step", height: many ? 250 : 220 } as const;
  const loss = new Chart({
    ...options,
    title: `Loss on the ${digits} digits it learns from`,
    y: [0, top],
    yName: "loss (nats)",
  });
  const read = new Chart({
    ...options,
    title: `Read of ${unseen} digits it never learns from`,
    y: [0, 100],
    yName: "read (%)",
  });
  loss.parts.push(
    words(366, loss.y(Math.log(10)) - 4, "knows nothing", { anchor: "end", size: 10, colour: "#5a6572" }),
  );
  read.parts.push(words(366, read.y(10) - 4, "guessing", { anchor: "end", size: 10, colour: "#5a6572" }));
  loss.line([[0, Math.log(10)], [steps, Math.log(10)]], COLOURS.quiet, { width: 1, dashed: true });
  read.line([[0, 10], [steps, 10]], COLOURS.quiet, { width: 1, dashed: true });
  runners.forEach((runner, i) => {
    const colour = SERIES_COLOURS[i % SERIES_COLOURS.length]!, end = last(runner);
    loss.line(runner.history.map(({ step, loss }) => [step, loss]), colour).dot(end.step, end.loss, colour, "", 4);
    read.line(runner.history.map(({ step, read }) => [step, 100 * read]), colour)
      .dot(end.step, 100 * end.read, colour, many ? "" : `${told(100 * end.read, 1)} %`, 4);
  });
  if (many) loss.legend(runners.map(({ lane }, i) => [lane.name, SERIES_COLOURS[i % SERIES_COLOURS.length]!]));
  return [
    loss.picture(`Losses: ${runners.map((runner) => told(last(runner).loss, 2)).join(", ")}.`),
    read.picture(`Read: ${runners.map((runner) => `${told(100 * last(runner).read, 1)} %`).join(", ")}.`),
  ];
}

/** What each hidden unit looks for: its weights, blue where ink argues for it, red where against. */
export function weightsPanel({ lane, network }: Runner, many: boolean): Picture {
  const [{ weights }] = network.layers as [Runner["network"]["layers"][0]],
    shown = Math.min(20, weights.rows),
    columns = 10;
  const size = 56, gap = 8;
  const parts = [
    words(
      8,
      18,
      `Weights of the ${weights.rows} hidden ${weights.rows === 1 ? "unit" : "units"}${many ? `: ${lane.name}` : ""}`,
      { size: 13, bold: true },
    ),
  ];
  for (let unit = 0; unit < shown; unit++) {
    const values = Array.from({ length: weights.cols }, (_, p) => at(weights, unit, p));
    const x = 8 + (unit % columns) * (size + gap), y = 32 + Math.floor(unit / columns) * (size + gap);
    parts.push(
      `<g transform="translate(${x} ${y})"><rect width="${size}" height="${size}" fill="#fff" stroke="#dfe3e8"/>${
        drawPixels(values, 28, 2, { signed: true })
      }</g>`,
    );
  }
  const height = 32 + Math.ceil(shown / columns) * (size + gap) + 4;
  return { ...drawing(8 + columns * (size + gap), height, parts), caption: `The weights of ${shown} hidden units.` };
}
