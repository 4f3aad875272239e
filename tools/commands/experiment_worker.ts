/**
 * A worker of `deno task experiment`: takes settings, gives back rows.
 *
 * @module
 */
/// <reference no-default-lib="true" />
/// <reference lib="deno.worker" />
import { runExperiment } from "../../lib/tutorials/experiment.ts";
import { type Settings } from "../../lib/tutorials/experiment_settings.ts";
import type { Digits } from "../../lib/data/digits.ts";
import { loadDigits } from "../../lib/files/sources.ts";

const sets = new Map<string, Promise<Digits>>();

self.onmessage = async ({ data: settings }: MessageEvent<Settings>) => {
  const set = sets.get(settings.data) ?? loadDigits(settings.data);
  sets.set(settings.data, set);
  self.postMessage(await runExperiment(settings, await set));
};
