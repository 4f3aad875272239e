import { assert, assertEquals, assertRejects } from "@std/assert";
import { drawDigits } from "../../lib/data/drawn_digits.ts";
import { train } from "../../lib/engine/train.ts";
import { matrix } from "../../lib/matrix.ts";
import { initialise } from "../../lib/network/init.ts";
import { seededRandom } from "../../lib/random.ts";
import { stepsPerEpoch } from "../../lib/training/batches.ts";
import type { TrainOptions } from "../../lib/training/plan.ts";
import { NO_STEP } from "./no_step.ts";

Deno.test("stepsPerEpoch() explains tutorial 004's 1688 and 313", () => {
  assertEquals([stepsPerEpoch(54_000, 32), stepsPerEpoch(10_000, 32), stepsPerEpoch(60_000, 36)], [1688, 313, 1667]);
});

Deno.test("train() by mini-batches shows every example once an epoch, the last batch being smaller", async () => {
  const set = drawDigits(50, 1),
    lesson = { images: matrix(1, 50, Array.from({ length: 50 }, (_, i) => i)), labels: set.labels };
  const network = initialise([1, 10], seededRandom(1)), shown: number[][] = [];
  const options = { epochs: 2, random: seededRandom(3), optimiser: NO_STEP };
  const gradients: TrainOptions["gradients"] = (same, pass) => {
    shown.push([...pass.activations[0]!.data]);
    return same;
  };
  await train(network, lesson, { ...options, batchSize: 16, gradients });
  assertEquals(shown.map((batch) => batch.length), [16, 16, 16, 2, 16, 16, 16, 2]);
  for (const epoch of [shown.slice(0, 4), shown.slice(4)]) {
    assertEquals(epoch.flat().toSorted((a, b) => a - b), [...lesson.images.data]);
  }
  assert(shown[0]!.join() !== shown[4]!.join(), "another order in each epoch");
  for (const batchSize of [0, 1.5]) {
    await assertRejects(
      () => train(network, lesson, { ...options, batchSize }),
      RangeError,
      "batchSize must be a whole number from 1",
    );
  }
});
