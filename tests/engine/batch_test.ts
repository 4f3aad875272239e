import { assert, assertEquals } from "@std/assert";
import { train } from "../../lib/engine/train.ts";
import { glorot, initialise } from "../../lib/network/init.ts";
import { flatten } from "../../lib/network/theta.ts";
import { seededRandom } from "../../lib/random.ts";
import { adam, momentum, sgd } from "../../lib/training/optimisers.ts";
import { dense, drawn, thin } from "./examples.ts";

Deno.test("mini-batches give the same bytes with one worker, two, three, or more than there is work for", async () => {
  const cases = [drawn(203, 7), dense(50, 203, 8), thin(31, 203, 9)]; // batches of 29: odd shares, and a short last one
  for (const examples of cases) {
    for (const make of [() => sgd(0.1), () => momentum(0.02), () => adam()]) {
      const start = initialise([examples.images.rows, 21, 16, 10], seededRandom(2), glorot);
      const run = async (workers: number) => {
        const options = {
          epochs: 2,
          batchSize: 29,
          random: seededRandom(9),
          lambda: 0.1,
          engine: "fast",
          workers,
        } as const;
        const { network, history } = await train(start, examples, { ...options, optimiser: make() });
        return { bytes: flatten(network.layers), loss: history.at(-1)!.loss };
      };
      const alone = await run(1);
      for (const workers of [2, 3, 40]) {
        const { bytes, loss } = await run(workers);
        assertEquals(bytes, alone.bytes, `${workers} workers`);
        assert(Math.abs(loss - alone.loss) < 1e-12 * loss, `${workers} workers: loss ${loss}, alone ${alone.loss}`);
      }
    }
  }
});
