import { assert, assertEquals } from "@std/assert";
import { EXERCISES } from "../../lib/course/catalogue.ts";
import { mutantsOf, search } from "./mutants.ts";

Deno.test("every mutant of a solution that gives another answer anywhere is refused: no hole in any exercise", async () => {
  const found = await Promise.all(EXERCISES.map((exercise) => search(exercise, 1000)));
  assertEquals(found.flatMap(({ id, survivors }) => survivors.map((survivor) => `${id}: ${survivor}`)), []);
  assert(found.reduce((total, { mutants }) => total + mutants, 0) > 900, "and there are many");
});

Deno.test("mutantsOf() changes one place at a time, and leaves programs", () => {
  assertEquals(mutantsOf("function f(a, b) { return a + b; }").sort(), [
    "function f(a, b) { return a + a; }",
    "function f(a, b) { return a - b; }",
    "function f(a, b) { return a; }",
    "function f(a, b) { return b + b; }",
    "function f(a, b) { return b; }",
  ]);
});
