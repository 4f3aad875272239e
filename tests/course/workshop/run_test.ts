import { assert, assertEquals } from "@std/assert";
import { largestDifference, PARTS, rightParts, trainOwn, workshopDigits } from "../../../lib/course/workshop/run.ts";
import { drawDigits } from "../../../lib/data/drawn_digits.ts";
import { solved } from "./readers.ts";

Deno.test("the workshop, solved from its stubs, trains to the library's network: same seed, same numbers", async () => {
  const set = drawDigits(1100, 2024), own: Record<string, unknown> = {};
  for (const { id } of PARTS) own[id] = await solved(id);
  const theirs = rightParts(own);
  assertEquals(theirs, PARTS.map(({ id }) => id));
  const yours = [...trainOwn(own, theirs, set)], reference = [...trainOwn({}, [], set)];
  assert(largestDifference(yours.at(-1)!.layers, reference.at(-1)!.layers) < 1e-9);
  assertEquals(yours.map(({ accuracy }) => accuracy), reference.map(({ accuracy }) => accuracy));
  assert(reference.at(-1)!.loss < reference[0]!.loss / 2 && reference.at(-1)!.accuracy > 0.3);
  const { pixels, labels } = workshopDigits();
  assertEquals([labels.length, pixels.slice(0, 1100 * 784)], [4000, set.pixels]);
});

Deno.test("a part that is wrong is not used, and one that is missing neither", async () => {
  const sign = await solved("update", ["w - rate", "w + rate"]);
  assertEquals(rightParts({ update: sign, loss: await solved("loss"), init: null }), ["loss"]);
});
