import { assertEquals, assertStringIncludes } from "@std/assert";
import { drawing } from "../../../lib/plots/svg.ts";
import { answering, capital, inBrackets, sideBySide, told, withArticle } from "../../../lib/plots/views/view.ts";
import { ballViewOf } from "../../../lib/plots/views/ball_view.ts";

Deno.test("told() writes numbers as they are, also those that overflowed", () => {
  assertEquals([told(-0.4567, 2), told(-0.0001), told(1e9), told(Infinity), told(-Infinity), told(NaN)], [
    "−0.46",
    "0.000",
    "1.0e+9",
    "∞",
    "−∞",
    "NaN",
  ]);
  assertEquals([inBrackets(-1, 1), inBrackets(1, 1)], ["(−1.0)", "1.0"]);
  assertEquals([withArticle("8"), withArticle("7"), capital(withArticle("ankle boot"))], [
    "an 8",
    "a 7",
    "An ankle boot",
  ]);
});

Deno.test("sideBySide() begins a new row where a picture does not fit", () => {
  const picture = (width: number) => ({ ...drawing(width, 100, []), caption: "" });
  assertEquals(sideBySide([picture(380), picture(380)]).height, 100);
  const { width, height, svg } = sideBySide([picture(380), picture(380), picture(300)]);
  assertEquals([width, height], [780, 220]);
  assertStringIncludes(svg, '<svg x="0" y="120" ');
});

Deno.test("answering() takes its picture from another state, if one is given", () => {
  const values = { curvature: 2 }, later = { rate: 0.1, way: [-2.5, -2] };
  assertStringIncludes(answering("ball", ballViewOf, values).still.caption, "Step 0");
  assertStringIncludes(answering("ball", ballViewOf, values, later).still.caption, "Step 1");
});
