import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { exercise, EXERCISES } from "../../lib/course/catalogue.ts";
import { checkAttempt } from "../../lib/course/judge.ts";

for (const exercise of EXERCISES) {
  Deno.test(`exercise ${exercise.id}: stub, solution, and every known mistake is named`, async () => {
    for (const stub of [null, undefined, () => null]) {
      assertEquals(checkAttempt(exercise, stub).status, "not tried");
    }
    assertEquals(checkAttempt(exercise, exercise.solve).status, "right");
    const module = `data:text/typescript,${encodeURIComponent(`export default ${exercise.solution}`)}`;
    const { status, message } = checkAttempt(exercise, (await import(module)).default);
    assertEquals(status, "right");
    assertMatch(message, exercise.judge ? /^(Right|\d of \d)/ : /^Right, on every input that was tried\.$/);
    for (const [says, attempts] of Object.entries(exercise.mistakes)) {
      for (const attempt of [attempts].flat()) {
        assertEquals(checkAttempt(exercise, attempt), { status: "wrong", message: says });
      }
    }
  });

  Deno.test(`exercise ${exercise.id}: an unknown mistake gets a failing input`, () => {
    const { status, message } = checkAttempt(exercise, () => "something else");
    assertEquals(status, "wrong");
    if (exercise.judge) assertStringIncludes(message, '"something else"');
    else assertMatch(message, /^Not yet\. For \([\s\S]*expected [\s\S]*got "something else"/);
  });
}

Deno.test("checkAttempt() survives attempts that throw, and names what they threw", () => {
  const { status, message } = checkAttempt(exercise("04b"), () => {
    throw new RangeError("oops");
  });
  assertEquals(status, "wrong");
  assertStringIncludes(message, "but it threw RangeError: oops");
  assertEquals(checkAttempt(exercise("04b"), 42).status, "wrong");
});

Deno.test("checkAttempt() tells what beginners do: no return, sorting in place, a number that is nearly right", () => {
  const said = (id: string, attempt: unknown) => checkAttempt(exercise(id), attempt).message;
  assertEquals(said("04b", () => {}), "Your function returns nothing: is `return` missing?");
  assertStringIncludes(said("04b", (z: number[]) => z.map(() => {})), "The function inside returns nothing");
  assertStringIncludes(said("04b", (z: number[]) => z.sort()), "also changes its input");
  const nearly = (p: number[][], y: number[]) =>
    p.reduce((sum, row, j) => sum - Math.log(row[y[j]!]! + 1e-8), 0) / y.length;
  assertStringIncludes(said("05a", nearly), "nearly");
});

Deno.test("checkAttempt() notices that an attempt changes its input", () => {
  const inPlace = (weights: number[], gradients: number[], rate: number) => {
    for (let i = 0; i < weights.length; i++) weights[i]! -= rate * gradients[i]!;
    return weights;
  };
  assertStringIncludes(checkAttempt(exercise("08a"), inPlace).message, "changes its input");
});
