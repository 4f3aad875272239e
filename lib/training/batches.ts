/**
 * Mini-batches: which examples a step looks at.
 *
 * @module
 */
import type { Examples } from "../data/examples.ts";
import { matrix } from "../matrix.ts";
import { someColumns } from "../sparse.ts";

/**
 * How many updates an epoch has: `⌈examples / batchSize⌉`.
 *
 * Tutorial 004's 1688 is ⌈54,000 / 32⌉, and its 313 is ⌈10,000 / 32⌉.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals([stepsPerEpoch(54_000, 32), stepsPerEpoch(10_000, 32)], [1688, 313]);
 * ```
 */
export function stepsPerEpoch(examples: number, batchSize: number): number {
  return Math.ceil(examples / batchSize);
}

/** The examples named by some numbers, in that order, copied; with the list of their ink where all of them have one. */
export function batchOf({ images: { rows, data, ink }, labels }: Examples, which: ArrayLike<number>): Examples {
  const batch = matrix(rows, which.length);
  const own = new Uint8Array(which.length);
  for (let j = 0; j < which.length; j++) {
    const example = which[j]!;
    batch.data.set(data.subarray(example * rows, (example + 1) * rows), j * rows);
    own[j] = labels[example]!;
  }
  return { images: ink ? { ...batch, ink: someColumns(ink, which) } : batch, labels: own };
}
