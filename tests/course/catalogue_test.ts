import { assert, assertEquals, assertThrows } from "@std/assert";
import { exercise, EXERCISES } from "../../lib/course/catalogue.ts";

Deno.test("every exercise has its own name, three steps of help or more, and probes", () => {
  assertEquals(new Set(EXERCISES.map(({ id }) => id)).size, EXERCISES.length);
  for (const { id, hints, mistakes, probes } of EXERCISES) {
    assert(hints.length >= 3, `${id} needs three hints or more`);
    assert(Object.keys(mistakes).length >= 2, `${id} needs two usual mistakes or more`);
    assert(probes.length >= 1, `${id} needs inputs to try an answer on`);
  }
});

Deno.test("exercise() refuses a name that does not exist", () => {
  assertThrows(() => exercise("99z"), RangeError, 'Cannot find exercise "99z"');
});
