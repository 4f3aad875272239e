/**
 * All pictures that answer, by the name that a notebook keeps.
 *
 * @module
 */
import { ballViewOf } from "./ball_view.ts";
import { batchViewOf } from "./batch_view.ts";
import { lossViewOf } from "./loss_view.ts";
import { networkViewOf } from "./network_view.ts";
import { padViewOf } from "./pad_view.ts";
import { pixelViewOf } from "./pixel_view.ts";
import { reportViewOf } from "./report_view.ts";
import { shiftViewOf } from "./shift_view.ts";
import { slopeViewOf } from "./slope_view.ts";
import { softmaxViewOf } from "./softmax_view.ts";
import { spreadViewOf } from "./spread_view.ts";
import { thresholdViewOf } from "./threshold_view.ts";
import { trainingViewOf } from "./training_view.ts";
import { valleyViewOf } from "./valley_view.ts";
import type { ViewMaker } from "./view.ts";
import { walkViewOf } from "./walk_view.ts";
import { windowViewOf } from "./window_view.ts";

/** The makers of views. */
export const VIEWS: Readonly<Record<string, ViewMaker>> = {
  ball: ballViewOf,
  batch: batchViewOf,
  loss: lossViewOf,
  network: networkViewOf,
  pad: padViewOf,
  pixel: pixelViewOf,
  report: reportViewOf,
  shift: shiftViewOf,
  slope: slopeViewOf,
  softmax: softmaxViewOf,
  spread: spreadViewOf,
  threshold: thresholdViewOf,
  training: trainingViewOf,
  valley: valleyViewOf,
  walk: walkViewOf,
  window: windowViewOf,
};
