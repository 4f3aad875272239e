/**
 * The pen's way when it writes a digit on the front page's board.
 *
 * @module
 */
import { curve } from "../../../lib/data/drawn_digits.ts";
import { SKELETONS } from "../../../lib/data/skeletons.ts";

const LEFT = 82, TOP = 40, WIDE = 116, HIGH = 200, PER_FRAME = 3.4; // pixels of the board

/** A place on the board. */
export type Point = readonly [number, number];

/** A digit as the strokes of a pen that writes slowly, at an even pace. */
export function strokesOf(digit: number): Point[][] {
  return SKELETONS[digit]![0]!.paths.map((path) =>
    evenly(curve(path, 0).map(({ x, y }): Point => [LEFT + WIDE * x, TOP + HIGH * y]))
  );
}

/** Points along a line about as far apart as the pen goes in a frame. */
function evenly(line: readonly Point[]): Point[] {
  const points = [line[0]!];
  for (const [i, [x, y]] of line.entries()) {
    const [fromX, fromY] = line[Math.max(0, i - 1)]!, count = Math.round(Math.hypot(x - fromX, y - fromY) / PER_FRAME);
    for (let k = 1; k <= count; k++) points.push([fromX + (x - fromX) * k / count, fromY + (y - fromY) * k / count]);
  }
  return points;
}
