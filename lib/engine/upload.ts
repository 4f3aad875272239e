/**
 * Puts examples into the engine's memory: lists of ink, or the numbers as they are.
 *
 * @module
 */
import type { Kernels } from "./kernels.ts";
import type { Layer, Network } from "../network/network.ts";
import type { Layout, SetPlace } from "./places.ts";
import type { Source } from "./layout.ts";

/** The upper half of each grey level as a Float32: all its bits that are not 0. */
const GREY_BITS = Uint32Array.from(
  { length: 256 },
  (_, grey) => new Uint32Array(Float32Array.of(grey).buffer)[0]! >>> 16,
);

/** Puts a set of examples into its place. False if it was to hold grey levels only, and does not. */
export function store(
  memory: ArrayBufferLike,
  kernels: Kernels,
  layout: Layout,
  place: SetPlace,
  { images, labels }: Source,
): boolean {
  const { rows: inputs, cols: count, data } = images, factor = data instanceof Uint8Array ? 1 / 255 : 1;
  if (labels) {
    new Uint8Array(memory, place.labels, count).set(labels instanceof Uint8Array ? labels : Array.from(labels));
  }
  if (!place.starts) {
    const width = (inputs + 3) & ~3, dense = new Float32Array(memory, place.dense, count * width);
    for (let j = 0; j < count; j++) {
      for (let i = 0; i < inputs; i++) dense[j * width + i] = factor * data[j * inputs + i]!;
    }
    return true;
  }
  const starts = new Uint32Array(memory, place.starts, count + 1);
  if (place.entryBytes === 4) {
    if (!(data instanceof Uint8Array)) {
      return storeFractions(new Uint32Array(memory, place.entries, data.length + 1), starts, data, inputs);
    }
    storeBytes(memory, kernels, layout, place, data);
    return true;
  }
  const numbers = new Float32Array(memory, place.entries, 2 * data.length);
  const rows = new Uint32Array(memory, place.entries, 2 * data.length);
  let entry = 0;
  for (let j = 0, at = 0; j < count; j++) {
    for (let i = 0; i < inputs; i++, at++) {
      if (data[at] === 0) continue;
      numbers[2 * entry] = factor * data[at]!;
      rows[2 * entry++ + 1] = i;
    }
    starts[j + 1] = entry;
  }
  return true;
}

/** Says where each input goes in a picture with the first convolution's border. */
export function fillPlaces(memory: ArrayBufferLike, { inPicture }: Layout, network: Network): void {
  const [{ convolution }] = network.layers as [Layer];
  if (!convolution) return;
  const { height, width, channels, padding } = convolution,
    places = new Uint32Array(memory, inPicture, height * width * channels);
  places.forEach((_, i) => {
    const pixel = Math.floor(i / channels), y = Math.floor(pixel / width) + padding, x = pixel % width + padding;
    places[i] = 4 * ((y * (width + 2 * padding) + x) * channels + i % channels);
  });
}

/** Bytes to entries by the kernel, some images at a time. */
function storeBytes(
  memory: ArrayBufferLike,
  kernels: Kernels,
  layout: Layout,
  place: SetPlace,
  data: Uint8Array,
): void {
  const { inputs, starts, entries } = place, { staging, stagingBytes } = layout, room = new Uint8Array(memory, staging);
  const some = Math.floor(stagingBytes / inputs);
  for (let first = 0; first < place.count; first += some) {
    const count = Math.min(some, place.count - first);
    room.set(data.subarray(first * inputs, (first + count) * inputs));
    kernels.packBytes(staging, count, inputs, starts + 4 * first, entries);
  }
}

/** 255ths to entries. False as soon as there is something else. */
function storeFractions(entries: Uint32Array, starts: Uint32Array, data: Float64Array, inputs: number): boolean {
  let entry = 0;
  for (let j = 0, at = 0; at < data.length; j++) {
    for (let i = 0; i < inputs; i++, at++) {
      if (data[at] === 0) continue;
      const scaled = 255 * data[at]!, grey = (scaled + 0.5) | 0;
      if (!(Math.abs(scaled - grey) < 1e-9) || grey > 255) return false;
      if (grey > 0) entries[entry++] = GREY_BITS[grey]! | i << 16;
    }
    starts[j + 1] = entry;
  }
  return true;
}

/** The entries of each chunk as columns, and where they are. */
export function fillColumns(memory: ArrayBufferLike, kernels: Kernels, layout: Layout): Layout["chunkColumns"] {
  const set = layout.sets[0]!;
  if (!layout.chunkColumns.length) return [];
  const starts = new Uint32Array(memory, set.starts, set.count + 1);
  return layout.chunkColumns.map(({ starts: columnStarts, entries }, c) => {
    const first = c * layout.chunk,
      last = Math.min(set.count, first + layout.chunk),
      at = entries + set.entryBytes * starts[first]!;
    kernels.transposeEntries(
      set.entryBytes === 8,
      set.starts,
      set.entries,
      0,
      first,
      last,
      0,
      set.inputs,
      columnStarts,
      at,
    );
    return { starts: columnStarts, entries: at };
  });
}
