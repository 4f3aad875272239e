import { assert, assertEquals, assertRejects } from "@std/assert";
import { drawDigits } from "../../lib/data/drawn_digits.ts";
import { examplesOf } from "../../lib/data/examples.ts";
import { train as trainQuietly } from "../../lib/engine/train.ts";
import { initialise, zeros } from "../../lib/network/init.ts";
import { race, train, trainTutorial } from "../../lib/notebook/training.ts";
import { seededRandom } from "../../lib/random.ts";
import { adam, sgd } from "../../lib/training/optimisers.ts";
import { trainTutorial as trainTutorialQuietly } from "../../lib/tutorials/train_tutorial.ts";
import { tutorial } from "../../lib/tutorials/tutorials.ts";
import { printed } from "./printed.ts";

const examples = examplesOf(drawDigits(60, 1)), start = initialise([784, 6, 10], seededRandom(1));

Deno.test("train() of a notebook makes the steps of the other; outside a notebook, the live plot is its sentence", async () => {
  const options = { iterations: 12, learningRate: 0.1 };
  const quiet = await trainQuietly(start, examples, options);
  const seen: number[] = [];
  let result: typeof quiet | undefined;
  const lines = await printed(async () => {
    result = await train(start, examples, {
      ...options,
      live: "a title",
      onRecord: (record) => void seen.push(record.iteration),
    });
  });
  assertEquals(result!.network, quiet.network);
  assertEquals(seen, [...Array(13).keys()]); // few iterations: each is drawn
  assert(lines.at(-1)!.startsWith("After 12 iterations: loss "), lines.at(-1));
});

Deno.test("train() of a notebook stops after so many seconds, and says how to go on", async () => {
  let stopped = false;
  const lines = await printed(async () => {
    const endless = { iterations: 1_000_000, learningRate: 0.01, live: "a title", seconds: 0.2, record: () => false };
    ({ stopped } = await train(start, examples, endless));
  });
  assert(stopped);
  assert(/^Stopped after \d+ iterations \(0.2 seconds\). Nothing is lost/.test(lines.at(-1)!), lines.at(-1));
});

Deno.test("race() gives each runner what is common, a start of its own if it has one, and the same order of examples", async () => {
  const common = { epochs: 2, batchSize: 20, random: seededRandom(7) };
  const [one, other, stuck] = await race(start, examples, {
    first: { optimiser: sgd(0.1) },
    again: { optimiser: sgd(0.1) },
    zeros: { optimiser: adam(), start: initialise([784, 6, 10], seededRandom(1), zeros) },
  }, common);
  assertEquals([one!.name, other!.name, stuck!.name], ["first", "again", "zeros"]);
  assertEquals([one!.network, one!.losses], [other!.network, other!.losses]);
  assertEquals([one!.losses.length, one!.history.length], [6, 2]);
  const { layers: [hidden] } = stuck!.network;
  assert(hidden!.weights.data.every((w) => w === 0), "from zeros with ReLU nothing moves");
});

Deno.test("train() of a notebook leaves no bar behind where a training is stopped at once, or fails", async () => {
  let stopped = false;
  const atOnce = { epochs: 3, batchSize: 20, optimiser: adam(), live: "a title", shouldStop: () => true };
  const lines = await printed(async () => void ({ stopped } = await train(start, examples, atOnce)));
  assert(stopped);
  assertEquals(lines.slice(-2), [
    "nothing recorded",
    "Stopped after 0 iterations. Nothing is lost: hand the result back as `resume` to go on.",
  ]);
  const failed = await printed(() =>
    assertRejects(() => train(start, examples, { iterations: 5, learningRate: 1e300, live: "a title" }), RangeError)
      .then(() => {})
  );
  assert(failed.at(-1)!.startsWith("After 0 iterations"), failed.at(-1));
});

Deno.test("race() keeps the loss of each update with iterations too, and calls what is common", async () => {
  const steps: number[] = [];
  const [lane] = await race(start, examples, { only: {} }, {
    iterations: 4,
    learningRate: 0.1,
    record: (k) => k === 0,
    onStep: ({ iteration }) => void steps.push(iteration),
  });
  assertEquals([lane!.losses.length, steps], [4, [1, 2, 3, 4]]);
  assertEquals(lane!.losses[0], lane!.history[0]!.loss);
});

Deno.test("trainTutorial() of a notebook makes the steps of the other, and can be stopped", async () => {
  const own = tutorial("003"), run = { variant: "corrected", seed: 1, iterations: 4 } as const;
  const lesson = own.examples(drawDigits(60, 1)), quiet = await trainTutorialQuietly(own, { ...run, examples: lesson });
  assertEquals((await trainTutorial(own, { ...run, examples: lesson })).network, quiet.network);
  const stopped = await trainTutorial(own, { ...run, examples: lesson, shouldStop: (iteration) => iteration === 2 });
  assertEquals(stopped.final.iteration, 2);
});
