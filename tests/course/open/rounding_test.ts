import { assertEquals, assertStringIncludes } from "@std/assert";
import { exercise } from "../../../lib/course/catalogue.ts";
import { checkAttempt } from "../../../lib/course/judge.ts";

Deno.test("11b: both lists must be misread by rounding, each in its own way", () => {
  const many = [0.1, 0.6, 0.9, 0.2], none = [0.1, 0.2, 0.4, 0.3];
  const said = (attempt: unknown) => checkAttempt(exercise("11b"), () => attempt);
  assertEquals(said({ none: [0, 0, 0, 0.49], many: Float64Array.of(0.5, 1, 0, 0) }).status, "right");
  for (
    const [attempt, words] of [
      [{ none: [0.4, 0.2, 0.1, 0.3], many }, "both ways answer class 1"],
      [{ none: [0.1, 0.5, 0.4, 0.3], many }, "1 of them does"],
      [{ none, many: [0.1, 0.6, 0.2, 0.2] }, "two outputs or more"],
      [{ none, many: [0.1, 0.9, 0.6, 0.2] }, "both ways answer class 2"],
      [{ none, many: [0.1, 0.9, 0.9, 0.2] }, "equally large"],
      [{ none, many: [0.1, 0.9, 1.2, 0.2] }, "between 0 and 1"],
      [{ none, many: [0.1, 0.9] }, "4 numbers"],
    ] as const
  ) {
    assertEquals(said(attempt).status, "wrong");
    assertStringIncludes(said(attempt).message, words);
  }
});
