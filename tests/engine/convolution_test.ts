import { assert, assertEquals } from "@std/assert";
import { fastObjective, probabilitiesOf } from "../../lib/engine/choice.ts";
import { openEngine } from "../../lib/engine/open.ts";
import { train } from "../../lib/engine/train.ts";
import { mostLikely } from "../../lib/network/forward.ts";
import { drawLayer, he } from "../../lib/network/init.ts";
import { initialiseLayers, type LayerList } from "../../lib/network/init_layers.ts";
import type { Layer, Network } from "../../lib/network/network.ts";
import { flatten } from "../../lib/network/theta.ts";
import { normal, seededRandom } from "../../lib/random.ts";
import { objectiveOf } from "../../lib/training/objective.ts";
import { adam, sgd } from "../../lib/training/optimisers.ts";
import { apart, drawn, thin } from "./examples.ts";

const PLANS: LayerList[] = [
  [784, { filters: 8, size: 5, pool: 2 }, { filters: 16, size: 5, pool: 2 }, 10], // nothing padded in memory
  [784, { filters: 3, size: 3, padding: 1, pool: 2 }, { filters: 5, size: 3, padding: 1 }, 20, 10], // everything padded
  [784, { filters: 2, size: 4, padding: 3, pool: 31 }, 10], // one place left
  [784, { filters: 1, size: 27 }, 10], // fewer than four places in a row
  [784, { filters: 9, size: 1, pool: 4 }, { filters: 2, size: 7 }, 12, 10], // windows of one, and of the whole picture
];

for (const [i, plan] of PLANS.entries()) {
  for (const hidden of ["relu", "sigmoid", "tanh"] as const) {
    Deno.test(`convolutions on the engine give the plain code's loss, gradient and answers: ${i + 1} of ${PLANS.length}, ${hidden}`, async () => {
      const examples = drawn(150, 1), network = initialiseLayers(plan, seededRandom(i), undefined, { hidden });
      const x = flatten(network.layers), plain = objectiveOf(network, examples, 0.3)(x);
      for (const workers of [1, 2]) {
        await using fast = (await fastObjective(network, examples, 0.3, { engine: "fast", workers }))!;
        const { value, gradient } = fast.objective(x);
        assert(Math.abs(value - plain.value) < 1e-6 * plain.value, `${value}, must be ${plain.value}`);
        assert(apart(gradient, plain.gradient) < 3e-6, `gradients ${apart(gradient, plain.gradient)} apart`);
      }
      const slow = await probabilitiesOf(network, examples.images);
      const quick = await probabilitiesOf(network, examples.images, { engine: "fast" });
      assert(apart(quick.data, slow.data) < 2e-6);
      assertEquals(mostLikely(quick), mostLikely(slow));
    });
  }
}

Deno.test("300 steps of Adam through convolutions keep to the plain code's path, with any number of workers to the last bit", async () => {
  const examples = drawn(800, 2), test = drawn(300, 3);
  const start = initialiseLayers([784, { filters: 4, size: 5, pool: 4 }, 10], seededRandom(1));
  const run = (choice: { engine?: "fast"; workers?: number }) =>
    train(start, examples, { epochs: 3, batchSize: 8, optimiser: adam(), random: seededRandom(2), test, ...choice });
  const plain = await run({}), fast = await Promise.all([1, 2, 3].map((workers) => run({ engine: "fast", workers })));
  assertEquals([plain.iterations, fast[0]!.iterations], [300, 300]);
  for (const { history, network } of fast) {
    for (const [epoch, record] of history.entries()) {
      assert(Math.abs(record.loss - plain.history[epoch]!.loss) < 1e-5, `${record.loss}`);
      assert(Math.abs(record.testLoss! - plain.history[epoch]!.testLoss!) < 1e-5, `${record.testLoss}`);
    }
    assert(apart(flatten(network.layers), flatten(plain.network.layers)) < 1e-4);
    assertEquals(flatten(network.layers), flatten(fast[0]!.network.layers));
  }
  assert(plain.history.at(-1)!.loss < 0.8 * plain.history[0]!.loss, "it learns");
});

Deno.test("a pass over all examples, too, has the same bytes for any number of workers; pictures need not be grey levels", async () => {
  const examples = thin(36, 300, 5);
  const start = initialiseLayers(
    [36, { filters: 6, size: 3, padding: 1, pool: 2 }, { filters: 3, size: 2 }, 10],
    seededRandom(1),
  );
  const run = (workers: number) =>
    train(start, examples, { iterations: 12, optimiser: sgd(0.1), engine: "fast", workers });
  const [one, two, plain] = await Promise.all([
    run(1),
    run(2),
    train(start, examples, { iterations: 12, optimiser: sgd(0.1) }),
  ]);
  assertEquals(flatten(one.network.layers), flatten(two.network.layers));
  assert(apart(flatten(one.network.layers), flatten(plain.network.layers)) < 1e-5);
});

Deno.test("where a convolution comes after a dense layer, or takes a picture with channels, the same comes out", async () => {
  const random = seededRandom(6), draws = { uniform: random, normal: normal(random) };
  const layer = (inputs: number, units: number, rest: Partial<Layer>): Layer => ({
    ...drawLayer(he(draws, inputs, units), inputs, units),
    activation: "relu",
    ...rest,
  });
  const window = { size: 3, padding: 1, pool: 2 };
  const behind: Network = {
    layers: [
      layer(20, 36, {}),
      layer(9, 4, { convolution: { height: 6, width: 6, channels: 1, ...window } }),
      layer(36, 10, { activation: "softmax" }),
    ],
  };
  const colour: Network = {
    layers: [
      layer(27, 4, { convolution: { height: 4, width: 6, channels: 3, ...window } }),
      layer(24, 10, { activation: "softmax" }),
    ],
  };
  assertEquals(await openEngine(behind, [thin(20, 50, 1)]), null);
  for (const [network, inputs] of [[behind, 20], [colour, 72]] as const) {
    const examples = thin(inputs, 60, 2), options = { epochs: 2, batchSize: 16, learningRate: 0.05 };
    const plain = await train(network, examples, options),
      fast = await train(network, examples, { ...options, engine: "fast" });
    assert(apart(flatten(fast.network.layers), flatten(plain.network.layers)) < 1e-5);
  }
});

Deno.test("a training through convolutions that was stopped goes on as if it had not been", async () => {
  const examples = drawn(200, 8),
    start = initialiseLayers([784, { filters: 3, size: 5, pool: 4 }, 10], seededRandom(1));
  const options = {
    ...{ batchSize: 16, optimiser: adam(), engine: "fast" as const, dropout: { share: 0.3, seed: 4 } },
    distortions: { seed: 3, shift: 2, elastic: { strength: 20, smoothness: 4 } },
  };
  const whole = await train(start, examples, { ...options, epochs: 2, random: seededRandom(2) });
  const half = await train(start, examples, {
    ...{ ...options, epochs: 2, random: seededRandom(2) },
    onStep: () => new Promise((resolve) => setTimeout(resolve, 4)), // it is asked every 20 ms at most
    shouldStop: (iteration) => iteration > 5,
  });
  const rest = await train(start, examples, { ...options, epochs: 2, resume: half });
  assert(half.stopped && half.iterations > 5 && half.iterations < 26, `${half.iterations}`);
  assertEquals(rest.iterations, 26);
  assertEquals(flatten(rest.network.layers), flatten(whole.network.layers));
});
