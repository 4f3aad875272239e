import { assert, assertEquals } from "@std/assert";
import { contour } from "../../../lib/plots/views/contours.ts";

Deno.test("contour() lies on the level, all around, and is empty where the level is nowhere", () => {
  const box = { x: [-2, 2], y: [-2, 2] } as const, circle = contour((x, y) => x * x + y * y, box, 60, 2);
  for (const [a, b] of circle) for (const [x, y] of [a, b]) assert(Math.abs(x * x + y * y - 2) < 0.01);
  const length = circle.reduce((sum, [a, b]) => sum + Math.hypot(a[0] - b[0], a[1] - b[1]), 0);
  assert(Math.abs(length - 2 * Math.PI * Math.SQRT2) < 0.02, String(length));
  assertEquals(contour((x) => x, box, 10, 5), []);
});
