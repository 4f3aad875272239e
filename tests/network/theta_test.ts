import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { fromRows, matrix, shape, toRows } from "../../lib/matrix.ts";
import { forward } from "../../lib/network/forward.ts";
import { gaussian, initialise, uniformHalf } from "../../lib/network/init.ts";
import { flatten, fromTheta, toTheta, unflatten } from "../../lib/network/theta.ts";
import { seededRandom } from "../../lib/random.ts";
import { assertClose } from "../assert_close.ts";
import { sigmoidStart } from "../golden/networks.ts";

Deno.test("Theta and (W, b) are two ways to write one layer: same outputs", () => {
  const { network, images } = sigmoidStart(), ones = fromRows([Array(8).fill(1)]);
  const theta = toTheta(network.layers[0]!);
  assertEquals(shape(theta), "[5 × 13]");
  const withOnes = fromRows([...toRows(ones), ...toRows(images)]);
  const product =
    forward({ layers: [{ weights: theta, bias: matrix(5, 1), activation: "sigmoid" }] }, withOnes).probabilities;
  assertClose(product.data, forward(network, images).activations[1]!.data);
  assertEquals(fromTheta(theta, "sigmoid"), network.layers[0]);
  assertThrows(() => fromTheta(matrix(5, 1), "sigmoid"), TypeError, "Theta [5 × 1]");
  const { weights, bias } = fromTheta(fromRows([[1, 2], [3, 4]]), "sigmoid"); // one input
  assertEquals([toRows(weights), toRows(bias)], [[[2], [4]], [[1], [3]]]);
});

Deno.test("flatten() and unflatten() are inverse for networks of any shape", () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 2, maxLength: 5 }),
      fc.nat(1000),
      (sizes, seed) => {
        const network = initialise(sizes, seededRandom(seed), gaussian);
        assertEquals(unflatten(flatten(network.layers), network), network);
      },
    ),
  );
  const network = initialise([2, 3, 2], seededRandom(1), uniformHalf);
  assertEquals([...flatten(network.layers)].slice(0, 3), toRows(toTheta(network.layers[0]!))[0]);
  assertThrows(() => unflatten([1, 2], network), TypeError, "2 numbers into a network of 17 parameters");
});
