import { assertEquals, assertStringIncludes } from "@std/assert";
import { COLOURS } from "../../lib/plots/figure.ts";
import { drawing, signColour, words } from "../../lib/plots/svg.ts";

Deno.test("drawing() is as large as it is said to be, on white", () => {
  const { svg, width, height } = drawing(30, 20, ["<circle/>"]);
  assertEquals([width, height], [30, 20]);
  assertStringIncludes(svg, 'viewBox="0 0 30 20"');
  assertStringIncludes(svg, 'fill="#fff"/><circle/></svg>');
});

Deno.test("words() cannot become anything but words, and signs have their colours", () => {
  assertStringIncludes(words(1, 2, "<b>&"), ">&lt;b&gt;&amp;</text>");
  assertStringIncludes(words(1, 2, "x", { bold: true, anchor: "end" }), 'text-anchor="end"');
  assertEquals([signColour(-1), signColour(2)], [COLOURS.wrong, COLOURS.main]);
});
