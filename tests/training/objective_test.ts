import { assertAlmostEquals, assertEquals } from "@std/assert";
import { oneHot } from "../../lib/data/prepare.ts";
import { backward } from "../../lib/network/backward.ts";
import { forward } from "../../lib/network/forward.ts";
import { cost } from "../../lib/network/loss.ts";
import { flatten } from "../../lib/network/theta.ts";
import { objectiveOf } from "../../lib/training/objective.ts";
import { sigmoidStart } from "../golden/networks.ts";

Deno.test("objectiveOf() is cost and gradient of the network that the vector describes", () => {
  const { network, images, labels } = sigmoidStart(), x = flatten(network.layers);
  for (const lambda of [0, 1]) {
    const objective = objectiveOf(network, { images, labels }, lambda), { value, gradient } = objective(x);
    const pass = forward(network, images);
    assertEquals(value, cost(network, pass, labels, lambda));
    assertEquals(gradient, flatten(backward(network, pass, oneHot(labels, 3), lambda).layers));
    const h = 1e-5, at = (i: number, step: number) => objective(x.with(i, x[i]! + step)).value;
    for (const i of [0, 1, 40, x.length - 1]) assertAlmostEquals((at(i, h) - at(i, -h)) / (2 * h), gradient[i]!, 1e-9);
  }
});
