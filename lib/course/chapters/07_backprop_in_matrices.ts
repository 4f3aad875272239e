/**
 * Chapter 07: Backprop in matrices.
 *
 * @module
 */
import type { Chapter } from "../chapter.ts";
import { defineExercise } from "../exercise.ts";
import { sum } from "../lists.ts";

/** Blame passed back through W, where a mask lets it through. */
function blame(W: number[][], dZ: number[][], Z: number[][], passes: (z: number) => boolean): number[][] {
  return Z.map((row, i) => row.map((z, j) => passes(z) ? sum(W.map((weights, k) => weights[i]! * dZ[k]![j]!)) : 0));
}

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
      task:
        "By loops, without any matrix product: return dZ of the hidden layer, one list per hidden unit with one number per digit. W leads to the next layer (one list per unit there), dZ is the next layer's, Z holds the hidden sums.",
      probes: [
        [[[2]], [[3]], [[1]]],
        [[[1, 2], [3, 5]], [[1, 0], [0.5, -1]], [[1, 2], [0.25, 3]]],
        [[[1, 2], [3, 5]], [[1, 0], [0.5, -1]], [[1, -2], [0, 3]]],
        [[[1, -2, 0.5], [3, 1, 4]], [[1, 0, 2, -1], [0.5, -1, 1, 2]], [[1, -2, 0, 3], [0.01, 3, 1, -1], [-1, 1, 2, 0]]],
      ],
      family: (draw, size) => {
        const [out, hidden, digits] = [draw.whole(1, size), draw.whole(1, size), draw.whole(1, size)];
        const table = (rows: number, columns: number) => draw.list(rows, () => draw.list(columns, draw.number));
        const z = () => draw.number() / draw.pick([1, 1, 100]);
        return [table(out, hidden), table(out, digits), draw.list(hidden, () => draw.list(digits, z))];
      },
      solve: (W: number[][], dZ: number[][], Z: number[][]) => blame(W, dZ, Z, (z) => z > 0),
      mistakes: {
        "At z = 0 the unit was silent: the mask is z > 0, not z >= 0.": (W, dZ, Z) => blame(W, dZ, Z, (z) => z >= 0),
        "The mask is missing: silent units take no blame.": (W, dZ, Z) => blame(W, dZ, Z, () => true),
        "The mask is turned round: blame passes where z was above 0.": (W, dZ, Z) => blame(W, dZ, Z, (z) => z <= 0),
        "The mask looks at Z, not at the blame.": (W, dZ, Z) =>
          blame(W, dZ, Z, () => true).map((row) => row.map((value) => Math.max(0, value))),
        "Multiply by the slope, 0 or 1, not by relu(z).": (W, dZ, Z) =>
          blame(W, dZ, Z, () => true).map((row, i) => row.map((value, j) => value * Math.max(0, Z[i]![j]!))),
        "Multiply by the slope, 0 or 1, not by z.": (W, dZ, Z) =>
          blame(W, dZ, Z, () => true).map((row, i) => row.map((value, j) => value * Z[i]![j]!)),
        "Row and column of W are exchanged: W[k][i] leads from hidden unit i to unit k; blame goes back along it.": (
          W,
          dZ,
          Z,
        ) => Z.map((row, i) => row.map((z, j) => z > 0 ? sum(dZ.map((_, k) => W[i]![k]! * dZ[k]![j]!)) : 0)),
        "Only one unit's blame is passed on: a hidden unit is blamed by all units that it leads to. Add them up.": (
          W,
          dZ,
          Z,
        ) => Z.map((row, i) => row.map((z, j) => z > 0 ? W.at(-1)![i]! * dZ.at(-1)![j]! : 0)),
        "The weights are missing: each blame comes back through its own weight.": (_W, dZ, Z) =>
          Z.map((row) => row.map((z, j) => z > 0 ? sum(dZ.map((unit) => unit[j]!)) : 0)),
        "No mean here: each digit keeps its own blame. The 1/m comes in with dW and db.": (W, dZ, Z) =>
          blame(W, dZ, Z, (z) => z > 0).map((row) => row.map((value) => value / row.length)),
        "Transposed: one list per hidden unit is asked for, not one per digit.": (W, dZ, Z) => {
          const right = blame(W, dZ, Z, (z) => z > 0);
          return right[0]!.map((_, j) => right.map((row) => row[j]!));
        },
      },
      hints: [
        "One hidden unit i and one digit j first: who was fed by it? Every unit k of the next layer, through W[k][i].",
        "Their blame for this digit is dZ[k][j]. Multiply each with its weight, and add up over k.",
        "If the hidden sum Z[i][j] was not above 0, the answer is 0.",
      ],
      solution: `function hiddenBlame(W: number[][], dZ: number[][], Z: number[][]) {
  return Z.map((row, i) =>
    row.map((z, j) => {
      let sum = 0;
      for (let k = 0; k < W.length; k++) sum += W[k]![i]! * dZ[k]![j]!;
      return z > 0 ? sum : 0;
    })
  );
}`,
    }),
  ],
};
