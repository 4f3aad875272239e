/**
 * Chapter 07: Backprop in matrices.
 *
 * @module
 */
import type { Chapter } from "../chapter.ts";
import { defineExercise } from "../exercise.ts";
import { sum } from "../lists.ts";

/** The chapter. */
export const CHAPTER: Chapter = {
  name: "07_backprop_in_matrices",
  title: "Backprop in matrices",
  short: "matrices",
  idea: "the same for thousands of digits at once",
  minutes: 15,
  guesses: ["07-sum", "07-error"],
  exercises: [
    defineExercise({
      id: "07a",
      task: "Return the bias gradient, one number per unit: dZ holds one list per unit, with one number per example.",
      probes: [[[[1, 2]]], [[[1, 2, 6], [-3, 0, 1]]], [[[0.5, -0.25, 1, 2], [4, 1, 1, -2], [0, 3, -1, 1]]], [[
        [1, 3],
        [0, 2],
        [5, -1],
        [2, 2],
      ]]],
      family: (draw, size) => {
        const examples = draw.whole(1, size);
        return [draw.list(draw.whole(1, size), () => draw.list(examples, draw.number))];
      },
      solve: (dZ: number[][]) => dZ.map((unit) => sum(unit) / unit.length),
      mistakes: {
        "One number for all: that is the mistake of tutorials 000 and 001. Each unit needs its own sum.": (dZ) =>
          sum(dZ.flat()) / dZ[0]!.length,
        "Every unit gets the same number: that is what the mistake of 000 and 001 amounts to. Sum each unit's own row.":
          (dZ) => dZ.map(() => sum(dZ.flat()) / dZ[0]!.length),
        "The 1/m is missing: divide by the number of examples.": (dZ) => dZ.map((unit) => sum(unit)),
        "Wrong axis: you sum over units, once per example. Sum over examples, once per unit.": (dZ) =>
          dZ[0]!.map((_, j) => sum(dZ.map((unit) => unit[j]!)) / dZ[0]!.length),
        "Wrong axis: you sum over units, once per example. Sum over examples, once per unit. (And the 1/m is missing.)":
          (dZ) => dZ[0]!.map((_, j) => sum(dZ.map((unit) => unit[j]!))),
        "Wrong axis: you take the mean over units, once per example. Take it over examples, once per unit.": (dZ) =>
          dZ[0]!.map((_, j) => sum(dZ.map((unit) => unit[j]!)) / dZ.length),
        "One number for all, and divided by all numbers: each unit needs the mean of its own row.": (dZ) =>
          sum(dZ.flat()) / dZ.flat().length,
        "The sign is turned: no minus here.": (dZ) => dZ.map((unit) => -sum(unit) / unit.length),
        "Divide by the number of examples, not by one less: this is a mean, not a spread.": (dZ) =>
          dZ.map((unit) => sum(unit) / (unit.length - 1)),
        "Wrong m: divide by the number of examples, not of units.": (dZ) => dZ.map((unit) => sum(unit) / dZ.length),
      },
      hints: [
        "The bias of a unit is added in every example, so its blame is the mean over examples.",
        "One row of dZ belongs to one unit.",
        "Sum of the row, divided by its length.",
      ],
      solution:
        "function biasGradient(dZ: number[][]) {\n  return dZ.map((unit) => unit.reduce((a, b) => a + b, 0) / unit.length);\n}",
    }),
    defineExercise({
      id: "07b",
      task: "Return dZ of the hidden layer: dA where the sum z was above 0, otherwise 0, number by number.",
      probes: [[[3, -1], [0.5, -2]], [[1, 2, 3], [-1, 0, 1]], [[-4, 5, 6, 7], [2, 0, -3, 1]]],
      family: (draw, size) => {
        const units = draw.whole(1, size);
        return [draw.list(units, draw.number), draw.list(units, () => draw.number() / draw.pick([1, 1, 100]))];
      },
      solve: (dA: number[], z: number[]) => dA.map((value, i) => z[i]! > 0 ? value : 0),
      mistakes: {
        "At z = 0 the unit was silent: the mask is z > 0, not z >= 0.": (dA, z) =>
          dA.map((value, i) => z[i]! >= 0 ? value : 0),
        "The mask looks at z, not at dA.": (dA) => dA.map((value) => value > 0 ? value : 0),
        "Multiply by the slope, 0 or 1, not by relu(z).": (dA, z) => dA.map((value, i) => value * Math.max(0, z[i]!)),
        "The mask is missing: silent units take no blame.": (dA) => dA,
        "The mask is turned round: blame passes where z was above 0.": (dA, z) =>
          dA.map((value, i) => z[i]! <= 0 ? value : 0),
        "Multiply by the slope, 0 or 1, not by z.": (dA, z) => dA.map((value, i) => value * z[i]!),
        "Keep the length: a silent unit gets 0.": (dA, z) => dA.filter((_, i) => z[i]! > 0),
        "Pass on dA where the unit was active, not z.": (_dA, z) => z.map((value) => Math.max(0, value)),
        "That is the mask; multiply dA by it.": (_dA, z) => z.map((value) => value > 0 ? 1 : 0),
      },
      hints: ["ReLU's slope is 1 where z > 0, else 0.", "Multiply dA by it, number by number.", "z[i] > 0 ? dA[i] : 0"],
      solution:
        "function hiddenBlame(dA: number[], z: number[]) {\n  return dA.map((value, i) => z[i]! > 0 ? value : 0);\n}",
    }),
  ],
};
