/**
 * Forward and backward passes by the kernels, over a part of the examples.
 *
 * @module
 */
import { dropKey } from "../network/dropout.ts";
import type { Kernels } from "./kernels.ts";
import { biasGradient, convolutionGradient, convolve, inside, listBlame, passBlame } from "./convolution.ts";
import { ALL, chunksOf, denseAt, paddedInputs, type Part, type Share, shareOf, unpackImages, wide } from "./part.ts";
import type { LayerPlace, Layout, Workplace } from "./places.ts";

const FRESH = 0, ADD = 1; // what a product starts from

/** A factor of a product: where it is, and how many bytes further the next row and the next column are. */
type Factor = readonly [at: number, row: number, col: number];

/** A matrix of rows with so many numbers. */
const asItLies = (at: number, stride: number): Factor => [at, 4 * stride, 4];
const transposed = (at: number, stride: number): Factor => [at, 4, 4 * stride];

/**
 * Sends a part through the network; afterwards the workplace holds every layer's activations.
 *
 * @param learn The last layer's then hold `A − Y` instead, what backpropagation begins with.
 * @param report Where loss and number of right answers are added; 0 for nowhere.
 */
export function forwardPart(
  kernels: Kernels,
  layout: Layout,
  place: Workplace,
  part: Part,
  { learn, report }: { learn: boolean; report: number },
): void {
  const { set, first, count, rows } = part;
  if (layout.inPicture && !part.ready) unpackImages(kernels, layout, place, part);
  layout.layers.forEach((layer, l) => {
    const { inputs, units, width, stride, activation, offset, weightCount } = layer;
    const weights = layout.parameters + offset, bias = weights + 4 * weightCount, out = place.activations[l]!;
    if (layer.convolution) {
      convolve(kernels, layout, place, l, count);
    } else if (l === 0 && set.starts && !part.ready) {
      const { starts, entries, factor } = set;
      kernels.sparseProduct(
        wide(set),
        starts,
        entries,
        rows,
        first,
        first + count,
        weights,
        stride,
        width,
        factor,
        bias,
        out,
      );
    } else {
      const from = l === 0 ? denseAt(part, place) : place.activations[l - 1]!;
      const step = l === 0 ? paddedInputs(set) : layout.layers[l - 1]!.row;
      const [A, B] = [asItLies(from, step), asItLies(weights, stride)], { panel, packed } = place;
      kernels.product(...A, ...B, stride, out, stride, count, stride, inputs, bias, panel, packed);
    }
    if (l < layout.layers.length - 1) {
      inside(layer, count, (at, size) => kernels[hidden(activation)](out + at, size));
      if (learn) drop(kernels, layout, part, l, out);
    } else {
      const logistic = layout.loss === "squared-error" ? kernels.squaredError : kernels.logistic;
      const end = activation === "sigmoid" ? logistic : kernels.softmax;
      const labels = learn || report ? set.labels : 0;
      end(out, count, units, stride, labels, rows, rows ? 0 : first, report);
    }
  });
}

/** Sends the blame back through a part whose forward pass was just made with `learn`, down to the first layer. */
export function blamePart(kernels: Kernels, layout: Layout, place: Workplace, part: Part): void {
  const { layers } = layout, { count } = part;
  for (let l = layers.length - 1; l > 0; l--) {
    const { inputs, units, stride, offset, convolution } = layers[l]!, before = layers[l - 1]!;
    const dZ = blameOf(place, l), dA = place.blame[l - 1]!, a = place.activations[l - 1]!;
    if (convolution) {
      passBlame(kernels, layout, place, l, count);
    } else {
      const [A, B] = [asItLies(dZ, stride), transposed(layout.parameters + offset, stride)], { panel, packed } = place;
      kernels.product(...A, ...B, inputs, dA, before.row, count, before.row, units, FRESH, panel, packed);
    }
    kernels[`${hidden(before.activation)}Derivative`](dA, a, count * before.row);
    drop(kernels, layout, part, l - 1, dA); // nor does one that was dropped pass blame on
    if (before.convolution) listBlame(kernels, layout, place, l - 1, count);
  }
}

