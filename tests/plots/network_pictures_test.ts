import { assertStringIncludes, assertThrows } from "@std/assert";
import { drawDigits } from "../../lib/data/drawn_digits.ts";
import { normalise, oneHot } from "../../lib/data/prepare.ts";
import { columns, fromRows } from "../../lib/matrix.ts";
import { backward } from "../../lib/network/backward.ts";
import { forward } from "../../lib/network/forward.ts";
import { initialise } from "../../lib/network/init.ts";
import { graphPicture, walkThroughPicture } from "../../lib/plots/network_pictures.ts";
import { seededRandom } from "../../lib/random.ts";

Deno.test("walkThroughPicture() and graphPicture() print the network's own numbers", () => {
  const X = normalise(drawDigits(2, 3)), network = initialise([784, 10, 10], seededRandom(1));
  const { preActivations: [z1], probabilities } = forward(network, columns(X, 1));
  const { svg } = walkThroughPicture(network, X, 1);
  for (const z of z1!.data) assertStringIncludes(svg, z > 0 ? `>${z.toFixed(2)}<` : ">silent<");
  for (const p of probabilities.data) assertStringIncludes(svg, `>${(100 * p).toFixed(1)} %<`);
  assertThrows(
    () => walkThroughPicture(initialise([784, 5, 5, 10], seededRandom(1)), X, 0),
    TypeError,
    "needs 2 layers, got 3",
  );

  const small = initialise([2, 2, 2], seededRandom(4)), pass = forward(small, fromRows([[1], [0.5]]));
  const gradients = backward(small, pass, oneHot([0], 2));
  const drawn = graphPicture(small, pass, gradients).svg;
  for (const { weights } of gradients.layers) {
    for (const g of weights.data) assertStringIncludes(drawn, `>${g.toFixed(3)}<`);
  }
});
