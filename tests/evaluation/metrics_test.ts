import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { accuracyText, calibration, confusion, interval, perClass } from "../../lib/evaluation/metrics.ts";
import { fromRows, toRows } from "../../lib/matrix.ts";
import { seededRandom } from "../../lib/random.ts";

Deno.test("interval() contains the true accuracy in about 95 of 100 simulated tests, also near 1", () => {
  for (const truth of [0.5, 0.87, 0.995]) {
    const random = seededRandom(4);
    let covered = 0;
    for (let trial = 0; trial < 1000; trial++) {
      const right = Array.from({ length: 400 }, random).filter((u) => u < truth).length;
      const [low, high] = interval(right / 400, 400);
      if (low <= truth && truth <= high) covered++;
    }
    assert(covered >= 920 && covered <= 980, `${truth}: ${covered}`);
  }
});

Deno.test("interval() by hand, at the ends of the scale, and refused values", () => {
  const [low, high] = interval(0.87, 1000);
  assertAlmostEquals(low, 0.8477, 1e-4);
  assertAlmostEquals(high, 0.8894, 1e-4);
  assert(interval(0, 10)[0] >= -1e-12 && interval(1, 10)[1] <= 1 + 1e-12);
  assertThrows(() => interval(1.2, 10), RangeError, "got 1.2 of 10");
  assertThrows(() => interval(0.5, 0), RangeError);
  assertEquals(accuracyText(0.5, 100), "50.0 % of 100 (95 % interval 40.4–59.6 %)");
});

Deno.test("confusion() has true digits in rows and predicted ones in columns", () => {
  const counts = confusion([1, 1, 0, 2], [0, 1, 0, 1], 3);
  assertEquals(toRows(counts), [[1, 1, 0], [0, 1, 1], [0, 0, 0]]);
  assertEquals(perClass(counts).map(String), ["0.5", "0.5", "NaN"]);
  assertThrows(() => confusion([1], [1, 2]), TypeError, "1 predictions with 2 labels");
});

Deno.test("calibration() groups answers by confidence and counts each once", () => {
  const bins = calibration(fromRows([[0.95, 0.55, 0.45, 1], [0.05, 0.45, 0.55, 0]]), [0, 1, 1, 0]);
  assertEquals(bins.map(({ examples }) => examples), [2, 2]);
  assertAlmostEquals(bins[0]!.confidence, 0.55);
  assertEquals([bins[0]!.accuracy, bins[1]!.accuracy], [0.5, 1]);
});
