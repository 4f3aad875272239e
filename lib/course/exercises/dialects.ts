/**
 * Exercises of chapters 10 to 12: the same ideas in other dialects.
 *
 * @module
 */
import type { Exercise } from "../exercise.ts";

const sigma = (z: number) => 1 / (1 + Math.exp(-z));
const squares = (values: readonly number[]) => values.reduce((sum, value) => sum + value * value, 0);

/** Exercises of chapters 10 to 12. */
export const DIALECT_EXERCISES: readonly Exercise[] = [
  {
    id: "10a",
    task:
      "theta holds one list per unit, the bias first. Return { bias, weights }: a list of biases, and a list of weights per unit.",
    probes: [[[[0.5, 1, 2]]], [[[1, 2, 3], [4, 5, 6]]], [[[-1, 0.25], [2, 7], [0, 3]]]],
    solve: (theta: number[][]) => ({ bias: theta.map((row) => row[0]), weights: theta.map((row) => row.slice(1)) }),
    mistakes: [
      {
        says: "You take the last column for the bias; in Theta it is the first.",
        attempt: (theta: number[][]) => ({
          bias: theta.map((row) => row.at(-1)),
          weights: theta.map((row) => row.slice(0, -1)),
        }),
      },
      {
        says: "The bias is still among the weights: leave the first column out.",
        attempt: (theta: number[][]) => ({ bias: theta.map((row) => row[0]), weights: theta }),
      },
      {
        says: "You take the first row for the biases; each unit's row begins with its own.",
        attempt: (theta: number[][]) => ({ bias: theta[0], weights: theta.slice(1) }),
      },
    ],
    hints: ["One row of Theta belongs to one unit.", "row[0] is its bias.", "row.slice(1) are its weights."],
    solution:
      "function splitTheta(theta: number[][]) {\n  return { bias: theta.map((row) => row[0]!), weights: theta.map((row) => row.slice(1)) };\n}",
  },
  {
    id: "10b",
    task: "Return the weight penalty λ / 2m · Σ w² of one Theta; the bias, first in each row, is not punished.",
    probes: [[[[3, 1, 2]], 1, 1], [[[1, 2], [5, 4]], 2, 5], [[[0, 0.5, -1], [2, 3, 1]], 0.1, 8]],
    solve: (theta: number[][], lambda: number, m: number) =>
      lambda / (2 * m) * squares(theta.flatMap((row) => row.slice(1))),
    mistakes: [
      {
        says: "You punish the biases, too: leave the first number of each row out.",
        attempt: (theta: number[][], lambda: number, m: number) => lambda / (2 * m) * squares(theta.flat()),
      },
      {
        says: "The 2 is missing: λ / 2m. It cancels when the square is differentiated.",
        attempt: (theta: number[][], lambda: number, m: number) =>
          lambda / m * squares(theta.flatMap((row) => row.slice(1))),
      },
      {
        says: "λ is missing.",
        attempt: (theta: number[][], _lambda: number, m: number) =>
          squares(theta.flatMap((row) => row.slice(1))) / (2 * m),
      },
      {
        says: "Square each weight before adding, or negative weights cancel positive ones.",
        attempt: (theta: number[][], lambda: number, m: number) =>
          lambda / (2 * m) * theta.flatMap((row) => row.slice(1)).reduce((a, b) => a + b, 0),
      },
    ],
    hints: ["Leave out the first number of each row.", "Square, then add.", "Times λ, divided by 2m."],
    solution:
      "function penalty(theta: number[][], lambda: number, m: number) {\n  let sum = 0;\n  for (const row of theta) for (const w of row.slice(1)) sum += w * w;\n  return lambda * sum / (2 * m);\n}",
  },
  {
    id: "10c",
    task: "Return the slope of the sigmoid at z: the function that tutorial 002 uses and never defines.",
    probes: [[0], [0.8], [-2], [5]],
    solve: (z: number) => sigma(z) * (1 - sigma(z)),
    mistakes: [
      {
        says:
          "That is z (1 − z): right for an activation, as in tutorial 003, but here z is the sum before the sigmoid.",
        attempt: (z: number) => z * (1 - z),
      },
      { says: "That is the sigmoid itself; its slope is σ(z) (1 − σ(z)).", attempt: sigma },
      { says: "1 − σ(z) is half of it: multiply by σ(z).", attempt: (z: number) => 1 - sigma(z) },
      {
        says: "The sigmoid of the slope's formula at σ(z): you applied the sigmoid twice.",
        attempt: (z: number) => sigma(sigma(z)) * (1 - sigma(sigma(z))),
      },
    ],
    hints: ["First a = σ(z) = 1 / (1 + exp(−z)).", "Then a times something.", "a (1 − a)"],
    solution: "function sigmoidGradient(z: number) {\n  const a = 1 / (1 + Math.exp(-z));\n  return a * (1 - a);\n}",
  },
  {
    id: "11a",
    task: "Put two matrices, each a list of rows, into one list: all of the first row by row, then all of the second.",
    probes: [[[[1, 2]], [[3]]], [[[1, 2], [3, 4]], [[5, 6, 7]]], [[[1], [2], [3]], [[4, 5], [6, 7]]]],
    solve: (a: number[][], b: number[][]) => [...a.flat(), ...b.flat()],
    mistakes: [
      {
        says: "The second comes after the first; you begin with it.",
        attempt: (a: number[][], b: number[][]) => [...b.flat(), ...a.flat()],
      },
      {
        says: "Column by column: NumPy's flatten, and these tutorials, go row by row.",
        attempt: (a: number[][], b: number[][]) =>
          [a, b].flatMap((m) => m[0]!.flatMap((_, c) => m.map((row) => row[c]!))),
      },
      { says: "That is a list of rows; flatten it.", attempt: (a: number[][], b: number[][]) => [...a, ...b] },
    ],
    hints: [
      "a.flat() is one matrix row by row.",
      "[...x, ...y] puts two lists together.",
      "Weights first, then biases, layer after layer.",
    ],
    solution: "function unroll(a: number[][], b: number[][]) {\n  return [...a.flat(), ...b.flat()];\n}",
  },
  {
    id: "11b",
    task: "Return the class with the largest output, counted from 1 as in tutorial 003, without its rounding.",
    probes: [[[0.2, 0.9]], [[0.4, 0.3, 0.45]], [[0.1, 0.05, 0.2, 0.15]], [[0.6, 0.7, 0.1]]],
    solve: (outputs: number[]) => outputs.indexOf(Math.max(...outputs)) + 1,
    mistakes: [
      {
        says: "You round first: where no output passes ½, everything becomes class 1. That is tutorial 003's mistake.",
        attempt: (outputs: number[]) => {
          const rounded = outputs.map((o) => Math.round(o));
          return rounded.indexOf(Math.max(...rounded)) + 1;
        },
      },
      {
        says: "Classes are counted from 1 here.",
        attempt: (outputs: number[]) => outputs.indexOf(Math.max(...outputs)),
      },
      { says: "That is the largest output itself.", attempt: (outputs: number[]) => Math.max(...outputs) },
    ],
    hints: ["No rounding.", "indexOf(Math.max(…)) counts from 0.", "… + 1"],
    solution: "function predictClass(outputs: number[]) {\n  return outputs.indexOf(Math.max(...outputs)) + 1;\n}",
  },
  {
    id: "12a",
    task:
      "Return how many updates one epoch has, for so many examples and this batch size; the last batch may be smaller.",
    probes: [[100, 32], [54_000, 32], [10_000, 32], [64, 32]],
    solve: (examples: number, batchSize: number) => Math.ceil(examples / batchSize),
    mistakes: [
      {
        says: "You drop the last, smaller batch: round up.",
        attempt: (examples: number, batchSize: number) => Math.floor(examples / batchSize),
      },
      {
        says: "A batch more or less cannot be a fraction: round up.",
        attempt: (examples: number, batchSize: number) => examples / batchSize,
      },
      {
        says: "One too many where the batches come out even: round up instead of adding 1.",
        attempt: (examples: number, batchSize: number) => Math.floor(examples / batchSize) + 1,
      },
      {
        says: "Rounding to the nearest sometimes drops the last batch: round up.",
        attempt: (examples: number, batchSize: number) => Math.round(examples / batchSize),
      },
    ],
    hints: [
      "How many full batches, and is anything left?",
      "A last, smaller batch is an update, too.",
      "Math.ceil(examples / batchSize)",
    ],
    solution: "function updates(examples: number, batchSize: number) {\n  return Math.ceil(examples / batchSize);\n}",
  },
  {
    id: "12b",
    task:
      "Return { m, v, w } after one Adam step from weight w with gradient g at step t (from 1): β₁ = 0.9, β₂ = 0.999, ε = 1e-7, as in the paper.",
    probes: [[{ m: 0, v: 0, w: 1 }, 0.5, 1, 0.1], [{ m: 0.2, v: 0.01, w: -1 }, -2, 3, 0.01], [
      { m: -0.1, v: 0.5, w: 0 },
      0.25,
      10,
      0.001,
    ]],
    solve: (s: { m: number; v: number; w: number }, g: number, t: number, rate: number) =>
      adamStep(s, g, t, rate, true, true),
    mistakes: [
      {
        says: "The corrections for the start at 0 are missing: m / (1 − 0.9ᵗ) and v / (1 − 0.999ᵗ).",
        attempt: (s: { m: number; v: number; w: number }, g: number, t: number, rate: number) =>
          adamStep(s, g, t, rate, false, true),
      },
      {
        says: "The root is missing: divide by √v̂ + ε.",
        attempt: (s: { m: number; v: number; w: number }, g: number, t: number, rate: number) =>
          adamStep(s, g, t, rate, true, false),
      },
      {
        says:
          "That is a plain step, w − α g; Adam divides the mean of the gradient by the root of the mean of its square.",
        attempt: (s: { m: number; v: number; w: number }, g: number, _t: number, rate: number) => ({
          ...s,
          w: s.w - rate * g,
        }),
      },
    ],
    hints: [
      "m ← 0.9 m + 0.1 g and v ← 0.999 v + 0.001 g².",
      "m̂ = m / (1 − 0.9ᵗ), v̂ = v / (1 − 0.999ᵗ).",
      "w ← w − α m̂ / (√v̂ + ε)",
    ],
    solution: "function adamOnce(state: { m: number; v: number; w: number }, g: number, t: number, rate: number) {\n" +
      "  const m = 0.9 * state.m + 0.1 * g, v = 0.999 * state.v + 0.001 * g * g;\n" +
      "  const mean = m / (1 - 0.9 ** t), square = v / (1 - 0.999 ** t);\n  return { m, v, w: state.w - rate * mean / (Math.sqrt(square) + 1e-7) };\n}",
  },
];

function adamStep(
  state: { m: number; v: number; w: number },
  g: number,
  t: number,
  rate: number,
  correct: boolean,
  root: boolean,
) {
  const m = 0.9 * state.m + 0.1 * g, v = 0.999 * state.v + 0.001 * g * g;
  const mean = correct ? m / (1 - 0.9 ** t) : m, square = correct ? v / (1 - 0.999 ** t) : v;
  return { m, v, w: state.w - rate * mean / ((root ? Math.sqrt(square) : square) + 1e-7) };
}
