import { assert, assertEquals } from "@std/assert";
import { PUBLISHED } from "../../lib/experiments/published.ts";
import { expandGrid } from "../../lib/experiments/grid.ts";
import grids from "../../data/recorded/published.json" with { type: "json" };

Deno.test("the recorded grid of published results is made of their settings, three seeds each", () => {
  assert(PUBLISHED.length >= 15);
  const wanted = PUBLISHED.flatMap(({ settings }) =>
    [1, 2, 3].map((seed) => ({ data: "mnist", settings: { ...settings, seed } }))
  );
  assertEquals((grids as never[]).flatMap(expandGrid), wanted);
});

Deno.test("a result on the validation part names one in its settings", () => {
  for (const { part, settings, what } of PUBLISHED) assert(part === "test" || settings.validation, what);
});
