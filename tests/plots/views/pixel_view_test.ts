import { assertEquals, assertStringIncludes } from "@std/assert";
import { pixelViewOf } from "../../../lib/plots/views/pixel_view.ts";
import { packDigits } from "../../../lib/plots/views/packed.ts";
import { drive } from "./drive.ts";
import { set } from "./samples.ts";

Deno.test("pixelView(): what is pointed at, and what is set, is the pixel of the file", () => {
  const view = drive(pixelViewOf(packDigits(set, [4, 5])));
  view.slide("row", 10);
  view.slide("column", 17);
  assertEquals(view.answer, { place: 297, grey: set.pixels[4 * 784 + 297]! });
  assertStringIncludes(view.said, "number 28 · 10 + 17 = 297 of the list");
  view.point(0, 30 + 11 * 3 + 5, 30 + 11 * 20 + 5, "hover");
  assertEquals([view.state.row, view.state.column], [20, 3]);
  view.point(0, -100, 9999, "move");
  assertEquals([view.state.row, view.state.column], [27, 0]);
});
