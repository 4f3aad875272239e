/**
 * Numbers that travel with a view, small: bytes as text, blank paper left out, weights in few bits.
 *
 * @module
 */
import { matrix } from "../../matrix.ts";
import type { Activation, Network } from "../../network/network.ts";
import type { Digits } from "../../data/digits.ts";

/** A few digits: their labels, and their ink as text. */
export interface PackedDigits {
  readonly labels: readonly number[];
  /** What the classes are called, where not by their number. */
  readonly classNames?: readonly string[];
  readonly width: number;
  readonly height: number;
  /** Base64 of bytes; a 0 is followed by how many there are in a row. */
  readonly ink: string;
}

/** A network whose weights keep some bits each. */
export interface PackedNetwork {
  readonly bits: number;
  /** Which inputs are kept, a bit each; the weights of the others are 0. */
  readonly used: string;
  readonly layers: readonly {
    readonly rows: number;
    readonly cols: number;
    readonly activation: Activation;
    /** The weight of one step. */
    readonly step: number;
    /** Weights column by column, then biases, bit after bit. */
    readonly numbers: string;
  }[];
}

/** Some digits of a set, packed: grey levels as bytes. */
export function packDigits(set: Digits, indices: readonly number[]): PackedDigits {
  const { width, height } = set, size = width * height, bytes: number[] = [];
  for (const index of indices) {
    const ink = set.pixels.subarray(index * size, (index + 1) * size);
    for (let i = 0; i < size;) {
      if (ink[i] !== 0) {
        bytes.push(ink[i++]!);
        continue;
      }
      let run = 1;
      while (run < 255 && i + run < size && ink[i + run] === 0) run++;
      bytes.push(0, run);
      i += run;
    }
  }
  const labels = indices.map((index) => set.labels[index]!), { classNames } = set;
  return { labels, ...classNames && { classNames }, width, height, ink: toBase64(Uint8Array.from(bytes)) };
}

/** The digits again, byte for byte. */
export function unpackDigits({ labels, classNames, width, height, ink }: PackedDigits): Digits {
  const pixels = new Uint8Array(labels.length * width * height), bytes = fromBase64(ink);
  for (let from = 0, to = 0; from < bytes.length;) {
    if (bytes[from] === 0) [from, to] = [from + 2, to + bytes[from + 1]!];
    else pixels[to++] = bytes[from++]!;
  }
  const shape = { pixels, labels: Uint8Array.from(labels), width, height, ...classNames && { classNames } };
  return { ...shape, name: "digits", provenance: "kept in the page" };
}

/**
 * A network with its weights rounded, each layer's to as many steps as the bits allow.
 *
 * @param network Any.
 * @param bits For each weight; 12 keep what three printed decimals show.
 * @param used Which inputs are ever other than 0; all where nothing is said.
 */
export function packNetwork({ layers }: Network, bits = 12, used?: (input: number) => boolean): PackedNetwork {
  const half = 2 ** (bits - 1), inputs = layers[0]!.weights.cols;
  const keeps = Array.from({ length: inputs }, (_, input) => used?.(input) ?? true);
  return {
    bits,
    used: packBits(keeps.map(Number), 1),
    layers: layers.map(({ weights, bias, activation }, l) => {
      const kept = l ? weights.data : weights.data.filter((_, i) => keeps[Math.floor(i / weights.rows)]);
      const all = [...kept, ...bias.data];
      const step = all.reduce((most, w) => Math.max(most, Math.abs(w)), 1e-300) / (half - 1);
      const numbers = packBits(all.map((w) => Math.round(w / step) + half), bits);
      return { rows: weights.rows, cols: weights.cols, activation, step, numbers };
    }),
  };
}

/** The network again, as it was rounded. */
export function unpackNetwork({ bits, used, layers }: PackedNetwork): Network {
  const half = 2 ** (bits - 1), keeps = unpackBits(used, 1, layers[0]!.cols);
  return {
    layers: layers.map(({ rows, cols, activation, step, numbers }, l) => {
      const count = l ? cols : keeps.reduce((sum, keep) => sum + keep, 0);
      const all = unpackBits(numbers, bits, (count + 1) * rows).map((whole) => (whole - half) * step);
      const weights = matrix(rows, cols), bias = matrix(rows, 1, all.slice(count * rows));
      for (let col = 0, from = 0; col < cols; col++) {
        if (!l && !keeps[col]) continue;
        weights.data.set(all.slice(from, from += rows), col * rows);
      }
      return { weights, bias, activation };
    }),
  };
}

function packBits(values: readonly number[], bits: number): string {
  const bytes = new Uint8Array(Math.ceil(values.length * bits / 8));
  values.forEach((value, i) => {
    for (let bit = 0; bit < bits; bit++) {
      const at = i * bits + bit;
      if (value >> bit & 1) bytes[at >> 3]! |= 1 << (at & 7);
    }
  });
  return toBase64(bytes);
}

function unpackBits(text: string, bits: number, count: number): number[] {
  const bytes = fromBase64(text);
  return Array.from({ length: count }, (_, i) => {
    let value = 0;
    for (let bit = 0; bit < bits; bit++) value |= (bytes[i * bits + bit >> 3]! >> (i * bits + bit & 7) & 1) << bit;
    return value;
  });
}

/** Bytes as a text in base64. */
export function toBase64(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}

/** The bytes of a text in base64; Uint8Array.fromBase64 is too young for many browsers. */
export function fromBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
}
