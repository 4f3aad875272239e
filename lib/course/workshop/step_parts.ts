/**
 * The workshop's loss and its step.
 *
 * @module
 */
import { defineExercise } from "../exercise.ts";
import { drawCase } from "./cases.ts";
import { plainBackward, plainForward, type PlainGradients, type PlainLayer, plainUpdate, type Table } from "./plain.ts";

const squares = (layers: readonly PlainLayer[]) =>
  layers.flatMap(({ weights }) => weights.flat()).reduce((sum, w) => sum + w * w, 0);

const surprise = (probabilities: Table, labels: readonly number[], log = Math.log) =>
  labels.reduce((sum, label, j) => sum - log(probabilities[label]![j]!), 0);

const LAYERS: PlainLayer[] = [{ weights: [[1, -2], [0.5, 3]], bias: [4, -1] }];

/** The mean surprise, and the penalty. */
export const LOSS = defineExercise({
  id: "loss",
  task:
    "Return the mean of −log of the probability that each digit's true class got, plus lambda / 2m times the sum of all squared weights. probabilities has one list per class, with one number per digit; m is the number of digits; the biases are not punished.",
  probes: [
    [[[0.5], [0.5]], [0], LAYERS, 0],
    [[[0.2, 0.7, 0.1], [0.8, 0.3, 0.9]], [1, 1, 0], LAYERS, 0],
    [[[0.2, 0.7, 0.1], [0.8, 0.3, 0.9]], [1, 1, 0], LAYERS, 2],
    [[[1, 1e-12], [0, 1]], [0, 0], LAYERS, 0], // a class that got nothing, and a true one that got next to nothing
  ],
  family: (draw, size) => {
    const { layers, images, labels } = drawCase(draw, size);
    return [plainForward(layers, images).A.at(-1)!, labels, layers, draw.pick([0, 0, 0.5, 3])];
  },
  solve: (probabilities: Table, labels: number[], layers: PlainLayer[], lambda: number) =>
    surprise(probabilities, labels) / labels.length + lambda / (2 * labels.length) * squares(layers),
  mistakes: {
    "The penalty is missing: lambda / 2m times the sum of the squared weights.": (p, y) => surprise(p, y) / y.length,
    "The biases are not punished, only the weights.": (p, y, layers, lambda) =>
      surprise(p, y) / y.length +
      lambda / (2 * y.length) * (squares(layers) + layers.flatMap(({ bias }) => bias).reduce((s, b) => s + b * b, 0)),
    "The 2 of the penalty is missing: lambda / 2m.": (p, y, layers, lambda) =>
      surprise(p, y) / y.length + lambda / y.length * squares(layers),
    "The penalty's m is missing: lambda / 2m.": (p, y, layers, lambda) =>
      surprise(p, y) / y.length + lambda / 2 * squares(layers),
    "That is the sum over the digits; the mean is asked for.": (p, y, layers, lambda) =>
      surprise(p, y) + lambda / (2 * y.length) * squares(layers),
    "That is the sum over the digits, of the penalty, too; the mean is asked for.": (p, y, layers, lambda) =>
      surprise(p, y) + lambda / 2 * squares(layers),
    "The minus is missing: logarithms of probabilities are negative, a loss is not.": (p, y, layers, lambda) =>
      -surprise(p, y) / y.length + lambda / (2 * y.length) * squares(layers),
    "log2 gives bits; the course counts in nats: Math.log.": (p, y, layers, lambda) =>
      surprise(p, y, Math.log2) / y.length + lambda / (2 * y.length) * squares(layers),
    "Only the last layer's weights are punished in yours.": (p, y, layers, lambda) =>
      surprise(p, y) / y.length + lambda / (2 * y.length) * squares(layers.slice(-1)),
    "Rows are classes here, columns are digits: probabilities[label][j].": (p, y, layers, lambda) =>
      y.reduce((sum, label, j) => sum - Math.log(p[j]![label]!), 0) / y.length +
      lambda / (2 * y.length) * squares(layers),
  },
  shown: (_p: Table, labels: number[], layers: PlainLayer[], lambda: number) =>
    `${labels.length} digit${labels.length === 1 ? "" : "s"}, ${layers.length} layer${
      layers.length === 1 ? "" : "s"
    }, lambda ${lambda}`,
  hints: [
    "For digit j with the label y: probabilities[y][j] is what its true class got.",
    "Add up −Math.log of those, and divide by how many digits there are.",
    "For the penalty, walk through layers, rows, weights, and add up w · w.",
  ],
  solution: `function loss(probabilities: number[][], labels: number[], layers: Layer[], lambda: number) {
  let surprise = 0, squares = 0;
  for (const [j, label] of labels.entries()) surprise -= Math.log(probabilities[label]![j]!);
  for (const { weights } of layers) for (const row of weights) for (const w of row) squares += w * w;
  return (surprise + lambda / 2 * squares) / labels.length;
}`,
});

/** One step downhill. */
export const UPDATE = defineExercise({
  id: "update",
  task:
    "Return new layers, one step downhill: each number loses rate times its slope. The old layers stay as they are.",
  probes: [[LAYERS, { dW: [[[0.5, 1], [-1, 2]]], db: [[3, -0.5]] }, 0.1]],
  family: (draw, size) => {
    const { layers, images, labels } = drawCase(draw, size);
    const { dW, db } = plainBackward(layers, plainForward(layers, images), labels, 0);
    return [layers, { dW, db }, draw.whole(1, 20) / 10];
  },
  solve: (layers: PlainLayer[], gradients: PlainGradients, rate: number) => plainUpdate(layers, gradients, rate),
  mistakes: {
    "Uphill: the gradient points to more loss, so it is subtracted.": (layers, gradients, rate) =>
      plainUpdate(layers, gradients, -rate),
    "The rate is missing: the step would be the whole gradient.": (layers, gradients) =>
      plainUpdate(layers, gradients, 1),
    "Dividing by the rate makes small rates take giant steps: multiply.": (layers, gradients, rate) =>
      plainUpdate(layers, gradients, 1 / rate),
    "The biases stay where they are; they learn, too.": (layers, gradients, rate) =>
      plainUpdate(layers, gradients, rate).map(({ weights }, l) => ({ weights, bias: layers[l]!.bias })),
    "The weights stay where they are.": (layers, gradients, rate) =>
      plainUpdate(layers, gradients, rate).map(({ bias }, l) => ({ weights: layers[l]!.weights, bias })),
    "Nothing has moved.": (layers) => layers,
    "Every layer gets the first one's slopes.": (layers, { dW, db }, rate) =>
      plainUpdate(layers, { dW: dW.map(() => dW[0]!), db: db.map(() => db[0]!) }, rate),
  },
  shown: (layers: PlainLayer[], _gradients: PlainGradients, rate: number) =>
    `${layers.length} layer${layers.length === 1 ? "" : "s"}, rate ${rate}`,
  hints: [
    "layers.map gives a new list of layers; row.map a new row.",
    "The slope of weights[unit][input] of layer l is dW[l][unit][input].",
    "And that of bias[unit] is db[l][unit].",
  ],
  solution: `function update(layers: Layer[], gradients: Gradients, rate: number): Layer[] {
  return layers.map(({ weights, bias }, l) => ({
    weights: weights.map((row, unit) => row.map((w, input) => w - rate * gradients.dW[l]![unit]![input]!)),
    bias: bias.map((b, unit) => b - rate * gradients.db[l]![unit]!),
  }));
}`,
});
