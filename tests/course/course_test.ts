import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { checkAttempt, exercise } from "../../lib/course/exercise.ts";
import { EXERCISES } from "../../lib/course/exercises/mod.ts";
import { scoreGuess } from "../../lib/course/guess.ts";
import { splitLike, tutorial, TUTORIALS } from "../../lib/course/tutorials.ts";
import { drawDigits } from "../../lib/data/drawn_digits.ts";

Deno.test("every exercise has its own name, three steps of help or more, and probes", () => {
  assertEquals(new Set(EXERCISES.map(({ id }) => id)).size, EXERCISES.length);
  for (const { id, hints, mistakes, probes } of EXERCISES) {
    assert(hints.length >= 2 && mistakes.length >= 2 && probes.length >= 1, id);
  }
});

for (const exercise of EXERCISES) {
  Deno.test(`exercise ${exercise.id}: stub, solution, and every known mistake is named`, async () => {
    for (const stub of [null, undefined, () => null, () => undefined]) {
      assertEquals(checkAttempt(exercise, stub).status, "not tried");
    }
    assertEquals(checkAttempt(exercise, exercise.solve).status, "right");
    const module = `data:text/typescript,${encodeURIComponent(`export default ${exercise.solution}`)}`;
    assertEquals(checkAttempt(exercise, (await import(module)).default), {
      status: "right",
      message: "Right, on every input that was tried.",
    });
    for (const { says, attempt } of exercise.mistakes) {
      assertEquals(checkAttempt(exercise, attempt), { status: "wrong", message: says });
    }
  });

  Deno.test(`exercise ${exercise.id}: an unknown mistake gets a failing input`, () => {
    const { status, message } = checkAttempt(exercise, () => "something else");
    assertEquals(status, "wrong");
    assert(/^Not yet\. For \([\s\S]*expected [\s\S]*got "something else"/.test(message), message);
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

Deno.test("checkAttempt() notices that an attempt changes its input", () => {
  const inPlace = (weights: number[], gradients: number[], rate: number) => {
    for (let i = 0; i < weights.length; i++) weights[i]! -= rate * gradients[i]!;
    return weights;
  };
  assertStringIncludes(checkAttempt(exercise("08a"), inPlace).message, "changes its input");
});

Deno.test("exercise() refuses a name that does not exist", () => {
  assertThrows(() => exercise("99z"), RangeError, 'Cannot find exercise "99z"');
});

Deno.test("scoreGuess() is kind: near guesses, far ones, none", () => {
  assertEquals(scoreGuess(null, 7960), { verdict: "none", text: "The answer is 7,960." });
  assertEquals(scoreGuess(85, 81).verdict, "close");
  assertEquals(scoreGuess(50, 81), { verdict: "near", text: "You said 50, it is 81: more than you thought." });
  assertEquals(scoreGuess(1000, 81).verdict, "far");
  assertEquals(scoreGuess(0, 0).verdict, "close");
  assertEquals(scoreGuess("x", 3.14159).text, "The answer is 3.142.");
});

Deno.test("tutorial() knows its numbers and says which there are", () => {
  assertEquals(Object.keys(TUTORIALS), ["000", "001"]);
  assertThrows(() => tutorial("009"), RangeError, 'Cannot find tutorial "009": must be one of 000, 001');
});

Deno.test("splitLike() keeps the first 1,000 digits for testing and the rest for learning", () => {
  const set = drawDigits(1300, 1), { train, test } = splitLike(tutorial("000"), set);
  assertEquals([test.labels.length, train.labels.length], [1000, 300]);
  assertEquals(test.labels, set.labels.slice(0, 1000));
  assertThrows(() => splitLike(tutorial("000"), drawDigits(500, 1)), RangeError, "Cannot split 500 digits");
});
