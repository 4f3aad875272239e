/**
 * The workshop's network in plain lists, and the library's functions in the same clothes: what a reader's are compared with.
 *
 * @module
 */
import { fromRows, hadamard, type Matrix, matrix, subtract, toRows, transpose } from "../../matrix.ts";
import { backward } from "../../network/backward.ts";
import { forward } from "../../network/forward.ts";
import { derivative } from "../../network/activations.ts";
import { initialise } from "../../network/init.ts";
import type { Network } from "../../network/network.ts";
import { matmul } from "../../products.ts";
import { type Random, shuffledIndices } from "../../random.ts";

/** Rows of numbers. */
export type Table = number[][];

/** One layer: a row of weights and a bias per unit. */
export interface PlainLayer {
  /** One list per unit, with one number per input. */
  weights: Table;
  /** One number per unit. */
  bias: number[];
}

/** What a forward pass keeps. */
export interface PlainPass {
  /** The sums of each layer: one list per unit, with one number per digit. */
  Z: Table[];
  /** The images, then the activations of each layer. */
  A: Table[];
}

/** Slopes of the loss, layer by layer. */
export interface PlainGradients {
  /** The blame of the sums. */
  dZ?: Table[];
  /** Shaped like the weights. */
  dW: Table[];
  /** Shaped like the biases. */
  db: number[][];
}

/** What a training is told. */
export interface TrainingPlan {
  /** How often all digits are gone through. */
  readonly epochs: number;
  /** Digits in a batch. */
  readonly batchSize: number;
  /** The learning rate. */
  readonly rate: number;
  /** How strongly large weights are punished. */
  readonly lambda: number;
  /** Where all chance comes from. */
  readonly random: Random;
}

/** What `train` is made of. */
export interface Parts {
  /** All sums and activations. */
  readonly forward: (layers: PlainLayer[], images: Table) => PlainPass;
  /** All slopes. */
  readonly backward: (layers: PlainLayer[], pass: PlainPass, labels: number[], lambda: number) => PlainGradients;
  /** One step downhill. */
  readonly update: (layers: PlainLayer[], gradients: PlainGradients, rate: number) => PlainLayer[];
  /** One epoch's batches: the digits' numbers. */
  readonly miniBatches: (count: number, batchSize: number, random: Random) => number[][];
}

/** The same network as the library has it. */
export function toNetwork(layers: readonly PlainLayer[]): Network {
  return {
    layers: layers.map(({ weights, bias }, l) => ({
      weights: fromRows(weights),
      bias: matrix(bias.length, 1, bias),
      activation: l === layers.length - 1 ? "softmax" : "relu",
    })),
  };
}

/** A network of the library in plain lists. */
export function fromNetwork({ layers }: Network): PlainLayer[] {
  return layers.map(({ weights, bias }) => ({ weights: toRows(weights), bias: [...bias.data] }));
}

/** Labels as columns with a single 1, whatever the number of classes. */
function targetsOf(labels: readonly number[], classes: number): Matrix {
  return fromRows(Array.from({ length: classes }, (_, k) => labels.map((label) => Number(label === k))));
}

/** The library's `forward`. */
export function plainForward(layers: readonly PlainLayer[], images: Table): PlainPass {
  const { preActivations, activations } = forward(toNetwork(layers), fromRows(images));
  return { Z: preActivations.map(toRows), A: activations.map(toRows) };
}

/** The library's `backward`, with the blame of each layer's sums besides. */
export function plainBackward(
  layers: readonly PlainLayer[],
  { Z, A }: PlainPass,
  labels: readonly number[],
  lambda: number,
): Required<PlainGradients> {
  const network = toNetwork(layers), [preActivations, activations] = [Z.map(fromRows), A.map(fromRows)];
  const probabilities = activations.at(-1)!, targets = targetsOf(labels, probabilities.rows);
  const pass = { preActivations, activations, logits: preActivations.at(-1)!, probabilities };
  const gradients = backward(network, pass, targets, lambda).layers;
  let dZ = subtract(probabilities, targets);
  const blame = [dZ];
  for (let l = layers.length - 1; l > 0; l--) {
    const dA = matmul(transpose(network.layers[l]!.weights), dZ);
    blame.unshift(dZ = hadamard(dA, derivative("relu", preActivations[l - 1]!)));
  }
  return {
    dZ: blame.map(toRows),
    dW: gradients.map(({ weights }) => toRows(weights)),
    db: gradients.map(({ bias }) => [...bias.data]),
  };
}

/** One step downhill, in new lists. */
export function plainUpdate(layers: readonly PlainLayer[], { dW, db }: PlainGradients, rate: number): PlainLayer[] {
  return layers.map(({ weights, bias }, l) => ({
    weights: weights.map((row, unit) => row.map((w, input) => w - rate * dW[l]![unit]![input]!)),
    bias: bias.map((b, unit) => b - rate * db[l]![unit]!),
  }));
}

/** The library's shuffle, cut into batches; the last may be smaller. */
export function plainBatches(count: number, batchSize: number, random: Random): number[][] {
  const order = shuffledIndices(count, random);
  return Array.from(
    { length: Math.ceil(count / batchSize) },
    (_, b) => order.slice(b * batchSize, (b + 1) * batchSize),
  );
}

/** Weights within ±√(6 / (inputs + units)), drawn row by row; biases 0. */
export function plainInit(sizes: readonly number[], random: Random): PlainLayer[] {
  return fromNetwork(initialise(sizes, random, ({ uniform }, inputs, units) => {
    const limit = startLimit(inputs, units);
    return { weight: () => (2 * uniform() - 1) * limit, bias: () => 0 };
  }));
}

/** How far the starting weights of a layer reach. */
export function startLimit(inputs: number, units: number): number {
  return Math.sqrt(6 / (inputs + units));
}

/** The tested parts. */
export const TESTED: Parts = {
  forward: plainForward,
  backward: plainBackward,
  update: plainUpdate,
  miniBatches: plainBatches,
};

/** Batch after batch, epoch after epoch. */
export function plainTrain(
  layers: PlainLayer[],
  images: Table,
  labels: readonly number[],
  { epochs, batchSize, rate, lambda, random }: TrainingPlan,
  { forward, backward, update, miniBatches }: Parts = TESTED,
): PlainLayer[] {
  for (let epoch = 0; epoch < epochs; epoch++) {
    for (const batch of miniBatches(labels.length, batchSize, random)) {
      const x = images.map((row) => batch.map((j) => row[j]!)), y = batch.map((j) => labels[j]!);
      layers = update(layers, backward(layers, forward(layers, x), y, lambda), rate);
    }
  }
  return layers;
}
