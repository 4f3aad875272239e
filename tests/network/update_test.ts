import { assert, assertEquals, assertThrows } from "@std/assert";
import { oneHot } from "../../lib/data/prepare.ts";
import { matrix } from "../../lib/matrix.ts";
import { backward } from "../../lib/network/backward.ts";
import { forward } from "../../lib/network/forward.ts";
import { initialise } from "../../lib/network/init.ts";
import { crossEntropy } from "../../lib/network/loss.ts";
import { update } from "../../lib/network/update.ts";
import { seededRandom } from "../../lib/random.ts";

const examples = (inputs: number, count: number, seed: number) =>
  matrix(inputs, count, Array.from({ length: inputs * count }, seededRandom(seed)));

Deno.test("update() steps downhill, leaves its input alone, and refuses a rate that is no rate", () => {
  const network = initialise([6, 5, 4], seededRandom(2)),
    X = examples(6, 3, 1),
    labels = [0, 1, 2],
    before = structuredClone(network);
  const loss = (n: typeof network) => crossEntropy(forward(n, X).preActivations[1]!, labels);
  const gradients = backward(network, forward(network, X), oneHot(labels, 4));
  assert(loss(update(network, gradients, 0.1)) < loss(network));
  assertEquals(network, before);
  for (const rate of [0, -1, NaN, Infinity]) {
    assertThrows(() => update(network, gradients, rate), RangeError, `got ${rate}`);
  }
});
