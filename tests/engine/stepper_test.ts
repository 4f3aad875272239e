import { assert, assertEquals } from "@std/assert";
import { train } from "../../lib/engine/train.ts";
import { glorot, initialise } from "../../lib/network/init.ts";
import type { Network } from "../../lib/network/network.ts";
import { flatten } from "../../lib/network/theta.ts";
import { seededRandom } from "../../lib/random.ts";
import { adam, momentum, sgd } from "../../lib/training/optimisers.ts";
import { apart, drawn } from "./examples.ts";

Deno.test("train() on the engine stops, resumes, and hands out the network on the way", async () => {
  const examples = drawn(300, 1), start = initialise([784, 10, 10], seededRandom(1));
  const options = { learningRate: 0.1, engine: "fast" as const };
  const stopped = await train(start, examples, { ...options, iterations: 50, shouldStop: (k) => k >= 0 });
  assertEquals([stopped.stopped, stopped.iterations, stopped.history.length], [true, 0, 1]);
  const half = await train(start, examples, { ...options, iterations: 20 });
  const resumed = await train(start, examples, { ...options, iterations: 40, resume: half });
  const whole = await train(start, examples, { ...options, iterations: 40 });
  assertEquals(flatten(resumed.network.layers), flatten(whole.network.layers));
  assertEquals(resumed.history.map(({ iteration }) => iteration), [0, 10, 20, 40]);

  const seen: Network[] = [], asked: number[] = [];
  let clock = 100;
  const { now } = performance;
  performance.now = () => clock; // each step takes 6 ms, however busy the machine is
  try {
    const epochs = await train(start, examples, {
      epochs: 2,
      optimiser: adam(),
      engine: "fast",
      onStep: ({ network }) => {
        clock += 6;
        seen.push(network);
      },
      shouldStop: (k) => {
        asked.push(k);
        return false;
      },
    });
    assertEquals([epochs.stopped, epochs.history.length], [false, 2]);
    assertEquals(asked, [0, 4, 8, 12, 16]); // every 20 ms only
    assertEquals(flatten(seen.at(-1)!.layers), flatten(epochs.network.layers));
  } finally {
    performance.now = now;
  }
});

Deno.test("one optimiser serves two trainings, plain and fast: the same as an optimiser each", async () => {
  const examples = drawn(90, 3), start = initialise([784, 12, 10], seededRandom(1), glorot);
  for (const make of [() => momentum(0.02), () => adam()]) {
    const shared = make(), weights: Float64Array[] = [];
    for (const optimiser of [shared, shared, make()]) {
      for (const engine of ["reference", "fast"] as const) {
        const options = { epochs: 2, batchSize: 20, random: seededRandom(4), optimiser, engine };
        weights.push(flatten((await train(start, examples, options)).network.layers));
      }
    }
    const [plain, fast, ...others] = weights as [Float64Array, Float64Array, ...Float64Array[]];
    others.forEach((again, i) => assertEquals(again, i % 2 ? fast : plain));
    assert(apart(fast, plain) < 1e-5, `the engine differs by ${apart(fast, plain)}`);
  }
});

Deno.test("epochs on the engine, stopped in the middle of one and resumed: the bytes of one run", async () => {
  const examples = drawn(90, 3), start = initialise([784, 12, 10], seededRandom(1), glorot);
  for (const workers of [1, 2]) {
    for (const optimiser of [sgd(0.1), momentum(0.02), adam()]) {
      const options = { epochs: 3, batchSize: 20, optimiser, lambda: 0.1, engine: "fast", workers } as const;
      const whole = await train(start, examples, { ...options, random: seededRandom(4) });
      const slow = () => new Promise<void>((resolve) => setTimeout(resolve, 21)); // the engine asks every 20 ms
      const half = await train(start, examples, {
        ...options,
        random: seededRandom(4),
        onStep: slow,
        shouldStop: (k) => k === 7, // 5 batches an epoch
      });
      assertEquals([half.stopped, half.iterations, half.history.length], [true, 7, 1]);
      for (let again = 0; again < 2; again++) { // what is resumed stays as it was
        const rest = await train(start, examples, { ...options, random: seededRandom(99), resume: half });
        assertEquals(flatten(rest.network.layers), flatten(whole.network.layers));
        assertEquals(rest.history, whole.history);
      }
    }
  }
});
