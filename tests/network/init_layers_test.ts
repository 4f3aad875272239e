import { assertEquals } from "@std/assert";
import { glorot, he, initialise, uniformHalf } from "../../lib/network/init.ts";
import { initialiseLayers } from "../../lib/network/init_layers.ts";
import { seededRandom } from "../../lib/random.ts";

Deno.test("initialiseLayers() with numbers alone is initialise(), to the last bit", () => {
  for (const rule of [he, glorot, uniformHalf]) {
    const bends = { hidden: "sigmoid", output: "sigmoid" } as const;
    assertEquals(
      initialiseLayers([784, 25, 10], seededRandom(3), rule, bends),
      initialise([784, 25, 10], seededRandom(3), rule, bends),
    );
  }
});

Deno.test("initialiseLayers() gives each rule the inputs and outputs of a window, as Keras counts them", () => {
  const seen: number[][] = [];
  const rule: typeof he = (draws, inputs, units) => {
    seen.push([inputs, units]);
    return he(draws, inputs, units);
  };
  const { layers } = initialiseLayers(
    [784, { filters: 8, size: 5, pool: 2 }, { filters: 16, size: 3, padding: 1 }, 10],
    seededRandom(1),
    rule,
  );
  assertEquals(seen, [[25, 200], [72, 144], [12 * 12 * 16, 10]]);
  assertEquals(layers.map(({ convolution }) => convolution), [
    { height: 28, width: 28, channels: 1, size: 5, padding: 0, pool: 2 },
    { height: 12, width: 12, channels: 8, size: 3, padding: 1, pool: 1 },
    undefined,
  ]);
  assertEquals(layers.map(({ activation }) => activation), ["relu", "relu", "softmax"]);
});
