import { assert, assertEquals, assertThrows } from "@std/assert";
import { openEngine } from "../../lib/engine/open.ts";
import { initialise } from "../../lib/network/init.ts";
import { flatten } from "../../lib/network/theta.ts";
import { seededRandom } from "../../lib/random.ts";
import { objectiveOf } from "../../lib/training/objective.ts";
import { apart, dense, drawn, thin } from "./examples.ts";

Deno.test("a pass over all examples sums up the plain code's gradient, whatever form the examples have", async () => {
  for (const examples of [drawn(300, 1), dense(30, 300, 2), thin(30, 300, 3)]) {
    const network = initialise([examples.images.rows, 12, 7, 10], seededRandom(4));
    const { gradient, value } = objectiveOf(network, examples, 0)(flatten(network.layers));
    for (const workers of [1, 3]) {
      await using engine = (await openEngine(network, [examples], { workers, chunk: 40 }))!;
      const { loss } = engine.gradient(true)!;
      assert(Math.abs(loss - value) < 1e-5, `${loss}, must be ${value}`);
      assert(apart(flatten(engine.takeGradient(300).layers), gradient) < 1e-5);
    }
  }
});

Deno.test("softmax in a hidden layer is refused as the plain code refuses it", async () => {
  const network = initialise([784, 4, 10], seededRandom(1), undefined, { hidden: "softmax" });
  await using engine = (await openEngine(network, [drawn(20, 1)]))!;
  assertThrows(() => engine.gradient(false), TypeError, "use relu, sigmoid or tanh");
  assertEquals(engine.layout.layers.length, 2);
});
