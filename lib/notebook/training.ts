/**
 * Training in a notebook: watched live, stopped by the stop button, with nothing lost.
 *
 * @module
 */
import { assertExamples, type Examples } from "../data/examples.ts";
import type { EngineChoice } from "../engine/choice.ts";
import { train as trainQuietly } from "../engine/train.ts";
import type { Network } from "../network/network.ts";
import { escapeText } from "../plots/figure.ts";
import { historyFigure, historyPicture } from "../plots/history.ts";
import type { Step, TrainingRecord, TrainingResult, TrainOptions } from "../training/plan.ts";
import { stepsPerEpoch } from "../training/batches.ts";
import {
  trainTutorial as trainTutorialQuietly,
  type TutorialResult,
  type TutorialRun,
} from "../tutorials/train_tutorial.ts";
import type { Tutorial } from "../tutorials/tutorials.ts";
import { broadcast, inNotebook, log, resetStop, showAs, stopRequested, tick } from "./show.ts";
import { bar, barAt, cellBar, REPORT, type Way } from "./progress_bar.ts";

/** What {@linkcode train} is told. */
export interface NotebookTraining extends TrainOptions, EngineChoice {
  /** Draws the history live, under this title. */
  readonly live?: string;
  /** Stop after so many seconds and keep everything; no limit where nothing is said. */
  readonly seconds?: number;
}

/**
 * Trains a network: `train` of engine/train.ts, which the stop button ends; what was learned is kept.
 *
 * @param network Where to start.
 * @param examples What to learn from.
 * @param options For how long, by which steps; with `live`, a plot and a progress bar follow the training.
 * @returns The trained network and its history; hand it back as `resume` to go on.
 * @throws As there.
 */
export async function train(network: Network, examples: Examples, options: NotebookTraining): Promise<TrainingResult> {
  resetStop();
  assertExamples("train", examples);
  const { live, seconds = Infinity } = options, started = performance.now();
  const plot = live === undefined ? null : await livePlot(live, examples, options);
  const watch = plot ?? cellBar(wayOf(examples, options));
  let limit = "", result: TrainingResult;
  try {
    result = await trainQuietly(network, examples, {
      ...options,
      ...plot?.watching,
      shouldStop: async (iteration) => {
        await tick();
        await watch?.draw(iteration);
        const late = performance.now() - started > 1000 * seconds;
        if (late) limit = ` (${seconds} seconds)`;
        return late || stopRequested() || await options.shouldStop?.(iteration) === true;
      },
    });
  } finally {
    await watch?.end();
  }
  if (plot && result.stopped) {
    await log(
      `Stopped after ${result.iterations} iterations${limit}. Nothing is lost: hand the result back as \`resume\` to go on.`,
    );
  }
  return result;
}

/**
 * Trains a tutorial's network: `trainTutorial` of tutorials/, which the stop button ends; what was learned is kept.
 *
 * @throws As there.
 */
export async function trainTutorial(tutorial: Tutorial, run: TutorialRun): Promise<TutorialResult> {
  resetStop();
  assertExamples("train", run.examples);
  const { method } = tutorial, { epochs, iterations } = run;
  const length = method.kind === "adam"
    ? { epochs: epochs ?? method.epochs, batchSize: method.batchSize }
    : { iterations: iterations ?? method.iterations };
  const watch = cellBar(wayOf(run.examples, length));
  try {
    return await trainTutorialQuietly(tutorial, {
      ...run,
      shouldStop: async (iteration) => {
        await tick();
        await watch?.draw(iteration);
        return stopRequested() || await run.shouldStop?.(iteration) === true;
      },
    });
  } finally {
    await watch?.end();
  }
}

/** One training of a {@linkcode race}. */
export interface Lane extends TrainingResult {
  /** Whose it is. */
  readonly name: string;
  /** The loss before each update, on what it was made from. */
  readonly losses: readonly number[];
}

/**
 * Trains several times, one after the other: what differs is said for each, all else is the same.
 *
 * @param start Where all start, unless one says otherwise.
 * @param examples What all learn from.
 * @param runners What is different, by name.
 * @param common What is not. A generator from `seededRandom` gives each the same numbers.
 * @returns One for each, in order; the stop button ends the race with the one it stops.
 */
export async function race(
  start: Network,
  examples: Examples,
  runners: Readonly<Record<string, TrainOptions & { readonly start?: Network }>>,
  common: TrainOptions & EngineChoice,
): Promise<Lane[]> {
  const lanes: Lane[] = [];
  for (const [name, own] of Object.entries(runners)) {
    const losses: number[] = [], options = { ...common, random: common.random?.copy?.() ?? common.random, ...own };
    const onStep = async (step: Step) => {
      losses.push(step.loss);
      await options.onStep?.(step);
    };
    const result = await train(own.start ?? start, examples, { ...options, onStep });
    lanes.push({ name, losses, ...result });
    if (stopRequested()) break; // that is meant for all
  }
  return lanes;
}

/** From where to where a training goes. */
function wayOf(
  { images }: Examples,
  { resume, iterations, epochs = 0, batchSize = 32 }: Pick<
    TrainOptions,
    "resume" | "iterations" | "epochs" | "batchSize"
  >,
): Required<Pick<Way, "first" | "total">> {
  return { first: resume?.iterations ?? 0, total: iterations ?? epochs * stepsPerEpoch(images.cols, batchSize) };
}

/** An output that shows how far a training is, then its history so far, and in the end all of it. */
async function livePlot(title: string, examples: Examples, options: NotebookTraining) {
  const { resume, test } = options, count = examples.images.cols, way = wayOf(examples, options);
  const every = Math.max(1, Math.round((way.total - way.first) / 40)),
    counts = { train: count, test: test?.images.cols };
  const id = crypto.randomUUID(), started = performance.now();
  let reported = started, history: readonly TrainingRecord[] = resume?.history ?? [];
  const showSoFar = async (iteration: number) => {
    const far = barAt(iteration, way, started);
    const picture = history.length > 1 ? historyPicture(history, title, counts, way.total) : null;
    const said = picture?.caption ?? String(far["text/plain"]);
    const svg = `<svg role="img" aria-label="${escapeText(said)}" style="max-width:100%;height:auto" `;
    const html = `${far["text/html"]}<div>${picture?.svg.replace("<svg ", () => svg) ?? ""}</div>`;
    await broadcast("update_display_data", { "text/html": html, "text/plain": said }, id);
    reported = performance.now();
  };
  await broadcast("display_data", bar(0, "starting"), id);
  return {
    watching: {
      record: options.record ?? ((k: number) => k % every === 0),
      onRecord: async (record: TrainingRecord, all: readonly TrainingRecord[], network: () => Network) => {
        history = all;
        return await options.onRecord?.(record, all, network);
      },
    },
    async draw(iteration: number) {
      if (performance.now() - reported > REPORT) await showSoFar(iteration);
    },
    /** All of it; also where the training failed, or was stopped before there was anything to draw. */
    async end() {
      const kind = inNotebook() ? "update_display_data" : "display_data";
      if (inNotebook() && history.length > 1) await showSoFar(history.at(-1)!.iteration); // at once: the plot takes a moment
      if (history.length) await showAs(kind, historyFigure(history, title, counts), id);
      else await broadcast(kind, bar(0, "nothing recorded"), id);
    },
  };
}
