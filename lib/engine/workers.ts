/**
 * Workers that share a pass over all examples: each takes some chunks and keeps its own sum.
 *
 * @module
 */
import type { Layout } from "./places.ts";

/** What a worker is told at its start. */
export interface WorkerStart {
  /** The compiled kernels. */
  readonly module: WebAssembly.Module;
  /** The shared memory. */
  readonly memory: WebAssembly.Memory;
  /** Where things are. */
  readonly layout: Layout;
  /** Which workplace is its own, from 1. */
  readonly index: number;
}

/** The signals, by their place in `layout.signals`. */
export const SIGNAL = { round: 0, done: 1, task: 2, asleep: 3, failed: 4 } as const;

/** What a round is about. */
export const TASK = { gradient: 0, gradientAndReport: 1, blameOfBatch: 2, stepOfBatch: 3, end: 4 } as const;

const LOOKS = 20_000; // some tens of microseconds: waking a thread takes as long

/**
 * Waits until a signal is no longer `value`. The pieces of a mini-batch take less time than falling asleep and waking up,
 * so it looks again and again at first.
 */
export function waitFor(signals: Int32Array<SharedArrayBuffer>, signal: number, value: number): number {
  let now = Atomics.load(signals, signal);
  for (let look = 0; now === value && look < LOOKS; look++) now = Atomics.load(signals, signal);
  while (now === value) {
    Atomics.add(signals, SIGNAL.asleep, 1);
    Atomics.wait(signals, signal, value);
    Atomics.sub(signals, SIGNAL.asleep, 1);
    now = Atomics.load(signals, signal);
  }
  return now;
}

/** Counts a signal up, and wakes whoever sleeps. */
export function count(signals: Int32Array<SharedArrayBuffer>, signal: number): void {
  Atomics.add(signals, signal, 1);
  if (Atomics.load(signals, SIGNAL.asleep)) Atomics.notify(signals, signal);
}

/** Workers that wait for the next round. */
export interface Crew {
  /** Starts a round of one of the {@linkcode TASK}s; the caller does its own share meanwhile. */
  begin(task: number): void;
  /** Waits until all have done theirs. Throws an Error if one of them failed. */
  finish(): void;
  /** Sends them home. */
  close(): Promise<void>;
}

/** The signals in a memory. */
export function signalsOf({ buffer }: WebAssembly.Memory, layout: Layout): Int32Array<SharedArrayBuffer> {
  return new Int32Array(buffer as unknown as SharedArrayBuffer, layout.signals, 5);
}

/** Starts workers and waits until they are ready. */
export async function startCrew(
  module: WebAssembly.Module,
  memory: WebAssembly.Memory,
  layout: Layout,
  size: number,
): Promise<Crew> {
  const signals = signalsOf(memory, layout);
  const workers = await Promise.all(Array.from({ length: size }, (_, i) =>
    new Promise<Worker>((resolve, reject) => {
      const worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
      worker.onmessage = () => resolve(worker);
      worker.onerror = (event) => reject(new Error(`Cannot start a worker: ${event.message}`));
      worker.postMessage({ module, memory, layout, index: i + 1 } satisfies WorkerStart);
    })));
  const begin = (task: number) => {
    Atomics.store(signals, SIGNAL.done, 0);
    Atomics.store(signals, SIGNAL.task, task);
    count(signals, SIGNAL.round);
  };
  return {
    begin,
    finish() {
      for (let done = 0; done < size;) done = waitFor(signals, SIGNAL.done, done);
      if (Atomics.load(signals, SIGNAL.failed)) throw new Error("A worker of the engine failed");
    },
    close() {
      begin(TASK.end);
      return Promise.all(workers.map((worker) =>
        new Promise<void>((resolve) => {
          worker.onmessage = () => {
            worker.terminate();
            resolve();
          };
        })
      )).then(() => {});
    },
  };
}
