import { assertEquals, assertThrows } from "@std/assert";
import { historyFigure } from "../../lib/plots/figures.ts";
import { figures } from "./figures.ts";

Deno.test("histogramFigure() counts every value once", () => {
  assertEquals((figures.histogram!.data[0] as { y: number[] }).y, [2, 0, 0, 2]);
});

Deno.test("historyFigure() needs a record, and draws the test part only where there is one", () => {
  assertThrows(() => historyFigure([], "x", { train: 1 }), RangeError, "at least one record");
  assertEquals(
    [
      figures.history!.data.length,
      historyFigure([{ iteration: 0, epoch: 0, loss: 1, accuracy: 0 }], "x", { train: 1 }).data.length,
    ],
    [4, 2],
  );
});
