import { assert, assertEquals } from "@std/assert";
import { drawDigits } from "../../lib/data/drawn_digits.ts";
import { normalise, oneHot } from "../../lib/data/prepare.ts";
import { columns } from "../../lib/matrix.ts";
import { backward } from "../../lib/network/backward.ts";
import { blameOf } from "../../lib/network/blame.ts";
import { forward } from "../../lib/network/forward.ts";
import { initialise } from "../../lib/network/init.ts";
import { cost } from "../../lib/network/loss.ts";
import { seededRandom } from "../../lib/random.ts";

Deno.test("blameOf() is backward's, and the pixels' blame is the slope of the loss", () => {
  const network = initialise([784, 10, 10], seededRandom(3)), set = drawDigits(5, 2), X = normalise(set);
  const { layers, pixels } = blameOf(network, X, set.labels, 3);
  const { layers: expected } = backward(network, forward(network, columns(X, 3)), oneHot([set.labels[3]!]));
  layers.forEach((dZ, l) => assertEquals(dZ, expected[l]!.bias));
  const image = columns(X, 3), label = [set.labels[3]!], h = 1e-5;
  for (const pixel of [14 * 28 + 14, 10 * 28 + 13, 20 * 28 + 9, 0]) {
    const loss = (step: number) => {
      const data = image.data.slice();
      data[pixel]! += step;
      const pass = forward(network, { ...image, data });
      return cost(network, pass, label);
    };
    const slope = (loss(h) - loss(-h)) / (2 * h);
    assert(Math.abs(slope - pixels.data[pixel]!) < 1e-6, `pixel ${pixel}: ${pixels.data[pixel]}, measured ${slope}`);
  }
});
