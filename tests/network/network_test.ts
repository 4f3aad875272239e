import { assertEquals, assertThrows } from "@std/assert";
import { matrix } from "../../lib/matrix.ts";
import { initialise } from "../../lib/network/init.ts";
import { assertNetwork, countParameters, sizesOf } from "../../lib/network/network.ts";
import { seededRandom } from "../../lib/random.ts";

Deno.test("countParameters() and sizesOf() for the networks of the tutorials", () => {
  for (
    const [sizes, count] of [[[784, 10, 10], 7960], [[400, 25, 10], 10_285], [[784, 128, 128, 10], 118_282]] as const
  ) {
    const network = initialise(sizes, seededRandom(1));
    assertEquals([countParameters(network), sizesOf(network)], [count, [...sizes]]);
  }
});

Deno.test("assertNetwork() names the layer that does not fit", () => {
  const layer = (units: number, inputs: number, bias = units) => ({
    weights: matrix(units, inputs),
    bias: matrix(bias, 1),
    activation: "relu" as const,
  });
  assertThrows(() => assertNetwork({ layers: [] }), TypeError, "at least one");
  assertThrows(() => assertNetwork({ layers: [layer(5, 3, 4)] }), TypeError, "layer 1: bias must be [5 × 1]");
  assertThrows(
    () => assertNetwork({ layers: [layer(5, 3), layer(2, 4)] }),
    TypeError,
    "layer 2: weights [2 × 4] must have 5 columns",
  );
  assertNetwork({ layers: [layer(5, 3), layer(2, 5)] });
});
