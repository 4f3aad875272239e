/**
 * More to learn from: copies of digits that are moved or turned a little and are still the same digits.
 *
 * @module
 */
import { type Digits, pick } from "./digits.ts";

/**
 * Every digit moved by whole pixels; what leaves the picture is lost, what comes in is paper.
 *
 * @param right Pixels to the right; to the left below 0.
 * @param down Pixels down; up below 0.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { drawDigits } from "./drawn_digits.ts";
 *
 * const set = drawDigits(1, 1), moved = shifted(set, 1, 0);
 * assertEquals(moved.pixels[28 * 14 + 15], set.pixels[28 * 14 + 14]);
 * ```
 */
export function shifted(set: Digits, right: number, down: number): Digits {
  return redrawn(set, (ink, x, y) => ink(x - right, y - down));
}

/**
 * Every digit turned about its picture's centre.
 *
 * @param degrees Clockwise.
 */
export function turned(set: Digits, degrees: number): Digits {
  const angle = degrees * Math.PI / 180, cos = Math.cos(angle), sin = Math.sin(angle);
  const [middleX, middleY] = [set.width / 2, set.height / 2];
  return redrawn(set, (ink, column, row) => { // where does this pixel come from?
    const dx = column - middleX, dy = row - middleY;
    return inkBetween(ink, middleX + cos * dx + sin * dy, middleY - sin * dx + cos * dy);
  });
}

/**
 * The ink at a place between pixels: the four nearest, mixed.
 *
 * @param ink The ink at a pixel, counted in columns and rows.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(inkBetween((x) => x, 2.25, 7), 2.25);
 * ```
 */
export function inkBetween(ink: (x: number, y: number) => number, x: number, y: number): number {
  const left = Math.floor(x), top = Math.floor(y), u = x - left, v = y - top;
  return (1 - v) * ((1 - u) * ink(left, top) + u * ink(left + 1, top)) +
    v * ((1 - u) * ink(left, top + 1) + u * ink(left + 1, top + 1));
}

/** Every pixel drawn anew from the picture as it was, which is paper beyond its rim. */
export function redrawn(
  set: Digits,
  colour: (ink: (x: number, y: number) => number, x: number, y: number) => number,
): Digits {
  const { width, height } = set, size = width * height;
  const all = (source: ArrayLike<number>) => {
    const drawn = new Float64Array(source.length);
    let first = 0;
    const ink = (x: number, y: number) =>
      x >= 0 && y >= 0 && x < width && y < height ? source[first + width * y + x]! : 0;
    for (let i = 0; first < source.length; first += size) {
      for (let y = 0; y < height; y++) {
        for (let x = 0; x < width; x++) drawn[i++] = colour(ink, x, y);
      }
    }
    return drawn;
  };
  const pixels = all(set.pixels).map(Math.round);
  return {
    ...pick(set, []),
    pixels: Uint8Array.from(pixels),
    ...set.values && { values: all(set.values) },
    labels: set.labels.slice(),
  };
}

/** The copies that {@linkcode augmented} adds, by name. */
export const AUGMENTATIONS: Readonly<Record<string, readonly ((set: Digits) => Digits)[]>> = {
  none: [],
  shift: [[1, 0], [-1, 0], [0, 1], [0, -1]].map(([right, down]) => (set: Digits) => shifted(set, right!, down!)),
  turn: [-10, 10].map((degrees) => (set: Digits) => turned(set, degrees)),
  get "shift+turn"() {
    return [...this.shift!, ...this.turn!];
  },
};

/**
 * The digits, and behind them copies that are moved by a pixel (`shift`: four) or turned by ten degrees (`turn`: two).
 *
 * @param kind `none`, `shift`, `turn` or `shift+turn`.
 * @see Nielsen, Neural Networks and Deep Learning (2015), chapter 3; Simard, Steinkraus and Platt, "Best Practices for Convolutional Neural Networks" (2003)
 */
export function augmented(set: Digits, kind: string): Digits {
  const parts = [set, ...AUGMENTATIONS[kind]!.map((change) => change(set))], [{ pixels, labels }] = parts as [Digits];
  const joined = {
    pixels: new Uint8Array(parts.length * pixels.length),
    labels: new Uint8Array(parts.length * labels.length),
    ...set.values && { values: new Float64Array(parts.length * pixels.length) },
  };
  parts.forEach((part, k) => {
    joined.pixels.set(part.pixels, k * pixels.length);
    joined.labels.set(part.labels, k * labels.length);
    joined.values?.set(part.values!, k * pixels.length);
  });
  return { ...pick(set, []), ...joined };
}
