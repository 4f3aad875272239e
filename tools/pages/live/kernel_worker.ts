/**
 * The page's kernel: runs cells one after the other in a worker, so that the page lives whatever they do.
 *
 * @module
 */
/// <reference no-default-lib="true" />
/// <reference lib="deno.worker" />
import { answered, bring, display, now, type OwnFile, pressStop, tell, type ToWorker } from "./surroundings.ts"; // first: lib/ looks for Deno as it loads
import * as assert from "@std/assert";
import * as csv from "@std/csv";
import * as lib from "../../../lib/mod.ts";
import { type Import, LINES_BEFORE, prepare, run, type Scope } from "./evaluate.ts";

const MODULES: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  "../lib/mod.ts": lib,
  "@std/assert": assert,
  "@std/csv": csv,
};

const scope: Scope = new Map();

function importing({ from, name }: Import): unknown {
  const module = MODULES[from];
  if (!module) {
    throw new TypeError(`Cannot import "${from}" in a page: there are ${Object.keys(MODULES).join(", ")}`);
  }
  if (name !== "*" && !(name in module)) throw new TypeError(`Cannot import ${name}: "${from}" has no such name`);
  return name === "*" ? module : module[name];
}

/** One cell after the other, as a kernel does. */
let turn = Promise.resolve();

self.onmessage = ({ data }: MessageEvent<ToWorker>) => {
  if (data.kind === "stop") pressStop();
  else if (data.kind === "file") answered(data);
  else if (data.kind === "data") turn = turn.then(() => takeData(data.files));
  else turn = turn.then(() => runCell(data.run, data.code));
};

/** Tries whether the reader's files are digits; if not, drawn ones are used as before. */
async function takeData(files: readonly OwnFile[]): Promise<void> {
  bring(files);
  try {
    const { provenance } = await lib.loadDigits();
    tell({ kind: "data", digits: files.length ? provenance : null });
  } catch (error) {
    bring([]);
    tell({ kind: "data", digits: null, error: (error as Error).message.replaceAll("/your files/", "") });
  }
}

async function runCell(number: number, code: string): Promise<void> {
  const started = performance.now();
  now.run = number;
  let error: string | undefined, value: string | undefined;
  try {
    const result = await run(prepare(code), scope, importing);
    if (result !== undefined) value = display(result);
  } catch (thrown) {
    error = saying(thrown);
  }
  tell({
    kind: "done",
    run: number,
    ...error && { error },
    ...value && { value },
    milliseconds: performance.now() - started,
  });
}

/** What was thrown, with the cell's line where it is known. */
function saying(thrown: unknown): string {
  if (!(thrown instanceof Error)) return `thrown: ${display(thrown)}`;
  const frame = /(?:<anonymous>|AsyncFunction|Function):(\d+)(?::\d+)?/.exec(thrown.stack ?? ""),
    line = frame && Number(frame[1]) - LINES_BEFORE;
  return `${thrown.name}${line && line > 0 ? ` in line ${line}` : ""}: ${thrown.message}`;
}

tell({ kind: "done", run: 0, milliseconds: 0 }); // ready
