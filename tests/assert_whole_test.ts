import { assertEquals, assertThrows } from "@std/assert";
import { assertWhole } from "../lib/assert_whole.ts";

Deno.test("assertWhole() takes whole numbers within the limits, and says what the limits are", () => {
  for (const value of [0, 1, 7]) assertWhole("count", "sheep", value, 0, 7);
  for (const value of [-1, 8, 0.5, NaN, Infinity]) {
    const { message } = assertThrows(() => assertWhole("count", "sheep", value, 0, 7), RangeError);
    assertEquals(message, `Cannot count: sheep must be a whole number from 0 to 7, got ${value}`);
  }
  assertThrows(() => assertWhole("count", "sheep", 0, 1), RangeError, "a whole number from 1, got 0");
});
