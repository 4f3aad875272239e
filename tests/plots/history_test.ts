import { assert, assertEquals, assertThrows } from "@std/assert";
import { historyFigure, historyPicture } from "../../lib/plots/history.ts";
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

Deno.test("historyPicture() says what the figure says, goes as far as the training will, and draws as much as one can see", () => {
  const records = (count: number, more = {}) =>
    Array.from(
      { length: count },
      (_, iteration) => ({ iteration, epoch: 0, loss: 3 - iteration / count, accuracy: 0.5, ...more }),
    );
  const lines = (svg: string) =>
    Array.from(svg.matchAll(/d="(M[^"]*L[^"]*)" fill="none" stroke="#(?:1f5fa8|d1662b)"/g), ([, d]) => d!);
  const two = historyPicture(records(20, { testLoss: 4, testAccuracy: 0.4 }), "T", { train: 10, test: 5 }, 38);
  assertEquals(
    two.caption,
    historyFigure(records(20, { testLoss: 4, testAccuracy: 0.4 }), "T", { train: 10, test: 5 }).caption,
  );
  assertEquals(lines(two.svg).length, 4);
  const ends = lines(two.svg).map((line) => Number(/L([\d.]+) [\d.]+$/.exec(line)![1]));
  assertEquals(ends, [210, 210, 210, 210]); // iteration 19 of 38: the middle of the axis, from 52 to 368
  assertEquals(lines(historyPicture(records(3), "T", { train: 10 }, 3).svg).length, 2);
  assert(historyPicture(records(100_000), "T", { train: 10 }, 100_000).svg.length < 30_000);
  assertEquals(historyPicture(records(1), "T", { train: 10 }, 0).svg.includes("NaN"), false);
  assertThrows(() => historyPicture([], "T", { train: 10 }, 3), RangeError, "at least one record");
});
