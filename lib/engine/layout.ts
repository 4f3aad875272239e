/**
 * Where everything lies in the kernels' memory: weights, examples, and the room to work in.
 *
 * @module
 */
import type { Activation, Network } from "../network/network.ts";
import type { Matrix } from "../matrix.ts";
import { FIRST_FREE } from "./kernels.ts";

/** One layer in memory. */
export interface LayerPlace {
  /** How many numbers go in. */
  readonly inputs: number;
  /** How many come out. */
  readonly units: number;
  /** Units rounded up to a multiple of four: what is computed. */
  readonly width: number;
  /** Numbers per row: 4, 8 or a multiple of 16, so that a row begins where a cache line does. */
  readonly stride: number;
  /** What is done to the sums. */
  readonly activation: Activation;
  /** Where its weights begin within the block of all parameters, in bytes: inputs rows of stride numbers, then the bias. */
  readonly offset: number;
  /** How many numbers the weights are, with padding. */
  readonly weightCount: number;
  /** Where the transposed weights are: one row per unit, as many numbers as the layer before has in its stride. */
  readonly transposed: number;
}

/** A set of examples in memory. */
export interface SetPlace {
  /** How many. */
  readonly count: number;
  /** Numbers per example. */
  readonly inputs: number;
  /** The labels, one byte each; 0 if there are none. */
  readonly labels: number;
  /** Where each row of entries begins, and the entries; 0 if the examples are dense. */
  readonly starts: number;
  /** The entries, `entryBytes` each. */
  readonly entries: number;
  /** 4 for grey levels, 8 for any other numbers; see kernels/sparse.ts. */
  readonly entryBytes: 4 | 8;
  /** What an entry's value is multiplied with. */
  readonly factor: number;
  /** The numbers as they are, `inputs` padded to a multiple of four in a row; 0 if the examples are sparse. */
  readonly dense: number;
}

/** What one worker needs for itself. */
export interface Workplace {
  /** The activations of each layer for one chunk of examples. */
  readonly activations: readonly number[];
  /** The blame of each layer for one chunk; the last layer's lies in its activations. */
  readonly blame: readonly number[];
  /** Columns of entries for one batch. */
  readonly columnStarts: number;
  /** The same. */
  readonly columnEntries: number;
  /** Dense examples of one batch, side by side. */
  readonly gathered: number;
  /** Eight columns of a factor, copied together. */
  readonly panel: number;
  /** Rows of a factor, four at a time side by side. */
  readonly packed: number;
}

/** What is summed up over a share of the examples. */
export interface SharePlace {
  /** The gradient: as the block of parameters. */
  readonly gradient: number;
  /** Loss and number of right answers, as doubles. */
  readonly report: number;
}

/**
 * How many shares a pass over all examples has, each summed up on its own, for any number of workers: so the same bytes
 * come out for any number.
 */
export const SHARES = 8;

/** The whole memory; plain numbers, so that workers can be told. */
export interface Layout {
  /** The layers, first to last. */
  readonly layers: readonly LayerPlace[];
  /** All weights and biases, one block. */
  readonly parameters: number;
  /** How many numbers that block has. */
  readonly parameterCount: number;
  /** Room for an optimiser's two memories, as the block of parameters. */
  readonly moments: readonly [number, number];
  /** The sets of examples. */
  readonly sets: readonly SetPlace[];
  /** Columns of entries of each chunk of the first set, prepared once; none with mini-batches. */
  readonly chunkColumns: readonly { readonly starts: number; readonly entries: number }[];
  /** The order of the examples in an epoch, 4 bytes each. */
  readonly order: number;
  /** One workplace per worker. */
  readonly workplaces: readonly Workplace[];
  /** The sums: up to {@linkcode SHARES} of a pass; of a batch one gradient, and a report for each worker. */
  readonly shares: readonly SharePlace[];
  /** How many examples at most are worked on at once. */
  readonly chunk: number;
  /** Room for some images as bytes on their way to entries. */
  readonly staging: number;
  /** How much of it, at least one image. */
  readonly stagingBytes: number;
  /** Signals between workers, 4 bytes each. */
  readonly signals: number;
  /** What to do with a batch, as doubles. */
  readonly task: number;
  /** How many bytes in all. */
  readonly bytes: number;
}

/** What the memory is for: passes over all examples, shuffled batches of them, or no learning at all. */
export type Work = "passes" | "batches" | "reading";

/** How many shares a pass has: none without a chunk. */
export function sharesOf(count: number, chunk: number): number {
  return Math.min(SHARES, Math.ceil(count / chunk));
}

/** Images and labels as they are handed in: numbers from 0 to 1, or bytes that stand for value / 255. */
export interface Source {
  /** `[inputs × examples]`, one column per example. */
  readonly images: Matrix | ByteImages;
  /** One class per example, where they are known. */
  readonly labels?: ArrayLike<number>;
}

/** Images as bytes, 255 standing for 1. */
export interface ByteImages {
  /** Pixels per image. */
  readonly rows: number;
  /** How many images. */
  readonly cols: number;
  /** Image after image. */
  readonly data: Uint8Array;
}

