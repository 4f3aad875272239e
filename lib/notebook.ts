/**
 * The one file that knows the notebook: showing, live plots, progress, the stop button.
 *
 * The Deno kernel can lose an output that is not awaited, and it ends, with all its state, when the stop
 * button is pressed. Everything here awaits what it shows, and the stop button only sets a flag that
 * training looks at. Outside a notebook the same functions print plain text.
 *
 * @module
 */
import { checkAttempt, exercise, type Verdict } from "./course/exercise.ts";
import { scoreGuess } from "./course/guess.ts";
import { format } from "./format.ts";
import { type Matrix, shape } from "./matrix.ts";
import type { Network } from "./network/init.ts";
import { escapeText, type Figure, type Picture } from "./plots/figure.ts";
import { historyFigure } from "./plots/figures.ts";
import { type EpochOptions, type EpochResult, trainEpochs as quietTrainEpochs } from "./training/mini_batch.ts";
import {
  type Examples,
  train as quietTrain,
  type TrainingRecord,
  type TrainingResult,
  type TrainOptions,
} from "./training/train.ts";

type Bundle = Record<string, unknown>;
type Jupyter = typeof Deno.jupyter;

const jupyter: Jupyter | null = (() => {
  try {
    return Deno.jupyter;
  } catch { // reading Deno.jupyter throws outside a kernel
    return null;
  }
})();

let stopPressed = false;
if (jupyter) {
  Deno.addSignalListener("SIGINT", () => { // without a listener, the stop button would end the kernel
    stopPressed = true;
  });
}

