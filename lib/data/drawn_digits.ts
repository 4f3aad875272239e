/**
 * Digits drawn by the program itself, so that the course works at once and offline.
 *
 * Each digit starts as a skeleton (skeletons.ts) whose points wander a little; a hand is then
 * imitated by slant, stretch, rotation, curvature and pen width, and the result is placed as MNIST
 * places its digits: fitted into 20 × 20 pixels, centre of mass in the middle of 28 × 28.
 *
 * Only `+ − × ÷ √` and whole-number arithmetic decide a pixel, and these are exact to the last bit in
 * every JavaScript engine: the same seed gives the same bytes everywhere.
 *
 * @module
 */
import { type Random, seededRandom, uniform } from "../random.ts";
import { type Digits, shiftToCentre } from "./digits.ts";
import { type Path, type Skeleton, SKELETONS } from "./skeletons.ts";

interface Point {
  x: number;
  y: number;
}

/** The seed of the digits that the notebooks draw. */
export const DRAWN_SEED = 2024;

const SIZE = 28; // pixels, as MNIST
const BOX = 20; // the part of it that the ink may fill
const CURVE_STEPS = 6; // straight pieces between two points of a path

/**
 * A set of drawn digits: labels evenly at random, every picture different.
 *
 * @param count How many, a whole number from 1.
 * @param seed Same seed, same bytes.
 * @param ways How people write; those of the course where nothing is said.
 * @throws {RangeError} If `count` is not a whole number from 1.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(drawDigits(3, 7).pixels, drawDigits(4, 7).pixels.slice(0, 3 * 784));
 * ```
 */
export function drawDigits(count: number, seed: number, ways = SKELETONS): Digits {
  if (!Number.isInteger(count) || count < 1) {
    throw new RangeError(`Cannot draw digits: count must be a whole number from 1, got ${count}`);
  }
  const random = seededRandom(seed);
  const pixels = new Uint8Array(count * SIZE * SIZE), labels = new Uint8Array(count);
  for (let i = 0; i < count; i++) {
    labels[i] = Math.floor(random() * 10);
    pixels.set(drawDigit(labels[i]!, Math.floor(random() * 2 ** 32), ways), i * SIZE * SIZE);
  }
  return {
    pixels,
    labels,
    width: SIZE,
    height: SIZE,
    name: "drawn digits",
    provenance: `${count.toLocaleString("en")} digits drawn by this program (seed ${seed}), not written by people`,
  };
}

/**
 * One digit, drawn one way.
 *
 * @param digit Which, 0 to 9.
 * @param variation Any whole number; each gives another handwriting.
 * @param skeletons How people write.
 * @returns 28 × 28 grey levels, row by row, 0 paper to 255 ink.
 * @throws {RangeError} If `digit` is not 0 to 9.
 */
export function drawDigit(digit: number, variation: number, skeletons = SKELETONS): Uint8Array {
  const ways = skeletons[digit];
  if (!ways) throw new RangeError(`Cannot draw ${digit}: must be a digit from 0 to 9`);
  const random = seededRandom(variation);
  const haste = uniform(random, 0.35, 1);
  const lines = choose(ways, random).paths.map((path, i) => trim(curve(wander(path, i, random), haste), random));
  return centre(ink(place(handwriting(lines, digit, random), random)));
}

/** About normal with mean 0 and standard deviation 1: a sum of uniforms, since logarithms differ between machines. */
function bell(random: Random): number {
  return (random() + random() + random() + random() - 2) * 1.732;
}

function choose(ways: readonly Skeleton[], random: Random): Skeleton {
  let rest = random() * ways.reduce((sum, { weight }) => sum + weight, 0);
  return ways.find(({ weight }) => (rest -= weight) < 0) ?? ways[0]!;
}

/** Every point a little elsewhere; a second stroke also starts a little elsewhere as a whole, so that it touches or misses. */
function wander(path: Path, stroke: number, random: Random): Path {
  const away = stroke > 0 ? 0.07 : 0;
  const moveX = bell(random) * away, moveY = bell(random) * away;
  let driftX = 0, driftY = 0;
  return path.map(({ x, y, corner }) => {
    driftX = 0.5 * driftX + bell(random) * 0.039; // neighbours wander together, or the line would shake
    driftY = 0.5 * driftY + bell(random) * 0.031;
    return { x: x + moveX + driftX, y: y + moveY + driftY, corner: corner && random() < 0.6 };
  });
}

/**
 * The smooth line through the points, broken at corners.
 *
 * A slow hand passes through every point (Catmull–Rom spline), a hasty one cuts the bends (B-spline).
 */
export function curve(path: Path, haste: number): Point[] {
  const line: Point[] = [];
  for (let i = 0; i + 1 < path.length; i++) {
    const from = path[i]!, to = path[i + 1]!;
    const before = from.corner || i === 0 ? mirror(to, from) : path[i - 1]!;
    const after = to.corner || i + 2 === path.length ? mirror(from, to) : path[i + 2]!;
    for (let step = i ? 1 : 0; step <= CURVE_STEPS; step++) {
      const t = step / CURVE_STEPS;
      const blend = (a: number, b: number, c: number, d: number) => {
        const through = b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)));
        const near = (a + 4 * b + c + t * (3 * (c - a) + t * (3 * (a - 2 * b + c) + t * (3 * (b - c) + d - a)))) / 6;
        return through + haste * (near - through);
      };
      line.push({ x: blend(before.x, from.x, to.x, after.x), y: blend(before.y, from.y, to.y, after.y) });
    }
  }
  return line;
}

