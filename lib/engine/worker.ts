/**
 * One worker of the engine: waits for a pass, does its chunks, says so, waits again.
 *
 * @module
 */
/// <reference no-default-lib="true" />
/// <reference lib="deno.worker" />
import { SIGNAL, type WorkerStart } from "./crew.ts";
import { startKernels } from "./kernels.ts";
import { gradientOfShare } from "./machine.ts";

self.onmessage = ({ data }: MessageEvent<WorkerStart>) => {
  const { module, memory, layout, index } = data;
  const kernels = startKernels(module, memory), signals = new Int32Array(memory.buffer, layout.signals, 4);
  self.postMessage("ready");
  for (let round = 0;;) {
    Atomics.wait(signals, SIGNAL.round, round);
    round = Atomics.load(signals, SIGNAL.round);
    if (Atomics.load(signals, SIGNAL.end)) break;
    const report = Atomics.load(signals, SIGNAL.report) === 1;
    gradientOfShare(kernels, layout, index, report);
    Atomics.add(signals, SIGNAL.done, 1);
    Atomics.notify(signals, SIGNAL.done);
  }
  self.postMessage("gone home");
};
