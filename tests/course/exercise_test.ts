import { assertEquals } from "@std/assert";
import { defineExercise } from "../../lib/course/exercise.ts";

Deno.test("defineExercise() keeps what it is given", () => {
  const parts = {
    id: "99a",
    task: "Return twice the number.",
    probes: [[1], [2.5]],
    solve: (x: number) => 2 * x,
    mistakes: { "That is the square.": (x: number) => x * x },
    hints: ["Twice is two times."],
    solution: "function twice(x: number) {\n  return 2 * x;\n}",
  };
  assertEquals(defineExercise(parts), parts);
});
