// What must come out the same wherever it is computed: drawn digits, and the weights after a few steps of each method.
import { tutorial } from "../../lib/tutorials/tutorials.ts";
import { drawDigits } from "../../lib/data/drawn_digits.ts";
import { normalise, oneHot } from "../../lib/data/prepare.ts";
import { backward } from "../../lib/network/backward.ts";
import { forward } from "../../lib/network/forward.ts";
import { epsilonUniform, glorot, initialise } from "../../lib/network/init.ts";
import { cost } from "../../lib/network/loss.ts";
import { flatten, unflatten } from "../../lib/network/theta.ts";
import { seededRandom } from "../../lib/random.ts";
import { minimise } from "../../lib/training/lbfgs.ts";
import { adam } from "../../lib/training/optimisers.ts";
import { train } from "../../lib/engine/train.ts";

/** Each result's numbers. */
export async function results(): Promise<Record<string, number[]>> {
  const set = drawDigits(120, 2024), examples = { images: normalise(set), labels: set.labels };
  const rectified = initialise([784, 10, 10], seededRandom(1));
  const descended = await train(rectified, examples, { iterations: 12, learningRate: 0.1 });
  const deep = initialise([784, 16, 12, 10], seededRandom(2), glorot);
  const stepped = await train(deep, examples, { epochs: 2, optimiser: adam(), random: seededRandom(3) });
  const sigmoids = initialise([784, 8, 10], seededRandom(4), epsilonUniform, tutorial("003").activations);
  const searched = await minimise(
    (x) => {
      const network = unflatten(x, sigmoids), pass = forward(network, examples.images);
      return {
        value: cost(network, pass, examples.labels, 1),
        gradient: flatten(backward(network, pass, oneHot(examples.labels, 10), 1).layers),
      };
    },
    flatten(sigmoids.layers),
    { maxIterations: 8 },
  );
  return {
    digits: Array.from(set.pixels),
    "gradient descent": Array.from(flatten(descended.network.layers)),
    "mini-batches with Adam": Array.from(flatten(stepped.network.layers)),
    "L-BFGS": Array.from(searched.x),
  };
}

Object.assign(globalThis, { results }); // for a page, where it is a bundled script
