import { assert, assertEquals } from "@std/assert";
import { oneHot } from "../../lib/data/prepare.ts";
import { fastObjective } from "../../lib/engine/choice.ts";
import { train } from "../../lib/engine/train.ts";
import { backward } from "../../lib/network/backward.ts";
import { forward } from "../../lib/network/forward.ts";
import { glorot, initialise } from "../../lib/network/init.ts";
import { cost } from "../../lib/network/loss.ts";
import type { Activations } from "../../lib/network/network.ts";
import { flatten } from "../../lib/network/theta.ts";
import { seededRandom } from "../../lib/random.ts";
import { apart, dense, drawn, SIGMOID, thin } from "./examples.ts";

const NETWORKS: [string, number[], Activations][] = [
  ["no hidden layer", [784, 10], {}],
  ["784-10-10 ReLU", [784, 10, 10], {}],
  ["784-25-10 sigmoid", [784, 25, 10], SIGMOID],
  ["odd widths, four layers", [784, 33, 7, 19, 10], {}],
  ["784-128-128-10", [784, 128, 128, 10], {}],
  ["one unit", [784, 1, 10], { hidden: "sigmoid" }],
];

for (const [name, sizes, bends] of NETWORKS) {
  for (
    const [kind, make] of [["drawn", drawn], ["dense", dense.bind(null, 784)], ["thin", thin.bind(null, 784)]] as const
  ) {
    Deno.test(`the engine's cost and gradient equal the plain code's: ${name}, ${kind} images`, async () => {
      const network = initialise(sizes, seededRandom(3), glorot, bends), examples = make(83, 5);
      const pass = forward(network, examples.images), lambda = 0.7;
      await using fast = await fastObjective(network, examples, lambda);
      const { value, gradient } = fast!.objective(flatten(network.layers));
      const expected = backward(network, pass, oneHot(examples.labels, 10), lambda);
      const loss = cost(network, pass, examples.labels, lambda);
      assert(Math.abs(value - loss) < 3e-6 * loss, `cost ${value}, must be ${loss}`);
      const difference = apart(gradient, flatten(expected.layers));
      assert(difference < 3e-6, `gradient differs by ${difference} of its largest number`);
    });
  }
}

Deno.test("a pass over all examples gives the same bytes every time, for any number of workers", async () => {
  const start = initialise([784, 10, 10], seededRandom(1));
  for (const examples of [drawn(2600, 6), drawn(300, 7), drawn(9, 8)]) { // eight shares of examples, three, one
    const run = async (workers: number) => {
      const options = { iterations: 12, learningRate: 0.1, engine: "fast", workers } as const;
      const { network, history } = await train(start, examples, options);
      return [...flatten(network.layers), ...history.map(({ loss }) => loss)];
    };
    const alone = await run(1);
    for (const workers of [1, 2, 3, 20]) assertEquals(await run(workers), alone, `${workers} workers`);
  }
});
