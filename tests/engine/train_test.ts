import { assert, assertEquals, assertRejects } from "@std/assert";
import { drawDigits } from "../../lib/data/drawn_digits.ts";
import type { Examples } from "../../lib/data/examples.ts";
import { normalise, split } from "../../lib/data/prepare.ts";
import { train } from "../../lib/engine/train.ts";
import { matrix } from "../../lib/matrix.ts";
import { glorot, initialise } from "../../lib/network/init.ts";
import { flatten } from "../../lib/network/theta.ts";
import { seededRandom } from "../../lib/random.ts";
import { adam, momentum, sgd } from "../../lib/training/optimisers.ts";
import { apart, dense, drawn } from "./examples.ts";

Deno.test("train() on the engine keeps to the plain code's path: loss within 1e-5 after 60 iterations", async () => {
  const { train: lesson, test } = split(drawDigits(2700, 4), 200);
  const [examples, held] = [lesson, test].map((set): Examples => ({ images: normalise(set), labels: set.labels }));
  const start = initialise([784, 10, 10], seededRandom(1)),
    options = { iterations: 60, learningRate: 0.1, test: held!, lambda: 0.5 };
  const plain = await train(start, examples!, options);
  for (const workers of [1, 2]) {
    const fast = await train(start, examples!, { ...options, engine: "fast", workers });
    assertEquals(fast.history.map(({ iteration }) => iteration), plain.history.map(({ iteration }) => iteration));
    fast.history.forEach((record, i) => {
      const expected = plain.history[i]!;
      for (const key of ["loss", "testLoss"] as const) {
        assert(
          Math.abs(record[key]! - expected[key]!) < 1e-5,
          `${key} at ${record.iteration}: ${record[key]}, must be ${expected[key]}`,
        );
      }
      assert(Math.abs(record.accuracy - expected.accuracy) < 2 / 2500, "two digits at most on the other side");
    });
    const difference = apart(flatten(fast.network.layers), flatten(plain.network.layers));
    // a unit that is nearly 0 for one image may land on its other side: 1/2500 of one step
    assert(difference < 1e-4, `the weights differ by ${difference} of the largest`);
  }
});

for (
  const [name, make] of [
    ["plain steps", () => sgd(0.1)],
    ["momentum", () => momentum(0.02)],
    ["Adam", () => adam()],
    ["Adam as published", () => adam({ form: "paper", epsilon: 1e-3 })],
  ] as const
) {
  Deno.test(`train() on the engine keeps to the plain code's path: ${name}`, async () => {
    for (const examples of [drawn(330, 7), dense(50, 330, 8)]) { // the last batch is a short one
      const start = initialise([examples.images.rows, 24, 16, 10], seededRandom(2), glorot), epochs = 3;
      const run = (engine: "fast" | "reference") =>
        train(start, examples, {
          epochs,
          optimiser: make(),
          random: seededRandom(9),
          lambda: 0.1,
          test: drawnLike(examples),
          engine,
        });
      const [plain, fast] = await Promise.all([run("reference"), run("fast")]);
      assertEquals([fast.iterations, fast.history.length], [plain.iterations, epochs]);
      fast.history.forEach((record, i) => {
        const expected = plain.history[i]!;
        for (const key of ["loss", "testLoss"] as const) {
          assert(
            Math.abs(record[key]! - expected[key]!) < 1e-5,
            `${key} after epoch ${i + 1}: ${record[key]}, must be ${expected[key]}`,
          );
        }
        assert(Math.abs(record.accuracy - expected.accuracy) < 1e-9);
      });
    }
  });
}

for (
  const [loss, output] of [["cross-entropy", "softmax"], ["cross-entropy", "sigmoid"], [
    "squared-error",
    "sigmoid",
  ]] as const
) {
  Deno.test(`the engine keeps to the plain code: ${loss} after ${output}, whatever bends inside, however deep`, async () => {
    const examples = drawn(330, 7);
    for (const hidden of ["relu", "sigmoid", "tanh"] as const) {
      for (const between of [[], [13], [13, 8]]) {
        const start = initialise([784, ...between, 10], seededRandom(2), glorot, { hidden, output });
        const run = async (engine: "fast" | "reference", by: object) => {
          const options = { ...by, optimiser: sgd(0.05), loss, lambda: 0.1, test: drawnLike(examples), engine };
          return (await train(start, examples, options)).history;
        };
        for (const by of [() => ({ iterations: 20 }), () => ({ epochs: 2, random: seededRandom(3) })]) {
          const plain = await run("reference", by()), fast = await run("fast", by());
          fast.forEach((record, i) => {
            for (const key of ["loss", "testLoss"] as const) {
              const off = Math.abs(record[key]! - plain[i]![key]!);
              assert(off < 1e-5, `${hidden}, ${between}, ${key} at ${record.iteration}: ${off}`);
            }
            assertEquals(record.accuracy, plain[i]!.accuracy);
          });
        }
      }
    }
  });
}

Deno.test("both refuse a loss that does not go with the last layer, in the same words", async () => {
  const start = initialise([784, 10], seededRandom(1));
  for (const engine of ["fast", "reference"] as const) {
    await assertRejects(
      () => train(start, drawn(20, 1), { iterations: 1, learningRate: 1, loss: "squared-error", engine }),
      TypeError,
      "Cannot take the squared error after softmax: the last layer must be sigmoid",
    );
  }
});

function drawnLike({ images, labels }: Examples): Examples {
  const cols = 40;
  return {
    images: matrix(images.rows, cols, images.data.slice(0, images.rows * cols)),
    labels: Array.from(labels).slice(0, cols),
  };
}
