// What chapters say of runs that are too long for a cell, measured: with MNIST at hand, some of it only if asked for.
import { assert } from "@std/assert";
import { examplesOf } from "../../lib/data/examples.ts";
import { slice } from "../../lib/data/digits.ts";
import { probabilitiesOf } from "../../lib/engine/choice.ts";
import { train } from "../../lib/engine/train.ts";
import { evaluate } from "../../lib/evaluation/evaluate.ts";
import { loadDigits, mnistFolder } from "../../lib/files/sources.ts";
import { mostLikely } from "../../lib/network/forward.ts";
import { glorot, he, initialise, uniformHalf } from "../../lib/network/init.ts";
import { seededRandom } from "../../lib/random.ts";
import { adam } from "../../lib/training/optimisers.ts";
import { trainTutorial } from "../../lib/tutorials/train_tutorial.ts";
import { tutorial } from "../../lib/tutorials/tutorials.ts";

const ignore = mnistFolder() === null, long = Deno.env.get("DIGITS_FULL") !== "1";

Deno.test({
  name: "chapter 03: 500 steps on 10,000 digits from three starts (needs MNIST and DIGITS_FULL=1)",
  ignore: ignore || long,
}, async () => {
  const mnist = await loadDigits("mnist"), ten = examplesOf(slice(mnist, 1000, 11_000)), test = examplesOf(mnist.test!);
  for (const [hidden, rule, wanted] of [[10, uniformHalf, 0.843], [10, he, 0.897], [64, he, 0.917]] as const) {
    const start = initialise([784, hidden, 10], seededRandom(1), rule);
    const options = { iterations: 500, learningRate: 0.1, test, record: () => false };
    const reached = (await train(start, ten, options)).history.at(-1)!.testAccuracy!;
    assert(Math.abs(reached - wanted) < 0.0015, `${hidden} units: ${reached}, must be about ${wanted}`);
  }
});

Deno.test({
  name: "chapter 12: three epochs of Adam on all of MNIST read about 97 of 100 test digits (needs MNIST)",
  ignore,
}, async () => {
  const mnist = await loadDigits("mnist"), start = initialise([784, 128, 128, 10], seededRandom(1), glorot);
  const options = { epochs: 3, optimiser: adam(), random: seededRandom(1), engine: "fast" } as const;
  const { accuracy } = evaluate((await train(start, examplesOf(mnist), options)).network, examplesOf(mnist.test!));
  assert(accuracy > 0.966 && accuracy < 0.978, String(accuracy));
});

Deno.test({
  name: "chapter 11: trained to the end, a penalty helps: 003 on MNIST with λ = 0.1 and 1 (needs MNIST)",
  ignore,
}, async () => {
  const own = tutorial("003"), { train: lesson, test } = own.divide(await loadDigits("mnist"), "corrected")!;
  for (const [lambda, wanted] of [[0.1, 0.917], [1, 0.928]] as const) {
    const { final } = await trainTutorial(own, {
      ...{ variant: "corrected", seed: 1, engine: "fast", iterations: 400, lambda },
      ...{ examples: own.examples(lesson), test: own.examples(test!) },
    });
    assert(
      Math.abs(final.testAccuracy! - wanted) < 0.0015,
      `λ ${lambda}: ${final.testAccuracy}, must be about ${wanted}`,
    );
  }
});

Deno.test({
  name: "chapter 13: of MNIST's ones, moved four pixels to the right, nine in ten are taken for a 4 (needs MNIST)",
  ignore,
}, async () => {
  const own = tutorial("004"), mnist = await loadDigits("mnist"), some = slice(mnist.test!, 0, 2000);
  const { network } = await trainTutorial(own, {
    ...{ variant: "corrected", seed: 1, engine: "fast", epochs: 5 },
    ...{ examples: own.examples(mnist), test: own.examples(some) },
  });
  const pixels = new Uint8Array(some.pixels.length);
  some.pixels.forEach((ink, i) => i % 28 < 24 && (pixels[i + 4] = ink));
  const answers = mostLikely(await probabilitiesOf(network, { ...some, pixels }));
  const ones = [...answers].filter((_, j) => some.labels[j] === 1);
  const fours = ones.filter((answer) => answer === 4).length / ones.length;
  assert(fours > 0.85, `${fours} of ${ones.length}`);
});
