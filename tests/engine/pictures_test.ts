import { assert, assertEquals } from "@std/assert";
import { train } from "../../lib/engine/train.ts";
import { initialiseLayers, type LayerList } from "../../lib/network/init_layers.ts";
import { flatten } from "../../lib/network/theta.ts";
import { seededRandom } from "../../lib/random.ts";
import { adam } from "../../lib/training/optimisers.ts";
import { apart, dense, drawn, thin } from "./examples.ts";

const distortions = { seed: 5, shift: 2, turn: 10, scale: 0.1, elastic: { strength: 20, smoothness: 4 } };
const dropout = { share: 0.4, seed: 9 };
const PLANS: LayerList[] = [
  [784, { filters: 4, size: 5, pool: 2 }, { filters: 8, size: 3, padding: 1, pool: 3 }, 16, 10],
  [784, { filters: 5, size: 5, padding: 2, pool: 2 }, 10],
  [784, 20, 12, 10],
];

for (const plan of PLANS) {
  for (
    const [name, extra] of Object.entries({
      dropout: { dropout },
      distortions: { distortions },
      both: { dropout, distortions },
    })
  ) {
    Deno.test(`the engine changes pictures and drops units as the plain code does, for any number of workers: ${JSON.stringify(plan)}, ${name}`, async () => {
      const examples = drawn(90, 1), start = initialiseLayers(plan, seededRandom(1));
      for (const batchSize of [16, 100]) { // mini-batches, and one that holds all
        const run = (choice: { engine?: "fast"; workers?: number }) =>
          train(start, examples, {
            epochs: 2,
            batchSize,
            optimiser: adam(),
            random: seededRandom(2),
            ...extra,
            ...choice,
          });
        const plain = flatten((await run({})).network.layers);
        const [one, two, three] = await Promise.all(
          [1, 2, 3].map(async (workers) => flatten((await run({ engine: "fast", workers })).network.layers)),
        );
        assert(apart(one!, plain) < 1e-5, `${apart(one!, plain)}`);
        assertEquals([two, three], [one, one]);
      }
    });
  }
}

Deno.test("pictures of any form are changed: without zeros, with other numbers than grey levels", async () => {
  for (const examples of [dense(36, 60, 3), thin(36, 60, 4)]) {
    const start = initialiseLayers([36, { filters: 3, size: 3 }, 10], seededRandom(1));
    const options = { epochs: 1, batchSize: 16, learningRate: 0.05, distortions: { seed: 1, shift: 1, turn: 20 } };
    const plain = await train(start, examples, options),
      fast = await train(start, examples, { ...options, engine: "fast" });
    assert(apart(flatten(fast.network.layers), flatten(plain.network.layers)) < 1e-5);
    const still = await train(start, examples, { ...options, distortions: undefined });
    assert(
      apart(flatten(still.network.layers), flatten(plain.network.layers)) > 1e-3,
      "changed pictures teach otherwise",
    );
  }
});
