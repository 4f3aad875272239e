import { assertEquals } from "@std/assert";
import { trial } from "../../lib/course/trial.ts";
import { seededRandom } from "../../lib/random.ts";

Deno.test("trial() hands copies over, catches what is thrown, and names the first place that was changed", () => {
  const input = [[1, 2], { layers: [{ bias: [3] }] }];
  assertEquals(trial((a) => a, input), { value: [1, 2], threw: false, changed: null });
  assertEquals(trial((_, { layers }) => layers[0].bias[0]++, input).changed, [1, "layers", 0, "bias", 0]);
  assertEquals(trial((a) => a.push(3), input).changed, [0]);
  assertEquals(trial((_, b) => b.extra = 1, input).changed, [1, "extra"]);
  assertEquals(input, [[1, 2], { layers: [{ bias: [3] }] }]);
  assertEquals(
    trial(() => {
      throw { toString: null };
    }, []),
    { value: "something without a name", threw: true, changed: null },
  );
});

Deno.test("trial() begins anew with a generator's numbers, so that every run sees the same", () => {
  const random = seededRandom(3);
  assertEquals(trial((draw) => draw(), [random]).value, trial((draw) => draw(), [random]).value);
});
