import { assertEquals } from "@std/assert";
import { readGuess, scoreGuess } from "../../lib/course/guess.ts";

Deno.test("scoreGuess() is kind: near guesses, far ones, none", () => {
  assertEquals(scoreGuess(null, 7960), { verdict: "none", text: "The answer is 7,960." });
  assertEquals(scoreGuess(85, 81).verdict, "close");
  assertEquals(scoreGuess(50, 81), { verdict: "near", text: "You said 50; it is 81: more than you thought." });
  assertEquals(scoreGuess(1000, 81).verdict, "far");
  assertEquals(scoreGuess(0, 0).verdict, "close");
  assertEquals(scoreGuess("x", 3.14159).text, "The answer is 3.142.");
});

Deno.test("readGuess() understands what people write", () => {
  const cases: [unknown, number | null][] = [[80, 80], ["80", 80], [" 80 % ", 80], ["80%", 80], ["1,234", 1234], [
    "7 960",
    7960,
  ]];
  cases.push(["0,5", 0.5], ["-3.5", -3.5], ["1e-5", 1e-5], ["", null], ["%", null], ["about 80", null], [null, null], [
    NaN,
    null,
  ], [[1], null]);
  for (const [text, number] of cases) assertEquals(readGuess(text), number, String(text));
});

Deno.test("a share for percent is understood, and said; what is merely far off stays far off", () => {
  assertEquals(scoreGuess(0.8, 81), {
    verdict: "close",
    text: "Well guessed: you said 0.8, which is 80 in the unit that was asked for; it is 81.",
  });
  assertEquals(scoreGuess("80 %", 81).verdict, "close");
  assertEquals(scoreGuess(90, 0.95).verdict, "close");
  assertEquals(scoreGuess(0.1, 81).text, "You said 0.1; it is 81: more than you thought.");
});
