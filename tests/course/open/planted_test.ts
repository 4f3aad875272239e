import { assertEquals, assertStringIncludes } from "@std/assert";
import { exercise } from "../../../lib/course/catalogue.ts";
import { checkAttempt } from "../../../lib/course/judge.ts";

type Softmax = (logits: number[]) => number[];

const sound: Softmax = (logits) => {
  const raised = logits.map((z) => Math.exp(z - Math.max(...logits))), total = raised.reduce((a, b) => a + b);
  return raised.map((value) => value / total);
};
const reversed: Softmax = (logits) => sound(logits).reverse();
const order = (softmax: Softmax) => softmax([0, 1])[1]! > 0.5 ? null : "the larger logit gets the smaller share";

Deno.test("14c: a quiet mistake and the check that finds it, both tried", () => {
  const said = (buggy: unknown, check: unknown) => checkAttempt(exercise("14c"), () => ({ buggy, check }));
  const fine = said(reversed, order);
  assertEquals(fine.status, "right");
  assertStringIncludes(fine.message, "0 of 4 mistakes of others");
  const strict = (softmax: Softmax) =>
    [[0, 1], [1000, 1001]].every((z) => Math.abs(softmax(z)[1]! - 1 / (1 + Math.exp(-1))) < 1e-9)
      ? null
      : "not the shares";
  assertStringIncludes(said(reversed, strict).message, "4 of 4 mistakes of others");
  const cases: [unknown, unknown, string][] = [
    [sound, order, "where is the mistake?"],
    [(z: number[]) => z, order, "probabilit"],
    [(z: number[]) => z.map(() => 0.5), order, "anybody sees that"],
    [(z: number[]) => sound(z).slice(1), order, "numbers"],
    [reversed, () => "never good", "refuses a sound softmax"],
    [reversed, (softmax: Softmax) => softmax === reversed ? null : null, "lets your own mistake pass"],
    [reversed, (softmax: Softmax) => softmax === reversed ? "that one" : null, "lets your own mistake pass"],
    [reversed, (softmax: Softmax) => softmax([0, 1])[1]! < 0.5, "refuses a sound softmax"],
    [reversed, () => {
      throw new Error("boo");
    }, "boo"],
    [reversed, null, "check"],
    [7, order, "buggy should be a function"],
  ];
  for (const [buggy, check, words] of cases) assertStringIncludes(said(buggy, check).message, words);
});
