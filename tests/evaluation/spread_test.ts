import { assertEquals, assertThrows } from "@std/assert";
import { mean, spreadOf, spreadText } from "../../lib/evaluation/spread.ts";

Deno.test("spreadOf() is mean and range; of one seed there is no range to tell", () => {
  assertEquals(spreadOf([0.5, 0.25, 0.75]), { seeds: 3, mean: 0.5, low: 0.25, high: 0.75 });
  assertEquals(spreadText(spreadOf([0.5]), 1000), "50.0 % of 1,000 (1 seed)");
  assertEquals(mean([]), NaN);
  assertThrows(() => spreadOf([]), RangeError, "no results");
});
