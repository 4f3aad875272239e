/**
 * Chapter 11: A smarter step: L-BFGS.
 *
 * @module
 */
import type { Chapter } from "../chapter.ts";
import { defineExercise } from "../exercise.ts";
import { DISAGREE } from "../open/rounding.ts";

/** The chapter. */
export const CHAPTER: Chapter = {
  name: "11_a_smarter_step_lbfgs",
  title: "A smarter step: L-BFGS",
  short: "L-BFGS",
  idea: "use the bend of the hill; keep the weights",
  minutes: 20,
  guesses: ["11-valley", "11-cost", "11-change", "11-lambda", "11-rounded"],
  exercises: [
    defineExercise({
      id: "11a",
      task:
        "Put two matrices, each a list of rows, into one list: all of the first row by row, then all of the second.",
      probes: [[[[1, 2]], [[3]]], [[[1, 2], [3, 4]], [[5, 6, 7]]], [[[1], [2], [3]], [[4, 5], [6, 7]]]],
      family: (draw, size) => {
        const [one, two] = [draw.whole(1, size), draw.whole(1, size)];
        return [
          draw.list(draw.whole(1, size), () => draw.list(one, draw.number)),
          draw.list(draw.whole(1, size), () => draw.list(two, draw.number)),
        ];
      },
      solve: (a: number[][], b: number[][]) => [...a.flat(), ...b.flat()],
      mistakes: {
        "The second comes after the first; you begin with it.": (a, b) => [...b.flat(), ...a.flat()],
        "Column by column: NumPy's flatten, and these tutorials, go row by row.": (a, b) =>
          [a, b].flatMap((m) => m[0]!.flatMap((_, c) => m.map((row) => row[c]!))),
        "That is a list of rows; flatten it.": (a, b) => [...a, ...b],
        "Sorting mixes up what belongs where: leave the order as it is.": (a, b) =>
          [...a.flat(), ...b.flat()].toSorted((x, y) => x - y),
        "A Set keeps equal numbers once: all are needed.": (a, b) => [...new Set([...a.flat(), ...b.flat()])],
      },
      hints: [
        "a.flat() is one matrix row by row.",
        "[...x, ...y] puts two lists together.",
        "So both of them flat, and then the one behind the other.",
      ],
      solution: "function unroll(a: number[][], b: number[][]) {\n  return [...a.flat(), ...b.flat()];\n}",
    }),
    DISAGREE,
  ],
};
