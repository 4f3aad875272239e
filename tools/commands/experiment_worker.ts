/**
 * A worker of `deno task experiment`: takes trials, gives back rows.
 *
 * @module
 */
/// <reference no-default-lib="true" />
/// <reference lib="deno.worker" />
import { runExperiment } from "../../lib/experiments/experiment.ts";
import type { Trial } from "../../lib/experiments/grid.ts";
import type { Digits } from "../../lib/data/digits.ts";
import { loadDigits } from "../../lib/files/sources.ts";

const sets = new Map<string, Promise<Digits>>();

self.onmessage = async ({ data: { data, settings } }: MessageEvent<Trial>) => {
  const set = sets.get(data) ?? loadDigits(data);
  sets.set(data, set);
  self.postMessage(await runExperiment(settings, await set));
};
