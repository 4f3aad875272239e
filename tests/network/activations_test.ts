import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { fromRows, matrix } from "../../lib/matrix.ts";
import {
  derivative,
  relu,
  reluDerivative,
  sigmoid,
  sigmoidDerivative,
  softmax,
  tanh,
  tanhDerivative,
} from "../../lib/network/activations.ts";
import { assertClose } from "../assert_close.ts";
import golden from "../golden/numerics.json" with { type: "json" };

Deno.test("relu() and reluDerivative() on negative, zero, minus zero, tiny and positive sums", () => {
  const z = fromRows([golden.relu.z]);
  assertEquals(relu(z).data.map((v) => v + 0), Float64Array.from(golden.relu.relu));
  assertEquals([...reluDerivative(z).data], golden.relu.derivative_z_gt_0);
  assert(Number.isNaN(relu(fromRows([[NaN]])).data[0]));
});

Deno.test("softmax() of ordinary and extreme logits equals the exact values", () => {
  for (const { z, stable } of golden.softmax) assertClose(softmax(matrix(z.length, 1, z)).data, stable);
});

Deno.test("softmax() returns columns that sum to one and ignores a constant added to a column", () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: -1000, max: 1000, noNaN: true }), { minLength: 1, maxLength: 12 }),
      fc.integer({ min: -500, max: 500 }),
      (z, shift) => {
        const p = softmax(matrix(z.length, 1, z)).data;
        assertAlmostEquals(p.reduce((a, b) => a + b, 0), 1, 1e-12);
        assertClose(
          softmax(matrix(
            z.length,
            1,
            z.map((v) => v + shift),
          )).data,
          p,
          { absolute: 1e-12, relative: 1e-9 },
        );
      },
    ),
  );
});

Deno.test("softmax() refuses logits that are not finite", () => {
  for (const bad of [NaN, Infinity, -Infinity]) {
    assertThrows(
      () => softmax(fromRows([[1, 0], [2, bad]])),
      RangeError,
      `Cannot take the softmax of column 1: logits must be finite, got 0,${bad}`,
    );
  }
});

Deno.test("sigmoid() and its slope at extreme sums", () => {
  const z = fromRows([[-1000, -1, 0, 1, 1000]]), a = sigmoid(z).data;
  assertClose(a, [0, 0.2689414213699951, 0.5, 0.7310585786300049, 1]);
  assertClose(sigmoidDerivative(z).data, a.map((value) => value * (1 - value)));
  assertThrows(() => derivative("softmax", z), TypeError, "slope of softmax in a hidden layer");
});

Deno.test("softmax and sigmoid of two classes tell the same", () => {
  const z = fromRows([[0.7], [-0.2]]);
  assertAlmostEquals(softmax(z).data[0]!, sigmoid(fromRows([[0.9]])).data[0]!, 1e-12);
});

Deno.test("tanh() and tanhDerivative() at 0, between, and far out", () => {
  const z = fromRows([[0, 0.5, -800, 800]]);
  assertEquals([...tanh(z).data], [0, Math.tanh(0.5), -1, 1]);
  assertClose(tanhDerivative(z).data, [1, 1 - Math.tanh(0.5) ** 2, 0, 0]);
});
