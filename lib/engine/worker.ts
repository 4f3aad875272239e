/**
 * One worker of the engine: waits for a pass, does its chunks, says so, waits again.
 *
 * @module
 */
/// <reference no-default-lib="true" />
/// <reference lib="deno.worker" />
import { blameOfBatch, stepOfBatch, taskOf } from "./batch.ts";
import { count, SIGNAL, signalsOf, TASK, waitFor, type WorkerStart } from "./workers.ts";
import { startKernels } from "./kernels.ts";
import { layingReady } from "./pictures.ts";
import { gradientOfShares } from "./passes.ts";

self.onmessage = ({ data }: MessageEvent<WorkerStart>) => {
  const { module, memory, layout, index } = data, share = { worker: index, workers: layout.workplaces.length };
  const kernels = startKernels(module, memory),
    signals = signalsOf(memory, layout),
    batch = taskOf(memory.buffer, layout),
    layReady = layingReady(memory.buffer, layout);
  self.postMessage("ready");
  for (let round = 0;;) {
    round = waitFor(signals, SIGNAL.round, round);
    const task = Atomics.load(signals, SIGNAL.task);
    if (task === TASK.end) break;
    try {
      if (task === TASK.blameOfBatch) blameOfBatch(kernels, layout, batch, share, layReady);
      else if (task === TASK.stepOfBatch) stepOfBatch(kernels, layout, batch, share);
      else gradientOfShares(kernels, layout, share, task === TASK.gradientAndReport);
    } catch { // whoever waits for this worker must not wait for ever
      Atomics.store(signals, SIGNAL.failed, 1);
    }
    count(signals, SIGNAL.done);
  }
  self.postMessage("gone home");
};
