import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { toRows } from "../../lib/matrix.ts";
import { epsilonUniform, glorot, he, initialise, uniformHalf, zeros } from "../../lib/network/init.ts";
import { toTheta } from "../../lib/network/theta.ts";
import { seededRandom } from "../../lib/random.ts";

Deno.test("initialise() draws W1 row by row, then b1, then W2", () => {
  const random = seededRandom(1), { layers } = initialise([3, 2, 2], seededRandom(1), uniformHalf);
  const drawn = Array.from({ length: 3 * 2 + 2 + 4 + 2 }, () => -0.5 + random());
  assertEquals(toRows(layers[0]!.weights).flat(), drawn.slice(0, 6));
  assertEquals([...layers[0]!.bias.data], drawn.slice(6, 8));
  assertEquals(toRows(layers[1]!.weights).flat(), drawn.slice(8, 12));
  assertEquals(layers.map(({ activation }) => activation), ["relu", "softmax"]);
});

Deno.test("the initialisers have the spread they promise", () => {
  const deviation = (values: Float64Array) => Math.sqrt(values.reduce((sum, v) => sum + v * v, 0) / values.length);
  const first = (rule: typeof he) => initialise([400, 100, 10], seededRandom(2), rule).layers[0]!;
  assertAlmostEquals(deviation(first(he).weights.data), Math.sqrt(2 / 400), 0.002);
  assertAlmostEquals(deviation(first(glorot).weights.data), Math.sqrt(2 / 500), 0.002);
  assertAlmostEquals(deviation(first(uniformHalf).weights.data), Math.sqrt(1 / 12), 0.005);
  assertEquals([first(zeros).weights.data.some(Boolean), first(he).bias.data.some(Boolean)], [false, false]);
});

Deno.test("initialise() refuses sizes that make no network", () => {
  for (const sizes of [[], [784], [784, 0, 10], [784, 2.5, 10]]) {
    assertThrows(
      () => initialise(sizes, seededRandom(1)),
      RangeError,
      "sizes must be at least two whole numbers from 1",
    );
  }
});

const BENDS = { hidden: "sigmoid", output: "sigmoid" } as const;

Deno.test("epsilonUniform() draws Theta row by row, the bias first", () => {
  const random = seededRandom(1),
    e = Math.sqrt(6) / Math.sqrt(5),
    drawn = Array.from({ length: 8 }, () => -e + 2 * e * random());
  assertEquals(toRows(toTheta(initialise([3, 2], seededRandom(1), epsilonUniform, BENDS).layers[0]!)).flat(), drawn);
});
