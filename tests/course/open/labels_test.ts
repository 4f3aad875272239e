import { assertEquals, assertStringIncludes } from "@std/assert";
import { exercise } from "../../../lib/course/catalogue.ts";
import { checkAttempt } from "../../../lib/course/judge.ts";

Deno.test("09d: the three labels must be found and put right; no other is given away", () => {
  const said = (attempt: unknown) => checkAttempt(exercise("09d"), () => attempt);
  assertEquals(said(new Map([[8, 9], [4, 7], [6, 3]])).status, "right");
  assertEquals(said({ 4: 7, 6: 3, 8: 9 }).status, "right");
  for (
    const [attempt, words] of [
      [{ 4: 7, 6: 3 }, "2 of 3 found"],
      [{}, "0 of 3 found"],
      [{ 4: "7", 6: "3", 8: "9" }, 'Picture 4: a number is asked for, got "7"'],
      [new Map<unknown, number>([[4, 7], ["4", 7], [6, 3]]), "2 of 3 found"],
      [{ 0: 7 }, "oddly written"],
      [{ 4: 1 }, "already"],
      [{ 4: 2 }, "but it is no 2"],
      [{ 12: 2 }, "There is no picture 12"],
      [[4, 6, 8], "Return an object"],
    ] as const
  ) {
    assertEquals(said(attempt).status, "wrong");
    assertStringIncludes(said(attempt).message, words);
  }
});
