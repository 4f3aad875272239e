import { assertEquals } from "@std/assert";
import { scoreGuess } from "../../lib/course/guess.ts";

Deno.test("scoreGuess() is kind: near guesses, far ones, none", () => {
  assertEquals(scoreGuess(null, 7960), { verdict: "none", text: "The answer is 7,960." });
  assertEquals(scoreGuess(85, 81).verdict, "close");
  assertEquals(scoreGuess(50, 81), { verdict: "near", text: "You said 50, it is 81: more than you thought." });
  assertEquals(scoreGuess(1000, 81).verdict, "far");
  assertEquals(scoreGuess(0, 0).verdict, "close");
  assertEquals(scoreGuess("x", 3.14159).text, "The answer is 3.142.");
});
