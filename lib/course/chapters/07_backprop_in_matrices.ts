/**
 * Chapter 07: Backprop in matrices.
 *
 * @module
 */
import type { Chapter } from "../chapter.ts";
import { sum } from "../lists.ts";

/** The chapter. */
export const CHAPTER: Chapter = {
  name: "07_backprop_in_matrices",
  title: "Backprop in matrices",
  short: "matrices",
  idea: "the same for thousands of digits at once",
  minutes: 15,
  guesses: ["07-sum", "07-error"],
  exercises: [{
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
  }, {
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
  }],
};
