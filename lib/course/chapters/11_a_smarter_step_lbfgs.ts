/**
 * Chapter 11: A smarter step: L-BFGS.
 *
 * @module
 */
import type { Chapter } from "../chapter.ts";
import { defineExercise } from "../exercise.ts";

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
        "[...a.flat(), ...b.flat()]",
      ],
      solution: "function unroll(a: number[][], b: number[][]) {\n  return [...a.flat(), ...b.flat()];\n}",
    }),
    defineExercise({
      id: "11b",
      task: "Return the class with the largest output, counted from 1 as in tutorial 003, without its rounding.",
      probes: [[[0.2, 0.9]], [[0.4, 0.3, 0.45]], [[0.1, 0.05, 0.2, 0.15]], [[0.6, 0.7, 0.1]]],
      family: (draw, size) => {
        for (;;) {
          const outputs = draw.list(draw.pick([draw.whole(1, 1 + size), 10]), draw.share);
          const [first, second] = outputs.toSorted((a, b) => b - a);
          if (first !== second) return [outputs];
        }
      },
      solve: (outputs: number[]) => outputs.indexOf(Math.max(...outputs)) + 1,
      mistakes: {
        "You round first: where no output passes ½, everything becomes class 1. That is tutorial 003's mistake.": (
          outputs,
        ) => {
          const rounded = outputs.map((o) => Math.round(o));
          return rounded.indexOf(Math.max(...rounded)) + 1;
        },
        "Classes are counted from 1 here.": (outputs) => outputs.indexOf(Math.max(...outputs)),
        "That is the largest output itself.": (outputs) => Math.max(...outputs),
      },
      hints: ["No rounding.", "indexOf(Math.max(…)) counts from 0.", "… + 1"],
      solution: "function predictClass(outputs: number[]) {\n  return outputs.indexOf(Math.max(...outputs)) + 1;\n}",
    }),
  ],
};
