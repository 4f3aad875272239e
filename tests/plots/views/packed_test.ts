import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import fc from "fast-check";
import { initialise } from "../../../lib/network/init.ts";
import {
  fromBase64,
  packDigits,
  packNetwork,
  toBase64,
  unpackDigits,
  unpackNetwork,
} from "../../../lib/plots/views/packed.ts";
import { seededRandom } from "../../../lib/random.ts";
import { set } from "./samples.ts";

Deno.test("packDigits() keeps every byte, in less than half the room", () => {
  const packed = packDigits(set, [3, 0, 5]), again = unpackDigits(packed);
  assertEquals([...again.labels], [3, 0, 5].map((i) => set.labels[i]));
  for (const [k, i] of [3, 0, 5].entries()) {
    assertEquals(again.pixels.slice(784 * k, 784 * (k + 1)), set.pixels.slice(784 * i, 784 * (i + 1)));
  }
  assert(packed.ink.length < 3 * 784 / 2);
  assertEquals(unpackDigits(packDigits({ ...set, classNames: ["shirt"] }, [0])).classNames, ["shirt"]);
  fc.assert(fc.property(fc.uint8Array({ minLength: 6, maxLength: 600 }), (bytes) => {
    const pixels = Uint8Array.from(bytes),
      one = { ...set, pixels, labels: Uint8Array.of(1), width: pixels.length, height: 1 };
    assertEquals(unpackDigits(packDigits(one, [0])).pixels, pixels);
  }));
});

Deno.test("packNetwork() rounds each weight by half a step at most, and leaves out what is not used", () => {
  const network = initialise([30, 4, 3], seededRandom(1), ({ normal }) => ({ weight: normal, bias: normal }));
  for (const bits of [4, 8, 12]) {
    const packed = packNetwork(network, bits, (input) => input % 3 !== 1), again = unpackNetwork(packed);
    again.layers.forEach(({ weights, bias, activation }, l) => {
      const { weights: W, bias: b, activation: bend } = network.layers[l]!, half = packed.layers[l]!.step / 2 + 1e-12;
      assertEquals([weights.rows, weights.cols, activation], [W.rows, W.cols, bend]);
      weights.data.forEach((w, i) => {
        const input = Math.floor(i / W.rows);
        if (!l && input % 3 === 1) assertEquals(w, 0);
        else assertAlmostEquals(w, W.data[i]!, half);
      });
      bias.data.forEach((value, i) => assertAlmostEquals(value, b.data[i]!, half));
    });
  }
});

Deno.test("toBase64() and fromBase64() are those of everybody", () => {
  assertEquals(toBase64(Uint8Array.of(0, 255, 7)), Uint8Array.of(0, 255, 7).toBase64());
  assertEquals(fromBase64("AP8H"), Uint8Array.of(0, 255, 7));
});