/** The share of numbers that are not 0 up to which skipping the zeros pays: 784-128-128-10 breaks even at 0.65. */
export const SPARSE_BELOW = 0.6;

/** The share of numbers that are not 0, judged by some hundred examples spread over all. */
function density({ rows, cols, data }: Source["images"]): number {
  const step = Math.max(1, Math.floor(cols / 100));
  let ink = 0, seen = 0;
  for (let j = 0; j < cols; j += step) {
    for (let i = j * rows; i < (j + 1) * rows; i++, seen++) if (data[i] !== 0) ink++;
  }
  return ink / seen;
}

const STAGING = 2 ** 19; // bytes: they stay in the second-level cache

const pad = (count: number) => (count + 3) & ~3;

/**
 * Gives everything its place.
 *
 * @param network Its sizes and activations.
 * @param sources The sets of examples; the first is the one that is learned from.
 * @param chunk Examples worked on at once.
 * @param options How many workers, what for, and whether all numbers are grey levels: whole numbers
 *   to 255 as bytes, or 255ths.
 */
export function layOut(
  network: Network,
  sources: readonly Source[],
  chunk: number,
  { workers, work, moments, grey }: { workers: number; work: Work; moments: number; grey: boolean },
): Layout {
  let top = FIRST_FREE;
  const batches = work === "batches";
  const take = (bytes: number) => {
    const at = top;
    top = 64 * Math.ceil((top + bytes) / 64); // no bit operation: it would wrap at 2 GB
    return at;
  };
  let offset = 0;
  const sizes = network.layers.map(({ weights, activation }) => {
    const units = weights.rows,
      inputs = weights.cols,
      width = pad(units),
      stride = width <= 8 ? width : (units + 15) & ~15;
    const weightCount = inputs * stride;
    const place = { inputs, units, width, stride, activation, offset, weightCount };
    offset += 4 * (weightCount + stride);
    return place;
  });
  const parameterCount = offset / 4, parameters = take(offset);
  const layers = sizes.map((layer, l) => ({
    ...layer,
    transposed: l === 0 ? 0 : take(4 * layer.units * sizes[l - 1]!.stride),
  }));
  const sets = sources.map(({ images, labels }): SetPlace => {
    const { rows: inputs, cols: count, data } = images, sparse = density(images) < SPARSE_BELOW;
    const narrow = grey && inputs < 65536 && chunk <= 65536;
    const entryBytes = narrow ? 4 : 8;
    return {
      count,
      inputs,
      labels: labels ? take(count) : 0,
      starts: sparse ? take(4 * (count + 1)) : 0,
      entries: sparse ? take(entryBytes * (data.length + 4)) : 0, // memory that is never written costs nothing
      entryBytes,
      factor: narrow ? 1 / 255 : 1,
      dense: sparse ? 0 : take(4 * count * pad(inputs)),
    };
  });
  const [learned] = sets as [SetPlace];
  const inputs = layers[0]!.inputs, most = Math.min(chunk, Math.max(...sets.map(({ count }) => count)));
  const chunkColumns = work !== "passes" || !learned.starts
    ? []
    : Array.from({ length: Math.ceil(learned.count / chunk) }, () => ({
      starts: take(4 * (inputs + 1)),
      entries: 0,
    }));
  if (chunkColumns.length) {
    const all = take(learned.entryBytes * learned.inputs * learned.count);
    for (const place of chunkColumns) place.entries = all; // moved to its own part once the entries are known
  }
  const deepest = Math.max(most, ...layers.map(({ units, inputs }) => Math.max(units, inputs)));
  const dense = sets.some(({ dense }) => dense);
  const longest = Math.max(...layers.map(({ units, inputs }, l) => Math.max(units, l || dense ? inputs : 0)));
  const workplaces = Array.from({ length: workers }, (): Workplace => ({
    activations: layers.map(({ stride }) => take(4 * most * stride)),
    blame: layers.slice(0, -1).map(({ stride }) => take(4 * most * stride)),
    columnStarts: batches ? take(4 * (inputs + 1)) : 0,
    columnEntries: batches ? take(8 * most * inputs) : 0,
    gathered: dense && batches ? take(4 * most * pad(inputs)) : 0,
    panel: take(32 * deepest),
    packed: take(4 * most * longest),
  }));
  const gradient = work === "reading" ? 0 : take(offset);
  const shares = Array.from(
    { length: work === "passes" ? sharesOf(learned.count, chunk) : workers },
    (_, i): SharePlace => ({
      gradient: work === "passes" && i > 0 ? take(offset) : gradient,
      report: take(16),
    }),
  );
  const memories = [0, 1].map((i) => i < moments ? take(offset) : 0) as [number, number];
  const stagingBytes = Math.max(STAGING, inputs), staging = take(stagingBytes + 15); // the kernel looks at 16 at a time
  const order = batches ? take(4 * learned.count) : 0, signals = take(64), task = take(8 * 16);
  return {
    layers,
    parameters,
    parameterCount,
    moments: memories,
    sets,
    chunkColumns,
    order,
    workplaces,
    shares,
    chunk,
    staging,
    stagingBytes,
    signals,
    task,
    bytes: top,
  };
}
