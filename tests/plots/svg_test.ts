import { assertEquals, assertStringIncludes } from "@std/assert";
import { fromRows } from "../../lib/matrix.ts";
import { COLOURS } from "../../lib/plots/figure.ts";
import { drawing, pixels } from "../../lib/plots/svg.ts";

Deno.test("drawing() is as large as it is said to be, on white", () => {
  const { svg, width, height } = drawing(30, 20, ["<circle/>"]);
  assertEquals([width, height], [30, 20]);
  assertStringIncludes(svg, 'viewBox="0 0 30 20"');
  assertStringIncludes(svg, 'fill="#fff"/><circle/></svg>');
});

Deno.test("pixels() draws ink where there is some, and signs in their colours", () => {
  const image = fromRows([[0], [1], [0.5], [0]]), rects = (svg: string) => svg.match(/<rect/g)!.length - 1; // the frame
  assertEquals(rects(pixels(image, 0, 0, 20)), 2);
  const signed = pixels(image, 0, 0, 20, [0, 1, -1, 0]);
  assertStringIncludes(signed, `fill="${COLOURS.wrong}" fill-opacity="1.00"`);
  assertStringIncludes(signed, `fill="${COLOURS.main}" fill-opacity="1.00"`);
});
