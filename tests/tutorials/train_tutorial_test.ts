import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { drawDigits } from "../../lib/data/drawn_digits.ts";
import { gaussian, initialise } from "../../lib/network/init.ts";
import { seededRandom } from "../../lib/random.ts";
import type { TrainingRecord } from "../../lib/training/plan.ts";
import { trainTutorial } from "../../lib/tutorials/train_tutorial.ts";
import { tutorial } from "../../lib/tutorials/tutorials.ts";

for (const id of ["002", "003", "004"]) {
  Deno.test(`trainTutorial() trains ${id} on drawn digits: the loss falls, every update is reported in order, stopping keeps all`, async () => {
    const t = tutorial(id), set = drawDigits(160, 3), lesson = t.examples(set), test = t.examples(drawDigits(20, 4));
    const seen: TrainingRecord[] = [];
    const options = {
      variant: "corrected" as const,
      seed: 1,
      examples: lesson,
      test,
      iterations: 12,
      epochs: 3,
      onProgress: (p: TrainingRecord) => void seen.push(p),
    };
    const { final, network } = await trainTutorial(t, options);
    assert(final.loss < seen[0]!.loss * 0.9, `${seen[0]!.loss} to ${final.loss}`);
    assertEquals(seen.at(-1), final);
    assertEquals(seen.map((p) => p.iteration), seen.map((p) => p.iteration).toSorted((a, b) => a - b));
    assert(seen[0]!.testAccuracy !== undefined && final.testAccuracy !== undefined);
    assertEquals((await trainTutorial(t, options)).network, network); // same seed, same weights
    let calls = 0;
    const stopped = await trainTutorial(t, { ...options, onProgress: undefined, shouldStop: () => ++calls > 2 });
    assert(stopped.final.iteration < final.iteration);
    await assertRejects(
      () => trainTutorial(t, { ...options, start: initialise([7, 3], seededRandom(1)) }),
      TypeError,
      `must be ${t.sizes.join("-")}, got 7-3`,
    );
  });
}

Deno.test("tutorial 003 as written never trains: the weights do not move at all", async () => {
  const t = tutorial("003"), lesson = t.examples(drawDigits(60, 3));
  const { network, final, message } = await trainTutorial(t, { variant: "as-written", seed: 1, examples: lesson });
  assertEquals(network, initialise(t.sizes, seededRandom(1), gaussian, t.activations));
  assertEquals(final.iteration, 0);
  assertStringIncludes(message!, "no step along the gradient lowers the value");
});
