/**
 * A convolution by the kernels: forward, its list of who is to blame, and both gradients from that list.
 *
 * @module
 */
import type { Kernels } from "./kernels.ts";
import { paddedRun } from "./layout.ts";
import type { ConvolutionPlace, ConvolutionRoom, LayerPlace, Layout, Workplace } from "./places.ts";

/** A layer that is known to be a convolution, and what it remembers. */
function convolutionOf(layout: Layout, place: Workplace, l: number) {
  const layer = layout.layers[l]!, window = layer.convolution!, room = place.convolutions[l]!;
  return { layer, window, room, pictures: l ? place.activations[l - 1]! : place.gathered };
}

/** Bytes between the lists of two filters. */
function listBytes({ pooledRows, pooledCols }: ConvolutionPlace): number {
  return 8 * pooledRows * pooledCols;
}

/** The pooled sums of some examples, whose pictures lie ready. */
export function convolve(kernels: Kernels, layout: Layout, place: Workplace, l: number, count: number): void {
  const { layer, window, room, pictures } = convolutionOf(layout, place, l),
    { offset, weightCount, stride, row } = layer;
  const weights = layout.parameters + offset;
  kernels.convolve(
    pictures,
    4 * window.picture,
    count,
    4 * window.pitch,
    4 * window.step,
    window.run,
    window.size,
    window.rows,
    window.cols,
    weights,
    stride,
    weights + 4 * weightCount,
    window.pool,
    place.activations[l]! + 4 * window.outStart,
    4 * row,
    4 * window.outPitch,
    room.winners,
    l === 0,
    place.sums,
    place.panel,
    place.packed,
  );
}

/** Calls for each stretch of a layer's activations that is no border: one, unless the next layer wants a border. */
export function inside(
  { convolution, row, stride }: LayerPlace,
  count: number,
  visit: (at: number, size: number) => void,
) {
  if (!convolution || convolution.outStart === 0) return visit(0, count * row);
  const { outStart, outPitch, pooledRows, pooledCols } = convolution;
  for (let e = 0; e < count; e++) {
    for (let y = 0; y < pooledRows; y++) visit(4 * (e * row + outStart + y * outPitch), pooledCols * stride);
  }
}

/** Lists who is to blame, once the blame of the layer's pooled sums is known. */
export function listBlame(kernels: Kernels, layout: Layout, place: Workplace, l: number, count: number): void {
  const { layer: { row, units, stride }, window, room } = convolutionOf(layout, place, l);
  kernels.listBlame(
    place.blame[l]! + 4 * window.outStart,
    4 * row,
    4 * window.outPitch,
    count,
    window.pooledRows,
    window.pooledCols,
    units,
    stride,
    room.winners,
    room.lists,
    room.counts,
  );
}

/** Blame for the pictures that went in: the layer before's. */
export function passBlame(kernels: Kernels, layout: Layout, place: Workplace, l: number, count: number): void {
  const { layer: { units, transposed }, window, room } = convolutionOf(layout, place, l);
  const { picture, pitch, run, size } = window, { lists, counts } = room, dA = place.blame[l - 1]!;
  kernels.spreadBlame(
    dA,
    4 * picture,
    count,
    4 * pitch,
    run,
    size,
    units,
    lists,
    listBytes(window),
    counts,
    transposed,
  );
}

/**
 * The sums of the gradient, for the weights from `from` to `to`, both counted in numbers of the window.
 *
 * @param gradient Where the layer's gradient begins.
 */
export function convolutionGradient(
  kernels: Kernels,
  layout: Layout,
  place: Workplace,
  l: number,
  count: number,
  gradient: number,
  [from, to]: [from: number, to: number],
  add: boolean,
): void {
  const { layer: { units, stride }, window, room, pictures } = convolutionOf(layout, place, l);
  const { size, run, pitch, picture } = window, { lists, counts, slopes } = room, filter = size * paddedRun(run);
  for (let dy = 0; dy < size; dy++) {
    const first = Math.max(from, dy * run), width = Math.min(to, (dy + 1) * run) - first, dx = first - dy * run;
    if (width <= 0) continue;
    const own = slopes + 4 * (dy * paddedRun(run) + dx), window0 = pictures + 4 * (dy * pitch + dx);
    kernels.patchGradient(
      window0,
      4 * picture,
      count,
      units,
      lists,
      listBytes(window),
      counts,
      width,
      own,
      4 * filter,
      add,
    );
    kernels.transpose(own, units, 0, units, width, filter, gradient + 4 * first * stride, stride);
  }
}

/** The sums of the biases' gradient. */
export function biasGradient(
  kernels: Kernels,
  layout: Layout,
  place: Workplace,
  l: number,
  count: number,
  gradient: number,
  add: boolean,
): void {
  const { layer: { units }, window, room: { lists, counts } } = convolutionOf(layout, place, l);
  kernels.sumBlame(lists, listBytes(window), counts, count, units, gradient, add);
}

/** What is remembered, from one of the examples on. */
export function roomFrom(layer: LayerPlace, room: ConvolutionRoom | null, first: number): ConvolutionRoom | null {
  if (!room) return null;
  const { pooledRows, pooledCols } = layer.convolution!, places = first * pooledRows * pooledCols;
  return {
    ...room,
    winners: room.winners + 4 * places * layer.stride,
    lists: room.lists + 8 * places * layer.units,
    counts: room.counts + 4 * first * layer.units,
  };
}
