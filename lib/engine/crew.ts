/**
 * Workers that share a pass over all examples: each takes some chunks and keeps its own sum.
 *
 * @module
 */
import type { Layout } from "./layout.ts";

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
export const SIGNAL = { round: 0, done: 1, report: 2, end: 3 } as const;

/** Workers that wait for the next pass. */
export interface Crew {
  /** Starts a pass; the caller does its own share meanwhile. */
  begin(report: boolean): void;
  /** Waits until all have done theirs. */
  finish(): void;
  /** Sends them home. */
  close(): Promise<void>;
}

/** Starts workers and waits until they are ready. */
export async function startCrew(
  module: WebAssembly.Module,
  memory: WebAssembly.Memory,
  layout: Layout,
  count: number,
): Promise<Crew> {
  const signals = new Int32Array(memory.buffer, layout.signals, 4);
  const workers = await Promise.all(Array.from({ length: count }, (_, i) =>
    new Promise<Worker>((resolve, reject) => {
      const worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
      worker.onmessage = () => resolve(worker);
      worker.onerror = (event) => reject(new Error(`Cannot start a worker: ${event.message}`));
      worker.postMessage({ module, memory, layout, index: i + 1 } satisfies WorkerStart);
    })));
  return {
    begin(report) {
      Atomics.store(signals, SIGNAL.done, 0);
      Atomics.store(signals, SIGNAL.report, Number(report));
      Atomics.add(signals, SIGNAL.round, 1);
      Atomics.notify(signals, SIGNAL.round);
    },
    finish() {
      for (let done = Atomics.load(signals, SIGNAL.done); done < count; done = Atomics.load(signals, SIGNAL.done)) {
        Atomics.wait(signals, SIGNAL.done, done, 1000);
      }
    },
    close() {
      Atomics.store(signals, SIGNAL.end, 1);
      Atomics.add(signals, SIGNAL.round, 1);
      Atomics.notify(signals, SIGNAL.round);
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
