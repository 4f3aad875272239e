/**
 * Chapter 12: Deeper, mini-batches, Adam.
 *
 * @module
 */
import type { Chapter } from "../chapter.ts";
import { defineExercise } from "../exercise.ts";

/** Adam's step for one weight, with what somebody may do in another way. */
function adamLike(
  s: { m: number; v: number; w: number },
  g: number,
  t: number,
  rate: number,
  change: {
    beta1?: number;
    beta2?: number;
    epsilon?: number;
    power?: number;
    correctM?: boolean;
    correctV?: boolean;
    product?: boolean;
    under?: boolean;
    root?: boolean;
  },
) {
  const { beta1 = 0.9, beta2 = 0.999, epsilon = 1e-7, power = 2, correctM = true, correctV = true } = change;
  const m = beta1 * s.m + (1 - beta1) * g, v = beta2 * s.v + (1 - beta2) * g ** power;
  const left = (beta: number) => 1 - (change.product ? beta * t : beta ** t);
  const mean = correctM ? m / left(beta1) : m, square = correctV ? v / left(beta2) : v;
  const root = change.root === false ? square : Math.sqrt(change.under ? square + epsilon : square);
  return { m, v, w: s.w - rate * mean / (change.under ? root : root + epsilon) };
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
      family: (draw, size) => [draw.whole(1, 10 ** Math.ceil(size / 2)), draw.whole(1, 50)],
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
        "A part of a batch is a batch, too: round up, Math.ceil.",
      ],
      solution: "function updates(examples: number, batchSize: number) {\n  return Math.ceil(examples / batchSize);\n}",
    }),
    defineExercise({
      id: "12b",
      task:
        "Return { m, v, w } after one Adam step from weight w with gradient g at step t (from 1): β₁ = 0.9, β₂ = 0.999, ε = 1e-7 (Keras' number). The paper's form and Keras' are both right.",
      probes: [[{ m: 0, v: 0, w: 1 }, 0.5, 1, 0.1], [{ m: 0.2, v: 0.01, w: -1 }, -2, 3, 0.01], [
        { m: -0.1, v: 0.5, w: 0 },
        0.25,
        10,
        0.001,
      ]],
      family: (draw) => [
        { m: draw.number() / 10, v: draw.whole(0, 50) / 100, w: draw.number() },
        draw.number() * draw.pick([1, 0.0001]),
        draw.whole(1, 20),
        draw.pick([0.001, 0.01, 0.1]),
      ],
      solve: (s: { m: number; v: number; w: number }, g: number, t: number, rate: number) =>
        adamLike(s, g, t, rate, {}),
      also: [(s, g, t, rate) => {
        const { m, v } = adamLike(s, g, t, rate, {}), folded = rate * Math.sqrt(1 - 0.999 ** t) / (1 - 0.9 ** t);
        return { m, v, w: s.w - folded * m / (Math.sqrt(v) + 1e-7) };
      }],
      mistakes: {
        "The corrections for the start at 0 are missing: m / (1 − 0.9ᵗ) and v / (1 − 0.999ᵗ).": (s, g, t, rate) =>
          adamLike(s, g, t, rate, { correctM: false, correctV: false }),
        "The root is missing: divide by √v̂ + ε.": (s, g, t, rate) => adamLike(s, g, t, rate, { root: false }),
        "That is a plain step, w − α g; Adam divides the mean of the gradient by the root of the mean of its square.": (
          s,
          g,
          _t,
          rate,
        ) => ({
          ...s,
          w: s.w - rate * g,
        }),
        "ε is 1e-7 here, Keras' number; the paper has 1e-8.": (s, g, t, rate) =>
          adamLike(s, g, t, rate, { epsilon: 1e-8 }),
        "ε belongs outside the root: √v̂ + ε.": (s, g, t, rate) => adamLike(s, g, t, rate, { under: true }),
        "β₁ and β₂ are exchanged: 0.9 is for the mean of the gradient, 0.999 for that of its square.": (
          s,
          g,
          t,
          rate,
        ) => adamLike(s, g, t, rate, { beta1: 0.999, beta2: 0.9 }),
        "v is the mean of the square: g · g.": (s, g, t, rate) => adamLike(s, g, t, rate, { power: 1 }),
        "m is right; v is not corrected for its start at 0: v / (1 − 0.999ᵗ).": (s, g, t, rate) =>
          adamLike(s, g, t, rate, { correctV: false }),
        "v is right; m is not corrected for its start at 0: m / (1 − 0.9ᵗ).": (s, g, t, rate) =>
          adamLike(s, g, t, rate, { correctM: false }),
        "t counts from 1: correct with t, not with t − 1.": (s, g, t, rate) => adamLike(s, g, t - 1, rate, {}),
        "t is this step's number: correct with t, not with t + 1.": (s, g, t, rate) => adamLike(s, g, t + 1, rate, {}),
        "1 − βᵗ is a power, β ** t, not β · t.": (s, g, t, rate) => adamLike(s, g, t, rate, { product: true }),
        "Return m and v as they are kept; m̂ and v̂ are for the step alone.": (s, g, t, rate) => {
          const { m, v, w } = adamLike(s, g, t, rate, {});
          return { m: m / (1 - 0.9 ** t), v: v / (1 - 0.999 ** t), w };
        },
        "The sign is turned: the step goes against the gradient.": (s, g, t, rate) => ({
          ...adamLike(s, g, t, rate, {}),
          w: 2 * s.w - adamLike(s, g, t, rate, {}).w,
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
