/**
 * Forward and backward passes by the kernels, over a part of the examples.
 *
 * @module
 */
import type { Kernels } from "./kernels.ts";
import type { LayerPlace, Layout, SetPlace, Workplace } from "./places.ts";

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
}

const FRESH = 0, ADD = 1; // what a product starts from

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
  { set, first, count, rows }: Part,
  { learn, report }: { learn: boolean; report: number },
): void {
  layout.layers.forEach(({ inputs, units, width, stride, activation, offset, weightCount }, l) => {
    const weights = layout.parameters + offset, bias = weights + 4 * weightCount, out = place.activations[l]!;
    if (l === 0 && set.starts) {
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
      const from = l === 0 ? denseAt(set, first, rows, place) : place.activations[l - 1]!;
      const step = l === 0 ? paddedInputs(set) : layout.layers[l - 1]!.stride;
      kernels.product(from, 4 * step, 4, weights, out, stride, count, stride, inputs, bias, place.panel, place.packed);
    }
    if (l < layout.layers.length - 1) {
      kernels[hidden(activation)](out, count * stride);
    } else {
      const logistic = layout.loss === "squared-error" ? kernels.squaredError : kernels.logistic;
      const end = activation === "sigmoid" ? logistic : kernels.softmax;
      const labels = learn || report ? set.labels : 0;
      end(out, count, units, stride, labels, rows, rows ? 0 : first, report);
    }
  });
}

/** Sends the blame back through a part whose forward pass was just made with `learn`, down to the first layer. */
export function blamePart(kernels: Kernels, { layers }: Layout, place: Workplace, count: number): void {
  for (let l = layers.length - 1; l > 0; l--) {
    const { units, stride, transposed } = layers[l]!, before = layers[l - 1]!;
    const dZ = blameOf(place, l), dA = place.blame[l - 1]!, a = place.activations[l - 1]!;
    const size = count * before.stride;
    kernels.product(
      dZ,
      4 * stride,
      4,
      transposed,
      dA,
      before.stride,
      count,
      before.stride,
      units,
      FRESH,
      place.panel,
      place.packed,
    );
    kernels[`${hidden(before.activation)}Derivative`](dA, a, size);
  }
}

/** A hidden layer's activation. Throws a TypeError for softmax, as the plain code does. */
function hidden(activation: LayerPlace["activation"]): "relu" | "sigmoid" | "tanh" {
  if (activation !== "softmax") return activation;
  throw new TypeError("Cannot take the slope of softmax in a hidden layer: use relu, sigmoid or tanh");
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
  { layers }: Layout,
  place: Workplace,
  { set, first, count, rows }: Part,
  columns: { readonly starts: number; readonly entries: number },
  gradients: number,
  add: boolean,
  share: Share,
): void {
  const mode = add ? ADD : FRESH, last = share.worker + 1 === share.workers;
  layers.forEach(({ inputs, width, stride, offset, weightCount }, l) => {
    const [from, to] = shareOf(inputs, share), dZ = blameOf(place, l);
    const gradient = gradients + offset + 4 * from * stride;
    if (l === 0 && set.starts) {
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
      const input = (l === 0 ? denseAt(set, first, rows, place) : place.activations[l - 1]!) + 4 * from;
      const step = l === 0 ? paddedInputs(set) : layers[l - 1]!.stride;
      kernels.product(
        input,
        4,
        4 * step,
        dZ,
        gradient,
        stride,
        to - from,
        stride,
        count,
        mode,
        place.panel,
        place.packed,
      );
    }
    if (last) kernels.columnSum(dZ, count, stride, gradients + offset + 4 * weightCount, add);
  });
}

/** Brings the transposed weights up to date; needed after every step, before the next backward pass. */
export function transposeWeights(kernels: Kernels, { layers, parameters }: Layout, share = ALL): void {
  for (let l = 1; l < layers.length; l++) {
    const { inputs, units, stride, offset, transposed } = layers[l]!, [from, to] = shareOf(inputs, share);
    kernels.transpose(parameters + offset, inputs, from, to, units, stride, transposed, layers[l - 1]!.stride);
  }
}

/** The chunks of a set from `from` to `to`, both counted in chunks. */
export function* chunksOf(set: SetPlace, chunk: number, from = 0, to = Infinity): Generator<[number, Part]> {
  for (let c = from; c < to && c * chunk < set.count; c++) {
    yield [c, { set, first: c * chunk, count: Math.min(chunk, set.count - c * chunk), rows: 0 }];
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
      blamePart(kernels, layout, place, examples.count);
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

export function wide(set: SetPlace): boolean {
  return set.entryBytes === 8;
}

export function paddedInputs(set: SetPlace): number {
  return (set.inputs + 3) & ~3;
}

function denseAt(set: SetPlace, first: number, rows: number, place: Workplace): number {
  return rows ? place.gathered : set.dense + 4 * first * paddedInputs(set);
}
