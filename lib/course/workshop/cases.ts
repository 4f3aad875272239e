/**
 * Small random networks on which the parts of the workshop are tried.
 *
 * @module
 */
import type { Draw } from "../draw.ts";
import type { PlainLayer, Table } from "./plain.ts";

/** A random network, images and labels: small, uneven, with numbers that no mistake was made for. */
export function drawCase(draw: Draw, size: number): { layers: PlainLayer[]; images: Table; labels: number[] } {
  const sizes = draw.list(draw.whole(2, 2 + Math.ceil(size / 3)) + 1, () => draw.whole(2, 2 + Math.ceil(size / 2)));
  const digits = draw.whole(1, 1 + size),
    table = (rows: number, columns: number) => draw.list(rows, () => draw.list(columns, () => draw.number() / 4));
  const layers = sizes.slice(1).map((units, l): PlainLayer => ({
    weights: table(units, sizes[l]!),
    bias: draw.list(units, () => draw.number() / 8),
  }));
  return {
    layers,
    images: table(sizes[0]!, digits),
    labels: draw.list(digits, () => draw.whole(0, sizes.at(-1)! - 1)),
  };
}

/** A case in words, such as `a network 2-3-2, 4 digits`. */
export function caseText(layers: readonly PlainLayer[], images: Table): string {
  const sizes = [layers[0]!.weights[0]!.length, ...layers.map(({ bias }) => bias.length)], digits = images[0]!.length;
  return `a network ${sizes.join("-")}, ${digits} digit${digits === 1 ? "" : "s"}`;
}
