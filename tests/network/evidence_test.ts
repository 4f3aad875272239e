import { assert, assertEquals } from "@std/assert";
import { drawDigits } from "../../lib/data/drawn_digits.ts";
import { normalise } from "../../lib/data/prepare.ts";
import { columns } from "../../lib/matrix.ts";
import { evidenceOf } from "../../lib/network/evidence.ts";
import { forward } from "../../lib/network/forward.ts";
import { initialise } from "../../lib/network/init.ts";
import { initialiseLayers } from "../../lib/network/init_layers.ts";
import { seededRandom } from "../../lib/random.ts";

Deno.test("evidenceOf() is ink times the slope of the difference of two sums, with dense layers, sigmoids and convolutions", () => {
  const image = columns(normalise(drawDigits(1, 5)), 0), h = 1e-5;
  const networks = {
    dense: initialise([784, 12, 10], seededRandom(1)),
    sigmoid: initialise([784, 12, 10], seededRandom(2), undefined, { hidden: "sigmoid", output: "sigmoid" }),
    convolution: initialiseLayers([784, { filters: 3, size: 5, pool: 2 }, 10], seededRandom(3)),
  };
  const inked = [...image.data.keys()].filter((i) => image.data[i]! > 0.2 && image.data[i]! < 0.9).slice(0, 6);
  for (const [name, network] of Object.entries(networks)) {
    const evidence = evidenceOf(network, image, 7, 1);
    const difference = (pixel: number, step: number) => {
      const data = image.data.slice();
      data[pixel]! += step;
      const { logits } = forward(network, { ...image, data });
      return logits.data[7]! - logits.data[1]!;
    };
    for (const pixel of inked) {
      const expected = image.data[pixel]! * (difference(pixel, h) - difference(pixel, -h)) / (2 * h);
      assert(Math.abs(evidence.data[pixel]! - expected) < 1e-6, `${name}, pixel ${pixel}`);
    }
    assertEquals(evidence.data[0], 0); // paper
  }
});
