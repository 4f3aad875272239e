import { assertEquals } from "@std/assert";
import { drawDigits } from "../../lib/data/drawn_digits.ts";
import type { Examples } from "../../lib/data/examples.ts";
import { normalise } from "../../lib/data/prepare.ts";
import { matrix } from "../../lib/matrix.ts";
import type { Activations } from "../../lib/network/network.ts";
import { normal, seededRandom } from "../../lib/random.ts";

export const SIGMOID: Activations = { hidden: "sigmoid", output: "sigmoid" };

export function drawn(count: number, seed: number): Examples {
  const set = drawDigits(count, seed);
  return { images: normalise(set), labels: set.labels };
}

/** Images without a zero, of any size: what the engine takes as they are. */
export function dense(inputs: number, count: number, seed: number, classes = 10): Examples {
  const draw = normal(seededRandom(seed)), uniform = seededRandom(seed + 1);
  return {
    images: matrix(inputs, count, Float64Array.from({ length: inputs * count }, draw)),
    labels: Uint8Array.from({ length: count }, () => Math.floor(classes * uniform())),
  };
}

/** Three in ten numbers, none of them a 255th: entries of 8 bytes. */
export function thin(inputs: number, count: number, seed: number): Examples {
  const { images, labels } = dense(inputs, count, seed), keep = seededRandom(seed + 2);
  return { images: { ...images, data: images.data.map((x) => keep() < 0.3 ? x : 0) }, labels };
}

/** The largest difference, as a share of the largest number in `expected`. */
export function apart(got: ArrayLike<number>, expected: ArrayLike<number>): number {
  assertEquals(got.length, expected.length);
  let largest = 0, scale = 0;
  for (let i = 0; i < got.length; i++) {
    largest = Math.max(largest, Math.abs(got[i]! - expected[i]!));
    scale = Math.max(scale, Math.abs(expected[i]!));
  }
  return largest / scale;
}
