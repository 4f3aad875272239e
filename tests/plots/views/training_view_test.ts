import { assert, assertAlmostEquals, assertEquals, assertStringIncludes } from "@std/assert";
import { drawDigits } from "../../../lib/data/drawn_digits.ts";
import { examplesOf } from "../../../lib/data/examples.ts";
import { slice } from "../../../lib/data/digits.ts";
import { he, initialise } from "../../../lib/network/init.ts";
import { seededRandom } from "../../../lib/random.ts";
import { trainingLoop } from "../../../lib/training/loop.ts";
import { adam } from "../../../lib/training/optimisers.ts";
import { plainStepper } from "../../../lib/training/stepper.ts";
import { trainingViewOf } from "../../../lib/plots/views/training_view.ts";
import { drive } from "./drive.ts";

const lesson = examplesOf(slice(drawDigits(300, 2024), 200));

Deno.test("trainingView(): its steps are those of the course's own loop, bit for bit", async () => {
  const view = drive(
    trainingViewOf({ lanes: [{ name: "a", hidden: 5, start: "He", rate: 0.3 }], digits: 100, steps: 20 }),
  );
  view.play(20);
  const start = initialise([784, 5, 10], seededRandom(1), he);
  const { network } = await trainingLoop(plainStepper, start, lesson, {
    iterations: 20,
    learningRate: 0.3,
    record: () => false,
  });
  assertEquals(view.answer[0]!.network, network);
  assertEquals(view.answer[0]!.history.length, 21);
});

Deno.test("trainingView(): mini-batches come in the loop's order, with the loop's optimiser", async () => {
  const lane = { name: "a", hidden: 5, start: "He", rate: 0.01, optimiser: "Adam" };
  const view = drive(trainingViewOf({ lanes: [lane], digits: 100, steps: 8, batch: 32, hurry: 2 }));
  view.play(4); // two epochs of four batches, the last of four digits
  const start = initialise([784, 5, 10], seededRandom(1), he);
  const { network } = await trainingLoop(plainStepper, start, lesson, {
    ...{ epochs: 2, batchSize: 32, optimiser: adam({ learningRate: 0.01 }), random: seededRandom(7) },
  });
  network.layers.forEach(({ weights }, l) =>
    weights.data.forEach((w, i) => assertAlmostEquals(view.answer[0]!.network.layers[l]!.weights.data[i]!, w, 1e-12))
  );
});

Deno.test("trainingView(): another rate keeps what was learned, another size begins again, too large a rate is told", () => {
  const view = drive(
    trainingViewOf({ lanes: [{ name: "a", hidden: 5, start: "He", rate: 0.3 }], digits: 60, steps: 50 }),
  );
  view.play(3);
  view.slide("learning rate", 0.5);
  assertEquals(view.state.step, 3);
  view.slide("hidden units", 7);
  assertEquals([view.state.step, view.answer[0]!.network.layers[0]!.weights.rows], [0, 7]);
  view.choose("start", "±0.5");
  const wild = drive(
    trainingViewOf({ lanes: [{ name: "a", hidden: 5, start: "He", rate: 1e200 }], digits: 60, steps: 50 }),
  );
  wild.play(5);
  assertStringIncludes(wild.said, "its numbers have run away: too large a rate");
  assert(view.said.startsWith("Step 0: loss"));
});
