/**
 * Runs every combination of a grid, a row of results for each, and takes up where it was interrupted.
 *
 * @module
 */
import { UnknownName } from "../../lib/errors.ts";
import { basename, dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { type ExperimentRow, type FailedRow } from "../../lib/tutorials/experiment.ts";
import { expandGrid, type Grid, type Settings, settingsId } from "../../lib/tutorials/experiment_settings.ts";
import { loadDigits } from "../../lib/files/sources.ts";
import { makeFolder, writeFault } from "../../lib/files/write_file.ts";
import { accuracyText } from "../../lib/evaluation/metrics.ts";
import { asUsage, parseCommand, run, UsageError, wholeNumber } from "../command.ts";
import { ROOT } from "../root.ts";

type Row = ExperimentRow | FailedRow;

/** The whole rows of a file; a last one that was cut off in the middle is dropped. */
export async function readRows(path: string): Promise<Row[]> {
  const text = await Deno.readTextFile(path).catch((error) => {
    if (error instanceof Deno.errors.NotFound) return "";
    throw new Error(`Cannot read "${path}": ${error.message}`);
  });
  const lines = text.split("\n"), rest = lines.pop()!;
  const rows = lines.map((line, i) => parseRow(line) ?? fail(i + 1));
  function fail(line: number): never {
    throw new SyntaxError(`Cannot read "${path}": line ${line} is no row of an experiment`);
  }
  if (rest && !rest.startsWith('{"id":') && !'{"id":'.startsWith(rest)) fail(lines.length + 1); // not ours: leave it alone
  const size = (text: string) => new TextEncoder().encode(text).length;
  if (rest) await Deno.truncate(path, size(text) - size(rest)).catch((cause) => cannotWrite(path, cause));
  return rows;
}

function parseRow(line: string): Row | null {
  try {
    const row = JSON.parse(line);
    return typeof row?.id === "string" && typeof row.settings === "object" ? row : null;
  } catch {
    return null;
  }
}

function cannotWrite(path: string, cause: unknown): never {
  throw new Error(`Cannot write "${path}": ${writeFault(cause)}`, { cause });
}

/** Adds a row to the file's end, whole or not at all: a full disk may take the beginning of it. */
function addRow(file: Deno.FsFile, path: string, row: Row): void {
  const bytes = new TextEncoder().encode(JSON.stringify(row) + "\n"), end = file.statSync().size;
  try {
    for (let done = 0; done < bytes.length;) done += file.writeSync(bytes.subarray(done));
  } catch (cause) {
    file.truncateSync(end);
    cannotWrite(path, cause);
  }
}

/** Part 3 of 16: every sixteenth combination, from the third. */
export function parseShard(text: string): [index: number, of: number] {
  const [, index, of] = /^(\d+)\/(\d+)$/.exec(text)?.map(Number) ?? [];
  if (!index || !of || index > of) throw new UsageError(`Cannot use --shard ${text}: must be like 3/16`);
  return [index, of];
}

async function readGrid(path: string): Promise<Settings[]> {
  const text = await Deno.readTextFile(path).catch((error) => {
    throw new Error(
      `Cannot read "${path}": ${error instanceof Deno.errors.NotFound ? "there is no such file" : error.message}`,
    );
  });
  let grids: Grid | Grid[];
  try {
    grids = JSON.parse(text);
  } catch (error) {
    throw new SyntaxError(`Cannot read "${path}" as JSON: ${(error as Error).message}`);
  }
  return [grids].flat().flatMap((grid) => {
    if (typeof grid !== "object" || grid === null) {
      throw new UnknownName(`Cannot use the grid: must be an object, got ${grid}`);
    }
    return expandGrid(grid);
  });
}

/** Runs settings in workers, and hands over each row as it is done. Stops when asked; what runs then is lost. */
async function runAll(todo: readonly Settings[], workers: number, onRow: (row: Row) => void, stop: AbortSignal) {
  let next = 0;
  await Promise.all(
    Array.from({ length: Math.min(workers, todo.length) }, () =>
      new Promise<void>((resolve, reject) => {
        const worker = new Worker(new URL("./experiment_worker.ts", import.meta.url), { type: "module" });
        const end = (settle: () => void) => (worker.terminate(), settle());
        stop.addEventListener("abort", () => end(resolve));
        const give = () => next < todo.length ? worker.postMessage(todo[next++]) : end(resolve);
        worker.onmessage = ({ data }: MessageEvent<Row>) => {
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

const describe = ({ data: _, ...settings }: Settings) =>
  Object.entries(settings).map(([key, value]) => `${key} ${[value].flat().join("-")}`).join(", ");

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
      workers: { type: "string", value: "N", help: "how many trainings at once (the number of cores)" },
      json: { type: "boolean", help: "one JSON object per line: the rows" },
    },
    notes: [
      'A grid: {"data": "drawn", "hidden": [[10], [32]], "init": ["he", "glorot"], "optimiser": "adam", "epochs": 3, "rng": [1, 2]}',
      'or {"data": "mnist", "tutorial": ["000", "004"], "variant": ["as-written", "corrected"]}; several grids: a list of them.',
      "Ctrl-C loses the trainings that are running, and no row. Exit status: 0 all done, 1 not, 2 wrong usage.",
    ],
  });
  await run(async () => {
    const [path] = operands as [string], name = basename(path, ".json");
    const [index, of] = values.shard === undefined ? [1, 1] : parseShard(values.shard as string);
    const workers = wholeNumber("workers", values.workers, 1, 256) ?? navigator.hardwareConcurrency;
    const out = (values.out as string) ??
      fileURLToPath(new URL(`runs/${name}${of > 1 ? `.${index}-of-${of}` : ""}.jsonl`, ROOT));
    const all = (await asUsage(() => readGrid(path))).filter((_, i) => i % of === index - 1);
    await makeFolder(dirname(out));
    const settled = (row: Row) => !("error" in row) || row.diverged; // again it would do the same
    const done = new Set((await readRows(out)).filter(settled).map(({ id }) => id));
    const todo: Settings[] = [], ids = new Set<string>();
    for (const source of new Set(all.map(({ data }) => data))) await asUsage(() => loadDigits(source)); // a wrong one is named before hours of work
    for (const settings of all) {
      const id = await settingsId(settings);
      if (!done.has(id) && !ids.has(id)) todo.push(settings);
      ids.add(id);
    }
    const say = values.json ? console.error : console.log, started = performance.now(), stop = new AbortController();
    say(`${ids.size} trainings, ${ids.size - todo.length} done before; rows go to ${out}`);
    Deno.addSignalListener("SIGINT", () => stop.abort());
    using file = await Deno.open(out, { append: true, create: true }).catch((cause) => cannotWrite(out, cause));
    let count = 0;
    await runAll(todo, workers, (row) => {
      addRow(file, out, row);
      count++;
      const seconds = (performance.now() - started) / 1000, left = Math.ceil(seconds / count * (todo.length - count));
      if (values.json) console.log(JSON.stringify(row));
      else {
        console.log(
          `${String(count).padStart(4)} of ${todo.length}  ${describe(row.settings)}: ${
            "error" in row ? row.error : accuracyText(row.testAccuracy, row.testExamples)
          }${left ? `; about ${left} s left` : ""}`,
        );
      }
    }, stop.signal);
    if (count < todo.length) say(`Stopped after ${count} of ${todo.length}; the same command goes on from here.`);
    return Number(count < todo.length);
  });
}
