import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { exercise } from "../../../lib/course/catalogue.ts";
import { checkAttempt } from "../../../lib/course/judge.ts";
import { lossOfStart } from "../../../lib/course/open/loss.ts";

const said = (id: string, attempt: unknown) => checkAttempt(exercise(id), attempt);

Deno.test("05d: two right predictions tenfold apart; whatever else is told what it lacks", () => {
  const lists = (cheap: number, dear: number) => (label: number) => {
    const given = (p: number) => [0, 1, 2].map((k) => k === label ? p : (1 - p) / 2);
    return { cheap: given(cheap), dear: given(dear) };
  };
  assertEquals(said("05d", lists(1, 0.5)).status, "right");
  assertEquals(said("05d", lists(0.95, 0.5987)).status, "right"); // −log p is 10.001 times as much
  const cases: [unknown, string][] = [
    [lists(0.95, 0.6), "times as much, not ten times yet"],
    [lists(0.5, 0.98), "exchanged"],
    [lists(0.98, 0.2), "does not read it"],
    [() => ({ cheap: [0.98, 0.01, 0.01], dear: [0.4, 0.3, 0.3] }), "For label 2"],
    [() => ({ cheap: [1, 1, 1], dear: [0.4, 0.3, 0.3] }), "sums to 3"],
    [() => ({ cheap: [2, -1, 0], dear: [0.4, 0.3, 0.3] }), "no probability"],
    [() => ({ cheap: [0.98, 0.02], dear: [] }), "3 numbers"],
    [() => ({ cheap: [0.98, 0.01, 0.01] }), "dear is missing"],
    [() => [0.98, 0.4], "Return an object"],
  ];
  for (const [attempt, words] of cases) {
    const { status, message } = said("05d", attempt);
    assertEquals(status, "wrong");
    assertStringIncludes(message, words);
  }
});

Deno.test("05e: the loss of a start is measured, and both bounds hold", () => {
  assert(lossOfStart(0) < 2.3026 && lossOfStart(0) > 2.3025, "knowing nothing costs ln 10");
  for (const deviation of [0.38, 0.5]) assertEquals(said("05e", () => deviation).status, "right");
  for (
    const [attempt, words] of [[0.05, "not above 5"], [1, "not below 10"], [-1, "below 0"], ["0.2", "Return a number"]]
  ) {
    assertStringIncludes(said("05e", () => attempt).message, String(words));
  }
});
