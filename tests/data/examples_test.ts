import { assertEquals } from "@std/assert";
import { drawDigits } from "../../lib/data/drawn_digits.ts";
import { examplesOf } from "../../lib/data/examples.ts";
import { normalise } from "../../lib/data/prepare.ts";

Deno.test("examplesOf() puts normalised pixels beside their labels", () => {
  const set = drawDigits(6, 3), { images, labels } = examplesOf(set);
  assertEquals([images, labels], [normalise(set), set.labels]);
});
