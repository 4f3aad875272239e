import { assert, assertEquals, assertRejects } from "@std/assert";
import { UnknownName } from "../../lib/errors.ts";
import { check, guess, hint, keyNumber, reveal, showExhibit, solution } from "../../lib/notebook/learning.ts";
import { printed } from "./printed.ts";

Deno.env.set("DIGITS_PROGRESS", "off"); // the reader's own is not touched

Deno.test("check() says right, wrong or not tried, and never throws", async () => {
  const lines = await printed(async () => {
    await check("00a", (a: number, b: number) => a + b);
    await check("00a", (a: number, b: number) => a - b);
    await check("00a", () => null);
    await check("99z", () => 1);
  });
  assertEquals(lines.map((line) => line[0]), ["✓", "✗", "○", "✗"]);
  assert(lines[3]!.includes('Cannot find exercise "99z"'));
});

Deno.test("a guess is kept until it is revealed; one that no chapter has is refused", async () => {
  const lines = await printed(async () => {
    await guess("08-rate", 0.5);
    await reveal("08-rate", 0.5, "Because.");
    await reveal("08-accuracy", 44, "Because.");
  });
  assertEquals(lines[0], "Noted: 0.5.");
  assert(lines[1]!.endsWith("Because.") && !lines[1]!.startsWith("The answer is"), lines[1]);
  assert(lines[2]!.startsWith("The answer is 44."), lines[2]); // nobody guessed
  for (const unknown of [() => guess("08-rat", 1), () => reveal("08-rat", 1, "")]) {
    await assertRejects(unknown, UnknownName, 'Cannot find guess "08-rat"');
  }
});

Deno.test("hint() gives the next hint each time, solution() the code, showExhibit() both versions, keyNumber() its line", async () => {
  const lines = await printed(async () => {
    await hint("00a");
    await hint("00a");
    await solution("00a");
    await showExhibit("08");
    await keyNumber("Sheep", "7");
  });
  assert(lines[0]!.startsWith("Hint 1 of ") && lines[1]!.startsWith("Hint 2 of "));
  assert(lines[2]!.includes("return a + b"));
  assert(
    lines[3]!.includes("As published: of 0.1, 0.2, 0.45 it picks number 0") && lines[3]!.includes("Repaired: passes"),
  );
  assertEquals(lines[4], "Sheep: 7");
});
