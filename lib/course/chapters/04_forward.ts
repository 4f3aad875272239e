/**
 * Chapter 04: Forward.
 *
 * @module
 */
import type { Chapter } from "../chapter.ts";
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
  exercises: [{
    id: "04a",
    task: "Return the softmax of each column; a column is a list of logits, which may be as large as 1000.",
    probes: [[[[0, 0]]], [[[1, 2, 3], [3, 1, -1]]], [[[1000, 1001], [0, 1]]], [[[-1000, -1001, -999]]], [[[
      -1000,
      1000,
    ]]], [[[2, 700, 5], [1000, 3, -9]]]],
    solve: (logits: number[][]) => logits.map((column) => divide(exponentials(column, Math.max(...column)))),
    mistakes: [
      {
        says:
          "exp(1000) is infinite, and infinity / infinity is NaN. Lower each column by its own largest logit first.",
        attempt: (logits: number[][]) => logits.map((column) => divide(exponentials(column, 0))),
      },
      {
        says:
          "You lower all columns by one global maximum: a column far below it becomes 0 / 0. Each column needs its own.",
        attempt: (logits: number[][]) =>
          logits.map((column) => divide(exponentials(column, Math.max(...logits.flat())))),
      },
      {
        says: "You forgot to divide by the sum of the exponentials: the columns do not sum to 1.",
        attempt: (logits: number[][]) => logits.map((column) => exponentials(column, Math.max(...column))),
      },
      {
        says: "Take away the largest logit: with any other, a logit far above it still overflows.",
        attempt: (logits: number[][]) => logits.map((column) => divide(exponentials(column, column[0]!))),
      },
      {
        says: "Take away the largest logit: with any other, a logit far above it still overflows.",
        attempt: (logits: number[][]) => logits.map((column) => divide(exponentials(column, Math.min(...column)))),
      },
      {
        says: "Take away the largest logit: with any other, a logit far above it still overflows.",
        attempt: (logits: number[][]) =>
          logits.map((column) => divide(exponentials(column, sum(column) / column.length))),
      },
      {
        says: "exp is missing: softmax shares out the exponentials of the logits.",
        attempt: (logits: number[][]) => logits.map(divide),
      },
      {
        says: "Each inner list is one column: do not go across them.",
        attempt: (logits: number[][]) =>
          logits.map((column) => column.map((z, i) => Math.exp(z) / sum(logits.map((other) => Math.exp(other[i]!))))),
      },
      {
        says: "You divide by the sum over all columns; each column has its own sum.",
        attempt: (logits: number[][]) => {
          const raised = logits.map((column) => exponentials(column, Math.max(...column)));
          return raised.map((column) => column.map((value) => value / sum(raised.flat())));
        },
      },
    ],
    hints: [
      "Softmax does not change when the same number is taken from all logits of a column.",
      "Take the column's own largest: then the largest exponential is exp(0) = 1.",
      "exp(z − largest) for each, then divide by their sum.",
    ],
    solution:
      "function softmaxColumns(logits: number[][]) {\n  return logits.map((column) => {\n    const largest = Math.max(...column);\n" +
      "    const raised = column.map((z) => Math.exp(z - largest));\n    const total = raised.reduce((a, b) => a + b, 0);\n    return raised.map((value) => value / total);\n  });\n}",
  }, {
    id: "04b",
    task: "Return ReLU of a list of sums: what is negative becomes 0.",
    probes: [[[-2, 0, 3]], [[0.5, -0.5]], [[-1, -4]]],
    solve: (z: number[]) => z.map((value) => Math.max(0, value)),
    mistakes: [
      {
        says: "That is the size without the sign: negative sums must become 0.",
        attempt: (z: number[]) => z.map(Math.abs),
      },
      {
        says: "That is ReLU's slope. ReLU lets positive sums pass as they are.",
        attempt: (z: number[]) => z.map((value) => value > 0 ? 1 : 0),
      },
      {
        says: "You remove the negative sums; the list must keep its length.",
        attempt: (z: number[]) => z.filter((value) => value >= 0),
      },
      {
        says: "You keep the negative sums; keep the positive ones.",
        attempt: (z: number[]) => z.map((value) => Math.min(0, value)),
      },
      {
        says: "You remove what is not above 0; the list must keep its length.",
        attempt: (z: number[]) => z.filter((value) => value > 0),
      },
      { says: "z is a list: go through it with z.map.", attempt: (z: number[]) => Math.max(0, z as unknown as number) },
      { says: "Nothing is bent: the negative sums are still there.", attempt: (z: number[]) => z },
    ],
    hints: ["One value at a time.", "The larger of 0 and the value.", "z.map((value) => Math.max(0, value))"],
    solution: "function reluOf(z: number[]) {\n  return z.map((value) => Math.max(0, value));\n}",
  }, {
    id: "04c",
    task:
      "Return the shape [rows, columns] of the product of two matrices of the given shapes, or an empty list if there is none.",
    probes: [[[10, 784], [784, 5]], [[2, 3], [2, 3]], [[10, 10], [10, 784]], [[1, 4], [4, 1]], [[4, 1], [1, 4]], [[
      784,
      10,
    ], [784, 41]]],
    solve: ([r, k]: number[], [l, c]: number[]) => k === l ? [r!, c!] : [],
    mistakes: [
      {
        says: "The inner numbers must be equal: not every pair has a product.",
        attempt: ([r]: number[], [, c]: number[]) => [r!, c!],
      },
      {
        says: "You compare the outer numbers; the inner ones must be equal.",
        attempt: ([r, k]: number[], [l, c]: number[]) => r === c ? [k!, l!] : [],
      },
      {
        says: "You compare the outer numbers, and keep them; the inner ones must be equal.",
        attempt: ([r]: number[], [, c]: number[]) => r === c ? [r!, c!] : [],
      },
      {
        says: "Where there is no product, return an empty list, [].",
        attempt: ([r, k]: number[], [l, c]: number[]) => k === l ? [r!, c!] : null,
      },
      {
        says: "No product is not a product of shape 0 × 0: return an empty list, [].",
        attempt: ([r, k]: number[], [l, c]: number[]) => k === l ? [r!, c!] : [0, 0],
      },
      {
        says: "Equal shapes are for adding and for ⊙; a product needs equal inner numbers.",
        attempt: ([r, k]: number[], [l, c]: number[]) => r === l && k === c ? [r!, c!] : [],
      },
      {
        says: "The inner numbers vanish: what is left are the outer ones.",
        attempt: ([, k]: number[], [l]: number[]) => k === l ? [k!, l!] : [],
      },
      {
        says: "Rows first: the rows of the left matrix, the columns of the right one.",
        attempt: ([r, k]: number[], [l, c]: number[]) => k === l ? [c!, r!] : [],
      },
    ],
    hints: [
      "[r × k] · [k × c] is [r × c].",
      "If the two inner numbers differ, return [].",
      "left[1] === right[0] ? [left[0], right[1]] : []",
    ],
    solution:
      "function productShape(left: number[], right: number[]) {\n  return left[1] === right[0] ? [left[0], right[1]] : [];\n}",
  }],
};
