import { assert, assertAlmostEquals, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { tutorial } from "../../lib/course/tutorials.ts";
import { drawDigits } from "../../lib/data/drawn_digits.ts";
import { normalise, type Split, split } from "../../lib/data/prepare.ts";
import { loadDigits, mnistFolder } from "../../lib/data/sources.ts";
import { matrix, scale } from "../../lib/matrix.ts";
import { backward } from "../../lib/network/backward.ts";
import { he, initialise, uniformHalf } from "../../lib/network/init.ts";
import { seededRandom } from "../../lib/random.ts";
import { gradientDescent } from "../../lib/training/gradient_descent.ts";
import { logged, train, type TrainingRecord, type TrainOptions } from "../../lib/training/train.ts";
import golden from "../golden/mnist_784_10_10.json" with { type: "json" };

const set = drawDigits(120, 3), parts = split(set, 20);
const lesson = { images: normalise(parts.train), labels: parts.train.labels };
const unseen = { images: normalise(parts.test), labels: parts.test.labels };
const start = initialise([784, 10, 10], seededRandom(1), uniformHalf);

Deno.test("gradientDescent() yields the network after 0, 1, … updates, and starts from the given one", () => {
  const steps = [...gradientDescent(start, lesson.images, lesson.labels, { iterations: 3, learningRate: 0.1 })];
  assertEquals(steps.map(({ iteration }) => iteration), [0, 1, 2, 3]);
  assertEquals(steps[0]!.network, start);
  const options = { iterations: 1, learningRate: 0.1 };
  assertEquals([...gradientDescent(start, lesson.images, lesson.labels, options)], steps.slice(0, 2));
});

Deno.test("gradientDescent() refuses iterations that are no number of steps", () => {
  for (const iterations of [0, -3, 0.1, NaN]) {
    assertThrows(
      () => gradientDescent(start, lesson.images, lesson.labels, { iterations, learningRate: 0.1 }).next(),
      RangeError,
      `got ${iterations}`,
    );
  }
});

Deno.test("train() learns ten digits by heart", async () => {
  const ten = { images: normalise(drawDigits(10, 4)), labels: drawDigits(10, 4).labels };
  const { history } = await train(initialise([784, 16, 10], seededRandom(1), he), ten, {
    iterations: 150,
    learningRate: 0.5,
  });
  assertEquals(history.at(-1)!.accuracy, 1);
});

Deno.test("train() records 0, 10, 20, 50, 100, every 100 and always the last", async () => {
  assertEquals([...Array(301).keys()].filter(logged), [0, 10, 20, 50, 100, 200, 300]);
  const { history, stopped, iterations } = await train(start, lesson, {
    iterations: 23,
    learningRate: 0.1,
    test: unseen,
  });
  assertEquals(history.map((record) => record.iteration), [0, 10, 20, 23]);
  assertEquals([stopped, iterations], [false, 23]);
  assert(history.every(({ testLoss, testAccuracy }) => testLoss! > 0 && testAccuracy! >= 0));
});

Deno.test("train() stopped and resumed gives the very weights and records of one long run", async () => {
  const whole = await train(start, lesson, { iterations: 12, learningRate: 0.1, record: (k) => k % 4 === 0 });
  const first = await train(start, lesson, {
    iterations: 12,
    learningRate: 0.1,
    record: (k) => k % 4 === 0,
    shouldStop: (k) => k === 4,
  });
  assertEquals([first.stopped, first.iterations], [true, 4]);
  const rest = await train(start, lesson, {
    iterations: 12,
    learningRate: 0.1,
    record: (k) => k % 4 === 0,
    resume: first,
  });
  assertEquals(rest, whole);
  await assertRejects(
    () => train(start, lesson, { iterations: 12, learningRate: 0.1, resume: whole }),
    RangeError,
    "Cannot resume after 12 iterations",
  );
});

Deno.test("train() stopped at once keeps the start and its record", async () => {
  const { network, history, iterations } = await train(start, lesson, {
    iterations: 5,
    learningRate: 0.1,
    shouldStop: () => true,
  });
  assertEquals([network, iterations, history.length], [start, 0, 1]);
});

Deno.test("train() hands over each record as it is made, and waits", async () => {
  const seen: TrainingRecord[] = [];
  const { history } = await train(start, lesson, {
    iterations: 10,
    learningRate: 0.1,
    onRecord: async (record, all) => {
      await Promise.resolve();
      seen.push(record);
      assertEquals(all.at(-1), record);
    },
  });
  assertEquals(seen, [...history]);
});

Deno.test("train() with a rate far too large says at which iteration it ran away, from its first update on", async () => {
  const runAway = (options: Partial<TrainOptions>) =>
    assertRejects(() => train(start, lesson, { iterations: 60, learningRate: 1e200, ...options }), RangeError);
  const { message } = await runAway({});
  assert(message.startsWith("Cannot continue training at iteration 1: in layer 2: its sums must be finite"), message);
  assert(message.endsWith("the steps are too long, try a learningRate below 1e+200"), message);
  const resume = await train(start, lesson, { iterations: 2, learningRate: 0.1 });
  assert((await runAway({ resume })).message.startsWith("Cannot continue training at iteration 3: "));

  let updates = 0; // three updates that change nothing, then one that is far too long
  const late: TrainOptions["gradients"] = (network, pass, targets) => {
    const factor = updates++ < 3 ? 0 : 1;
    return {
      layers: backward(network, pass, targets).layers
        .map(({ weights, bias }) => ({ weights: scale(weights, factor), bias: scale(bias, factor) })),
    };
  };
  assert((await runAway({ gradients: late, resume })).message.startsWith("Cannot continue training at iteration 6: "));
});

Deno.test("train() blames no step for pictures that hold NaN, nor for a rate that is no rate", async () => {
  const images = matrix(784, 100, new Float64Array(78_400).fill(NaN));
  await assertRejects(
    () => train(start, { ...lesson, images }, { iterations: 5, learningRate: 0.1 }),
    RangeError,
    "Cannot use layer 1: its sums must be finite, got NaN for example 0",
  );
  const error = await assertRejects(() => train(start, lesson, { iterations: 5, learningRate: 0 }), RangeError);
  assertEquals(error.message, "Cannot update: learningRate must be a finite number above 0, got 0");
});

const mnist = mnistFolder();
const runs = [["000", "as-written", "t000"], ["001", "as-written", "t001"], ["000", "corrected", "fixed"]] as const;
for (const [id, variant, key] of runs) {
  Deno.test(
    { name: `tutorial ${id} ${variant} follows the reference on MNIST (needs DIGITS_DATA)`, ignore: !mnist },
    async () => {
      const t = tutorial(id), { train: lesson, test } = t.divide(await loadDigits("mnist"), variant) as Split;
      const iterations = Number(Deno.env.get("DIGITS_ITERATIONS") ?? 20);
      const { history } = await train(initialise(t.sizes, seededRandom(1), t.initialiser[variant]), {
        images: normalise(lesson),
        labels: lesson.labels,
      }, {
        iterations,
        learningRate: 0.1,
        gradients: t.gradients[variant],
        test: { images: normalise(test), labels: test.labels },
        record: (k) => golden.runs[key].some((record) => record.k === k),
      });
      for (const { iteration, loss, accuracy, testLoss, testAccuracy } of history) {
        const expected = golden.runs[key].find((record) => record.k === iteration)!;
        const tolerance = iteration <= 20 ? 1e-9 : 1e-6;
        assertAlmostEquals(loss, expected.train_loss, tolerance * expected.train_loss);
        assertAlmostEquals(testLoss!, expected.test_loss, tolerance * expected.test_loss);
        assertEquals([accuracy, testAccuracy], [expected.train_accuracy, expected.test_accuracy]);
      }
      assert(history.length >= 3);
    },
  );
}
