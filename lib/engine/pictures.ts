/**
 * Pictures of a batch, changed anew in each epoch and laid ready for the first layer.
 *
 * @module
 */
import { distortionRandom, squareDistorter } from "../data/distort.ts";
import type { Part } from "./part.ts";
import { paddedInputs, wide } from "./part.ts";
import { rowOfImages } from "./layout.ts";
import type { Layout, SetPlace, Workplace } from "./places.ts";

/** Lays the pictures of a part, named by a list, ready in a workplace. */
export type LayReady = (place: Workplace, part: Part, step: number) => void;

/** A function that lays distorted pictures ready, or null where they are taken as they are. */
export function layingReady(memory: ArrayBufferLike, layout: Layout): LayReady | null {
  const { distortions, inPicture, layers, sets: [set] } = layout;
  if (!distortions) return null;
  const { inputs } = set!, distort = squareDistorter(inputs, distortions);
  const read = readerOf(memory, set!), changed = new Float32Array(inputs), row = rowOfImages(layers[0]!, inputs);
  const places = inPicture ? new Uint32Array(memory, inPicture, inputs) : null;
  return ({ gathered }, { rows, count }, step) => {
    const epoch = Math.floor(step / distortions.perEpoch), order = new Uint32Array(memory, rows, count);
    for (let j = 0; j < count; j++) {
      const example = order[j]!, out = new Float32Array(memory, gathered + 4 * j * row, row);
      distort(read(example), changed, distortionRandom(distortions.seed, epoch, example));
      if (!places) out.set(changed);
      else for (let i = 0; i < inputs; i++) out[places[i]! >> 2] = changed[i]!;
    }
  };
}

/** A function that reads one example of a set, whatever form it has in memory. */
function readerOf(memory: ArrayBufferLike, set: SetPlace): (example: number) => Float32Array {
  const { inputs, count, dense, factor } = set;
  if (dense) {
    return (example) => new Float32Array(memory, dense + 4 * example * paddedInputs(set), inputs);
  }
  const starts = new Uint32Array(memory, set.starts, count + 1), words = wide(set) ? 2 : 1;
  const entries = new Uint32Array(memory, set.entries, words * starts[count]!);
  const picture = new Float32Array(inputs), bits = new Uint32Array(1), value = new Float32Array(bits.buffer);
  return (example) => {
    picture.fill(0);
    for (let e = starts[example]!; e < starts[example + 1]!; e++) {
      const entry = entries[words * e]!; // narrow: the upper half of the value, and the place above it
      bits[0] = words === 1 ? entry << 16 : entry;
      picture[words === 1 ? entry >>> 16 : entries[2 * e + 1]!] = factor * value[0]!;
    }
    return picture;
  };
}
