import { assert, assertAlmostEquals, assertEquals, assertRejects } from "@std/assert";
import { drawDigits } from "../../lib/data/drawn_digits.ts";
import { normalise, type Split, split } from "../../lib/data/prepare.ts";
import { train } from "../../lib/engine/train.ts";
import { evaluate } from "../../lib/evaluation/evaluate.ts";
import { loadDigits, mnistFolder } from "../../lib/files/sources.ts";
import { matrix, scale } from "../../lib/matrix.ts";
import { backward } from "../../lib/network/backward.ts";
import { glorot, he, initialise, uniformHalf } from "../../lib/network/init.ts";
import type { Network } from "../../lib/network/network.ts";
import { flatten } from "../../lib/network/theta.ts";
import { seededRandom } from "../../lib/random.ts";
import { defaultSchedule } from "../../lib/training/loop.ts";
import type { TrainingRecord, TrainOptions } from "../../lib/training/plan.ts";
import { adam, momentum, sgd } from "../../lib/training/optimisers.ts";
import { tutorial } from "../../lib/tutorials/tutorials.ts";
import golden from "../golden/mnist_784_10_10.json" with { type: "json" };
import large from "../golden/mnist_784_128_128_10.json" with { type: "json" };
import { drawn } from "../engine/examples.ts";
import { NO_STEP } from "./no_step.ts";

Deno.test("one batch of all examples is gradient descent", async () => {
  const set = drawDigits(30, 2), lesson = { images: normalise(set), labels: set.labels };
  const network = initialise([784, 5, 10], seededRandom(1)), options = { learningRate: 0.1, lambda: 0.5 };
  const batch = await train(network, lesson, { ...options, batchSize: 30, epochs: 2, random: seededRandom(5) });
  assertEquals(batch.network, (await train(network, lesson, { ...options, iterations: 2 })).network);
});

Deno.test("train() by mini-batches keeps a record per epoch, tests, and stops on request with everything kept", async () => {
  const set = drawDigits(96, 2), lesson = { images: normalise(set), labels: set.labels };
  const network = initialise([784, 16, 10], seededRandom(1));
  const options = { batchSize: 32, epochs: 4, random: seededRandom(1), test: lesson };
  const { history, iterations } = await train(network, lesson, { ...options, optimiser: adam() });
  assertEquals([history.length, iterations, history[0]!.epoch, history[0]!.iteration], [4, 12, 1, 3]);
  assert(history[3]!.loss < history[0]!.loss && history[3]!.testLoss! < history[3]!.loss);
  const stopped = await train(network, lesson, { ...options, optimiser: adam(), shouldStop: (k) => k === 4 });
  assertEquals([stopped.stopped, stopped.iterations, stopped.history.length], [true, 4, 1]);
  await assertRejects(
    () => train(network, lesson, { ...options, optimiser: sgd(1e200) }),
    RangeError,
    "Cannot continue training at iteration 1: in layer 2: its sums must be finite",
  );
});

Deno.test("an epoch's record means over all examples, each counted once: as evaluate(), where nothing is learned", async () => {
  const set = drawDigits(50, 6), lesson = { images: normalise(set), labels: set.labels };
  const network = initialise([784, 8, 10], seededRandom(2)), whole = evaluate(network, lesson);
  const { history, stopped } = await train(network, lesson, {
    batchSize: 16, // the last batch holds two
    epochs: 2,
    optimiser: NO_STEP,
    random: seededRandom(7),
  });
  assertEquals([history.map(({ epoch }) => epoch), stopped], [[1, 2], false]);
  for (const { loss, accuracy } of history) {
    assertAlmostEquals(loss, whole.loss, 1e-12);
    assertAlmostEquals(accuracy, whole.accuracy, 1e-12);
  }
  assert(whole.accuracy > 0, "an accuracy of 0 would hide a wrong sum");
});

Deno.test({
  name: "tutorial 004's network follows the reference batch by batch on MNIST (needs DIGITS_DATA)",
  ignore: !mnistFolder(),
}, async () => {
  const set = await loadDigits("mnist"),
    lesson = { images: normalise(set), labels: set.labels },
    test = { images: normalise(set.test!), labels: set.test!.labels };
  const network = initialise([784, 128, 128, 10], seededRandom(4), glorot);
  assertEquals(network.layers[0]!.weights.data[0], large.first_draws.W1_0_0);
  const before = evaluate(network, test);
  assertAlmostEquals(before.loss, large.before.test_loss, 1e-9);
  assertEquals(before.accuracy, large.before.test_accuracy);
  await train(network, lesson, {
    epochs: 1,
    optimiser: adam(),
    shouldStop: (k) => k === 200,
    onStep: ({ iteration, loss, network: now }) => {
      const expected = (large.batch_loss as Record<string, number>)[iteration - 1];
      if (expected !== undefined) assertAlmostEquals(loss, expected, (iteration <= 20 ? 1e-9 : 1e-6) * expected);
      if (iteration === 100) assertAlmostEquals(evaluate(now, test).loss, large.after_100_batches.test_loss, 1e-6);
    },
  });
});

