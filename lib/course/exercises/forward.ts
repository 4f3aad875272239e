/**
 * Exercises of chapters 03 to 05: starting weights, forward pass, loss.
 *
 * @module
 */
import type { Exercise } from "../exercise.ts";

const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
const divide = (column: readonly number[]) => column.map((value) => value / sum(column));
const exponentials = (column: readonly number[], lowered: number) => column.map((z) => Math.exp(z - lowered));

/** Exercises of chapters 03 to 05. */
export const FORWARD_EXERCISES: readonly Exercise[] = [
  {
    id: "03a",
    task: "Return how many numbers a network of these sizes learns: all weights and all biases.",
    probes: [[[2, 3]], [[784, 10, 10]], [[400, 25, 10]], [[784, 128, 128, 10]]],
    solve: (sizes: number[]) => sum(sizes.slice(1).map((units, l) => units * sizes[l]! + units)),
    mistakes: [
      {
        says: "The biases are missing: one per unit.",
        attempt: (sizes: number[]) => sum(sizes.slice(1).map((units, l) => units * sizes[l]!)),
      },
      {
        says: "A bias for every input as well? The input layer computes nothing and has none.",
        attempt: (sizes: number[]) => sum(sizes.slice(1).map((units, l) => units * sizes[l]!)) + sum(sizes),
      },
      {
        says: "One bias per layer? Each unit has its own.",
        attempt: (sizes: number[]) => sum(sizes.slice(1).map((units, l) => units * sizes[l]! + 1)),
      },
      {
        says: "That is the number of units. Count the connections between them.",
        attempt: (sizes: number[]) => sum(sizes),
      },
    ],
    hints: ["Go layer by layer.", "A layer of n units with k inputs has n · k weights.", "… and n biases: n · k + n."],
    solution:
      "function parameters(sizes: number[]) {\n  let count = 0;\n  for (let l = 1; l < sizes.length; l++) count += sizes[l]! * sizes[l - 1]! + sizes[l]!;\n  return count;\n}",
  },
  {
    id: "03b",
    task: "Return the standard deviation of He's starting weights for a layer with this many inputs.",
    probes: [[2], [8], [784]],
    solve: (inputs: number) => Math.sqrt(2 / inputs),
    mistakes: [
      {
        says: "That is the variance; the standard deviation is its square root.",
        attempt: (inputs: number) => 2 / inputs,
      },
      {
        says: "√(1 / inputs) is for units without a bend; ReLU silences half of them, hence the 2.",
        attempt: (inputs: number) => Math.sqrt(1 / inputs),
      },
      { says: "Upside down: more inputs need smaller weights.", attempt: (inputs: number) => Math.sqrt(inputs / 2) },
    ],
    hints: [
      "The variance is 2 / inputs.",
      "The standard deviation is the square root of the variance.",
      "Math.sqrt(2 / inputs)",
    ],
    solution: "function heDeviation(inputs: number) {\n  return Math.sqrt(2 / inputs);\n}",
  },
  {
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
  },
  {
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
  },
  {
    id: "05a",
    task: "Return the mean cross-entropy: probabilities holds one list per digit, labels its true class.",
    probes: [[[[0.5, 0.5]], [0]], [[[0.2, 0.8], [0.7, 0.3]], [1, 1]], [[[0.1, 0.6, 0.3], [0.25, 0.25, 0.5], [
      0.9,
      0.05,
      0.05,
    ]], [0, 2, 0]]],
    solve: (probabilities: number[][], labels: number[]) =>
      sum(probabilities.map((p, j) => -Math.log(p[labels[j]!]!))) / labels.length,
    mistakes: [
      {
        says: "That is the sum; divide by the number of digits, or the loss grows with the batch.",
        attempt: (probabilities: number[][], labels: number[]) =>
          sum(probabilities.map((p, j) => -Math.log(p[labels[j]!]!))),
      },
      {
        says: "The minus is missing: logarithms of probabilities are negative, a loss is not.",
        attempt: (probabilities: number[][], labels: number[]) =>
          sum(probabilities.map((p, j) => Math.log(p[labels[j]!]!))) / labels.length,
      },
      {
        says: "You take the largest probability; the loss asks for that of the true class.",
        attempt: (probabilities: number[][]) =>
          sum(probabilities.map((p) => -Math.log(Math.max(...p)))) / probabilities.length,
      },
      {
        says: "log2 gives bits; the course counts in nats: Math.log.",
        attempt: (probabilities: number[][], labels: number[]) =>
          sum(probabilities.map((p, j) => -Math.log2(p[labels[j]!]!))) / labels.length,
      },
      {
        says: "log10 is another unit; the course counts in nats: Math.log.",
        attempt: (probabilities: number[][], labels: number[]) =>
          sum(probabilities.map((p, j) => -Math.log10(p[labels[j]!]!))) / labels.length,
      },
      {
        says: "1 − p treats a little wrong and hopelessly wrong almost alike; the loss is −log p.",
        attempt: (probabilities: number[][], labels: number[]) =>
          sum(probabilities.map((p, j) => 1 - p[labels[j]!]!)) / labels.length,
      },
      {
        says: "Swapped: probabilities[j] is the digit, [labels[j]] its class.",
        attempt: (probabilities: number[][], labels: number[]) =>
          sum(probabilities.map((_, j) => -Math.log(probabilities[labels[j]!]![j]!))) / labels.length,
      },
      {
        says: "Only the probability of the true class counts, not those of all classes.",
        attempt: (probabilities: number[][], labels: number[]) =>
          sum(probabilities.flat().map((p) => -Math.log(p))) / labels.length,
      },
      {
        says: "You take the logarithm of the mean; take the mean of the logarithms.",
        attempt: (probabilities: number[][], labels: number[]) =>
          -Math.log(sum(probabilities.map((p, j) => p[labels[j]!]!)) / labels.length),
      },
    ],
    hints: [
      "For one digit: −log of the probability of its true class.",
      "p[labels[j]] is that probability.",
      "Sum over digits, divide by how many there are.",
    ],
    solution:
      "function meanLoss(probabilities: number[][], labels: number[]) {\n  let total = 0;\n  for (const [j, p] of probabilities.entries()) total -= Math.log(p[labels[j]!]!);\n  return total / labels.length;\n}",
  },
  {
    id: "05b",
    task: "A network gives the true digit probability p. Return its loss for that digit.",
    probes: [[1], [0.92], [0.1], [0.001]],
    solve: (p: number) => -Math.log(p),
    mistakes: [
      {
        says: "1 − p treats a little wrong and hopelessly wrong almost alike; the loss is −log p.",
        attempt: (p: number) => 1 - p,
      },
      { says: "The minus is missing.", attempt: (p: number) => Math.log(p) },
      { says: "log10 is another unit; the course counts in nats: Math.log.", attempt: (p: number) => -Math.log10(p) },
      { says: "log2 gives bits; the course counts in nats: Math.log.", attempt: (p: number) => -Math.log2(p) },
    ],
    hints: ["Certain and right costs 0.", "Use the natural logarithm.", "-Math.log(p)"],
    solution: "function lossOf(p: number) {\n  return -Math.log(p);\n}",
  },
];
