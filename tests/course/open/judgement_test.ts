import { assert, assertEquals } from "@std/assert";
import { isJudgement, numbersOf, partsOf, right, wrong } from "../../../lib/course/open/judgement.ts";

Deno.test("numbersOf() and partsOf() hand on what is right, and say what is not", () => {
  assertEquals(numbersOf([1, 2], "list", 2), [1, 2]);
  assertEquals(numbersOf(new Float64Array([1, 2]), "list", 2), [1, 2]);
  assertEquals(
    numbersOf(new Set([1, 2]), "list", 2),
    wrong("list should be a list of 2 numbers, got a Set of 2: [1, 2]."),
  );
  for (const bad of [[1], [1, NaN], [1, "2"], [1, undefined]]) assert(isJudgement(numbersOf(bad, "list", 2)));
  assertEquals(partsOf({ a: 1, b: 2 }, ["a"]), { a: 1, b: 2 });
  assertEquals(partsOf({ a: 1 }, ["a", "b"]), wrong("Return { a, b }: b is missing."));
  assert(isJudgement(partsOf([1], ["a"])) && isJudgement(partsOf(7, ["a"])));
  assertEquals([isJudgement(right("yes")), isJudgement({ a: 1 })], [true, false]);
});