const set = drawDigits(120, 3), parts = split(set, 20);

const lesson = { images: normalise(parts.train), labels: parts.train.labels };

const unseen = { images: normalise(parts.test), labels: parts.test.labels };

const start = initialise([784, 10, 10], seededRandom(1), uniformHalf);

Deno.test("train() learns ten digits by heart", async () => {
  const ten = { images: normalise(drawDigits(10, 4)), labels: drawDigits(10, 4).labels };
  const { history } = await train(initialise([784, 16, 10], seededRandom(1), he), ten, {
    iterations: 150,
    learningRate: 0.5,
  });
  assertEquals(history.at(-1)!.accuracy, 1);
});

Deno.test("train() records 0, 10, 20, 50, 100, every 100 and always the last", async () => {
  assertEquals([...Array(301).keys()].filter(defaultSchedule), [0, 10, 20, 50, 100, 200, 300]);
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

Deno.test("epochs stopped in the middle of one and resumed give the very weights and records of one run", async () => {
  for (const optimiser of [sgd(0.1), momentum(0.02), adam()]) {
    const options = { epochs: 3, batchSize: 30, optimiser, test: unseen };
    const whole = await train(start, lesson, { ...options, random: seededRandom(4) });
    const half = await train(start, lesson, { ...options, random: seededRandom(4), shouldStop: (k) => k === 6 });
    assertEquals([half.stopped, half.iterations, half.history.length], [true, 6, 1]); // 4 batches an epoch
    for (let again = 0; again < 2; again++) { // what is resumed stays as it was
      const rest = await train(start, lesson, { ...options, random: seededRandom(99), resume: half });
      assertEquals([rest.network, rest.history], [whole.network, whole.history]);
    }
    await assertRejects(
      () => train(start, lesson, { ...options, resume: whole }),
      RangeError,
      "Cannot resume after 3 epochs: epochs must be more than that, got 3",
    );
  }
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

Deno.test("a shuffled batch that holds NaN is named by the place of the example, not by its place in the batch", async () => {
  const images = { ...lesson.images, data: lesson.images.data.slice() };
  images.data[17 * 784 + 400] = NaN;
  const options = { epochs: 1, batchSize: 8, optimiser: adam(), random: seededRandom(3) };
  await assertRejects(() => train(start, { images, labels: lesson.labels }, options), RangeError, "example 17");
});

Deno.test("a last step that runs away is no result", async () => {
  await assertRejects(
    () =>
      train(start, lesson, {
        epochs: 1,
        batchSize: 200,
        learningRate: 1e308,
        gradients: (network, pass, targets) => {
          const { layers } = backward(network, pass, targets);
          return { layers: layers.map((layer) => ({ ...layer, weights: scale(layer.weights, 1e10) })) };
        },
      }),
    RangeError,
    "Cannot continue training at iteration 1: weights must be finite; try a learningRate below 1e+308",
  );
});

Deno.test("onRecord sees the network as it was measured, and may end the training there", async () => {
  const start = initialise([784, 6, 10], seededRandom(1)), lesson = drawn(90, 2), seen: Network[] = [];
  const byIterations = await train(start, lesson, {
    ...{ iterations: 40, learningRate: 0.1, record: (k: number) => k % 5 === 0 },
    onRecord: ({ iteration }, _, network) => {
      seen.push(network());
      return iteration === 10;
    },
  });
  const ten = await train(start, lesson, { iterations: 10, learningRate: 0.1 });
  assertEquals([byIterations.iterations, byIterations.stopped], [10, true]);
  assertEquals([seen[0], seen[2], byIterations.network], [start, ten.network, ten.network]);
  for (const engine of ["reference", "fast"] as const) {
    const options = { learningRate: 0.1, batchSize: 32, engine }, random = () => seededRandom(5);
    const byEpochs = await train(start, lesson, {
      ...options,
      random: random(),
      epochs: 9,
      onRecord: ({ epoch }) => epoch === 4,
    });
    const four = await train(start, lesson, { ...options, random: random(), epochs: 4 });
    assertEquals([byEpochs.iterations, byEpochs.stopped, four.stopped], [12, true, false]);
    assertEquals(flatten(byEpochs.network.layers), flatten(four.network.layers));
  }
});
