/**
 * Where everything lies in the kernels' memory: weights, examples, and the room to work in.
 *
 * @module
 */
import type { Loss } from "../network/loss.ts";
import type { Network } from "../network/network.ts";
import type { Matrix } from "../matrix.ts";
import { FIRST_FREE } from "./kernels.ts";
import type { Layout, SetPlace, SharePlace, Workplace } from "./places.ts";

/**
 * How many shares a pass over all examples has, each summed up on its own, for any number of workers: so the same bytes
 * come out for any number.
 */
export const SHARES = 8;

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
 * @param options How many workers, what for, which loss, and whether all numbers are grey levels: whole numbers
 *   to 255 as bytes, or 255ths.
 */
export function layOut(
  network: Network,
  sources: readonly Source[],
  chunk: number,
  { workers, work, moments, loss, grey }: { workers: number; work: Work; moments: number; loss: Loss; grey: boolean },
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
    loss,
    chunk,
    staging,
    stagingBytes,
    signals,
    task,
    bytes: top,
  };
}
