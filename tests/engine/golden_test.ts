import { assert, assertEquals } from "@std/assert";
import { normalise } from "../../lib/data/prepare.ts";
import { probabilitiesOf } from "../../lib/engine/choice.ts";
import { train } from "../../lib/engine/train.ts";
import { findCoursera, loadDigits, mnistFolder } from "../../lib/files/sources.ts";
import { mostLikely } from "../../lib/network/forward.ts";
import { glorot, initialise } from "../../lib/network/init.ts";
import { seededRandom } from "../../lib/random.ts";
import { adam } from "../../lib/training/optimisers.ts";
import { trainTutorial } from "../../lib/tutorials/train_tutorial.ts";
import { tutorial } from "../../lib/tutorials/tutorials.ts";
import shallow from "../golden/mnist_784_10_10.json" with { type: "json" };
import deep from "../golden/mnist_784_128_128_10.json" with { type: "json" };

const ignore = mnistFolder() === null;

Deno.test({
  name: "000 corrected on the engine: loss within 1e-5 and accuracy within 1e-4 of NumPy after 500 iterations",
  ignore,
}, async () => {
  const t = tutorial("000"), { train: lesson, test } = t.divide(await loadDigits("mnist"), "corrected");
  for (const workers of [1, 2]) {
    const { history } = await train(initialise(t.sizes, seededRandom(1), t.initialiser.corrected), t.examples(lesson), {
      iterations: 500,
      learningRate: 0.1,
      test: t.examples(test!),
      engine: "fast",
      workers,
      record: (k) => shallow.runs.fixed.some((record) => record.k === k),
    });
    assert(history.length > 5);
    for (const { iteration, loss, accuracy, testLoss, testAccuracy } of history) {
      const expected = shallow.runs.fixed.find(({ k }) => k === iteration)!,
        where = `at ${iteration}, ${workers} workers`;
      assert(Math.abs(loss - expected.train_loss) < 1e-5, `${where}: loss ${loss}, must be ${expected.train_loss}`);
      assert(Math.abs(accuracy - expected.train_accuracy) < 1e-4, `${where}: accuracy ${accuracy}`);
      assert(Math.abs(testLoss! - expected.test_loss) < 1e-5, `${where}: test loss ${testLoss}`);
      assert(Math.abs(testAccuracy! - expected.test_accuracy) < 2e-3, `${where}: test accuracy ${testAccuracy}`);
    }
  }
});

Deno.test({ name: "004 on the engine: loss within 1e-5 of NumPy for 300 steps of Adam", ignore }, async () => {
  const set = await loadDigits("mnist"), seen: number[] = [];
  const start = initialise([784, 128, 128, 10], seededRandom(4), glorot);
  await train(start, { images: normalise(set), labels: set.labels }, {
    epochs: 1,
    optimiser: adam(),
    engine: "fast",
    onStep: ({ iteration, loss }) => {
      const expected = (deep.batch_loss as Record<string, number>)[iteration - 1];
      if (expected === undefined || iteration > 300) return;
      seen.push(iteration);
      assert(Math.abs(loss - expected) < 1e-5, `batch ${iteration}: loss ${loss}, must be ${expected}`);
    },
  });
  assert(seen.length > 20 && seen.includes(200));
});

Deno.test(
  { name: "probabilitiesOf() on the engine reads MNIST's test digits as the plain code does", ignore },
  async () => {
    const set = (await loadDigits("mnist")).test!, images = normalise(set);
    const network = initialise([784, 128, 128, 10], seededRandom(4), glorot);
    const [plain, fast] = [
      await probabilitiesOf(network, images),
      await probabilitiesOf(network, images, { engine: "fast" }),
    ];
    const difference = fast.data.reduce((most, p, i) => Math.max(most, Math.abs(p - plain.data[i]!)), 0);
    assert(difference < 1e-6, `probabilities differ by ${difference}`);
    assertEquals(mostLikely(fast), mostLikely(plain));
  },
);

const coursera = await findCoursera();

Deno.test({ name: "003 on the engine reaches the J of the plain code and of SciPy", ignore: !coursera }, async () => {
  const t = tutorial("003"), lesson = t.examples(await loadDigits(`mat:${coursera}/ex4data1.mat`));
  const { final } = await trainTutorial(t, {
    examples: lesson,
    variant: "corrected",
    seed: 1,
    iterations: 20,
    engine: "fast",
  });
  assert(Math.abs(final.loss - 0.6657) < 2e-3, `J ${final.loss} after 20 iterations, SciPy's is 0.66570`);
});
