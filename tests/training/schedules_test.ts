import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { train } from "../../lib/engine/train.ts";
import { initialise } from "../../lib/network/init.ts";
import { flatten } from "../../lib/network/theta.ts";
import { seededRandom } from "../../lib/random.ts";
import { adam, momentum, sgd } from "../../lib/training/optimisers.ts";
import { scheduled, SCHEDULES } from "../../lib/training/schedules.ts";
import { apart, drawn } from "../engine/examples.ts";

Deno.test("schedules begin with the whole rate and fall towards 0, which they never reach", () => {
  const { constant, linear, cosine } = SCHEDULES;
  assertEquals([constant!(0.9), linear!(0), linear!(0.75), cosine!(0)], [1, 1, 0.25, 1]);
  assertAlmostEquals(cosine!(0.5), 0.5, 1e-15);
  assert(cosine!(0.999) > 0);
});

Deno.test("scheduled(): each step with its own rate, plain and on the engine, and the same after a stop", async () => {
  const examples = drawn(200, 3), start = initialise([784, 8, 10], seededRandom(1));
  const factor = (t: number) => SCHEDULES.cosine!((t - 1) / 20);
  for (const make of [sgd, momentum, (learningRate: number) => adam({ learningRate })]) {
    const optimiser = scheduled(make, 0.01, factor);
    const plain = await train(start, examples, { iterations: 20, optimiser });
    let by = start, state = optimiser.init(start); // the same by single trainings of one step
    for (let t = 1; t <= 20; t++) {
      const one = await train(by, examples, {
        iterations: 1,
        optimiser: { ...make(0.01 * factor(t)), init: () => state },
      });
      [by, state] = [one.network, one.memory.optimiser];
    }
    assertEquals(flatten(plain.network.layers), flatten(by.layers));
    const fast = await train(start, examples, { iterations: 20, optimiser, engine: "fast" });
    assert(apart(flatten(fast.network.layers), flatten(plain.network.layers)) < 1e-4);
    const half = await train(start, examples, { iterations: 9, optimiser });
    const rest = await train(start, examples, { iterations: 20, optimiser, resume: half });
    assertEquals(flatten(rest.network.layers), flatten(plain.network.layers));
  }
});
