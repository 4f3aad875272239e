// One of each picture that answers, small: for tests of all.
import { drawDigits } from "../../../lib/data/drawn_digits.ts";
import { slice } from "../../../lib/data/digits.ts";
import { initialise } from "../../../lib/network/init.ts";
import { seededRandom } from "../../../lib/random.ts";
import { ballView } from "../../../lib/plots/views/ball_view.ts";
import { batchView } from "../../../lib/plots/views/batch_view.ts";
import { lossView } from "../../../lib/plots/views/loss_view.ts";
import { networkView } from "../../../lib/plots/views/network_view.ts";
import { padView } from "../../../lib/plots/views/pad_view.ts";
import { pixelView } from "../../../lib/plots/views/pixel_view.ts";
import { reportView } from "../../../lib/plots/views/report_view.ts";
import { shiftView } from "../../../lib/plots/views/shift_view.ts";
import { slopeView } from "../../../lib/plots/views/slope_view.ts";
import { softmaxView } from "../../../lib/plots/views/softmax_view.ts";
import { spreadView } from "../../../lib/plots/views/spread_view.ts";
import { thresholdView } from "../../../lib/plots/views/threshold_view.ts";
import { trainingView } from "../../../lib/plots/views/training_view.ts";
import { valleyView } from "../../../lib/plots/views/valley_view.ts";
import type { Answering } from "../../../lib/plots/views/view.ts";
import { walkView } from "../../../lib/plots/views/walk_view.ts";
import { windowView } from "../../../lib/plots/views/window_view.ts";

export const set = drawDigits(20, 7), network = initialise([784, 10, 10], seededRandom(2));
const lane = { name: "one", hidden: 3, start: "He", rate: 0.2 };

export const SAMPLES: Readonly<Record<string, Answering>> = {
  ball: ballView(),
  batch: batchView(3),
  loss: lossView(set, [0, 1, 2], [0.01, 0.4, 0.99], [3, 1, 2]),
  "network, product": networkView("product"),
  "network, forward": networkView("forward"),
  "network, loss": networkView("loss"),
  "network, backward": networkView("backward"),
  "network, matrices": networkView("matrices"),
  "network, step": networkView("step"),
  pad: padView(network, "20 digits", set.pixels),
  pixel: pixelView(set, [0, 1]),
  report: reportView(
    [{ name: "start", values: ["he", "zeros"] }, { name: "rate", values: ["0.1", "1"] }, {
      name: "units",
      values: ["10", "64"],
    }],
    [["he", "0.1", 0.8], ["he", "1", 0.7], ["zeros", "0.1", 0.1], ["zeros", "1", 0.2], ["he", "0.1", 0.9]].map(
      ([start, rate, share], i) => ({
        values: [String(start), String(rate), i % 2 ? "64" : "10"],
        share: Number(share),
      }),
    ),
    "digits read",
  ),
  shift: shiftView(network, set, [0, 1]),
  slope: slopeView(),
  softmax: softmaxView([2, 1, -1]),
  spread: spreadView(set, [...set.labels.keys()]),
  threshold: thresholdView([0.99, 0.6, 0.4, 0.2], [true, true, false, true]),
  training: trainingView([lane], { digits: 30, steps: 4 }),
  "training, batches": trainingView([lane, { ...lane, name: "two", optimiser: "Adam", rate: 0.01 }], {
    ...{ digits: 64, steps: 4, batch: 32, hurry: 2 },
  }),
  valley: valleyView([[-1.2, 1], [-1, 1], [0, 0], [1, 1]]),
  walk: walkView(network, slice(set, 0, 4), [0, 1, 2, 3], "both"),
  "walk, back": walkView(network, slice(set, 0, 4), [0, 1, 2, 3], "back"),
  "walk, forward": walkView(network, slice(set, 0, 4), [2]),
  window: windowView(set, [0, 1], [{ name: "upright edge", weights: [-1, 0, 1, -1, 0, 1, -1, 0, 1] }]),
};
