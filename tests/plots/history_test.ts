import { assertEquals, assertThrows } from "@std/assert";
import { historyFigure } from "../../lib/plots/history.ts";
import { figures } from "./figures.ts";

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
