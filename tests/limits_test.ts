import { assertEquals, assertMatch, assertThrows } from "@std/assert";
import { beyond, limitOf, raiseLimits } from "../lib/limits.ts";

Deno.test("beyond() says how many there are, how many are read, and how to allow more; nothing at the limit itself", () => {
  assertEquals(beyond("nesting", 32, "lists"), null);
  assertEquals(
    beyond("nesting", 33, "lists"),
    "33 lists are too many, at most 32 are read (DIGITS_LIMITS=2 before the command, or raiseLimits(2), allows more)",
  );
  assertMatch(beyond("nesting", 100, "lists")!, /DIGITS_LIMITS=4 /);
});

Deno.test("beyond() offers nothing where hundreds of times the limit would be needed", () => {
  assertEquals(beyond("nesting", 1e9, "lists"), "1,000,000,000 lists are too many, at most 32 are read");
  assertMatch(beyond("nesting", Infinity, "lists")!, /^at most 32 lists are read \(DIGITS_LIMITS=2 /);
});

Deno.test("raiseLimits() multiplies all limits; a number below 1 or none is refused", () => {
  const before = limitOf("numbers");
  try {
    raiseLimits(3);
    assertEquals([limitOf("numbers"), beyond("nesting", 90, "lists")], [3 * before, null]);
  } finally {
    raiseLimits(1);
  }
  for (const times of [0, 0.5, -1, NaN, Infinity]) assertThrows(() => raiseLimits(times), RangeError, `got ${times}`);
});
