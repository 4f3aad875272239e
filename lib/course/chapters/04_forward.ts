/**
 * Chapter 04: Forward.
 *
 * @module
 */
import type { Chapter } from "../chapter.ts";
import { defineExercise } from "../exercise.ts";
import { sum } from "../lists.ts";

const divide = (column: readonly number[]) => column.map((value) => value / sum(column));

const exponentials = (column: readonly number[], lowered: number) => column.map((z) => Math.exp(z - lowered));

/** The chapter. */
export const CHAPTER: Chapter = {
  name: "04_forward",
  title: "Forward",
  short: "forward",
  idea: "two matrix products and two bends",
  minutes: 15,
  guesses: ["04-large", "04-silent"],
  exercises: [
    defineExercise({
      id: "04a",
      task: "Return the softmax of each column; a column is a list of logits, which may be as large as 1000.",
      probes: [[[[0, 0]]], [[[1, 2, 3], [3, 1, -1]]], [[[1000, 1001], [0, 1]]], [[[-1000, -1001, -999]]], [[[
        -1000,
        1000,
      ]]], [[[2, 700, 5], [1000, 3, -9]]]],
      family: (draw, size) => {
        const classes = draw.whole(2, 1 + size);
        return [draw.list(draw.whole(1, 3), () => {
          const lifted = draw.pick([0, 0, 0, 700, 1000, -1000]);
          return draw.list(classes, () => lifted + draw.number() + draw.pick([0, 0, 0, lifted]));
        })];
      },
      solve: (logits: number[][]) => logits.map((column) => divide(exponentials(column, Math.max(...column)))),
      mistakes: {
        "exp(1000) is infinite, and infinity / infinity is NaN. Lower each column by its own largest logit first.": (
          logits,
        ) => logits.map((column) => divide(exponentials(column, 0))),
        "You lower all columns by one global maximum: a column far below it becomes 0 / 0. Each column needs its own.":
          (logits) => logits.map((column) => divide(exponentials(column, Math.max(...logits.flat())))),
        "You forgot to divide by the sum of the exponentials: the columns do not sum to 1.": (logits) =>
          logits.map((column) => exponentials(column, Math.max(...column))),
        "Take away the largest logit: with any other, a logit far above it still overflows.": [
          (logits) => logits.map((column) => divide(exponentials(column, column[0]!))),
          (logits) => logits.map((column) => divide(exponentials(column, Math.min(...column)))),
          (logits) => logits.map((column) => divide(exponentials(column, column.at(-1)!))),
          (logits) => logits.map((column) => divide(exponentials(column, sum(column) / column.length))),
        ],
        "exp is missing: softmax shares out the exponentials of the logits.": (logits) => logits.map(divide),
        "Each inner list is one column: do not go across them.": [
          (logits) =>
            logits.map((column) => column.map((z, i) => Math.exp(z) / sum(logits.map((other) => Math.exp(other[i]!))))),
          (logits) => {
            const across = logits[0]!.map((_, i) => logits.map((column) => column[i]!));
            const shares = across.map((row) => divide(exponentials(row, Math.max(...row))));
            return logits.map((column, j) => column.map((_, i) => shares[i]![j]!));
          },
        ],
        "You divide by the sum over all columns; each column has its own sum.": (logits) => {
          const raised = logits.map((column) => exponentials(column, Math.max(...column)));
          return raised.map((column) => column.map((value) => value / sum(raised.flat())));
        },
      },
      hints: [
        "Softmax does not change when the same number is taken from all logits of a column.",
        "Take the column's own largest: then the largest exponential is exp(0) = 1.",
        "exp(z − largest) for each, then divide by their sum.",
      ],
      solution:
        "function softmaxColumns(logits: number[][]) {\n  return logits.map((column) => {\n    const largest = Math.max(...column);\n" +
        "    const raised = column.map((z) => Math.exp(z - largest));\n    const total = raised.reduce((a, b) => a + b, 0);\n    return raised.map((value) => value / total);\n  });\n}",
    }),
    defineExercise({
      id: "04b",
      task: "Return ReLU of a list of sums: what is negative becomes 0.",
      probes: [[[-2, 0, 3]], [[0.5, -0.5]], [[-1, -4]]],
      family: (draw, size) => [draw.list(draw.whole(1, size), draw.number)],
      solve: (z: number[]) => z.map((value) => Math.max(0, value)),
      mistakes: {
        "That is the size without the sign: negative sums must become 0.": (z) => z.map(Math.abs),
        "That is ReLU's slope. ReLU lets positive sums pass as they are.": (z) => z.map((value) => value > 0 ? 1 : 0),
        "You remove the negative sums; the list must keep its length.": (z) => z.filter((value) => value >= 0),
        "You keep the negative sums; keep the positive ones.": (z) => z.map((value) => Math.min(0, value)),
        "You remove what is not above 0; the list must keep its length.": (z) => z.filter((value) => value > 0),
        "z is a list: go through it with z.map.": (z) => Math.max(0, z as unknown as number),
        "Nothing is bent: the negative sums are still there.": (z) => z,
        "Where a sum is not above 0 your function inside returns nothing; it must return 0.": (z) =>
          z.map((value) => value > 0 ? value : undefined),
      },
      hints: [
        "One value at a time.",
        "The larger of 0 and the value.",
        "Math.max knows the larger of two numbers; z.map takes each number in turn.",
      ],
      solution: "function reluOf(z: number[]) {\n  return z.map((value) => Math.max(0, value));\n}",
    }),
    defineExercise({
      id: "04c",
      task:
        "Return the shape [rows, columns] of the product of two matrices of the given shapes, or an empty list if there is none.",
      probes: [
        [[10, 784], [784, 5]],
        [[4, 1], [3, 5]],
        [[4, 3], [1, 5]],
        [[2, 3], [2, 3]],
        [[10, 10], [10, 784]],
        [[1, 4], [4, 1]],
        [[4, 1], [1, 4]],
        [[
          784,
          10,
        ], [784, 41]],
      ],
      family: (draw) => {
        const inner = draw.whole(1, 4);
        return [[draw.whole(1, 4), inner], [draw.pick([inner, draw.whole(1, 4)]), draw.whole(1, 4)]];
      },
      solve: ([r, k]: number[], [l, c]: number[]) => k === l ? [r!, c!] : [],
      mistakes: {
        "The inner numbers must be equal: not every pair has a product.": ([r], [, c]) => [r!, c!],
        "You compare the outer numbers; the inner ones must be equal.": ([r, k], [l, c]) => r === c ? [k!, l!] : [],
        "You compare the outer numbers, and keep them; the inner ones must be equal.": ([r], [, c]) =>
          r === c ? [r!, c!] : [],
        "Where there is no product, return an empty list, [].": ([r, k], [l, c]) => k === l ? [r!, c!] : null,
        "No product is not a product of shape 0 × 0: return an empty list, [].": ([r, k], [l, c]) =>
          k === l ? [r!, c!] : [0, 0],
        "A side of 1 is stretched when numbers are added, not in a product: the inner numbers must be equal.": (
          [r, k],
          [l, c],
        ) => k === l || k === 1 || l === 1 ? [r!, c!] : [],
        "Equal shapes are for adding and for ⊙; a product needs equal inner numbers.": ([r, k], [l, c]) =>
          r === l && k === c ? [r!, c!] : [],
        "The inner numbers vanish: what is left are the outer ones.": ([, k], [l]) => k === l ? [k!, l!] : [],
        "Rows first: the rows of the left matrix, the columns of the right one.": ([r, k], [l, c]) =>
          k === l ? [c!, r!] : [],
      },
      hints: [
        "[r × k] · [k × c] is [r × c].",
        "If the two inner numbers differ, return [].",
        "Which entries are the inner numbers, left[0] or left[1], right[0] or right[1]? The other two are left over.",
      ],
      solution:
        "function productShape(left: number[], right: number[]) {\n  return left[1] === right[0] ? [left[0], right[1]] : [];\n}",
    }),
  ],
};
