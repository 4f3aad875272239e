import { fromRows } from "../../lib/matrix.ts";
import type { Figure } from "../../lib/plots/figure.ts";
import { barsFigure, histogramFigure, linesFigure } from "../../lib/plots/figures.ts";
import { historyFigure } from "../../lib/plots/history.ts";
import { confusionFigure, heatFigure } from "../../lib/plots/heat_maps.ts";

export const words = { title: "Title", x: "x axis (unit)", y: "y axis (unit)", caption: "One sentence." };

export const history = [0, 10, 20].map((iteration) => ({
  iteration,
  epoch: iteration,
  loss: 2 - iteration / 20,
  accuracy: iteration / 40,
  testLoss: 2,
  testAccuracy: 0.4,
}));

export const figures: Record<string, Figure> = {
  lines: linesFigure([{ name: "a", x: [0, 1], y: [1, 10] }, { name: "b", x: [0, 1], y: [2, 3] }], {
    ...words,
    logY: true,
  }),
  bars: barsFigure(["p", "q"], [{
    name: "n",
    values: [1, 2],
    text: ["1", "2"],
    interval: { up: [0.1, 0.1], down: [0.2, 0.1] },
  }], words),
  histogram: histogramFigure([{ name: "v", values: [0, 0.2, 0.9, 1] }], 4, words),
  heat: heatFigure(fromRows([[-1, 2], [3, -4]]), { ...words, signed: true, decimals: 1 }),
  confusion: confusionFigure(fromRows([[5, 1], [2, 7]])),
  history: historyFigure(history, "Training", { train: 100, test: 50 }),
};
