import { assertEquals, assertStringIncludes } from "@std/assert";
import { figures } from "./figures.ts";

Deno.test("heatFigure() centres signed colours on zero", () => {
  const { zmin, zmax } = figures.heat!.data[0] as { zmin: number; zmax: number };
  assertEquals([zmin, zmax], [-4, 4]);
});

Deno.test("confusionFigure() writes all counts, colours only mistakes, and names the most frequent", () => {
  const { z, text } = figures.confusion!.data[0] as { z: number[][]; text: string[][] };
  assertEquals(z, [[0, 1], [2, 0]]);
  assertEquals(text, [["5", "1"], ["2", "7"]]);
  assertStringIncludes(figures.confusion!.caption, "2 of digit 1 are read as 0");
});
