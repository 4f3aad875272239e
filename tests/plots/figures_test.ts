import { assertEquals } from "@std/assert";
import { figures } from "./figures.ts";

Deno.test("histogramFigure() counts every value once", () => {
  assertEquals((figures.histogram!.data[0] as { y: number[] }).y, [2, 0, 0, 2]);
});
