/**
 * Where everything lies in the kernels' memory: weights, examples, and the room to work in.
 *
 * @module
 */
import type { Loss } from "../network/loss.ts";
import { type Network, pooledSize, summedSize } from "../network/network.ts";
import type { Matrix } from "../matrix.ts";
import { FIRST_FREE } from "./kernels.ts";
import type { ConvolutionRoom, LayerPlace, Layout, SetPlace, SharePlace, Workplace } from "./places.ts";

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

const PANEL_DEPTH = 512, PANEL_WIDTH = 64; // DEEP and WIDE of kernels/dense.ts
const STAGING = 2 ** 19; // bytes: they stay in the second-level cache

const pad = (count: number) => (count + 3) & ~3;

/** Numbers from one example to the next in images that lie ready for the first layer. */
export function rowOfImages({ convolution }: Pick<LayerPlace, "convolution">, inputs: number): number {
  return convolution?.picture ?? pad(inputs);
}

/** Sizes and strides of all layers. */
function sizesInMemory(
  { layers }: Network,
): Omit<LayerPlace, "offset" | "weightCount" | "transposed">[] {
  const places: ReturnType<typeof sizesInMemory> = [];
  for (const [l, { weights, activation, convolution }] of layers.entries()) {
    const units = weights.rows, width = pad(units), before = places.at(-1);
    if (!convolution) {
      const stride = width <= 8 ? width : (units + 15) & ~15,
        group = [before?.units ?? 1, before?.stride ?? 1] as const;
      const fromFilters = before?.convolution ?? null, inputs = fromFilters ? before!.row : weights.cols;
      places.push({
        ...{ inputs, group: fromFilters ? group : [1, 1], units, width, stride, activation },
        ...{ row: stride, convolution: null },
      });
      continue;
    }
    const { size, padding, pool, channels } = convolution, stride = (units + 7) & ~7, step = before?.stride ?? channels;
    const { rows, cols } = summedSize(convolution), { rows: pooledRows, cols: pooledCols } = pooledSize(convolution);
    const pitch = (convolution.width + 2 * padding) * step, border = layers[l + 1]?.convolution?.padding ?? 0;
    const outPitch = (pooledCols + 2 * border) * stride;
    places.push({
      ...{ inputs: size * size * step, group: [channels, step], units, width, stride, activation },
      row: (pooledRows + 2 * border) * outPitch,
      convolution: {
        ...{ size, run: size * step, step, pitch, picture: (convolution.height + 2 * padding) * pitch },
        ...{ rows, cols, pool, pooledRows, pooledCols, outPitch, outStart: border * (outPitch + stride) },
      },
    });
  }
  return places;
}

/** Room for what a convolution remembers of `most` examples. */
function roomFor(
  { convolution, units, stride }: Pick<LayerPlace, "convolution" | "units" | "stride">,
  most: number,
  work: Work,
  take: (bytes: number) => number,
): ConvolutionRoom {
  const { pooledRows, pooledCols, size, run } = convolution!,
    places = pooledRows * pooledCols,
    learns = work !== "reading";
  return {
    winners: take(4 * most * places * stride),
    lists: learns ? take(8 * most * places * units) : 0,
    counts: learns ? take(4 * most * units) : 0,
    slopes: learns ? take(4 * pad(units) * size * paddedRun(run)) : 0,
  };
}

/** Numbers for one row of a window in the gradient's own room: a row is cut anywhere, and summed by fours from there. */
export function paddedRun(run: number): number {
  return pad(run) + 4;
}

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
  { workers, work, moments, loss, grey, dropout = null, distortions = null }: {
    workers: number;
    work: Work;
    moments: number;
    loss: Loss;
    grey: boolean;
  } & Partial<Pick<Layout, "dropout" | "distortions">>,
): Layout {
  let top = FIRST_FREE;
  const batches = work === "batches";
  const take = (bytes: number) => {
    const at = top;
    top = 64 * Math.ceil((top + bytes) / 64); // no bit operation: it would wrap at 2 GB
    return at;
  };
  let offset = 0;
  const sizes = sizesInMemory(network).map((layer) => {
    const weightCount = layer.inputs * layer.stride, place = { ...layer, offset, weightCount };
    offset += 4 * (weightCount + layer.stride);
    return place;
  });
  const parameterCount = offset / 4, parameters = take(offset);
  const layers = sizes.map((layer, l) => ({
    ...layer,
    transposed: l && layer.convolution ? take(4 * layer.units * layer.inputs) : 0,
  }));
  const pictures = layers[0]!.convolution;
  const sets = sources.map(({ images, labels }): SetPlace => {
    const { rows: inputs, cols: count, data } = images, sparse = pictures !== null || density(images) < SPARSE_BELOW;
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
  const inputs = sets[0]!.inputs, most = Math.min(chunk, Math.max(...sets.map(({ count }) => count)));
  const chunkColumns = work !== "passes" || !learned.starts || pictures
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
  const dense = distortions !== null || sets.some(({ dense }) => dense);
  const longest = Math.max(
    ...layers.map(({ units, inputs }, l) => Math.max(units, l || dense || pictures ? inputs : 0)),
  );
  const filters = layers.map(({ convolution, weightCount }) => convolution ? 4 * weightCount : 0);
  const workplaces = Array.from({ length: workers }, (): Workplace => ({
    activations: layers.map(({ row }) => take(4 * most * row)),
    blame: layers.slice(0, -1).map(({ row }) => take(4 * most * row)),
    columnStarts: batches ? take(4 * (inputs + 1)) : 0,
    columnEntries: batches ? take(8 * most * inputs) : 0,
    gathered: pictures || (dense && batches) ? take(4 * most * rowOfImages(layers[0]!, inputs) + 64) : 0, // read a little beyond
    convolutions: layers.map((layer) => layer.convolution && roomFor(layer, most, work, take)),
    sums: take(Math.max(...layers.map(({ convolution: c, stride }) => c ? 4 * stride * c.pool * c.cols : 0))),
    panel: take(Math.max(4 * PANEL_WIDTH * Math.min(PANEL_DEPTH, deepest), ...filters)),
    packed: take(4 * pad(most) * pad(longest)),
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
  const inPicture = pictures ? take(4 * inputs) : 0;
  const order = batches ? take(4 * learned.count) : 0, signals = take(64), task = take(8 * 16);
  return {
    layers,
    parameters,
    parameterCount,
    moments: memories,
    sets,
    chunkColumns,
    inPicture,
    order,
    workplaces,
    shares,
    loss,
    chunk,
    staging,
    stagingBytes,
    dropout,
    distortions,
    signals,
    task,
    bytes: top,
  };
}
