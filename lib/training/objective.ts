/**
 * Cost and gradient as a function of all of a network's numbers: what L-BFGS lowers.
 *
 * @module
 */
import type { Examples } from "../data/examples.ts";
import { oneHot } from "../data/prepare.ts";
import { withInk } from "../products.ts";
import { BACKWARD } from "../network/backward.ts";
import { forward } from "../network/forward.ts";
import { cost, type Loss } from "../network/loss.ts";
import { type Network, sizesOf } from "../network/network.ts";
import { flatten, unflatten } from "../network/theta.ts";

/** The function to be lowered: its value and its gradient at a point. */
export type Objective = (x: Float64Array) => { value: number; gradient: Float64Array };

/** Cost and gradient of a network as a function of all its numbers in one vector. */
export function objectiveOf(
  like: Network,
  { images, labels }: Examples,
  lambda: number,
  loss: Loss = "cross-entropy",
): Objective {
  const targets = oneHot(labels, sizesOf(like).at(-1)), inked = withInk(images);
  return (x) => {
    const network = unflatten(x, like), pass = forward(network, inked);
    return {
      value: cost(network, pass, labels, lambda, loss),
      gradient: flatten(BACKWARD[loss](network, pass, targets, lambda).layers),
    };
  };
}
