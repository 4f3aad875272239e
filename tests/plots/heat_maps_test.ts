import { assertEquals, assertStringIncludes } from "@std/assert";
import { figures } from "./figures.ts";

Deno.test("heatFigure() centres signed colours on zero", () => {
  const { zmin, zmax } = figures.heat!.data[0] as { zmin: number; zmax: number };
  assertEquals([zmin, zmax], [-4, 4]);
});

Deno.test("confusionFigure() writes all counts, colours only mistakes, and names the most frequent", () => {
  const [wrong, right] = figures.confusion!.data as unknown as { z: (number | null)[][]; text: string[][] }[];
  assertEquals(wrong!.z, [[0, 1], [2, 0]]);
  assertEquals(wrong!.text, [["", "1"], ["2", ""]]);
  assertEquals([right!.z, right!.text], [[[5, null], [null, 7]], [["5", ""], ["", "7"]]]);
  assertStringIncludes(figures.confusion!.caption, "2 of digit 1 are read as 0");
});
