import { assert, assertEquals } from "@std/assert";
import { CHUNK, openEngine } from "../../lib/engine/open.ts";
import { initialise } from "../../lib/network/init.ts";
import { seededRandom } from "../../lib/random.ts";
import { adam } from "../../lib/training/optimisers.ts";
import { drawn } from "./examples.ts";

const start = initialise([784, 10, 10], seededRandom(1));

Deno.test("openEngine() makes room for what the work needs, and no more", async () => {
  const examples = drawn(40, 1);
  await using reading = await openEngine(start, [examples], { work: "reading" });
  await using passes = await openEngine(start, [examples]);
  await using batches = await openEngine(start, [examples], { work: "batches", chunk: 8, moments: 2 });
  assertEquals([reading!.layout.chunk, batches!.layout.chunk], [CHUNK, 8]);
  assertEquals([reading!.order.length, passes!.order.length, batches!.order.length], [0, 0, 40]);
  assertEquals([passes!.takeMoments().length, batches!.takeMoments().length], [0, 2]);
  assert(reading!.layout.shares[0]!.gradient === 0 && passes!.layout.shares[0]!.gradient > 0);
});

Deno.test("what an optimiser remembers comes back from the engine as it was put in", async () => {
  await using engine = await openEngine(start, [drawn(20, 1)], { work: "batches", chunk: 4, moments: 2 });
  const { init, step } = adam(), gradients = { layers: start.layers };
  const { state } = step(start, gradients, init(start));
  const single = state.moments.map(({ layers }) => ({ // as Float32 holds it
    layers: layers.map(({ weights, bias }) => ({
      weights: { ...weights, data: Float64Array.from(weights.data, Math.fround) },
      bias: { ...bias, data: Float64Array.from(bias.data, Math.fround) },
    })),
  }));
  engine!.putMoments(state.moments);
  const taken = engine!.takeMoments().map(({ layers }) => ({
    layers: layers.map(({ weights, bias }) => ({ weights, bias })),
  }));
  assertEquals(taken, single);
});
