/**
 * What the mistakes cost: small trainings, with the mistake and without.
 *
 * @module
 */
import { crop20 } from "../../data/coursera.ts";
import { normalise } from "../../data/prepare.ts";
import { probabilitiesOf } from "../../engine/choice.ts";
import { train } from "../../engine/train.ts";
import { type Matrix, matrix, scale } from "../../matrix.ts";
import { backward, type Gradients } from "../../network/backward.ts";
import { type ForwardPass, mostLikely } from "../../network/forward.ts";
import { gaussian, he, initialise, type Initialiser, uniformHalf } from "../../network/init.ts";
import type { Network } from "../../network/network.ts";
import { accuracy } from "../../evaluation/metrics.ts";
import { seededRandom } from "../../random.ts";
import { trainTutorial } from "../../tutorials/train_tutorial.ts";
import { scalarBias } from "../../tutorials/as_written.ts";
import { tutorial } from "../../tutorials/tutorials.ts";
import type { Material } from "./exhibit.ts";

const WORK = { iterations: 200, learningRate: 0.1, engine: "fast" } as const;

interface Run {
  readonly initialiser?: Initialiser;
  readonly gradients?: typeof backward;
  readonly factor?: number;
}

/** Accuracy (%) on the test part after 200 steps of tutorial 000's network. */
async function after200(
  { train: training, test }: Material,
  seed: number,
  { initialiser = uniformHalf, gradients, factor = 1 }: Run = {},
): Promise<number> {
  const start = initialise([784, 10, 10], seededRandom(seed), initialiser), images = scale(normalise(training), factor);
  const { network } = await train(start, { images, labels: training.labels }, {
    ...WORK,
    ...gradients && { gradients },
  });
  return 100 * accuracy(mostLikely(await probabilitiesOf(network, scale(normalise(test), factor))), test.labels);
}

/** Exhibit 05. */
export async function lostByScalarBias(material: Material, seed: number): Promise<number> {
  return await after200(material, seed) - await after200(material, seed, { gradients: scalarBias });
}

/** Exhibit 21. */
export async function lostByStart(material: Material, seed: number): Promise<number> {
  return await after200(material, seed, { initialiser: he }) - await after200(material, seed);
}

/** Exhibit 22. */
export async function lostByRawPixels(material: Material, seed: number): Promise<number> {
  return await after200(material, seed, { factor: 255 });
}

/** Exhibit A1: the same start, ReLU's mask taken from what ReLU gave. */
export async function lostByMask(material: Material, seed: number): Promise<number> {
  return await after200(material, seed, { initialiser: he }) -
    await after200(material, seed, { initialiser: he, gradients: wrongMask });
}

/** Backpropagation whose ReLU mask asks `relu(z) ≥ 0`, which is always so: as if every sum had been above 0. */
export function wrongMask(network: Network, pass: ForwardPass, targets: Matrix): Gradients {
  const preActivations = pass.preActivations.map(({ rows, cols, data }) => matrix(rows, cols, data.map(() => 1)));
  return backward(network, { ...pass, preActivations }, targets);
}

/** Gradients divided by 42,000 where 41,000 digits were summed. */
export function wrongCount(...pass: Parameters<typeof backward>): Gradients {
  const shrunk = (m: Matrix) => scale(m, 41 / 42);
  return {
    layers: backward(...pass).layers.map(({ weights, bias }) => ({ weights: shrunk(weights), bias: shrunk(bias) })),
  };
}

/** Tutorial 003's network after 20 steps of L-BFGS. */
async function sigmoidNetwork({ train: training }: Material, seed: number, iterations = 20): Promise<Network> {
  const t = tutorial("003");
  const run = { examples: t.examples(training), variant: "corrected", seed, engine: "fast", iterations } as const;
  return (await trainTutorial(t, run)).network;
}

async function percent(network: Network, images: Matrix, labels: ArrayLike<number>): Promise<number> {
  return 100 * accuracy(mostLikely(await probabilitiesOf(network, images)), labels);
}

/** Exhibit 07: accuracy on the lesson, minus accuracy on what was kept back. */
export async function flattered(material: Material, seed: number): Promise<number> {
  const network = await sigmoidNetwork(material, seed, 100), { examples } = tutorial("003");
  const [known, testing] = [examples(material.train), examples(material.test)];
  return await percent(network, known.images, known.labels) - await percent(network, testing.images, testing.labels);
}

/** Exhibit 08. */
export async function lostByRounding(material: Material, seed: number): Promise<number> {
  const network = await sigmoidNetwork(material, seed), { images, labels } = tutorial("003").examples(material.test);
  const probabilities = await probabilitiesOf(network, images),
    rounded = { ...probabilities, data: probabilities.data.map(Math.round) };
  return 100 * (accuracy(mostLikely(probabilities), labels) - accuracy(mostLikely(rounded), labels));
}

/** Exhibit 11. */
export async function lostByOrder(material: Material, seed: number): Promise<number> {
  const network = await sigmoidNetwork(material, seed), { images, labels } = tutorial("003").examples(material.test);
  return await percent(network, images, labels) - await percent(network, normalise(crop20(material.test)), labels);
}

/** Exhibit 12: what is read correctly if classes are taken for digits. */
export async function lostByPlusOne(material: Material, seed: number): Promise<number> {
  const network = await sigmoidNetwork(material, seed), { images } = tutorial("003").examples(material.test);
  return await percent(network, images, material.test.labels);
}

/** Exhibit 26: 003 from its own start, against what L-BFGS makes of a cost that ignores what it is asked, which is the start. */
export async function lostByConstantCost(material: Material, seed: number): Promise<number> {
  const t = tutorial("003"), { images, labels } = t.examples(material.test);
  const run = { examples: t.examples(material.train), seed, engine: "fast", initialiser: gaussian } as const;
  const [mended, printed] = [
    await trainTutorial(t, { ...run, variant: "corrected" }),
    await trainTutorial(t, { ...run, variant: "as-written" }),
  ];
  return await percent(mended.network, images, labels) - await percent(printed.network, images, labels);
}
