/**
 * Chapter 10: The sigmoid network.
 *
 * @module
 */
import type { Chapter } from "../chapter.ts";
import { defineExercise } from "../exercise.ts";

const squares = (values: readonly number[]) => values.reduce((sum, value) => sum + value * value, 0);

const sigma = (z: number) => 1 / (1 + Math.exp(-z));

function blames(z: number, y: number): { crossEntropy: number; squared: number } {
  const a = sigma(z);
  return { crossEntropy: a - y, squared: (a - y) * a * (1 - a) };
}

/** The chapter. */
export const CHAPTER: Chapter = {
  name: "10_the_sigmoid_network",
  title: "The sigmoid network",
  short: "sigmoid",
  idea: "the same idea, other conventions",
  minutes: 20,
  guesses: ["10-order", "10-half", "10-plus-one"],
  exercises: [
    defineExercise({
      id: "10a",
      task:
        "theta holds one list per unit, the bias first. Return { bias, weights }: a list of biases, and a list of weights per unit.",
      probes: [[[[0.5, 1, 2]]], [[[1, 2, 3], [4, 5, 6]]], [[[-1, 0.25], [2, 7], [0, 3]]]],
      family: (draw, size) => {
        const columns = draw.whole(2, 1 + size);
        return [draw.list(draw.whole(1, size), () => draw.list(columns, draw.number))];
      },
      solve: (theta: number[][]) => ({ bias: theta.map((row) => row[0]), weights: theta.map((row) => row.slice(1)) }),
      mistakes: {
        "You take the last column for the bias; in Theta it is the first.": (theta) => ({
          bias: theta.map((row) => row.at(-1)),
          weights: theta.map((row) => row.slice(0, -1)),
        }),
        "The bias is still among the weights: leave the first column out.": (theta) => ({
          bias: theta.map((row) => row[0]),
          weights: theta,
        }),
        "You take the first row for the biases; each unit's row begins with its own.": (theta) => ({
          bias: theta[0],
          weights: theta.slice(1),
        }),
      },
      hints: ["One row of Theta belongs to one unit.", "row[0] is its bias.", "row.slice(1) are its weights."],
      solution:
        "function splitTheta(theta: number[][]) {\n  return { bias: theta.map((row) => row[0]!), weights: theta.map((row) => row.slice(1)) };\n}",
    }),
    defineExercise({
      id: "10b",
      task: "Return the weight penalty λ / 2m · Σ w² of one Theta; the bias, first in each row, is not punished.",
      probes: [[[[3, 1, 2]], 1, 1], [[[1, 2], [5, 4]], 2, 5], [[[0, 0.5, -1], [2, 3, 1]], 0.1, 8]],
      family: (draw, size) => {
        const columns = draw.whole(2, 1 + size);
        return [
          draw.list(draw.whole(1, size), () => draw.list(columns, draw.number)),
          draw.whole(0, 30) / 10,
          draw.whole(1, 20),
        ];
      },
      solve: (theta: number[][], lambda: number, m: number) =>
        lambda / (2 * m) * squares(theta.flatMap((row) => row.slice(1))),
      mistakes: {
        "You punish the biases, too: leave the first number of each row out.": (theta, lambda, m) =>
          lambda / (2 * m) * squares(theta.flat()),
        "The 2 is missing: λ / 2m. It cancels when the square is differentiated.": (theta, lambda, m) =>
          lambda / m * squares(theta.flatMap((row) => row.slice(1))),
        "λ is missing.": (theta, _lambda, m) => squares(theta.flatMap((row) => row.slice(1))) / (2 * m),
        "Square each weight before adding, or negative weights cancel positive ones.": (theta, lambda, m) =>
          lambda / (2 * m) * theta.flatMap((row) => row.slice(1)).reduce((a, b) => a + b, 0),
      },
      hints: ["Leave out the first number of each row.", "Square, then add.", "Times λ, divided by 2m."],
      solution:
        "function penalty(theta: number[][], lambda: number, m: number) {\n  let sum = 0;\n  for (const row of theta) for (const w of row.slice(1)) sum += w * w;\n  return lambda * sum / (2 * m);\n}",
    }),
    defineExercise({
      id: "10c",
      task:
        "One sigmoid output with the sum z; the truth is y, 0 or 1. Return its blame, the slope of the loss along z, for two losses: { crossEntropy, squared }, where squared is ½ (a − y)².",
      probes: [[0, 1], [0.8, 0], [-2, 1], [5, 0], [3, 1]],
      family: (draw) => [draw.number() * draw.pick([1, 1, 3]), draw.whole(0, 1)],
      solve: (z: number, y: number) => blames(z, y),
      mistakes: {
        "The squared loss is bent once more by the sigmoid on its way to z: multiply by the sigmoid's slope, a (1 − a).":
          (
            z,
            y,
          ) => ({ crossEntropy: sigma(z) - y, squared: sigma(z) - y }),
        "With cross-entropy the sigmoid's slope cancels: what is left is a − y.": (z, y) => ({
          crossEntropy: blames(z, y).squared,
          squared: blames(z, y).squared,
        }),
        "The two are exchanged: it is the cross-entropy in which the sigmoid's slope cancels.": (z, y) => ({
          crossEntropy: blames(z, y).squared,
          squared: blames(z, y).crossEntropy,
        }),
        "The sign is turned: what it said minus what was true.": (z, y) => ({
          crossEntropy: y - sigma(z),
          squared: -blames(z, y).squared,
        }),
        "The 2 of the square and the ½ before it cancel.": [
          (z, y) => ({ crossEntropy: sigma(z) - y, squared: 2 * blames(z, y).squared }),
          (z, y) => ({ crossEntropy: sigma(z) - y, squared: blames(z, y).squared / 2 }),
        ],
        "The sigmoid's slope is a (1 − a), of the answer a, not z (1 − z).": (z, y) => ({
          crossEntropy: sigma(z) - y,
          squared: (sigma(z) - y) * z * (1 - z),
        }),
        "Compare the answer a = σ(z) with y, not z itself.": (z, y) => ({
          crossEntropy: z - y,
          squared: (z - y) * sigma(z) * (1 - sigma(z)),
        }),
        "Those are the slopes along the answer a; z moves it by a (1 − a): multiply by that.": (z, y) => ({
          crossEntropy: (sigma(z) - y) / (sigma(z) * (1 - sigma(z))),
          squared: sigma(z) - y,
        }),
        "Those are the losses; their slopes along z are asked for.": (z, y) => ({
          crossEntropy: -Math.log(y ? sigma(z) : 1 - sigma(z)),
          squared: (sigma(z) - y) ** 2 / 2,
        }),
      },
      hints: [
        "Two steps of the chain rule: the loss along a, times a along z. The second is the sigmoid's slope.",
        "Along a, the squared loss rises by a − y, and the cross-entropy by (a − y) / (a (1 − a)).",
        "Multiply each by a (1 − a). In one of them, something cancels. (And that is why it learns from being surely wrong.)",
      ],
      solution: "function outputBlame(z: number, y: number) {\n  const a = 1 / (1 + Math.exp(-z));\n" +
        "  return { crossEntropy: a - y, squared: (a - y) * a * (1 - a) };\n}",
    }),
  ],
};
