/**
 * Parts of the examples: which, whose among the workers, and where their images lie.
 *
 * @module
 */
import type { Kernels } from "./kernels.ts";
import { rowOfImages } from "./layout.ts";
import type { Layout, SetPlace, Workplace } from "./places.ts";

/** A part of a set: some consecutive examples, or those that a list names. */
export interface Part {
  /** Which set. */
  readonly set: SetPlace;
  /** The first example, or 0 with a list. */
  readonly first: number;
  /** How many. */
  readonly count: number;
  /** Address of a list of example numbers; 0 for `first`, `first + 1`, … */
  readonly rows: number;
  /** Whether the workplace has the images lying ready, gathered. */
  readonly ready?: boolean;
  /** Of a batch: which step it is for, from 0, and which of its examples comes first. */
  readonly batch?: { readonly step: number; readonly from: number };
}

/** Which inputs of each layer are one worker's, of how many workers: their weights and gradients. */
export interface Share {
  /** From 0. */
  readonly worker: number;
  /** How many. */
  readonly workers: number;
}

/** All inputs of every layer. */
export const ALL: Share = { worker: 0, workers: 1 };

/** A share of a number of things: from, to; in fours, as vectors and tiles hold four. */
export function shareOf(total: number, { worker, workers }: Share): [from: number, to: number] {
  const [from, to] = [worker, worker + 1].map((w) => Math.min(total, 4 * Math.round(total * w / (4 * workers))));
  return [from!, worker + 1 === workers ? total : to!];
}

/** The chunks of a set from `from` to `to`, both counted in chunks. */
export function* chunksOf(set: SetPlace, chunk: number, from = 0, to = Infinity): Generator<[number, Part]> {
  for (let c = from; c < to && c * chunk < set.count; c++) {
    yield [c, { set, first: c * chunk, count: Math.min(chunk, set.count - c * chunk), rows: 0 }];
  }
}

/** Whether a set has entries of eight bytes. */
export function wide(set: SetPlace): boolean {
  return set.entryBytes === 8;
}

/** Numbers from one dense example to the next. */
export function paddedInputs(set: SetPlace): number {
  return (set.inputs + 3) & ~3;
}

/** The images of a part as pictures with their border, where the first layer is a convolution. */
export function unpackImages(
  kernels: Kernels,
  layout: Layout,
  place: Workplace,
  { set, first, count, rows }: Part,
): void {
  const { starts, entries, factor } = set, row = 4 * rowOfImages(layout.layers[0]!, set.inputs);
  kernels.unpack(wide(set), starts, entries, rows, first, count, factor, layout.inPicture, place.gathered, row);
}

/** Where the images of a part lie without zeros left out. */
export function denseAt({ set, first, rows, ready }: Part, place: Workplace): number {
  return rows || ready ? place.gathered : set.dense + 4 * first * paddedInputs(set);
}
