/**
 * The light on a picture: how bright the paper would be at each place, were nothing written on it.
 *
 * @module
 */
import { type GreyImage, mapPixels, resize } from "./grey_image.ts";

const GRID = 48; // places along the longer side at which the light is looked at
const ROUNDS = 8, TRIM = 1.5; // how often, and which places count: those that differ less than so many typical differences
const FALL = 25; // grey levels: less unevenness is left to the look at the neighbourhood
const BETTER = 0.6; // of the differences must be gone

/** How the light may fall: evenly, aslant, as a bowl, and steeper towards the corners, as lenses do it. */
const shapes = (x: number, y: number) => [1, x, y, x * x, x * y, y * y, (x * x + y * y) ** 2];

/**
 * Takes away light that falls off across the whole picture: a smooth surface is laid through most of it, and what lies far off (the
 * ink) does not count. Pictures that are evenly lit, or so small or so full that there is no surface to see, stay as they are.
 */
export function evenlyLit(grey: GreyImage): GreyImage {
  const { width, height } = grey, scale = GRID / Math.max(width, height);
  if (scale > 0.5) return grey;
  const small = resize(grey, Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale)));
  const place = (column: number, row: number, image: GreyImage) =>
    shapes(2 * (column + 0.5) / image.width - 1, 2 * (row + 0.5) / image.height - 1);
  const at = Array.from(small.data, (_, i) => place(i % small.width, Math.floor(i / small.width), small));
  const middle = median(small.data), before = median(small.data.map((value) => Math.abs(value - middle)));
  let surface = [middle, 0, 0, 0, 0, 0, 0], off = small.data.map((value) => Math.abs(value - middle));
  for (let round = 0; round < ROUNDS; round++) {
    const typical = Math.max(1, median(off)), kept = [...off.keys()].filter((i) => off[i]! <= TRIM * 1.5 * typical);
    const fitted = leastSquares(kept.map((i) => at[i]!), kept.map((i) => small.data[i]!));
    if (!fitted) return grey;
    surface = fitted;
    off = small.data.map((value, i) => Math.abs(value - dot(surface, at[i]!)));
  }
  const light = at.map((terms) => dot(surface, terms)), lowest = Math.min(...light), highest = Math.max(...light);
  if (highest - lowest < FALL || median(off) > BETTER * before) return grey;
  return mapPixels(grey, (value, i) => {
    const here = dot(surface, place(i % width, Math.floor(i / width), grey));
    return Math.min(255, Math.max(0, value - here + middle));
  });
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, i) => sum + value * b[i]!, 0);
}

function median(values: Float64Array): number {
  return values.toSorted()[values.length >> 1]!;
}

/** Coefficients of the least squares fit (normal equations, Gauss with pivots); null where they are not determined. */
function leastSquares(rows: readonly number[][], values: readonly number[]): number[] | null {
  const count = rows[0]?.length ?? 0;
  if (rows.length < 4 * count || count === 0) return null;
  const system = Array.from({ length: count }, (_, r) => [
    ...Array.from({ length: count }, (_, c) => rows.reduce((sum, row) => sum + row[r]! * row[c]!, 0)),
    rows.reduce((sum, row, i) => sum + row[r]! * values[i]!, 0),
  ]);
  for (let c = 0; c < count; c++) {
    const pivot = system.slice(c).reduce(
      (best, row, i) => Math.abs(row[c]!) > Math.abs(system[best]![c]!) ? c + i : best,
      c,
    );
    [system[c], system[pivot]] = [system[pivot]!, system[c]!];
    if (Math.abs(system[c]![c]!) < 1e-9) return null;
    for (let r = 0; r < count; r++) {
      if (r === c) continue;
      const factor = system[r]![c]! / system[c]![c]!;
      for (let k = c; k <= count; k++) system[r]![k]! -= factor * system[c]![k]!;
    }
  }
  return system.map((row, i) => row[count]! / row[i]!);
}
