import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { batchViewOf } from "../../../lib/plots/views/batch_view.ts";
import { drive } from "./drive.ts";

Deno.test("batchView(): all examples at once make few smooth steps, one at a time many that dance", () => {
  const view = drive(batchViewOf({ seed: 3 })),
    bends = (way: readonly (readonly [number, number])[]) =>
      way.slice(2).filter(([x], k) => (x - way[k + 1]![0]) * (way[k + 1]![0] - way[k]![0]) < 0).length;
  view.slide("batch size", 5);
  assertStringIncludes(view.said, "All 48 examples at a time, rate 0.10: 1 update an epoch, 3 in 3");
  assertEquals([view.answer.way.length, bends(view.answer.way)], [4, 0]);
  view.slide("batch size", 0);
  assertEquals(view.answer.way.length, 1 + 3 * 48);
  assert(bends(view.answer.way) > 30);
});

Deno.test("batchView(): a rate beyond 2 / steepness flies off, a small one comes near the lowest", () => {
  const view = drive(batchViewOf({ seed: 3 }));
  view.slide("batch size", 5);
  view.slide("epochs", 10);
  const far = view.answer.losses.at(-1)!;
  view.slide("learning rate", 0.6);
  assert(view.answer.losses.at(-1)! > view.answer.losses[0]! && far < view.answer.losses[0]! / 5);
  assertStringIncludes(view.said, "It flies off");
  view.slide("learning rate", 0.02);
  view.slide("epochs", 1);
  assertStringIncludes(view.said, "still on its way");
});
