/**
 * A mini-batch, shared among workers: first each takes some of its examples, forward and back; then each takes some of the
 * weights, their gradient and their step. No sum is cut into parts, so any number of workers gives the same bytes.
 *
 * @module
 */
import type { Kernels } from "./kernels.ts";
import type { Layout, Workplace } from "./places.ts";
import { blamePart, forwardPart, gradientPart, paddedInputs, type Part, type Share, shareOf, wide } from "./passes.ts";
import { PLAN_LENGTH, takeStep } from "./step.ts";

/** What the workers are told, as doubles: where in the order the batch begins, how many examples, and the step's plan. */
export function taskOf(memory: ArrayBufferLike, { task }: Layout): Float64Array {
  return new Float64Array(memory, task, 2 + PLAN_LENGTH);
}

/** Forward and back for a worker's share of a batch's examples. */
export function blameOfBatch(kernels: Kernels, layout: Layout, task: Float64Array, share: Share): void {
  const [from, size] = task as unknown as [number, number], [first, last] = shareOf(size, share), count = last - first;
  if (!count) return;
  const set = layout.sets[0]!, place = placeFrom(layout, share.worker, first);
  const part: Part = { set, first: 0, count, rows: layout.order + 4 * (from + first) };
  if (set.dense) kernels.gather(set.dense, part.rows, count, 4 * paddedInputs(set), place.gathered);
  forwardPart(kernels, layout, place, part, { learn: true, report: layout.shares[share.worker]!.report });
  blamePart(kernels, layout, place, count);
}

/** Gradient and step for a worker's share of the weights, once all shares of the batch's examples are done. */
export function stepOfBatch(kernels: Kernels, layout: Layout, task: Float64Array, share: Share): void {
  const [from, count] = task as unknown as [number, number], set = layout.sets[0]!, rows = layout.order + 4 * from;
  const { columnStarts, columnEntries, panel, packed } = layout.workplaces[share.worker]!;
  if (set.starts) {
    kernels.transposeEntries(
      wide(set),
      set.starts,
      set.entries,
      rows,
      0,
      count,
      ...shareOf(set.inputs, share),
      columnStarts,
      columnEntries,
    );
  }
  const place = { ...layout.workplaces[0]!, panel, packed }, columns = { starts: columnStarts, entries: columnEntries };
  gradientPart(
    kernels,
    layout,
    place,
    { set, first: 0, count, rows },
    columns,
    layout.shares[0]!.gradient,
    false,
    share,
  );
  takeStep(kernels, layout, task.subarray(2), share);
}

/** The first workplace, which all share, from one of the batch's examples on; what is a worker's own stays its own. */
function placeFrom({ layers, workplaces, sets }: Layout, worker: number, first: number): Workplace {
  const [shared] = workplaces as [Workplace];
  const from = (at: number, l: number) => at + 4 * first * layers[l]!.stride;
  return {
    ...workplaces[worker]!,
    activations: shared.activations.map(from),
    blame: shared.blame.map(from),
    gathered: shared.gathered + 4 * first * paddedInputs(sets[0]!),
  };
}
