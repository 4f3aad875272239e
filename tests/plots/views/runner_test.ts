import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { drawDigits } from "../../../lib/data/drawn_digits.ts";
import { examplesOf } from "../../../lib/data/examples.ts";
import { slice } from "../../../lib/data/digits.ts";
import { he, initialise } from "../../../lib/network/init.ts";
import { seededRandom } from "../../../lib/random.ts";
import { trainingLoop } from "../../../lib/training/loop.ts";
import { adam } from "../../../lib/training/optimisers.ts";
import { plainStepper } from "../../../lib/training/stepper.ts";
import { advanced, begin } from "../../../lib/plots/views/runner.ts";

const lesson = examplesOf(slice(drawDigits(300, 2024), 200));

const lane = { name: "a", hidden: 5, start: "He", rate: 0.3 };

Deno.test("a runner's steps are those of the course's own loop, bit for bit", async () => {
  let runner = begin(lane, 100);
  for (let step = 1; step <= 20; step++) runner = advanced(runner, 1, step, 100, 100);
  const start = initialise([784, 5, 10], seededRandom(1), he);
  const { network } = await trainingLoop(plainStepper, start, lesson, {
    iterations: 20,
    learningRate: 0.3,
    record: () => false,
  });
  assertEquals(runner.network, network);
  assertEquals(runner.history.map(({ step }) => step), Array.from({ length: 21 }, (_, step) => step));
});

Deno.test("a runner's mini-batches come in the loop's order, with the loop's optimiser", async () => {
  let runner = begin({ ...lane, rate: 0.01, optimiser: "Adam" }, 100);
  for (let step = 2; step <= 8; step += 2) runner = advanced(runner, 2, step, 32, 100); // two epochs of four batches
  const start = initialise([784, 5, 10], seededRandom(1), he);
  const { network } = await trainingLoop(plainStepper, start, lesson, {
    ...{ epochs: 2, batchSize: 32, optimiser: adam({ learningRate: 0.01 }), random: seededRandom(7) },
  });
  network.layers.forEach(({ weights }, l) =>
    weights.data.forEach((w, i) => assertAlmostEquals(runner.network.layers[l]!.weights.data[i]!, w, 1e-12))
  );
});

Deno.test("begin() knows its starts and optimisers", () => {
  assertThrows(
    () => begin({ ...lane, start: "he" }, 10),
    RangeError,
    "start must be one of He, Glorot, ±0.5, zeros, got he",
  );
  assertThrows(
    () => begin({ ...lane, optimiser: "adam" }, 10),
    RangeError,
    "optimiser must be one of plain steps, momentum, Adam",
  );
});