/** Drops some of what layer l gives on, where that is wanted: the same ones on the way back. */
function drop(kernels: Kernels, { dropout, layers }: Layout, { batch, count }: Part, l: number, at: number): void {
  if (!dropout || !batch || layers[l + 1]!.convolution) return;
  const { units, stride, convolution } = layers[l]!, { limit, factor, seed } = dropout, { from, step } = batch;
  const places = convolution ? convolution.pooledRows * convolution.pooledCols : 1;
  kernels.drop(at, from, count, places, units, stride, dropKey(seed, step, l), limit, factor);
}

/** A hidden layer's activation. Throws a TypeError for softmax, as the plain code does. */
function hidden(activation: LayerPlace["activation"]): "relu" | "sigmoid" | "tanh" {
  if (activation !== "softmax") return activation;
  throw new TypeError("Cannot take the slope of softmax in a hidden layer: use relu, sigmoid or tanh");
}

/**
 * The sums of the gradients over a part whose blame is known.
 *
 * @param gradients Where they go, as the block of parameters.
 * @param columns The part's entries as columns.
 * @param add To what the gradient holds already.
 * @param share Whose weights; the last worker has the biases, too.
 */
export function gradientPart(
  kernels: Kernels,
  layout: Layout,
  place: Workplace,
  part: Part,
  columns: { readonly starts: number; readonly entries: number },
  gradients: number,
  add: boolean,
  share: Share,
): void {
  const mode = add ? ADD : FRESH, last = share.worker + 1 === share.workers, { layers } = layout, { set, count } = part;
  layers.forEach(({ inputs, width, stride, offset, weightCount, convolution }, l) => {
    const [from, to] = shareOf(inputs, share), dZ = blameOf(place, l);
    const gradient = gradients + offset + 4 * from * stride, bias = gradients + offset + 4 * weightCount;
    if (convolution) {
      convolutionGradient(kernels, layout, place, l, count, gradients + offset, [from, to], add);
      if (last) biasGradient(kernels, layout, place, l, count, bias, add);
      return;
    }
    if (l === 0 && set.starts && !part.ready) {
      const { starts, entries } = columns;
      kernels.sparseProduct(
        wide(set),
        starts,
        entries,
        0,
        from,
        to,
        dZ,
        stride,
        width,
        set.factor,
        mode,
        gradient,
      );
    } else {
      const input = (l === 0 ? denseAt(part, place) : place.activations[l - 1]!) + 4 * from;
      const step = l === 0 ? paddedInputs(set) : layers[l - 1]!.row;
      const [A, B] = [transposed(input, step), asItLies(dZ, stride)], { panel, packed } = place;
      kernels.product(...A, ...B, stride, gradient, stride, to - from, stride, count, mode, panel, packed);
    }
    if (last) kernels.columnSum(dZ, count, stride, bias, add);
  });
}

/** Brings the transposed weights of convolutions up to date; needed after every step, before the next backward pass. */
export function transposeWeights(kernels: Kernels, { layers, parameters }: Layout, share = ALL): void {
  for (let l = 1; l < layers.length; l++) {
    const { inputs, units, stride, offset, transposed } = layers[l]!;
    if (!transposed) continue;
    kernels.transpose(
      parameters + offset,
      inputs,
      ...shareOf(inputs, share),
      units,
      stride,
      transposed,
      inputs,
    );
  }
}

/** The sums over one worker's shares of the first set, each in its own place. */
export function gradientOfShares(
  kernels: Kernels,
  layout: Layout,
  { worker, workers }: Share,
  reported: boolean,
): void {
  const place = layout.workplaces[worker]!, { shares, chunk, sets: [set], chunkColumns } = layout;
  const chunks = Math.ceil(set!.count / chunk), part = (of: number, i: number, n: number) => Math.round(of * i / n);
  for (let s = part(shares.length, worker, workers); s < part(shares.length, worker + 1, workers); s++) {
    const { gradient, report } = shares[s]!, from = part(chunks, s, shares.length);
    for (const [c, examples] of chunksOf(set!, chunk, from, part(chunks, s + 1, shares.length))) {
      forwardPart(kernels, layout, place, examples, { learn: true, report: reported ? report : 0 });
      blamePart(kernels, layout, place, examples);
      gradientPart(
        kernels,
        layout,
        place,
        examples,
        chunkColumns[c] ?? { starts: 0, entries: 0 },
        gradient,
        c > from,
        ALL,
      );
    }
  }
}

/** What a layer's sums are blamed for: for the last layer it lies where its activations were. */
function blameOf(place: Workplace, l: number): number {
  return l === place.blame.length ? place.activations[l]! : place.blame[l]!;
}