/** Where a line would go on beyond `middle`. */
function mirror(point: Point, middle: Point): Point {
  return { x: 2 * middle.x - point.x, y: 2 * middle.y - point.y };
}

/** Some strokes begin late or end early. */
function trim(line: Point[], random: Random): Point[] {
  const late = Math.max(0, Math.floor(bell(random) * 0.05 * line.length)),
    early = Math.max(0, Math.floor(bell(random) * 0.05 * line.length));
  return line.slice(late, line.length - early);
}

/** How far people lean each digit to the right, on average. */
const LEAN = [0.22, 0.24, 0.04, 0.08, 0.12, 0.14, 0.08, -0.02, 0.12, 0.06];

/** Slant, stretch, rotation and curvature, the same for all paths of one digit. */
function handwriting(lines: Point[][], digit: number, random: Random): Point[][] {
  const slant = bell(random) * 0.26 - LEAN[digit]!;
  const stretch = Math.max(0.5, 1 + bell(random) * 0.17);
  const half = bell(random) * 0.06; // tangent of half the angle: a rotation without sine and cosine
  const cosine = (1 - half * half) / (1 + half * half), sine = 2 * half / (1 + half * half);
  const bend = () => Array.from({ length: 7 }, () => bell(random));
  const [a, b] = [bend(), bend()] as [number[], number[]];
  const field = (k: number[], u: number, v: number) =>
    0.31 * (k[0]! * u * v + k[1]! * (v * v - 0.08) + k[2]! * (u * u - 0.08)) +
    0.5 * (k[3]! * u * u * u + k[4]! * u * u * v + k[5]! * u * v * v + k[6]! * v * v * v);
  return lines.map((line) =>
    line.map((point) => {
      const v = point.y - 0.5, u = point.x - 0.5;
      const x = (u + field(a, u, v)) * stretch + slant * v, y = v + field(b, u, v) * 0.8;
      return { x: cosine * x - sine * y, y: sine * x + cosine * y };
    })
  );
}

/** A line on the pixel grid and the pen that draws it. */
interface Stroke {
  points: Point[];
  width: number; // radius of the pen in pixels
  swell: number; // how much wider its end is than its start
  belly: number; // how much wider its middle is than its ends
}

/** Scaled, with its pen, to fill the 20 × 20 box in one direction. */
function place(lines: Point[][], random: Random): Stroke[] {
  const pen = Math.min(2.3, Math.max(0.6, 1.3 + bell(random) * 0.42));
  const swell = bell(random) * 0.3, belly = bell(random) * 0.25;
  const all = lines.flat();
  const xs = all.map((p) => p.x), ys = all.map((p) => p.y);
  const left = Math.min(...xs), top = Math.min(...ys);
  const wide = Math.max(...xs) - left, high = Math.max(...ys) - top;
  const squeeze = Math.min(1, WIDEST * high / wide);
  const reach = pen + EDGE, unit = (BOX + 2 * FAINT - 2 * reach) / Math.max(wide * squeeze, high);
  const start = (SIZE - BOX) / 2 - FAINT + reach;
  return lines.map((line) => ({
    points: line.map(({ x, y }) => ({ x: start + (x - left) * squeeze * unit, y: start + (y - top) * unit })),
    width: pen * uniform(random, 0.9, 1.1),
    swell,
    belly,
  }));
}

const WIDEST = 1.3; // width over height beyond which a digit can no longer be read
const FAINT = 0.38; // how much of its rim stays outside the box, too faint for the pixels there
const EDGE = 0.55; // half the width of the grey rim, in pixels, as wide as MNIST's anti-aliasing

/** How dark each pixel is: by its distance from the nearest line. */
function ink(strokes: Stroke[]): Float64Array {
  const grey = new Float64Array(SIZE * SIZE);
  for (const { points, width, swell, belly } of strokes) {
    for (let i = 0; i + 1 < points.length; i++) {
      const a = points[i]!, b = points[i + 1]!, way = i / points.length - 0.5;
      const radius = width * (1 + swell * way + belly * (0.08 - way * way)), reach = radius + EDGE;
      const dx = b.x - a.x, dy = b.y - a.y, length = dx * dx + dy * dy;
      const right = Math.min(SIZE - 1, Math.floor(Math.max(a.x, b.x) + reach));
      const bottom = Math.min(SIZE - 1, Math.floor(Math.max(a.y, b.y) + reach));
      for (let r = Math.max(0, Math.floor(Math.min(a.y, b.y) - reach)); r <= bottom; r++) {
        for (let c = Math.max(0, Math.floor(Math.min(a.x, b.x) - reach)); c <= right; c++) {
          const px = c + 0.5 - a.x, py = r + 0.5 - a.y;
          const t = length > 0 ? Math.min(1, Math.max(0, (px * dx + py * dy) / length)) : 0;
          const ex = px - t * dx, ey = py - t * dy;
          const level = (reach - Math.sqrt(ex * ex + ey * ey)) / (2 * EDGE);
          if (level > grey[r * SIZE + c]!) grey[r * SIZE + c] = Math.min(1, level);
        }
      }
    }
  }
  return grey;
}

/** Moved by whole pixels until the centre of mass is nearest to the middle of pixel (14, 14), where MNIST has it. */
function centre(grey: Float64Array): Uint8Array {
  const { right, down } = shiftToCentre(grey, SIZE), pixels = new Uint8Array(SIZE * SIZE);
  const top = Math.max(0, -down), bottom = Math.min(SIZE, SIZE - down);
  const left = Math.max(0, -right), end = Math.min(SIZE, SIZE - right);
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < end; x++) pixels[(y + down) * SIZE + x + right] = Math.round(255 * grey[y * SIZE + x]!);
  }
  return pixels;
}
