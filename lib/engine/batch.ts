/**
 * A mini-batch, shared among workers: first each takes some of its examples, forward and back; then each takes some of the
 * weights, their gradient and their step. No sum is cut into parts, so any number of workers gives the same bytes.
 *
 * @module
 */
import type { Kernels } from "./kernels.ts";
import { roomFrom } from "./convolution.ts";
import { rowOfImages } from "./layout.ts";
import type { LayReady } from "./pictures.ts";
import type { Layout, Workplace } from "./places.ts";
import { blamePart, forwardPart, gradientPart } from "./passes.ts";
import { paddedInputs, type Part, type Share, shareOf, wide } from "./part.ts";
import { PLAN_LENGTH, takeStep } from "./step.ts";

/**
 * What the workers are told, as doubles: where in the order the batch begins, how many examples, which step it is, and the
 * step's plan.
 */
export function taskOf(memory: ArrayBufferLike, { task }: Layout): Float64Array {
  return new Float64Array(memory, task, PLAN_AT + PLAN_LENGTH);
}

/** Where in a task the plan begins. */
export const PLAN_AT = 3;

/** Forward and back for a worker's share of a batch's examples. */
export function blameOfBatch(
  kernels: Kernels,
  layout: Layout,
  task: Float64Array,
  share: Share,
  layReady: LayReady | null,
): void {
  const [from, size, step] = task as unknown as [number, number, number],
    [first, last] = shareOf(size, share),
    count = last - first;
  if (!count) return;
  const set = layout.sets[0]!, place = placeFrom(layout, share.worker, first);
  const ready = layReady !== null, rows = layout.order + 4 * (from + first);
  const part: Part = { set, first: 0, count, rows, ready, batch: { step, from: first } };
  layReady?.(place, part, step);
  if (set.dense && !ready) kernels.gather(set.dense, part.rows, count, 4 * paddedInputs(set), place.gathered);
  forwardPart(kernels, layout, place, part, { learn: true, report: layout.shares[share.worker]!.report });
  blamePart(kernels, layout, place, part);
}

/** Gradient and step for a worker's share of the weights, once all shares of the batch's examples are done. */
export function stepOfBatch(kernels: Kernels, layout: Layout, task: Float64Array, share: Share): void {
  const [from, count] = task as unknown as [number, number], set = layout.sets[0]!, rows = layout.order + 4 * from;
  const { columnStarts, columnEntries, panel, packed } = layout.workplaces[share.worker]!;
  if (set.starts && !layout.inPicture && !layout.distortions) {
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
  const { convolutions } = layout.workplaces[0]!, own = layout.workplaces[share.worker]!.convolutions;
  const place = {
    ...layout.workplaces[0]!,
    ...{ panel, packed },
    convolutions: convolutions.map((room, l) => room && { ...room, slopes: own[l]!.slopes }),
  };
  const columns = { starts: columnStarts, entries: columnEntries };
  gradientPart(
    kernels,
    layout,
    place,
    { set, first: 0, count, rows, ready: layout.distortions !== null },
    columns,
    layout.shares[0]!.gradient,
    false,
    share,
  );
  takeStep(kernels, layout, task.subarray(PLAN_AT), share);
}

/** The first workplace, which all share, from one of the batch's examples on; what is a worker's own stays its own. */
function placeFrom({ layers, workplaces, sets }: Layout, worker: number, first: number): Workplace {
  const [shared] = workplaces as [Workplace];
  const from = (at: number, l: number) => at + 4 * first * layers[l]!.row;
  return {
    ...workplaces[worker]!,
    activations: shared.activations.map(from),
    blame: shared.blame.map(from),
    gathered: shared.gathered + 4 * first * rowOfImages(layers[0]!, sets[0]!.inputs),
    convolutions: shared.convolutions.map((room, l) => roomFrom(layers[l]!, room, first)),
  };
}
