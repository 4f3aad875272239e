import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import fc from "fast-check";
import { computeNetwork, networkOf, numbersOf, SMALL_EXAMPLE } from "../../../lib/plots/views/network_numbers.ts";

const number = fc.integer({ min: -300, max: 300 }).map((n) => n / 100);

/** By hand, with nothing of the library. */
function byHand(n: readonly number[], [x1, x2]: readonly number[], label: number) {
  const z = [n[0]! * x1! + n[1]! * x2! + n[4]!, n[2]! * x1! + n[3]! * x2! + n[5]!], a = z.map((v) => v > 0 ? v : 0);
  const o = [n[6]! * a[0]! + n[7]! * a[1]! + n[10]!, n[8]! * a[0]! + n[9]! * a[1]! + n[11]!], top = Math.max(...o);
  const e = o.map((v) => Math.exp(v - top)), p = e.map((v) => v / (e[0]! + e[1]!));
  return { z, a, o, p, loss: Math.log(e[0]! + e[1]!) + top - o[label]! };
}

Deno.test("the small network's numbers are those of a pencil, to 1e-12, whatever it is pushed to", () => {
  fc.assert(
    fc.property(fc.array(number, { minLength: 12, maxLength: 12 }), number, number, fc.nat(1), (n, x1, x2, label) => {
      const { numbers, loss } = computeNetwork(n, [x1, x2], label, "backward", 0.5), hand = byHand(n, [x1, x2], label);
      hand.z.forEach((v, i) => assertAlmostEquals(numbers[`z1.${i}`]!, v, 1e-12));
      hand.p.forEach((v, i) => assertAlmostEquals(numbers[`p.${i}`]!, v, 1e-12));
      assertAlmostEquals(loss, hand.loss, 1e-11);
    }),
  );
});

Deno.test("its slopes are those of brute force", () => {
  const n = numbersOf(SMALL_EXAMPLE.network), h = 1e-6, { input, label } = SMALL_EXAMPLE;
  const { numbers } = computeNetwork(n, input, label, "backward", 0.5);
  const places = [1, 2].flatMap((l) => [`w${l}.0.0`, `w${l}.0.1`, `w${l}.1.0`, `w${l}.1.1`, `b${l}.0`, `b${l}.1`]);
  places.forEach((place, i) => {
    const lossAt = (value: number) => byHand(n.with(i, value), input, label).loss;
    assertAlmostEquals(numbers[`d${place}`]!, (lossAt(n[i]! + h) - lossAt(n[i]! - h)) / (2 * h), 1e-8, place);
  });
});

Deno.test("networkOf() and numbersOf() are inverse", () => {
  const n = Array.from({ length: 12 }, (_, i) => i + 1);
  assertEquals(numbersOf(networkOf(n)), n);
  assertEquals([...networkOf(n).layers[0]!.weights.data], [1, 3, 2, 4]); // stored column by column
});

Deno.test("a loss whose probability has rounded to 0 is told from the logits", () => {
  const { numbers, loss, quantities } = computeNetwork([9, 9, 9, 9, 9, 9, -9, -9, 9, 9, -9, 9], [9, 9], 0, "loss", 1);
  assertEquals(numbers["p.0"], 0);
  assert(loss > 700 && Number.isFinite(loss));
  assertEquals(quantities.find(({ name }) => name === "L")!.value, loss);
});
