import { assertAlmostEquals, assertEquals } from "@std/assert";
import { drawDigits } from "../../lib/data/drawn_digits.ts";
import { normalise, oneHot, split } from "../../lib/data/prepare.ts";
import { train } from "../../lib/engine/train.ts";
import { evaluate } from "../../lib/evaluation/evaluate.ts";
import { scale } from "../../lib/matrix.ts";
import { backward } from "../../lib/network/backward.ts";
import { forward } from "../../lib/network/forward.ts";
import { initialise, uniformHalf } from "../../lib/network/init.ts";
import { weightPenalty } from "../../lib/network/loss.ts";
import type { Network } from "../../lib/network/network.ts";
import { update } from "../../lib/network/update.ts";
import { seededRandom } from "../../lib/random.ts";
import type { Step, TrainOptions } from "../../lib/training/plan.ts";

const set = drawDigits(120, 3), parts = split(set, 20);

const lesson = { images: normalise(parts.train), labels: parts.train.labels };

const start = initialise([784, 10, 10], seededRandom(1), uniformHalf);

Deno.test("train() makes the updates of the loop that chapter 08 writes: forward, backward, update", async () => {
  let network = start;
  const steps: Network[] = [];
  for (let k = 0; k < 3; k++) {
    network = update(network, backward(network, forward(network, lesson.images), oneHot(lesson.labels)), 0.1);
    steps.push(network);
  }
  const seen: Network[] = [];
  const options = { iterations: 3, learningRate: 0.1, onStep: (step: Step) => void seen.push(step.network) };
  assertEquals((await train(start, lesson, options)).network, network);
  assertEquals(seen, steps);
});

Deno.test("λ means the same for every batch size: λ / 2m · Σ W², m the whole training set", async () => {
  const still: TrainOptions["gradients"] = (network, _pass, _targets, lambda) => ({ // the penalty's pull alone
    layers: network.layers.map(({ weights, bias }) => ({ weights: scale(weights, lambda!), bias: scale(bias, 0) })),
  });
  const pulls: number[] = [];
  for (const batchSize of [10, 50, 100]) {
    const gradients: typeof still = (network, pass, targets, lambda) =>
      still(network, pass, targets, lambda! / targets.cols); // as `backward` divides
    const { network, history } = await train(start, lesson, {
      epochs: 1,
      batchSize,
      learningRate: 0.1,
      lambda: 5,
      gradients,
    });
    const updates = 100 / batchSize;
    pulls.push((network.layers[0]!.weights.data[0]! / start.layers[0]!.weights.data[0]!) ** (1 / updates));
    if (batchSize === 100) {
      assertAlmostEquals(history[0]!.loss - evaluate(start, lesson).loss, weightPenalty(start, 5, 100));
    }
  }
  for (const pull of pulls) assertAlmostEquals(pull, 1 - 0.1 * 5 / 100, 1e-12);
});
