/**
 * How a network stands: its loss and its accuracy on some examples.
 *
 * @module
 */
import type { Examples } from "../data/examples.ts";
import { forward, type ForwardPass, mostLikely } from "../network/forward.ts";
import { cost, type Loss } from "../network/loss.ts";
import type { Network } from "../network/network.ts";
import { accuracy } from "./metrics.ts";

/** Loss and accuracy over some examples. */
export interface Measures {
  /** Mean loss, nats per example (of the squared error: no unit). */
  readonly loss: number;
  /** Share read correctly, 0 to 1. */
  readonly accuracy: number;
}

/** Loss (without the weight penalty) and accuracy of a network on some examples, without learning from them. */
export function evaluate(network: Network, { images, labels }: Examples, loss?: Loss): Measures {
  return measurePass(network, forward(network, images), labels, loss);
}

/** Loss and accuracy of a forward pass that was made already. */
export function measurePass(
  network: Network,
  pass: ForwardPass,
  labels: ArrayLike<number>,
  loss?: Loss,
): Measures {
  return { loss: cost(network, pass, labels, 0, loss), accuracy: accuracy(mostLikely(pass.probabilities), labels) };
}
