/**
 * The page's kernel: a worker that runs cells, with the files that it asks for and the digits that the reader brings.
 *
 * @module
 */
/// <reference lib="dom" />
import type { FromWorker, OwnFile, ToWorker } from "../live/surroundings.ts";
import { fromBase64, toBase64 } from "../../../lib/plots/views/packed.ts";
import { keep, kept } from "../kept.ts";
import { load } from "./load.ts";

declare global {
  /** live/kernel_worker.ts as one script. */
  var DIGITS_KERNEL: string | undefined;
  /** Which files there are. */
  var DIGITS_FILE_NAMES: string[] | undefined;
  /** Files that cells read, base64, by their path. */
  var DIGITS_FILES: Record<string, string> | undefined;
}

/** What a cell that runs says. */
export type FromRun = Extract<FromWorker, { kind: "output" | "done" }>;

/** What was found in files, or why they cannot be used. */
export type Tried = Omit<Extract<FromWorker, { kind: "data" }>, "kind">;

let kernel: Worker | null = null, ready: Promise<void> = Promise.resolve();
let hear: (message: FromRun) => void = () => {}, judged: ((said: Tried) => void) | undefined;
let brought: readonly OwnFile[] = [];

/** Whether there is one. */
export const kernelRuns = (): boolean => kernel !== null;

/** Who is told what cells say. */
export function listen(to: typeof hear): void {
  hear = to;
}

/** Starts it if it does not run. */
export function startKernel(): Promise<void> {
  if (kernel) return ready;
  return ready = (async () => {
    await load("kernel.js");
    const address = URL.createObjectURL(new Blob([globalThis.DIGITS_KERNEL!], { type: "text/javascript" }));
    const worker = kernel = new Worker(address);
    await new Promise<void>((resolve, reject) => {
      worker.onerror = (event) => {
        event.preventDefault();
        const needs = "it needs Chrome or Edge from 140, or Firefox from 141"; // for `using`, and Uint8Array.fromBase64
        reject(new Error(`The page's kernel did not start; ${needs}. ${event.message ?? ""}`.trim()));
      };
      worker.onmessage = () => resolve();
    });
    worker.onmessage = ({ data }: MessageEvent<FromWorker>) => {
      if (data.kind === "file") fetchFile(data.path);
      else if (data.kind === "keep") keepFile(data);
      else if (data.kind === "data") judged?.(data);
      else hear(data);
    };
    if (brought.length) post({ kind: "data", files: brought });
  })();
}

/** Ends it, whatever it does. */
export function killKernel(): void {
  kernel?.terminate();
  kernel = null;
}

/** Tells it something. It must run. */
export function post(message: ToWorker): void {
  kernel!.postMessage(message);
}

/** Tries files: a new kernel loads its digits from them, if there are any in them; without files, drawn ones. */
export async function tryDigits(files: readonly OwnFile[]): Promise<Tried> {
  brought = files;
  const said = new Promise<Tried>((resolve) => judged = resolve);
  await startKernel();
  if (!files.length) return { digits: null };
  const tried = await said;
  if (tried.error) brought = [];
  return tried;
}

/** Files that were found right before: used when the kernel starts. */
export function useDigits(files: readonly OwnFile[]): void {
  brought = files;
}

async function fetchFile(path: string): Promise<void> {
  const name = path.replaceAll("/", "_"), own = kept(`file-${path}`);
  if (globalThis.DIGITS_FILE_NAMES!.includes(path)) await load(`files/${name}.js`).catch(() => {});
  const text = globalThis.DIGITS_FILES?.[path];
  const bytes = own !== null ? fromBase64(own) : text === undefined ? null : await unpacked(fromBase64(text));
  if (kernel) post({ kind: "file", path, bytes });
}

/** What the library would write to the disk, this browser keeps, or the cell says that it does not. */
function keepFile({ run, path, bytes }: Extract<FromWorker, { kind: "keep" }>): void {
  if (keep(`file-${path}`, toBase64(bytes))) return;
  const text = "This browser keeps nothing for pages on disk: the other pages will not know it.\n";
  hear({ kind: "output", run, type: "stream", message: { text } });
}

async function unpacked(bytes: Uint8Array): Promise<Uint8Array> {
  const stream = new Blob([bytes as BlobPart]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
