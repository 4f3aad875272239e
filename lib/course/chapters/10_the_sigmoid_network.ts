/**
 * Chapter 10: The sigmoid network.
 *
 * @module
 */
import type { Chapter } from "../chapter.ts";
import { defineExercise } from "../exercise.ts";

const squares = (values: readonly number[]) => values.reduce((sum, value) => sum + value * value, 0);

const sigma = (z: number) => 1 / (1 + Math.exp(-z));

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
      task: "Return the slope of the sigmoid at z: the function that tutorial 002 uses and never defines.",
      probes: [[0], [0.8], [-2], [5], [-1000]],
      family: (draw) => [draw.number() * draw.pick([1, 1, 3])],
      solve: (z: number) => sigma(z) * (1 - sigma(z)),
      mistakes: {
        "That is z (1 − z): right for an activation, as in tutorial 003, but here z is the sum before the sigmoid.": (
          z,
        ) => z * (1 - z),
        "That is the sigmoid itself; its slope is σ(z) (1 − σ(z)).": sigma,
        "1 − σ(z) is half of it: multiply by σ(z).": (z) => 1 - sigma(z),
        "The sigmoid of the slope's formula at σ(z): you applied the sigmoid twice.": (z) =>
          sigma(sigma(z)) * (1 - sigma(sigma(z))),
      },
      hints: ["First a = σ(z) = 1 / (1 + exp(−z)).", "Then a times something.", "a (1 − a)"],
      solution: "function sigmoidGradient(z: number) {\n  const a = 1 / (1 + Math.exp(-z));\n  return a * (1 - a);\n}",
    }),
  ],
};
