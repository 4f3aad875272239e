/**
 * The pen's way when it writes a digit on the front page's board.
 *
 * @module
 */
import { type Path, SKELETONS } from "../../../lib/data/skeletons.ts";

const LEFT = 82, TOP = 40, WIDE = 116, HIGH = 200, PER_FRAME = 3.4; // pixels of the board

/** A place on the board. */
export type Point = readonly [number, number];

/** Points along a pen path at even steps, on the board: straight at corners, bent elsewhere (Catmull and Rom's curve). */
export function along(path: Path, step = PER_FRAME): Point[] {
  const at = (i: number) => path[Math.max(0, Math.min(path.length - 1, i))]!, points: Point[] = [];
  for (let i = 0; i + 1 < path.length; i++) {
    const [a, b, c, d] = [at(i).corner ? at(i) : at(i - 1), at(i), at(i + 1), at(i + 1).corner ? at(i + 1) : at(i + 2)];
    const length = Math.hypot((c.x - b.x) * WIDE, (c.y - b.y) * HIGH),
      count = Math.max(1, Math.round(length / step));
    for (let k = 0; k < count; k++) {
      const t = k / count,
        mix = (p: number, q: number, r: number, s: number) =>
          0.5 * (2 * q + (r - p) * t + (2 * p - 5 * q + 4 * r - s) * t * t + (3 * q - p - 3 * r + s) * t ** 3);
      points.push([LEFT + WIDE * mix(a.x, b.x, c.x, d.x), TOP + HIGH * mix(a.y, b.y, c.y, d.y)]);
    }
  }
  const last = path.at(-1)!;
  return [...points, [LEFT + WIDE * last.x, TOP + HIGH * last.y]];
}

/** A digit as the strokes of a pen. */
export function strokesOf(digit: number): Point[][] {
  return SKELETONS[digit]![0]!.paths.map((path) => along(path));
}
