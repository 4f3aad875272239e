/**
 * Another picture of the same digit: shifted, turned, scaled, and bent as if the hand had trembled.
 *
 * @module
 * @see Simard, Steinkraus and Platt, "Best Practices for Convolutional Neural Networks Applied to Visual Document Analysis" (2003)
 */
import { inkBetween } from "./augment.ts";
import { mixedSeed, type Random, seededRandom, uniform } from "../random.ts";

/** How far a digit may be changed; what is left out stays as it is. */
export interface Distortions {
  /** Shifted by up to so many pixels, each way. */
  readonly shift?: number;
  /** Turned by up to so many degrees, each way. */
  readonly turn?: number;
  /** Stretched or squeezed by up to this share, each axis on its own; below 1. */
  readonly scale?: number;
  /**
   * Elastic: every pixel is pulled somewhere else, neighbours nearly alike. `strength` is Simard's α, `smoothness` his σ, both
   * in pixels: a random field, smoothed by a Gaussian of that width, times α.
   */
  readonly elastic?: { readonly strength: number; readonly smoothness: number };
}

/** About as differently as one hand writes the same digit: chosen on a validation part of MNIST, see chapter 16. */
export const HANDWRITING: Distortions = {
  shift: 1.5,
  turn: 8,
  scale: 0.08,
  elastic: { strength: 16, smoothness: 4 },
};

/** Distortions with the seed that all draws hang on. */
export interface SeededDistortions extends Distortions {
  /** A whole number. */
  readonly seed: number;
}

/** Changes a picture: numbers row by row in, as many out. */
export type Distorter = (picture: ArrayLike<number>, out: Float32Array | Float64Array, random: Random) => void;

/**
 * Throws a RangeError if a number makes no sense.
 *
 * @throws {RangeError} If one is below 0 or not finite, a scale is not below 1, or an elastic smoothness is below 1.
 */
export function assertDistortions({ shift = 0, turn = 0, scale = 0, elastic }: Distortions): void {
  const { strength = 0, smoothness = 1 } = elastic ?? {};
  const wanted = [
    ["shift", shift, 0, Infinity],
    ["turn", turn, 0, 180],
    ["scale", scale, 0, 0.9],
    ["elastic.strength", strength, 0, Infinity],
    ["elastic.smoothness", smoothness, 1, Infinity],
  ] as const;
  for (const [name, value, least, most] of wanted) {
    if (Number.isFinite(value) && value >= least && value <= most) continue;
    const limit = most < Infinity ? `from ${least} to ${most}` : `a finite number from ${least}`;
    throw new RangeError(`Cannot distort digits: ${name} must be ${limit}, got ${value}`);
  }
}

/**
 * A function that makes another picture of each it is given, every time another.
 *
 * For each pixel it asks where its ink comes from, turned, scaled and shifted back and pulled by the elastic field, and mixes
 * the four pixels nearest to that place. Beyond the rim is paper.
 *
 * @param width Pixels per row, and `height` rows.
 * @throws {RangeError} As {@linkcode assertDistortions}.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { seededRandom } from "../random.ts";
 *
 * const same = distorter(2, 2, {}), out = new Float64Array(4);
 * same([0, 1, 0.5, 0], out, seededRandom(1));
 * assertEquals([...out], [0, 1, 0.5, 0]);
 * ```
 */
export function distorter(width: number, height: number, distortions: Distortions): Distorter {
  assertDistortions(distortions);
  const { shift = 0, turn = 0, scale = 0, elastic } = distortions;
  const field = elastic?.strength ? elasticField(width, height, elastic) : null;
  const [middleX, middleY] = [(width - 1) / 2, (height - 1) / 2];
  return (picture, out, random) => {
    const angle = uniform(random, -turn, turn) * Math.PI / 180;
    const [scaleX, scaleY] = [1 + uniform(random, -scale, scale), 1 + uniform(random, -scale, scale)];
    const [right, down] = [uniform(random, -shift, shift), uniform(random, -shift, shift)];
    const cos = Math.cos(angle), sin = Math.sin(angle), pull = field?.(random);
    const ink = (x: number, y: number) => x >= 0 && y >= 0 && x < width && y < height ? picture[width * y + x]! : 0;
    for (let row = 0, i = 0; row < height; row++) {
      for (let col = 0; col < width; col++, i++) {
        const dx = col - middleX - right, dy = row - middleY - down;
        const x = middleX + (cos * dx + sin * dy) / scaleX + (pull ? pull.x[i]! : 0);
        const y = middleY + (cos * dy - sin * dx) / scaleY + (pull ? pull.y[i]! : 0);
        out[i] = inkBetween(ink, x, y);
      }
    }
  };
}

/**
 * The same for square pictures of so many pixels.
 *
 * @throws {TypeError} If they are no squares.
 */
export function squareDistorter(pixels: number, distortions: Distortions): Distorter {
  const side = Math.sqrt(pixels);
  if (Number.isInteger(side)) return distorter(side, side, distortions);
  throw new TypeError(`Cannot distort pictures of ${pixels} pixels: they must be squares`);
}

/**
 * A random field for each axis, smoothed by a Gaussian. It is drawn for every other pixel only, and mixed between: at a
 * smoothness of some pixels nobody sees the difference, and it takes a quarter of the time.
 */
function elasticField(width: number, height: number, { strength, smoothness }: NonNullable<Distortions["elastic"]>) {
  const cols = (width + 1 >> 1) + 1, rows = (height + 1 >> 1) + 1, sigma = smoothness / 2;
  const reach = Math.ceil(3 * sigma),
    weights = Float64Array.from({ length: reach + 1 }, (_, d) => Math.exp(-d * d / (2 * sigma * sigma)));
  const total = weights.reduce((sum, w) => sum + w) * 2 - 1;
  weights.forEach((w, d) => weights[d] = w / total);
  const coarse = new Float64Array(cols * rows), half = new Float64Array(cols * rows);
  const fields = { x: new Float64Array(width * height), y: new Float64Array(width * height) };
  const along = (
    from: Float64Array,
    to: Float64Array,
    lines: number,
    lineStep: number,
    length: number,
    step: number,
  ) => {
    for (let line = 0; line < lines; line++) {
      for (let i = 0; i < length; i++) {
        let sum = 0;
        for (let j = Math.max(0, i - reach); j <= Math.min(length - 1, i + reach); j++) {
          sum += weights[Math.abs(i - j)]! * from[line * lineStep + j * step]!;
        }
        to[line * lineStep + i * step] = sum;
      }
    }
  };
  return (random: Random) => {
    for (const field of [fields.x, fields.y]) {
      coarse.forEach((_, i) => coarse[i] = strength / 2 * (2 * random() - 1)); // half as many neighbours even it out: half the strength
      along(coarse, half, rows, cols, cols, 1);
      along(half, coarse, cols, 1, rows, cols);
      for (let y = 0, i = 0; y < height; y++) {
        const top = (y >> 1) * cols, below = top + (y & 1) * cols;
        for (let x = 0; x < width; x++, i++) {
          const left = x >> 1, right = left + (x & 1);
          field[i] = (coarse[top + left]! + coarse[top + right]! + coarse[below + left]! + coarse[below + right]!) / 4;
        }
      }
    }
    return fields;
  };
}

/** The generator for one digit's picture in one epoch: its own, so that nothing depends on who draws first. */
export function distortionRandom(seed: number, epoch: number, example: number): Random {
  return seededRandom(mixedSeed(seed, epoch, example));
}
