/**
 * Judges attempts, and trains the workshop's network, in a worker of the page: what never ends can be stopped, and the page lives.
 *
 * @module
 */
/// <reference no-default-lib="true" />
/// <reference lib="deno.worker" />
import { exercise } from "../../../lib/course/catalogue.ts";
import { checkAttempt, type Verdict } from "../../../lib/course/judge.ts";
import { toNetwork } from "../../../lib/course/workshop/plain.ts";
import {
  type Epoch,
  largestDifference,
  rightParts,
  trainOwn,
  workshopDigits,
} from "../../../lib/course/workshop/run.ts";
import { networkToSafetensors } from "../../../lib/formats/safetensors.ts";

/** One function, as it was typed. */
interface Typed {
  readonly id: string;
  readonly code: string;
  readonly name: string;
}

/** What a training tells the page, epoch by epoch. */
export interface Progress {
  /** The parts that are the reader's. */
  readonly theirs: readonly string[];
  /** Shares of the unseen digits read, after each epoch so far. */
  readonly yours: readonly number[];
  /** The same of the tested parts. */
  readonly reference: readonly number[];
  /** At the end: the network, and how far its numbers are from the tested one's. */
  readonly end?: { readonly weights: Uint8Array; readonly difference: number };
  /** What stopped it. */
  readonly error?: string;
}

self.onmessage = ({ data }: MessageEvent<Typed | readonly Typed[]>) => {
  if ("code" in data) self.postMessage(verdictOn(data));
  else training(data);
};

function functionOf({ code, name }: Typed): unknown {
  return new Function(`"use strict";\n${code}\nreturn ${name};`)();
}

function verdictOn(typed: Typed): Verdict {
  let attempt: unknown;
  try {
    attempt = functionOf(typed);
  } catch (error) {
    const message = `${(error as Error).message}. On this page write JavaScript: as in TypeScript, without the types.`;
    return { status: "wrong", message };
  }
  return checkAttempt(exercise(typed.id), attempt);
}

function training(typed: readonly Typed[]): void {
  const own = Object.fromEntries(typed.map((one) => {
    try {
      return [one.id, functionOf(one)];
    } catch {
      return [one.id, null]; // its own Check says why
    }
  }));
  const theirs = rightParts(own), set = workshopDigits();
  const reference: Epoch[] = [], yours: Epoch[] = [];
  const tell = (more: Partial<Progress> = {}) => {
    const [a, b] = [yours, reference].map((epochs) => epochs.map(({ accuracy }) => accuracy)) as [number[], number[]];
    self.postMessage({ theirs, yours: a, reference: b, ...more } satisfies Progress);
  };
  for (const epoch of trainOwn({}, [], set)) {
    reference.push(epoch);
    tell();
  }
  if (!theirs.length) return;
  try {
    for (const epoch of trainOwn(own, theirs, set)) {
      yours.push(epoch);
      tell();
    }
    const { layers } = yours.at(-1)!, difference = largestDifference(layers, reference.at(-1)!.layers);
    tell({ end: { weights: networkToSafetensors(toNetwork(layers), "F32"), difference } });
  } catch (error) { // right on small examples, and not on these
    tell({ error: String(error) });
  }
}
