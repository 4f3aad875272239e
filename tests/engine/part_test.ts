import { assert, assertEquals } from "@std/assert";
import type { SetPlace } from "../../lib/engine/places.ts";
import { chunksOf, paddedInputs, shareOf } from "../../lib/engine/part.ts";

Deno.test("shares cover everything once, in fours, for any number of workers", () => {
  for (const total of [0, 1, 3, 4, 29, 784]) {
    for (const workers of [1, 2, 3, 8, 40]) {
      let next = 0;
      for (let worker = 0; worker < workers; worker++) {
        const [from, to] = shareOf(total, { worker, workers });
        assertEquals(from, next);
        assert(to >= from && (to % 4 === 0 || to === total));
        next = to;
      }
      assertEquals(next, total);
    }
  }
});

Deno.test("chunks cover a set once, the last one smaller; inputs are padded to fours", () => {
  const set = { count: 10, inputs: 9 } as SetPlace;
  const parts = Array.from(chunksOf(set, 4), ([c, { first, count }]) => [c, first, count]);
  assertEquals(parts, [[0, 0, 4], [1, 4, 4], [2, 8, 2]]);
  assertEquals(Array.from(chunksOf(set, 4, 1, 2), ([c]) => c), [1]);
  assertEquals(paddedInputs(set), 12);
});
