import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { drawDigits } from "../../lib/data/drawn_digits.ts";
import { digitGallery, gallery, numbersPicture } from "../../lib/plots/digits.ts";

Deno.test("gallery() draws a tile per image, captions, verdicts, and refuses nothing at all", () => {
  const { svg } = gallery([{ values: [0, 9, 9, 0], caption: "<a>", verdict: "wrong" }, { values: [1, 0, 0, 0] }], {
    caption: "c",
    columns: 1,
  });
  assertStringIncludes(svg, "✗ &lt;a&gt;");
  assertEquals(svg.match(/<g transform/g)!.length, 2);
  assertThrows(() => gallery([], { caption: "c" }), RangeError, "at least one tile");
});

Deno.test("digitGallery() and numbersPicture() show the pixels that are there", () => {
  const set = drawDigits(3, 1);
  assertStringIncludes(digitGallery(set, [2, 0], { caption: "c" }).svg, `>${set.labels[2]}</text>`);
  const { svg, caption } = numbersPicture(set, 1);
  assertEquals(svg.match(/<text/g)!.length, 784 + 28 + 28); // with numbers of rows and columns
  assertStringIncludes(caption, `labelled ${set.labels[1]}`);
});