/** Lets the stop button, timers and outputs have their turn; call it once per step of a long loop. */
export function tick(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** Whether the stop button was pressed since the last {@linkcode trainLive} began. */
export function stopRequested(): boolean {
  return stopPressed;
}

async function broadcast(kind: string, data: Bundle, displayId?: string): Promise<void> {
  if (!jupyter) {
    if (kind === "display_data") console.log(data["text/plain"]);
    return;
  }
  await jupyter.broadcast(kind, { data, metadata: {}, transient: displayId ? { display_id: displayId } : {} });
  await new Promise((resolve) => setTimeout(resolve, 0)); // gives the kernel the time to send it
}

/**
 * Shows a figure or a picture: interactive where the front end knows Plotly, as a PNG everywhere else.
 *
 * @param shown What a function of `plots/` returned.
 */
export async function show(shown: Figure | Picture): Promise<void> {
  await broadcast("display_data", await bundle(shown));
}

/**
 * Writes a figure or a picture to a PNG file.
 *
 * @param shown What a function of `plots/` returned.
 * @param path Where to; a relative path starts at the notebook.
 */
export async function savePicture(shown: Figure | Picture, path: string | URL): Promise<void> {
  const { toPng } = await import("./plots/static.ts");
  await Deno.writeFile(path, await toPng(shown));
}

async function bundle(shown: Figure | Picture): Promise<Bundle> {
  if (!jupyter) return { "text/plain": shown.caption };
  const { toPng } = await import("./plots/static.ts"); // late: plotly is large
  const png = (await toPng(shown)).toBase64();
  const plotly = "data" in shown
    ? { "application/vnd.plotly.v1+json": { data: shown.data, layout: shown.layout, config: { displaylogo: false } } }
    : {};
  return { ...plotly, "image/png": png, "text/plain": shown.caption };
}

/** Prints one line: text as it is, other values in short form. */
export async function log(...values: unknown[]): Promise<void> {
  const text = values.map((value) => typeof value === "string" ? value : format(value)).join(" ");
  await broadcast("display_data", { "text/plain": text });
}

/**
 * Shows rows as a table.
 *
 * @param rows Objects with the same keys; the keys become the header.
 */
export async function table(rows: readonly Readonly<Record<string, string | number>>[]): Promise<void> {
  const names = Object.keys(rows[0] ?? {});
  const cells = rows.map((row) => names.map((name) => String(row[name] ?? "")));
  const widths = names.map((name, c) => Math.max(name.length, ...cells.map((row) => row[c]!.length)));
  const line = (row: readonly string[]) => row.map((cell, c) => cell.padEnd(widths[c]!)).join("  ").trimEnd();
  const tag = (name: string, row: readonly string[]) =>
    `<tr>${row.map((cell) => `<${name} style="text-align:left">${escapeText(cell)}</${name}>`).join("")}</tr>`;
  await broadcast("display_data", {
    "text/html": `<table><thead>${tag("th", names)}</thead><tbody>${
      cells.map((row) => tag("td", row)).join("")
    }</tbody></table>`,
    "text/plain": [line(names), ...cells.map(line)].join("\n"),
  });
}

/**
 * The shapes of some matrices, read from the values themselves, so that they cannot go stale.
 *
 * @param matrices By the names they have in the formulas.
 */
export async function shapes(matrices: Readonly<Record<string, Matrix>>): Promise<void> {
  await table(
    Object.entries(matrices).map(([name, m]) => ({
      name,
      "shape (rows × columns)": shape(m),
      numbers: m.data.length.toLocaleString("en"),
      "first values": Array.from(m.data.subarray(0, 3), (value) => String(Number(value.toFixed(4)))).join(", ") +
        (m.data.length > 3 ? ", …" : ""),
    })),
  );
}

/**
 * The number that this notebook is about; the runner collects it for its table.
 *
 * @param what What was measured.
 * @param value The number, with its unit, as it should be read.
 */
export async function keyNumber(what: string, value: string): Promise<void> {
  await broadcast("display_data", {
    "application/vnd.digits.key+json": { what, value },
    "text/html": box("#1f5fa8", `<strong>${escapeText(what)}:</strong> ${escapeText(value)}`),
    "text/plain": `${what}: ${value}`,
  });
}

const guesses = new Map<string, unknown>();

/**
 * Remembers a guess until {@linkcode reveal} computes the answer.
 *
 * @param id The guess's name.
 * @param value A number, or null to go on without guessing.
 */
export async function guess(id: string, value: number | null): Promise<void> {
  guesses.set(id, value);
  await log(
    value === null ? "No guess yet: put a number in place of null, and run the cell again." : `Noted: ${value}.`,
  );
}

/**
 * Compares a guess with the answer that was computed, and says why it is so.
 *
 * @param id The guess's name.
 * @param answer The computed answer.
 * @param because One sentence.
 */
export async function reveal(id: string, answer: number, because: string): Promise<void> {
  const { verdict, text } = scoreGuess(guesses.get(id), answer);
  const colour = { close: "#2f8f6b", near: "#d1662b", far: "#c0392b", none: "#8c8c8c" }[verdict];
  await broadcast("display_data", {
    "text/html": box(colour, `${escapeText(text)}<br>${escapeText(because)}`),
    "text/plain": `${text} ${because}`,
  });
}

/**
 * Checks an attempt at an exercise: says whether it is right, and if not, what is wrong. Never throws.
 *
 * @param id The exercise's name, such as "07a".
 * @param attempt The function you wrote.
 */
export async function check(id: string, attempt: unknown): Promise<void> {
  let verdict: Verdict;
  try {
    verdict = checkAttempt(exercise(id), attempt);
  } catch (error) { // an unknown name, or an attempt that no one foresaw
    verdict = { status: "wrong", message: (error as Error).message };
  }
  const { status, message } = verdict;
  const [colour, mark] = ({
    right: ["#2f8f6b", "✓"],
    wrong: ["#c0392b", "✗"],
    "not tried": ["#8c8c8c", "○"],
  } as const)[status];
  await broadcast("display_data", {
    "text/html": box(
      colour,
      `<strong>${mark} Exercise ${id}</strong><br>${escapeText(message).replaceAll("\n", "<br>")}`,
    ),
    "text/plain": `${mark} Exercise ${id}: ${message}`,
  });
}

const hintsGiven = new Map<string, number>();

/** A hint for an exercise; call it again for the next one. */
export async function hint(id: string): Promise<void> {
  const { hints } = exercise(id), given = hintsGiven.get(id) ?? 0;
  hintsGiven.set(id, given + 1);
  await log(
    `Hint ${Math.min(given + 1, hints.length)} of ${hints.length}: ${hints[Math.min(given, hints.length - 1)]}`,
  );
}

/** The code that solves an exercise, for when you want to see it. */
export async function solution(id: string): Promise<void> {
  const code = exercise(id).solution;
  await broadcast("display_data", { "text/markdown": "```ts\n" + code + "\n```", "text/plain": code });
}

function box(colour: string, html: string): string {
  return `<div style="border-left:4px solid ${colour};padding:0.5em 0.9em;margin:0.3em 0">${html}</div>`;
}

/**
 * `train` of training/train.ts, for notebooks: the stop button ends it and keeps what was learned.
 *
 * @throws {RangeError} As there.
 */
export function train(network: Network, examples: Examples, options: TrainOptions): Promise<TrainingResult> {
  stopPressed = false;
  return quietTrain(network, examples, {
    ...options,
    shouldStop: async (iteration) => {
      await tick();
      return stopPressed || await options.shouldStop?.(iteration) === true;
    },
  });
}

/**
 * `trainEpochs` of training/mini_batch.ts, for notebooks: the stop button ends it and keeps what was learned.
 *
 * @throws {RangeError} As there.
 */
export function trainEpochs(network: Network, examples: Examples, options: EpochOptions): Promise<EpochResult> {
  stopPressed = false;
  return quietTrainEpochs(network, examples, {
    ...options,
    shouldStop: async (step) => {
      await tick();
      return stopPressed || await options.shouldStop?.(step) === true;
    },
  });
}

/** What {@linkcode trainLive} is told besides. */
export interface LiveOptions extends TrainOptions {
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
  stopPressed = false;
  const { title, seconds = Infinity, iterations } = options, started = performance.now();
  const first = options.resume?.iterations ?? 0, every = Math.max(1, Math.round((iterations - first) / 40));
  const id = crypto.randomUUID();
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
        await broadcast("update_display_data", await bundle(historyFigure(history, `${title} (running)`)), id);
        drawn = reported = performance.now();
      } else if (drawn === started && now - reported > REPORT) {
        const left = share > 0 ? `, about ${Math.ceil(elapsed / share - elapsed)} s left` : "";
        await broadcast("update_display_data", progress(share, `iteration ${iteration} of ${iterations}${left}`), id);
        reported = performance.now();
      }
      return stopPressed || elapsed > seconds || await options.shouldStop?.(iteration) === true;
    },
  });
  await broadcast(
    jupyter ? "update_display_data" : "display_data",
    await bundle(historyFigure(result.history, title)),
    id,
  );
  if (result.stopped) {
    await log(
      `Stopped after ${result.iterations} of ${iterations} iterations${
        stopPressed || seconds === Infinity ? "" : ` (${seconds} seconds)`
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
