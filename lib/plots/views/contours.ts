/**
 * Lines of equal height.
 *
 * @module
 */

type Point = readonly [number, number];

/**
 * The line on which a function has a height, as short pieces: marching squares, each piece straight across one square.
 *
 * @param f The height at a place.
 * @param box The part of the plane.
 * @param squares How many in each direction.
 * @param level The height.
 * @returns Pieces, each from one side of a square to another.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const circle = contour((x, y) => x * x + y * y, { x: [-2, 2], y: [-2, 2] }, 80, 1);
 * for (const [[x, y]] of circle) assertAlmostEquals(Math.hypot(x, y), 1, 1e-3);
 * ```
 */
export function contour(
  f: (x: number, y: number) => number,
  box: { readonly x: Point; readonly y: Point },
  squares: number,
  level: number,
): (readonly [Point, Point])[] {
  const at = ([low, high]: Point, i: number) => low + (high - low) * i / squares;
  const heights = Array.from(
    { length: squares + 1 },
    (_, r) => Array.from({ length: squares + 1 }, (_, c) => f(at(box.x, c), at(box.y, r)) - level),
  );
  const pieces: (readonly [Point, Point])[] = [];
  for (let r = 0; r < squares; r++) {
    for (let c = 0; c < squares; c++) {
      const corners = [[c, r], [c + 1, r], [c + 1, r + 1], [c, r + 1]] as const;
      const crossings: Point[] = [];
      corners.forEach(([c1, r1], k) => {
        const [c2, r2] = corners[(k + 1) % 4]!, a = heights[r1]![c1]!, b = heights[r2]![c2]!;
        if (a < 0 === b < 0) return;
        const t = a / (a - b); // where the straight line between the two corners is at the level
        crossings.push([at(box.x, c1 + t * (c2 - c1)), at(box.y, r1 + t * (r2 - r1))]);
      });
      for (let k = 0; k + 1 < crossings.length; k += 2) pieces.push([crossings[k]!, crossings[k + 1]!]);
    }
  }
  return pieces;
}
