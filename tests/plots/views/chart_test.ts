import { assert, assertAlmostEquals, assertEquals, assertStringIncludes } from "@std/assert";
import { barsPanel, Chart, marks } from "../../../lib/plots/views/chart.ts";

const chart = () => new Chart({ title: "T", x: [0, 10], y: [-1, 1], xName: "x", yName: "y" });

Deno.test("Chart: a place and its value are inverse, and nothing leaves the axes", () => {
  const { x, y } = { x: chart().x(3), y: chart().y(0) };
  assertAlmostEquals(chart().valueAt(x), 3, 1e-9);
  assert(y > chart().y(1) && y < chart().y(-1));
  assertEquals(chart().x(99), chart().x(10));
});

Deno.test("Chart: a line is interrupted where there is no number, and no dot is drawn there", () => {
  const drawn = chart().line([[0, 0], [1, NaN], [2, 0], [3, 0]], "#000").dot(NaN, 0, "#000").picture("c").svg;
  assertEquals(
    /d="(M[^"]*)" fill="none" stroke="#000"/.exec(drawn)![1]!,
    `M${chart().x(2).toFixed(1)} 142.0L${chart().x(3).toFixed(1)} 142.0`,
  );
  assert(!drawn.includes("<circle"));
});

Deno.test("Chart: a straight line stays straight where it leaves the axes", () => {
  const steep = chart().line([[2, -5], [4, 5]], "#000").picture("c").svg; // through (3, 0), and out at both ends
  const [x1, y1, x2, y2] = /d="M([\d.-]+) ([\d.-]+)L([\d.-]+) ([\d.-]+)"/.exec(steep)!.slice(1).map(Number) as number[];
  assertAlmostEquals(y1!, chart().y(-1), 0.1);
  assertAlmostEquals(y2!, chart().y(1), 0.1);
  assertAlmostEquals(x1!, chart().x(2.8), 0.1);
  assertAlmostEquals(x2!, chart().x(3.2), 0.1);
  const outside = chart().line([[2, 5], [4, 5]], "#000").picture("c").svg;
  assertStringIncludes(outside, 'd="" fill="none" stroke="#000"');
});

Deno.test("marks() are round, and lie inside", () => {
  assertEquals(marks([0, 1]), [0, 0.2, 0.4, 0.6000000000000001, 0.8, 1]);
  assertEquals(marks([-3, 3]), [-2, 0, 2]);
});

Deno.test("barsPanel() tells the truth from the answer, and shows no numbers where there are none", () => {
  const { svg } = barsPanel([0.7, 0.2, 0.1], { title: "t", truth: 1 });
  assertStringIncludes(svg, ">70.0 %<");
  assertEquals([svg.match(/#2f8f6b/g)!.length, svg.match(/fill="#1f5fa8"/g)!.length], [1, 1]);
  assert(!barsPanel([0, 0, 0], { title: "t" }).svg.includes("%<"));
});
