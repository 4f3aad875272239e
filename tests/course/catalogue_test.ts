import { assert, assertEquals, assertThrows } from "@std/assert";
import { exercise, EXERCISES } from "../../lib/course/catalogue.ts";

Deno.test("every exercise has its own name, three steps of help or more, and probes", () => {
  assertEquals(new Set(EXERCISES.map(({ id }) => id)).size, EXERCISES.length);
  for (const { id, hints, judge, mistakes, probes } of EXERCISES) {
    assert(hints.length >= 3, `${id} needs three hints or more`);
    assert(judge || Object.keys(mistakes).length >= 2, `${id} needs two usual mistakes or more`);
    assert(probes.length >= 1, `${id} needs inputs to try an answer on`);
  }
});

Deno.test("no hint is the whole answer: that is for those who ask", () => {
  const bare = (code: string) => code.replace(/[!\s;]/g, "");
  for (const { id, hints, solution } of EXERCISES) {
    const answers = [...solution.matchAll(/return ([^;{]+);/g)].map(([, answer]) => bare(answer!));
    for (const hint of hints) assert(!answers.includes(bare(hint.replace(/^return/, ""))), `${id}: ${hint}`);
  }
});

Deno.test("exercise() refuses a name that does not exist", () => {
  assertThrows(() => exercise("99z"), RangeError, 'Cannot find exercise "99z"');
});
