import { assert, assertAlmostEquals, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { loadDigits, mnistFolder } from "../../lib/data/sources.ts";
import { normalise, oneHot } from "../../lib/data/prepare.ts";
import { drawDigits } from "../../lib/data/drawn_digits.ts";
import { fromRows, matrix, transpose } from "../../lib/matrix.ts";
import { backward } from "../../lib/network/backward.ts";
import { forward } from "../../lib/network/forward.ts";
import { glorot, initialise } from "../../lib/network/init.ts";
import { cost } from "../../lib/network/loss.ts";
import { seededRandom } from "../../lib/random.ts";
import { minimise, type Objective } from "../../lib/training/lbfgs.ts";
import { evaluate, miniBatches, stepsPerEpoch, trainEpochs } from "../../lib/training/mini_batch.ts";
import { adam, momentum, sgd } from "../../lib/training/optimisers.ts";
import { assertMatrixClose } from "../assert_close.ts";
import small from "../golden/adam_12_6_5_3.json" with { type: "json" };
import large from "../golden/mnist_784_128_128_10.json" with { type: "json" };
import rosenbrocks from "../golden/lbfgs_rosenbrock.json" with { type: "json" };

function start() {
  const random = seededRandom(303), X = fromRows(Array.from({ length: 8 }, () => Array.from({ length: 12 }, random)));
  return { images: transpose(X), network: initialise([12, 6, 5, 3], random, glorot), labels: small.y };
}

Deno.test("three layers: probabilities, loss and gradients equal the reference", () => {
  const { network, images, labels } = start(), pass = forward(network, images);
  assertMatrixClose(transpose(pass.probabilities), small.p);
  assertAlmostEquals(cost(network, pass, labels), small.loss, 1e-12);
  const { layers } = backward(network, pass, oneHot(labels, 3));
  for (const [l, name] of (["W1", "W2", "W3"] as const).entries()) {
    assertMatrixClose(transpose(layers[l]!.weights), small.gradients[name]);
  }
  for (const [l, name] of (["b1", "b2", "b3"] as const).entries()) {
    assertMatrixClose(transpose(layers[l]!.bias), [small.gradients[name]]);
  }
});

for (const key of ["adam_keras_lr0.001", "adam_keras_lr0.1", "adam_paper_lr0.001", "adam_paper_lr0.1"] as const) {
  Deno.test(`five Adam steps equal the reference: ${key}`, () => {
    const { network: first, images, labels } = start(), { form, learningRate, loss_after, params } = small[key];
    const step = adam({ learningRate, form: form as "keras" | "paper" });
    let network = first;
    for (const expected of loss_after) {
      network = step(network, backward(network, forward(network, images), oneHot(labels, 3)));
      assertAlmostEquals(cost(network, forward(network, images), labels), expected, 1e-12);
    }
    for (const [l, name] of (["W1", "W2", "W3"] as const).entries()) {
      assertMatrixClose(transpose(network.layers[l]!.weights), params[name]);
    }
  });
}

Deno.test("momentum() adds up what points the same way; without it, it is sgd()", () => {
  const network = { layers: [{ weights: fromRows([[0]]), bias: fromRows([[0]]), activation: "softmax" as const }] };
  const gradients = { layers: [{ weights: fromRows([[1]]), bias: fromRows([[0]]) }] };
  const step = momentum(0.1, 0.5), once = step(network, gradients), twice = step(once, gradients);
  assertAlmostEquals(once.layers[0]!.weights.data[0]!, -0.1);
  assertAlmostEquals(twice.layers[0]!.weights.data[0]!, -0.1 - 0.1 * 1.5);
  assertAlmostEquals(step(twice, gradients).layers[0]!.weights.data[0]!, -0.1 - 0.1 * 1.5 - 0.1 * 1.75); // 1 + 1.5 / 2
  assertEquals(momentum(0.3, 0)(network, gradients), sgd(0.3)(network, gradients));
  assertThrows(() => adam({ learningRate: 0 }), RangeError, "got 0");
});

Deno.test("stepsPerEpoch() explains tutorial 004's 1688 and 313", () => {
  assertEquals([stepsPerEpoch(54_000, 32), stepsPerEpoch(10_000, 32), stepsPerEpoch(60_000, 36)], [1688, 313, 1667]);
});

Deno.test("miniBatches() shows every example once an epoch, the last batch being smaller", () => {
  const set = drawDigits(50, 1),
    lesson = { images: matrix(1, 50, Array.from({ length: 50 }, (_, i) => i)), labels: set.labels };
  const network = initialise([1, 10], seededRandom(1));
  const sizes = [
    ...miniBatches(network, lesson, { batchSize: 16, epochs: 2, optimiser: (n) => n, random: seededRandom(3) }),
  ].map((s) => s.examples);
  assertEquals(sizes, [16, 16, 16, 2, 16, 16, 16, 2]);
  for (const batchSize of [0, 1.5]) {
    assertThrows(
      () => miniBatches(network, lesson, { batchSize, epochs: 1, optimiser: sgd(0.1) }).next(),
      RangeError,
      "batchSize must be a whole number from 1",
    );
  }
});

Deno.test("miniBatches() over one batch of all is gradient descent, whatever the order", () => {
  const set = drawDigits(30, 2), lesson = { images: normalise(set), labels: set.labels };
  const network = initialise([784, 5, 10], seededRandom(1));
  const weightsAfter = (random?: () => number) =>
    [...miniBatches(network, lesson, { batchSize: 30, epochs: 1, optimiser: sgd(0.1), random })][0]!.network.layers[0]!
      .weights.data;
  const shuffled = weightsAfter(seededRandom(5)), difference = weightsAfter().map((w, i) => Math.abs(w - shuffled[i]!));
  assert(Math.max(...difference) < 1e-12);
});

Deno.test("trainEpochs() keeps a record per epoch, validates, and stops on request with everything kept", async () => {
  const set = drawDigits(96, 2), lesson = { images: normalise(set), labels: set.labels };
  const network = initialise([784, 16, 10], seededRandom(1));
  const options = { batchSize: 32, epochs: 4, random: seededRandom(1), validation: lesson };
  const { history, iterations } = await trainEpochs(network, lesson, { ...options, optimiser: adam() });
  assertEquals([history.length, iterations, history[0]!.epoch], [4, 12, 1]);
  assert(history[3]!.loss < history[0]!.loss && history[3]!.validationLoss! < history[3]!.loss);
  const stopped = await trainEpochs(network, lesson, {
    ...options,
    optimiser: adam(),
    shouldStop: ({ iteration }) => iteration === 4,
  });
  assertEquals([stopped.stopped, stopped.iterations, stopped.history.length], [true, 4, 1]);
  await assertRejects(
    () => trainEpochs(network, lesson, { ...options, optimiser: sgd(1e200) }),
    RangeError,
    "Cannot continue training at iteration 1: in layer 2: its sums must be finite",
  );
});

Deno.test("trainEpochs() means over all examples, each counted once: as evaluate(), where nothing is learned", async () => {
  const set = drawDigits(50, 6), lesson = { images: normalise(set), labels: set.labels };
  const network = initialise([784, 8, 10], seededRandom(2)), whole = evaluate(network, lesson);
  const { history, stopped } = await trainEpochs(network, lesson, {
    batchSize: 16, // the last batch holds two
    epochs: 2,
    optimiser: (same) => same,
    random: seededRandom(7),
  });
  assertEquals([history.map(({ epoch }) => epoch), stopped], [[1, 2], false]);
  for (const { loss, accuracy } of history) {
    assertAlmostEquals(loss, whole.loss, 1e-12);
    assertAlmostEquals(accuracy, whole.accuracy, 1e-12);
  }
  assert(whole.accuracy > 0, "an accuracy of 0 would hide a wrong sum");
});

const rosenbrock: Objective = (x) => {
  const gradient = new Float64Array(x.length);
  let value = 0;
  for (let i = 0; i + 1 < x.length; i++) {
    const a = x[i + 1]! - x[i]! ** 2, b = 1 - x[i]!;
    value += 100 * a * a + b * b;
    gradient[i]! += -400 * x[i]! * a - 2 * b;
    gradient[i + 1]! += 200 * a;
  }
  return { value, gradient };
};
for (const [key, expected] of Object.entries(rosenbrocks)) {
  if (typeof expected === "string") continue;
  Deno.test(`minimise() goes SciPy's way on Rosenbrock's function: ${key}`, async () => {
    const [, n, maxIterations, , plus = 0, , times = 1] = key
      .match(/n(\d+)_maxiter(\d+)(_plus(-?\d+))?(_times([\d.]+))?/)!
      .map((part) => part === undefined ? undefined : Number(part)) as [
        number,
        number,
        number,
        number?,
        number?,
        number?,
        number?,
      ];
    const objective: Objective = (x) => {
      const { value, gradient } = rosenbrock(x);
      return { value: times * value + plus, gradient: gradient.map((g) => times * g) };
    };
    const result = await minimise(objective, Float64Array.from({ length: n }, (_, i) => i % 2 ? 1 : -1.2), {
      maxIterations,
    });
    assertEquals([result.iteration, result.evaluations, result.converged], [
      expected.iterations,
      expected.evaluations,
      expected.converged,
    ]);
    assertAlmostEquals(result.value, expected.value, Math.max(1e-9 * Math.abs(expected.value), 1e-13));
  });
}

Deno.test("minimise() finds the lowest point of a 50-dimensional bowl and of Rosenbrock's valley to 1e-8", async () => {
  const random = seededRandom(5),
    weights = Array.from({ length: 50 }, () => 0.1 + 20 * random()),
    centre = Array.from({ length: 50 }, random);
  const bowl: Objective = (x) => ({
    value: x.reduce((sum, xi, i) => sum + weights[i]! * (xi - centre[i]!) ** 2, 0),
    gradient: x.map((xi, i) => 2 * weights[i]! * (xi - centre[i]!)),
  });
  const tight = { gradientTolerance: 1e-10, reductionTolerance: 0 };
  assert((await minimise(bowl, new Float64Array(50), tight)).x.every((xi, i) => Math.abs(xi - centre[i]!) < 1e-8));
  assert((await minimise(rosenbrock, Float64Array.of(-1.2, 1), tight)).x.every((xi) => Math.abs(xi - 1) < 1e-8));
});

Deno.test("minimise() says why it ends: done at once, limits, on request, a gradient that is not that of the value, NaN", async () => {
  const square: Objective = (x) => ({ value: x[0]! ** 2, gradient: Float64Array.of(2 * x[0]!) });
  const from = Float64Array.of(3);
  const { iteration, converged } = await minimise(square, Float64Array.of(0));
  assertEquals([iteration, converged], [0, true]);
  assertEquals(
    (await minimise(rosenbrock, Float64Array.of(-1.2, 1), { maxIterations: 1 })).message,
    "Stopped: the limit of 1 iterations is reached",
  );
  const asked = await minimise(rosenbrock, Float64Array.of(-1.2, 1), { onIteration: () => true });
  assertEquals([asked.iteration, asked.converged, asked.message], [1, false, "Stopped on request"]);
  const constant = await minimise(() => ({ value: 7, gradient: Float64Array.of(1) }), from);
  assertEquals([constant.iteration, constant.evaluations, [...constant.x]], [0, 21, [3]]); // as SciPy's, for 003 as printed
  assertEquals([constant.converged, constant.message.slice(0, 32)], [false, "Stopped: no step along the gradi"]);
  await assertRejects(
    () => minimise(() => ({ value: NaN, gradient: from }), from),
    RangeError,
    "must be finite, got NaN",
  );
  assertEquals([...from], [3]);
});

Deno.test("minimise() keeps its limits and tolerances to the last one", async () => {
  // From 3, the first step is 1 long: 3 - 6 / 6 = 2, from 9 to 4; the second finds 0 by the bend. Three looks.
  const square: Objective = (x) => ({ value: x[0]! ** 2, gradient: Float64Array.of(2 * x[0]!) });
  const from = Float64Array.of(3), whole = await minimise(square, from);
  assertEquals([whole.iteration, whole.evaluations, whole.value, whole.converged], [2, 3, 0, true]);
  const one = await minimise(square, from, { maxIterations: 1 });
  assertEquals([one.iteration, one.evaluations, one.value], [1, 2, 4]);
  const two = await minimise(square, from, { maxEvaluations: 2 });
  assertEquals([two.evaluations, two.converged, two.message], [
    2,
    false,
    "Stopped: the limit of 2 evaluations is reached",
  ]);
  const flat = await minimise(square, from, { gradientTolerance: 6 }); // 6 is not larger than 6
  assertEquals([flat.iteration, flat.evaluations, flat.converged], [0, 1, true]);
  const slow = await minimise(square, from, { reductionTolerance: 5 / 9 }); // 9 to 4 is five ninths of 9
  assertEquals([slow.iteration, slow.value, slow.converged], [1, 4, true]);
  assertEquals(slow.message, "Converged: the value hardly falls any more");
});

Deno.test("minimise() does not call a slope done that is too small to be squared", async () => {
  const faint: Objective = (x) => ({ value: 1e-200 * x[0]!, gradient: Float64Array.of(1e-200) });
  const { converged, iteration, message } = await minimise(faint, Float64Array.of(3), { gradientTolerance: 0 });
  assertEquals([converged, iteration], [false, 0]);
  assert(message.startsWith("Stopped: no step along the gradient lowers the value"), message);
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
  for (const { iteration, loss, network: now } of miniBatches(network, lesson, { epochs: 1, optimiser: adam() })) {
    const expected = (large.batch_loss as Record<string, number>)[iteration - 1];
    if (expected !== undefined) assertAlmostEquals(loss, expected, (iteration <= 20 ? 1e-9 : 1e-6) * expected);
    if (iteration === 100) assertAlmostEquals(evaluate(now, test).loss, large.after_100_batches.test_loss, 1e-6);
    if (iteration === 200) return;
  }
});
