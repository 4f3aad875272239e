/**
 * Chapter 12: Deeper, mini-batches, Adam.
 *
 * @module
 */
import type { Chapter } from "../chapter.ts";
import { defineExercise } from "../exercise.ts";

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

/** The chapter. */
export const CHAPTER: Chapter = {
  name: "12_deeper_minibatch_adam",
  title: "Deeper, mini-batches, Adam",
  short: "Adam",
  idea: "more layers, smaller batches, a step per weight",
  minutes: 20,
  guesses: ["12-updates", "12-adam", "12-raw", "12-ladder"],
  exercises: [
    defineExercise({
      id: "12a",
      task:
        "Return how many updates one epoch has, for so many examples and this batch size; the last batch may be smaller.",
      probes: [[100, 32], [54_000, 32], [10_000, 32], [64, 32]],
      solve: (examples: number, batchSize: number) => Math.ceil(examples / batchSize),
      mistakes: {
        "You drop the last, smaller batch: round up.": (examples, batchSize) => Math.floor(examples / batchSize),
        "A batch more or less cannot be a fraction: round up.": (examples, batchSize) => examples / batchSize,
        "One too many where the batches come out even: round up instead of adding 1.": (examples, batchSize) =>
          Math.floor(examples / batchSize) + 1,
        "Rounding to the nearest sometimes drops the last batch: round up.": (examples, batchSize) =>
          Math.round(examples / batchSize),
      },
      hints: [
        "How many full batches, and is anything left?",
        "A last, smaller batch is an update, too.",
        "Math.ceil(examples / batchSize)",
      ],
      solution: "function updates(examples: number, batchSize: number) {\n  return Math.ceil(examples / batchSize);\n}",
    }),
    defineExercise({
      id: "12b",
      task:
        "Return { m, v, w } after one Adam step from weight w with gradient g at step t (from 1): β₁ = 0.9, β₂ = 0.999, ε = 1e-7 (Keras' number), in the paper's form.",
      probes: [[{ m: 0, v: 0, w: 1 }, 0.5, 1, 0.1], [{ m: 0.2, v: 0.01, w: -1 }, -2, 3, 0.01], [
        { m: -0.1, v: 0.5, w: 0 },
        0.25,
        10,
        0.001,
      ]],
      solve: (s: { m: number; v: number; w: number }, g: number, t: number, rate: number) =>
        adamStep(s, g, t, rate, true, true),
      mistakes: {
        "The corrections for the start at 0 are missing: m / (1 − 0.9ᵗ) and v / (1 − 0.999ᵗ).": (s, g, t, rate) =>
          adamStep(s, g, t, rate, false, true),
        "The root is missing: divide by √v̂ + ε.": (s, g, t, rate) => adamStep(s, g, t, rate, true, false),
        "That is a plain step, w − α g; Adam divides the mean of the gradient by the root of the mean of its square.": (
          s,
          g,
          _t,
          rate,
        ) => ({
          ...s,
          w: s.w - rate * g,
        }),
      },
      hints: [
        "m ← 0.9 m + 0.1 g and v ← 0.999 v + 0.001 g².",
        "m̂ = m / (1 − 0.9ᵗ), v̂ = v / (1 − 0.999ᵗ).",
        "w ← w − α m̂ / (√v̂ + ε)",
      ],
      solution:
        "function adamOnce(state: { m: number; v: number; w: number }, g: number, t: number, rate: number) {\n" +
        "  const m = 0.9 * state.m + 0.1 * g, v = 0.999 * state.v + 0.001 * g * g;\n" +
        "  const mean = m / (1 - 0.9 ** t), square = v / (1 - 0.999 ** t);\n  return { m, v, w: state.w - rate * mean / (Math.sqrt(square) + 1e-7) };\n}",
    }),
  ],
};
