import { assertEquals, assertRejects } from "@std/assert";
import { drawDigits } from "../../lib/data/drawn_digits.ts";
import { examplesOf } from "../../lib/data/examples.ts";
import { train } from "../../lib/engine/train.ts";
import { initialise } from "../../lib/network/init.ts";
import { seededRandom } from "../../lib/random.ts";
import { adam, momentum, sgd } from "../../lib/training/optimisers.ts";

const lesson = examplesOf(drawDigits(40, 3)), start = initialise([784, 10, 10], seededRandom(1));

const BELONG = "batchSize, random, dropout and distortions belong to epochs";

Deno.test("train() refuses iterations that are no number of steps, and what says too little or too much", async () => {
  const options = { learningRate: 0.1 };
  for (const iterations of [0, -3, 0.1, NaN]) {
    await assertRejects(
      () => train(start, lesson, { ...options, iterations }),
      RangeError,
      `iterations must be a whole number from 1, got ${iterations}`,
    );
  }
  const epochs = { ...options, epochs: 1 };
  for (const engine of ["reference", "fast"] as const) {
    await assertRejects(
      () => train(start, lesson, { ...epochs, engine, dropout: { share: 1, seed: 1 } }),
      RangeError,
      "Cannot drop units: share must be from 0 to below 1, got 1",
    );
    await assertRejects(
      () => train(start, lesson, { ...epochs, engine, distortions: { seed: 1, turn: -5 } }),
      RangeError,
      "Cannot distort digits: turn must be from 0 to 180, got -5",
    );
  }
  for (
    const [wrong, message] of [
      [{ learningRate: 0.1 }, "Cannot train: needs iterations or epochs, got neither"],
      [{ learningRate: 0.1, iterations: 1, epochs: 1 }, "Cannot train: needs iterations or epochs, got both"],
      [{ iterations: 1 }, "Cannot train: needs learningRate or optimiser, got neither"],
      [
        { iterations: 1, learningRate: 0.1, optimiser: adam() },
        "Cannot train: needs learningRate or optimiser, got both",
      ],
      [{ iterations: 1, learningRate: 0.1, batchSize: 5 }, BELONG],
      [{ iterations: 1, learningRate: 0.1, dropout: { share: 0.5, seed: 1 } }, BELONG],
      [{ iterations: 1, learningRate: 0.1, distortions: { seed: 1, shift: 1 } }, BELONG],
    ] as const
  ) await assertRejects(() => train(start, lesson, wrong), TypeError, message);
});

Deno.test("train() goes on only with what it was: as many examples and of a batch, the same kind of optimiser", async () => {
  const options = { epochs: 3, batchSize: 8, optimiser: adam() };
  const resume = await train(start, lesson, { ...options, shouldStop: (k) => k === 7 });
  const refused = async (other: object, message: string, examples = lesson) => {
    await assertRejects(() => train(start, examples, { ...options, resume, ...other }), RangeError, message);
  };
  await refused({ batchSize: 10 }, "Cannot resume: batchSize must be 8 as before, got 10");
  await refused(
    { epochs: undefined, batchSize: undefined, iterations: 9 },
    "Cannot resume: batchSize must be 8 as before, got 40",
  );
  await refused({}, "Cannot resume: examples must be 40 as before, got 32", examplesOf(drawDigits(32, 3)));
  await refused({ optimiser: momentum(0.1) }, "which kept 2 numbers for each parameter; momentum keeps 1");
  await refused({ optimiser: sgd(0.1) }, "which kept 2 numbers for each parameter; sgd keeps 0");
  await train(start, lesson, { ...options, resume, optimiser: adam({ learningRate: 0.01 }) }); // another rate is welcome
  const whole = await train(start, lesson, { iterations: 2, learningRate: 0.1 });
  for (const engine of ["reference", "fast"] as const) { // and so are other digits, where a step looks at all of them
    const more = await train(start, examplesOf(drawDigits(50, 4)), {
      iterations: 4,
      learningRate: 0.1,
      resume: whole,
      engine,
    });
    assertEquals([more.iterations, more.memory.count], [4, 50]);
  }
});

Deno.test("train() refuses no examples, labels that are no class, a λ below 0, and shares that are none", async () => {
  const options = { iterations: 1, learningRate: 0.1 };
  const refused = async (examples: typeof lesson, other: object, message: string) => {
    for (const engine of ["reference", "fast"] as const) {
      await assertRejects(() => train(start, examples, { ...options, engine, ...other }), RangeError, message);
    }
  };
  const none = { images: { rows: 784, cols: 0, data: new Float64Array() }, labels: [] };
  await refused(none, {}, "Cannot train: the number of examples must be a whole number from 1, got 0");
  await refused(lesson, { lambda: -1 }, "Cannot train: lambda must be a finite number from 0, got -1");
  const labels = Array.from(lesson.labels).with(5, 3.7);
  await refused({ ...lesson, labels }, { iterations: undefined, epochs: 1 }, "Cannot use labels[5]");
  for (const beta of [-0.1, 1, NaN]) {
    await assertRejects(
      async () => await Promise.resolve(momentum(0.1, beta)),
      RangeError,
      "beta must be from 0 to below 1",
    );
    await assertRejects(
      async () => await Promise.resolve(adam({ beta2: beta })),
      RangeError,
      "beta2 must be from 0 to below 1",
    );
  }
});
