import { assert, assertEquals } from "@std/assert";
import { layersOf, trialId } from "../../lib/experiments/settings.ts";

Deno.test("trialId() depends on settings and digits, not on the order, and not on where the digits lie", async () => {
  const id = await trialId({ tutorial: "000", seed: 1 }, "abc");
  assertEquals(await trialId({ seed: 1, tutorial: "000" }, "abc"), id);
  assert(await trialId({ tutorial: "000", seed: 2 }, "abc") !== id);
  assert(await trialId({ tutorial: "000", seed: 1 }, "abd") !== id);
});

Deno.test("layersOf() puts convolutions before the hidden layers", () => {
  assertEquals(layersOf({ hidden: [128, 64] }, 784), [784, 128, 64, 10]);
  assertEquals(layersOf({ hidden: [], filters: [[16, 5, 2], [8, 3, 1, 1], [4, 2]] }, 784), [
    784,
    { filters: 16, size: 5, pool: 2, padding: 0 },
    { filters: 8, size: 3, pool: 1, padding: 1 },
    { filters: 4, size: 2, pool: 1, padding: 0 },
    10,
  ]);
});
