/**
 * Runs every combination of a grid, a row of results for each, and takes up where it was interrupted; joins the rows of several
 * machines, and reports on them.
 *
 * @module
 */
import { basename, dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { noteOf } from "../../lib/experiments/experiment.ts";
import type { ExperimentRow, FailedRow } from "../../lib/experiments/rows.ts";
import {
  FORMAT,
  isSettled,
  mergeRows,
  type Provenance,
  readRows,
  type Row,
  RowFile,
} from "../../lib/experiments/rows.ts";
import { trialId } from "../../lib/experiments/settings.ts";
import { expandGrid, type Grid, type Trial } from "../../lib/experiments/grid.ts";
import { type Report, reportOf } from "../../lib/experiments/report.ts";
import { loadDigits } from "../../lib/files/sources.ts";
import { readBytes } from "../../lib/files/read_file.ts";
import { parseJson } from "../../lib/formats/json_text.ts";
import { makeFolder, writeWhole } from "../../lib/files/write_file.ts";
import { accuracyText } from "../../lib/evaluation/metrics.ts";
import { asUsage, duration, parseCommand, run, UsageError, wholeNumber } from "../command.ts";
import { ROOT } from "../root.ts";
import { reportText, writeReport } from "./experiment_report.ts";

/** Part 3 of 16: every sixteenth combination, from the third. */
export function parseShard(text: string): [index: number, of: number] {
  const [, index, of] = /^(\d+)\/(\d+)$/.exec(text)?.map(Number) ?? [];
  if (!index || !of || index > of) throw new UsageError(`Cannot use --shard ${text}: must be like 3/16`);
  return [index, of];
}

/** The trainings of a grid in a file. Throws a sentence that names it. */
export async function readGrid(path: string): Promise<Trial[]> {
  const bytes = await readBytes(path, "headerBytes");
  let grids: Grid | Grid[];
  try {
    grids = parseJson(bytes) as Grid | Grid[];
  } catch (error) {
    throw new SyntaxError(`Cannot read "${path}" as JSON: ${(error as Error).message}`);
  }
  return [grids].flat().flatMap(expandGrid);
}

/** The trials by the names of their rows; a source that is wrong is named before hours of work. */
async function named(trials: readonly Trial[]): Promise<Map<string, Trial>> {
  const contents = new Map<string, string>();
  for (const source of new Set(trials.map(({ data }) => data))) {
    contents.set(source, (await noteOf(await asUsage(() => loadDigits(source)))).sha256);
  }
  const ids = trials.map(async (trial) => [await trialId(trial.settings, contents.get(trial.data)!), trial] as const);
  return new Map(await Promise.all(ids));
}

/** Runs trials in workers, and hands over each row as it is done. Stops when asked; what runs then is lost. */
async function runAll(
  todo: readonly Trial[],
  workers: number,
  onRow: (row: ExperimentRow | FailedRow) => void,
  stop: AbortSignal,
) {
  let next = 0;
  await Promise.all(
    Array.from({ length: Math.min(workers, todo.length) }, () =>
      new Promise<void>((resolve, reject) => {
        const worker = new Worker(new URL("./experiment_worker.ts", import.meta.url), { type: "module" });
        const end = (settle: () => void) => (worker.terminate(), settle());
        stop.addEventListener("abort", () => end(resolve));
        const give = () => next < todo.length ? worker.postMessage(todo[next++]) : end(resolve);
        worker.onmessage = ({ data }: MessageEvent<ExperimentRow | FailedRow>) => {
          if (stop.aborted) return;
          try {
            onRow(data);
            give();
          } catch (error) {
            end(() => reject(error)); // thrown here, nobody would catch it
          }
        };
        worker.onerror = (event) => {
          event.preventDefault();
          end(() => reject(new Error(`Cannot go on: ${event.message}`)));
        };
        give();
      })),
  );
}

async function git(...args: string[]): Promise<string> {
  try {
    const { stdout } = await new Deno.Command("git", { args, cwd: ROOT, stderr: "null" }).output();
    return new TextDecoder().decode(stdout).trim();
  } catch {
    return ""; // no git, or a copy without history
  }
}

/** What a row says of where it comes from, but for the date. */
async function provenance(): Promise<Omit<Provenance, "date">> {
  const commit = await git("rev-parse", "--short", "HEAD"), changed = await git("status", "--porcelain", "-uno");
  return {
    format: FORMAT,
    ...commit && { commit: changed ? `${commit}+` : commit },
    deno: Deno.version.deno,
    machine: `${Deno.build.os} ${Deno.build.arch}, ${navigator.hardwareConcurrency} cores`,
  };
}

const describe = ({ settings, data }: ExperimentRow | FailedRow) =>
  [data.name, ...Object.entries(settings).map(([key, value]) => `${key} ${[value].flat().join("-") || "none"}`)].join(
    ", ",
  );

/** What to watch: the validation part, where there is one; the test part is opened at the end. */
function resultOf({ validationAccuracy, validationExamples, testAccuracy, testExamples }: ExperimentRow): string {
  if (validationAccuracy === undefined) return accuracyText(testAccuracy, testExamples);
  return accuracyText(validationAccuracy, validationExamples!) + ", validation part";
}

/** The files of a grid's shards that lie beside its rows. */
async function shardsOf(out: string): Promise<string[]> {
  const ending = extname(out), start = `${basename(out, ending)}.`, found: string[] = [];
  for await (const { name } of Deno.readDir(dirname(out))) {
    if (name.startsWith(start) && /^\d+-of-\d+$/.test(name.slice(start.length, -ending.length))) found.push(name);
  }
  return found.sort().map((name) => join(dirname(out), name));
}

async function merge(out: string, say: (text: string) => void): Promise<void> {
  const shards = await shardsOf(out);
  if (shards.length === 0) {
    throw new Error(
      `Cannot join: beside "${out}" lies no file of a shard, such as ${basename(out, extname(out))}.1-of-4.jsonl`,
    );
  }
  const files = await Promise.all([out, ...shards].map(readRows)), rows = mergeRows(files);
  await writeWhole(out, rows.map((row) => JSON.stringify(row) + "\n").join(""));
  say(`${rows.length} rows of ${shards.length} shards are in ${out}; the shards' own files stay as they are.`);
}

if (import.meta.main) {
  const { values, operands } = parseCommand({
    name: "experiment",
    summary:
      "Trains a network for every combination of a grid, one row of results each; a second call goes on where the first ended.",
    operands: "GRID.json",
    count: [1, 1],
    options: {
      out: { type: "string", value: "FILE", help: "where the rows go (runs/NAME.jsonl)" },
      shard: { type: "string", value: "I/N", help: "only part I of N, in a file of its own: for several machines" },
      merge: { type: "boolean", help: "first join the rows of all shards" },
      report: { type: "boolean", help: "write NAME.html and NAME.md beside the rows: table, best, pictures" },
      workers: { type: "string", value: "N", help: "how many trainings at once (the number of cores)" },
      json: { type: "boolean", help: "one JSON object per line: the rows" },
    },
    notes: [
      'A grid: {"data": "drawn", "validation": 1000, "hidden": [[10], [32]], "init": ["he", "glorot"], "optimiser": "adam", "seed": [1, 2, 3]}',
      'or {"data": "mnist", "tutorial": ["000", "004"], "variant": ["as-written", "corrected"]}; several grids: a list of them.',
      "All settings, reports and clusters: notebooks/EXPERIMENTS.md.",
      "Ctrl-C loses the trainings that are running, and no row. Exit status: 0 all done, 1 not, 2 wrong usage.",
    ],
  });
  await run(async () => {
    const [path] = operands as [string], name = basename(path, ".json");
    const [index, of] = values.shard === undefined ? [1, 1] : parseShard(values.shard as string);
    const workers = wholeNumber("workers", values.workers, 1, 256) ?? navigator.hardwareConcurrency;
    const out = (values.out as string) ??
      fileURLToPath(new URL(`runs/${name}${of > 1 ? `.${index}-of-${of}` : ""}.jsonl`, ROOT));
    const trials = await named((await asUsage(() => readGrid(path))).filter((_, i) => i % of === index - 1));
    const say = values.json ? console.error : console.log;
    await makeFolder(dirname(out));
    if (values.merge) await merge(out, say);
    await using file = await RowFile.open(out);
    const settled = new Map(file.rows.filter(isSettled).map((row) => [row.id, row]));
    const todo = [...trials].filter(([id]) => !settled.has(id)).map(([, trial]) => trial);
    say(`${trials.size} trainings, ${trials.size - todo.length} done before; rows go to ${out}`);
    const made = await runTrials(todo, { workers, file, say, json: values.json === true });
    if (made.length < todo.length) {
      say(`Stopped after ${made.length} of ${todo.length}; the same command goes on from here.`);
      return 1;
    }
    const rows = mergeRows([[...settled.values(), ...made].filter(({ id }) => trials.has(id))]);
    if (rows.length > 1 || values.report) await tell(reportOf(rows), out, values.report === true, say);
    return Number(rows.some((row) => !isSettled(row)));
  });
}

async function tell(report: Report, out: string, write: boolean, say: (text: string) => void): Promise<void> {
  say(`\n${reportText(report)}`);
  if (write) say(`\nThe report is in ${await writeReport(out.slice(0, -extname(out).length || undefined), report)}`);
}

/** Runs what is to be done, adds each row to the file, and says how it goes. */
async function runTrials(
  todo: readonly Trial[],
  { workers, file, say, json }: { workers: number; file: RowFile; say: (text: string) => void; json: boolean },
): Promise<Row[]> {
  const stop = new AbortController(), started = performance.now(), made: Row[] = [], where = await provenance();
  Deno.addSignalListener("SIGINT", () => stop.abort());
  await runAll(todo, workers, (result) => {
    const row = { ...result, date: new Date().toISOString(), ...where };
    file.add(row);
    made.push(row);
    if (json) return console.log(JSON.stringify(row));
    const left = (performance.now() - started) / 1000 / made.length * (todo.length - made.length);
    const found = "error" in row ? row.error : resultOf(row);
    say(
      `${String(made.length).padStart(4)} of ${todo.length}  ${describe(row)}: ${found}${
        left ? `; about ${duration(left)} left` : ""
      }`,
    );
  }, stop.signal);
  return made;
}
