/**
 * Exercises of chapters 06 to 08: gradients and updates.
 *
 * @module
 */
import type { Exercise } from "../exercise.ts";

const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
type Curve = (x: number) => number;
const square: Curve = (x) => x * x, cube: Curve = (x) => x ** 3;

/** Exercises of chapters 06 to 08. */
export const BACKWARD_EXERCISES: readonly Exercise[] = [
  {
    id: "06a",
    task: "Return the slope of f at x by the central difference with step h.",
    probes: [[square, 3, 0.25], [cube, 2, 0.5], [cube, -1, 0.25]],
    solve: (f: Curve, x: number, h: number) => (f(x + h) - f(x - h)) / (2 * h),
    mistakes: [
      {
        says: "One-sided: look to both sides of x, f(x + h) − f(x − h).",
        attempt: (f: Curve, x: number, h: number) => (f(x + h) - f(x)) / h,
      },
      {
        says: "One-sided, to the left: look to both sides of x.",
        attempt: (f: Curve, x: number, h: number) => (f(x) - f(x - h)) / h,
      },
      {
        says: "From x − h to x + h is a way of 2h: divide by that.",
        attempt: (f: Curve, x: number, h: number) => (f(x + h) - f(x - h)) / h,
      },
      {
        says: "Mind the brackets: / 2 * h divides by 2 and then multiplies by h.",
        attempt: (f: Curve, x: number, h: number) => (f(x + h) - f(x - h)) / 2 * h,
      },
      {
        says: "Brackets round the difference: only f(x − h) is divided in yours.",
        attempt: (f: Curve, x: number, h: number) => f(x + h) - f(x - h) / (2 * h),
      },
      {
        says: "The sign is turned: right minus left.",
        attempt: (f: Curve, x: number, h: number) => (f(x - h) - f(x + h)) / (2 * h),
      },
      {
        says: "Divide by the whole way, 2h, not by 2.",
        attempt: (f: Curve, x: number, h: number) => (f(x + h) - f(x - h)) / 2,
      },
      {
        says: "Use the h that you are given: the error of a large step is part of the answer here.",
        attempt: (f: Curve, x: number) => (f(x + 1e-5) - f(x - 1e-5)) / 2e-5,
      },
      {
        says: "That is the difference; divide it by the way, 2h.",
        attempt: (f: Curve, x: number, h: number) => f(x + h) - f(x - h),
      },
    ],
    hints: ["Slope is rise over way.", "The rise is f(x + h) − f(x − h).", "The way is 2h, in brackets."],
    solution:
      "function centralSlope(f: (x: number) => number, x: number, h: number) {\n  return (f(x + h) - f(x - h)) / (2 * h);\n}",
  },
  {
    id: "06b",
    task: "z = w · x + b, a = relu(z). The loss rises by dA per unit of a. Return how fast it rises per unit of w.",
    probes: [[2, 0.5, 3], [2, -0.5, 3], [-1.5, 4, 0.25], [0, 1, 2], [2, 0, 3], [2, 1, -3]],
    solve: (x: number, z: number, dA: number) => z > 0 ? dA * x : 0,
    mistakes: [
      {
        says: "You forgot ReLU's mask: where z was negative, w changes nothing.",
        attempt: (x: number, _z: number, dA: number) => dA * x,
      },
      {
        says: "You forgot x: a weight's blame is that of its sum, times what came in.",
        attempt: (_x: number, z: number, dA: number) => z > 0 ? dA : 0,
      },
      {
        says: "The mask looks at z, the sum before ReLU, not at x.",
        attempt: (x: number, _z: number, dA: number) => x > 0 ? dA * x : 0,
      },
      {
        says: "The sign is turned: a gradient points uphill; the step downhill of chapter 08 does the turning.",
        attempt: (x: number, z: number, dA: number) => z > 0 ? -dA * x : 0,
      },
      {
        says: "Multiply by ReLU's slope, 0 or 1, not by its value.",
        attempt: (x: number, z: number, dA: number) => dA * Math.max(0, z) * x,
      },
      {
        says: "At z = 0 the unit was silent: the mask is z > 0, not z >= 0.",
        attempt: (x: number, z: number, dA: number) => z >= 0 ? dA * x : 0,
      },
      {
        says: "You mask by dA; the mask looks at z, the sum before ReLU.",
        attempt: (x: number, _z: number, dA: number) => dA > 0 ? dA * x : 0,
      },
      {
        says: "You mask the product; the mask looks at z, the sum before ReLU. Blame may well be negative.",
        attempt: (x: number, _z: number, dA: number) => Math.max(0, dA * x),
      },
      { says: "Two factors are missing: dA · ReLU's slope · x.", attempt: (_x: number, _z: number, dA: number) => dA },
      {
        says: "dA is missing: dA · ReLU's slope · x.",
        attempt: (x: number, z: number) => z > 0 ? x : 0,
      },
      {
        says: "The mask is turned round: blame passes where z was above 0.",
        attempt: (x: number, z: number, dA: number) => z <= 0 ? dA * x : 0,
      },
    ],
    hints: ["Chain rule: dL/dw = dL/da · da/dz · dz/dw.", "da/dz is 1 where z > 0, else 0.", "dz/dw is x."],
    solution: "function weightGradient(x: number, z: number, dA: number) {\n  return z > 0 ? dA * x : 0;\n}",
  },
  {
    id: "07a",
    task: "Return the bias gradient, one number per unit: dZ holds one list per unit, with one number per example.",
    probes: [[[[1, 2]]], [[[1, 2, 6], [-3, 0, 1]]], [[[0.5, -0.25, 1, 2], [4, 1, 1, -2], [0, 3, -1, 1]]], [[
      [1, 3],
      [0, 2],
      [5, -1],
      [2, 2],
    ]]],
    solve: (dZ: number[][]) => dZ.map((unit) => sum(unit) / unit.length),
    mistakes: [
      {
        says: "One number for all: that is the mistake of tutorials 000 and 001. Each unit needs its own sum.",
        attempt: (dZ: number[][]) => sum(dZ.flat()) / dZ[0]!.length,
      },
      {
        says:
          "Every unit gets the same number: that is what the mistake of 000 and 001 amounts to. Sum each unit's own row.",
        attempt: (dZ: number[][]) => dZ.map(() => sum(dZ.flat()) / dZ[0]!.length),
      },
      {
        says: "The 1/m is missing: divide by the number of examples.",
        attempt: (dZ: number[][]) => dZ.map((unit) => sum(unit)),
      },
      {
        says: "Wrong axis: you sum over units, once per example. Sum over examples, once per unit.",
        attempt: (dZ: number[][]) => dZ[0]!.map((_, j) => sum(dZ.map((unit) => unit[j]!)) / dZ[0]!.length),
      },
      {
        says:
          "Wrong axis: you sum over units, once per example. Sum over examples, once per unit. (And the 1/m is missing.)",
        attempt: (dZ: number[][]) => dZ[0]!.map((_, j) => sum(dZ.map((unit) => unit[j]!))),
      },
      {
        says: "Wrong axis: you take the mean over units, once per example. Take it over examples, once per unit.",
        attempt: (dZ: number[][]) => dZ[0]!.map((_, j) => sum(dZ.map((unit) => unit[j]!)) / dZ.length),
      },
      {
        says: "One number for all, and divided by all numbers: each unit needs the mean of its own row.",
        attempt: (dZ: number[][]) => sum(dZ.flat()) / dZ.flat().length,
      },
      {
        says: "The sign is turned: no minus here.",
        attempt: (dZ: number[][]) => dZ.map((unit) => -sum(unit) / unit.length),
      },
      {
        says: "Divide by the number of examples, not by one less: this is a mean, not a spread.",
        attempt: (dZ: number[][]) => dZ.map((unit) => sum(unit) / (unit.length - 1)),
      },
      {
        says: "Wrong m: divide by the number of examples, not of units.",
        attempt: (dZ: number[][]) => dZ.map((unit) => sum(unit) / dZ.length),
      },
    ],
    hints: [
      "The bias of a unit is added in every example, so its blame is the mean over examples.",
      "One row of dZ belongs to one unit.",
      "Sum of the row, divided by its length.",
    ],
    solution:
      "function biasGradient(dZ: number[][]) {\n  return dZ.map((unit) => unit.reduce((a, b) => a + b, 0) / unit.length);\n}",
  },
  {
    id: "07b",
    task: "Return dZ of the hidden layer: dA where the sum z was above 0, otherwise 0, number by number.",
    probes: [[[3, -1], [0.5, -2]], [[1, 2, 3], [-1, 0, 1]], [[-4, 5, 6, 7], [2, 0, -3, 1]]],
    solve: (dA: number[], z: number[]) => dA.map((value, i) => z[i]! > 0 ? value : 0),
    mistakes: [
      {
        says: "At z = 0 the unit was silent: the mask is z > 0, not z >= 0.",
        attempt: (dA: number[], z: number[]) => dA.map((value, i) => z[i]! >= 0 ? value : 0),
      },
      { says: "The mask looks at z, not at dA.", attempt: (dA: number[]) => dA.map((value) => value > 0 ? value : 0) },
      {
        says: "Multiply by the slope, 0 or 1, not by relu(z).",
        attempt: (dA: number[], z: number[]) => dA.map((value, i) => value * Math.max(0, z[i]!)),
      },
      { says: "The mask is missing: silent units take no blame.", attempt: (dA: number[]) => dA },
      {
        says: "The mask is turned round: blame passes where z was above 0.",
        attempt: (dA: number[], z: number[]) => dA.map((value, i) => z[i]! <= 0 ? value : 0),
      },
      {
        says: "Multiply by the slope, 0 or 1, not by z.",
        attempt: (dA: number[], z: number[]) => dA.map((value, i) => value * z[i]!),
      },
      {
        says: "Keep the length: a silent unit gets 0.",
        attempt: (dA: number[], z: number[]) => dA.filter((_, i) => z[i]! > 0),
      },
      {
        says: "Pass on dA where the unit was active, not z.",
        attempt: (_dA: number[], z: number[]) => z.map((value) => Math.max(0, value)),
      },
      {
        says: "That is the mask; multiply dA by it.",
        attempt: (_dA: number[], z: number[]) => z.map((value) => value > 0 ? 1 : 0),
      },
    ],
    hints: ["ReLU's slope is 1 where z > 0, else 0.", "Multiply dA by it, number by number.", "z[i] > 0 ? dA[i] : 0"],
    solution:
      "function hiddenBlame(dA: number[], z: number[]) {\n  return dA.map((value, i) => z[i]! > 0 ? value : 0);\n}",
  },
  {
    id: "08a",
    task: "Return new weights one step downhill; leave the old ones as they are.",
    probes: [[[1], [2], 0.5], [[1, -2, 3], [0.5, 0.25, -1], 0.1], [[0, 4], [3, -3], 2]],
    solve: (weights: number[], gradients: number[], learningRate: number) =>
      weights.map((w, i) => w - learningRate * gradients[i]!),
    mistakes: [
      {
        says: "Uphill: the gradient points to more loss, so it is subtracted.",
        attempt: (weights: number[], gradients: number[], learningRate: number) =>
          weights.map((w, i) => w + learningRate * gradients[i]!),
      },
      {
        says: "The learning rate is missing: the step would be the whole gradient.",
        attempt: (weights: number[], gradients: number[]) => weights.map((w, i) => w - gradients[i]!),
      },
      {
        says: "That is the step; subtract it from the weights.",
        attempt: (_: number[], gradients: number[], learningRate: number) => gradients.map((g) => learningRate * g),
      },
      {
        says: "Dividing by the learning rate makes small rates take giant steps: multiply.",
        attempt: (weights: number[], gradients: number[], learningRate: number) =>
          weights.map((w, i) => w - gradients[i]! / learningRate),
      },
    ],
    hints: ["W ← W − α dW.", "weights.map gives a new list.", "w − learningRate · gradients[i]"],
    solution:
      "function step(weights: number[], gradients: number[], learningRate: number) {\n  return weights.map((w, i) => w - learningRate * gradients[i]!);\n}",
  },
];
