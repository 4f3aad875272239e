/**
 * Training in a notebook: watched live, stopped by the stop button, with nothing lost.
 *
 * @module
 */
import type { Network } from "./network/init.ts";
import { broadcast, type Bundle, bundle, inNotebook, log, resetStop, stopRequested, tick } from "./notebook.ts";
import { escapeText } from "./plots/figure.ts";
import { historyFigure } from "./plots/figures.ts";
import { type EngineChoice } from "./engine/evaluate.ts";
import { train as quietTrain, trainEpochs as quietTrainEpochs } from "./engine/train.ts";
import type { EpochOptions, EpochResult } from "./training/mini_batch.ts";
import type { Examples, TrainingRecord, TrainingResult, TrainOptions } from "./training/train.ts";

/**
 * `train` of engine/train.ts, for notebooks: the stop button ends it and keeps what was learned.
 *
 * @throws {RangeError} As there.
 */
export function train(
  network: Network,
  examples: Examples,
  options: TrainOptions & EngineChoice,
): Promise<TrainingResult> {
  resetStop();
  return quietTrain(network, examples, {
    ...options,
    shouldStop: async (iteration) => {
      await tick();
      return stopRequested() || await options.shouldStop?.(iteration) === true;
    },
  });
}

/**
 * `trainEpochs` of engine/train.ts, for notebooks: the stop button ends it and keeps what was learned.
 *
 * @throws {RangeError} As there.
 */
export function trainEpochs(
  network: Network,
  examples: Examples,
  options: EpochOptions & EngineChoice,
): Promise<EpochResult> {
  resetStop();
  return quietTrainEpochs(network, examples, {
    ...options,
    shouldStop: async (step) => {
      await tick();
      return stopRequested() || await options.shouldStop?.(step) === true;
    },
  });
}

/** What {@linkcode trainLive} is told besides. */
export interface LiveOptions extends TrainOptions, EngineChoice {
  /** The title of the plot. */
  readonly title: string;
  /** Stop after so many seconds and keep everything; no limit where nothing is said. */
  readonly seconds?: number;
}

const REDRAW = 1000, REPORT = 250; // milliseconds between two drawings, between two lines of progress

/**
 * Trains with a live plot and a progress bar. The stop button stops the training and keeps what was learned.
 *
 * @param network Where to start.
 * @param examples What to learn from.
 * @param options As for `train`, with a title and, if wanted, a limit in seconds.
 * @returns As `train`; hand it back as `resume` to go on.
 */
export async function trainLive(network: Network, examples: Examples, options: LiveOptions): Promise<TrainingResult> {
  resetStop();
  const { title, seconds = Infinity, iterations } = options, started = performance.now();
  const first = options.resume?.iterations ?? 0, every = Math.max(1, Math.round((iterations - first) / 40));
  const id = crypto.randomUUID(), counts = { train: examples.images.cols, test: options.test?.images.cols };
  let drawn = started, reported = started, history: readonly TrainingRecord[] = options.resume?.history ?? [];

  await broadcast("display_data", progress(0, "starting"), id);
  const result = await quietTrain(network, examples, {
    record: (k) => k % every === 0,
    ...options,
    onRecord: async (record, all) => {
      history = all;
      await options.onRecord?.(record, all);
    },
    shouldStop: async (iteration) => {
      await tick();
      const now = performance.now(),
        elapsed = (now - started) / 1000,
        share = (iteration - first) / (iterations - first);
      if (now - drawn > REDRAW && history.length > 1) {
        await broadcast("update_display_data", await bundle(historyFigure(history, `${title} (running)`, counts)), id);
        drawn = reported = performance.now();
      } else if (drawn === started && now - reported > REPORT) {
        const left = share > 0 ? `, about ${Math.ceil(elapsed / share - elapsed)} s left` : "";
        await broadcast("update_display_data", progress(share, `iteration ${iteration} of ${iterations}${left}`), id);
        reported = performance.now();
      }
      return stopRequested() || elapsed > seconds || await options.shouldStop?.(iteration) === true;
    },
  });
  await broadcast(
    inNotebook() ? "update_display_data" : "display_data",
    await bundle(historyFigure(result.history, title, counts)),
    id,
  );
  if (result.stopped) {
    await log(
      `Stopped after ${result.iterations} of ${iterations} iterations${
        stopRequested() || seconds === Infinity ? "" : ` (${seconds} seconds)`
      }. ` +
        "Nothing is lost: hand the result back as `resume` to go on.",
    );
  }
  return result;
}

function progress(share: number, text: string): Bundle {
  return {
    "text/html": `<progress value="${share}" max="1" style="width:20em"></progress> ${escapeText(text)}`,
    "text/plain": text,
  };
}
