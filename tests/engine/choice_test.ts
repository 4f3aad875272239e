import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import type { Digits } from "../../lib/data/digits.ts";
import { fastObjective, probabilitiesOf } from "../../lib/engine/choice.ts";
import { train } from "../../lib/engine/train.ts";
import { accuracy } from "../../lib/evaluation/metrics.ts";
import { type Matrix, matrix } from "../../lib/matrix.ts";
import { mostLikely } from "../../lib/network/forward.ts";
import { glorot, he, initialise } from "../../lib/network/init.ts";
import type { Network } from "../../lib/network/network.ts";
import { flatten } from "../../lib/network/theta.ts";
import { seededRandom } from "../../lib/random.ts";
import { minimise } from "../../lib/training/lbfgs.ts";
import { objectiveOf } from "../../lib/training/objective.ts";
import { adam, momentum, sgd } from "../../lib/training/optimisers.ts";
import { apart, drawn, SIGMOID } from "./examples.ts";

Deno.test("probabilitiesOf() gives the plain code's probabilities, for one image and for more than a chunk", async () => {
  for (const count of [1, 3, 1030]) {
    const network = initialise([784, 20, 10], seededRandom(1), he), { images, labels } = drawn(count, 2);
    const fast = await probabilitiesOf(network, images, { engine: "fast" }),
      plain = await probabilitiesOf(network, images);
    assert(apart(fast.data, plain.data) < 1e-5);
    assertEquals(accuracy(mostLikely(fast), labels), accuracy(mostLikely(plain), labels));
  }
  assertEquals((await probabilitiesOf(initialise([4, 10], seededRandom(1)), matrix(4, 0), { engine: "fast" })).cols, 0);
});

Deno.test("probabilitiesOf() takes bytes, chunk by chunk: of any size, mostly paper, all ink, or none", async () => {
  const uniform = seededRandom(5), ink = { thin: 0.2, thick: 0.9, none: 0 };
  for (const [width, height] of [[28, 28], [7, 5], [1, 1], [16, 1], [5, 13]] as const) {
    for (const share of Object.values(ink)) {
      const count = 2100, size = width * height, labels = new Uint8Array(count); // two chunks and a part of one
      const grey = () => uniform() < share ? 1 + Math.floor(255 * uniform()) : 0;
      const set: Digits = {
        name: "made up",
        provenance: "",
        pixels: Uint8Array.from({ length: size * count }, grey),
        labels,
        width,
        height,
      };
      const network = initialise([size, 6, 3], seededRandom(1), he);
      const fast = await probabilitiesOf(network, set, { engine: "fast" }), plain = await probabilitiesOf(network, set);
      assert(apart(fast.data, plain.data) < 1e-5, `${width} × ${height}, ${share}`);
    }
  }
});

Deno.test("L-BFGS on the engine reaches the plain code's J", async () => {
  const { images, labels } = drawn(400, 3), start = initialise([784, 12, 10], seededRandom(1), glorot, SIGMOID);
  await using fast = await fastObjective(start, { images, labels }, 0.1);
  const plain = objectiveOf(start, { images, labels }, 0.1), first = flatten(start.layers);
  const [a, b] = await Promise.all(
    [fast!.objective, plain].map((objective) => minimise(objective, first, { maxIterations: 30 })),
  );
  assertEquals(a!.iteration, 30);
  assert(Math.abs(a!.value - b!.value) < 2e-3 * b!.value, `J ${a!.value}, must be ${b!.value}`);
});

Deno.test("the engine says what is wrong as the plain code does", async () => {
  const examples = drawn(20, 1), start = initialise([784, 10, 10], seededRandom(1)), engine = "fast" as const;
  const small = initialise([400, 10, 10], seededRandom(1));
  const run = (network: Network, over: object) =>
    train(network, examples, { iterations: 5, learningRate: 0.1, engine, ...over });
  await assertRejects(() => run(small, {}), TypeError, "Cannot multiply weights1 [10 × 400] by images [784 × 20]");
  await assertRejects(
    () => run(start, { iterations: 0 }),
    RangeError,
    "iterations must be a whole number from 1, got 0",
  );
  await assertRejects(() => run(start, { learningRate: -1 }), RangeError, "learningRate");
  await assertRejects(() => run(start, { learningRate: 1e30, iterations: 20 }), RangeError, "loss must be finite");
  await assertRejects(() => run(start, { test: { ...examples, labels: [1] } }), TypeError, "1 labels");
  await assertRejects(
    () =>
      train(start, { ...examples, labels: new Uint8Array(20).fill(11) }, { iterations: 5, learningRate: 0.1, engine }),
    RangeError,
    "must be a whole number from 0 to 9, got 11",
  );
  await assertRejects(
    () => train(start, examples, { epochs: 0, optimiser: adam(), engine }),
    RangeError,
    "epochs must be a whole number from 1, got 0",
  );
  for (const make of [sgd, momentum, (rate: number) => adam({ learningRate: rate })]) {
    assertThrows(() => make(-0.1), RangeError, "learningRate must be a finite number above 0, got -0.1");
  }
  await assertRejects(() => run(start, { learningRate: Infinity }), RangeError, "learningRate must be a finite number");
  const broken: Matrix = { ...examples.images, data: examples.images.data.map((x, i) => i === 400 ? NaN : x) };
  await assertRejects(
    () => train(start, { ...examples, images: broken }, { iterations: 5, learningRate: 0.1, engine }),
    RangeError,
    "finite",
  );
});
