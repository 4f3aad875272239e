/**
 * Chapter 06: Backprop by hand.
 *
 * @module
 */
import type { Chapter } from "../chapter.ts";
import { defineExercise } from "../exercise.ts";
import { BLIND_SPOT, FIVE_SLOPES } from "../open/slopes.ts";

type Curve = (x: number) => number;

const square: Curve = (x) => x * x, cube: Curve = (x) => x ** 3, fifth: Curve = (x) => x ** 5;

const sigmoid = (z: number) => 1 / (1 + Math.exp(-z));

/** The chapter. */
export const CHAPTER: Chapter = {
  name: "06_backprop_by_hand",
  title: "Backprop by hand",
  short: "blame",
  idea: "the chain rule, one digit, one weight at a time",
  minutes: 20,
  guesses: ["06-slope", "06-h"],
  exercises: [
    defineExercise({
      id: "06a",
      task: "Return the slope of f at x by the central difference with step h.",
      probes: [[square, 3, 0.25], [cube, 2, 0.5], [cube, -1, 0.25]],
      family: (draw) => [draw.pick([square, cube, fifth]), draw.number(), draw.whole(1, 8) / 8],
      solve: (f: Curve, x: number, h: number) => (f(x + h) - f(x - h)) / (2 * h),
      mistakes: {
        "One-sided: look to both sides of x, f(x + h) − f(x − h).": (f, x, h) => (f(x + h) - f(x)) / h,
        "One-sided, to the left: look to both sides of x.": (f, x, h) => (f(x) - f(x - h)) / h,
        "From x − h to x + h is a way of 2h: divide by that.": (f, x, h) => (f(x + h) - f(x - h)) / h,
        "Mind the brackets: / 2 * h divides by 2 and then multiplies by h.": (f, x, h) => (f(x + h) - f(x - h)) / 2 * h,
        "Brackets round the difference: only f(x − h) is divided in yours.": (f, x, h) => f(x + h) - f(x - h) / (2 * h),
        "The sign is turned: right minus left.": (f, x, h) => (f(x - h) - f(x + h)) / (2 * h),
        "Divide by the whole way, 2h, not by 2.": (f, x, h) => (f(x + h) - f(x - h)) / 2,
        "Use the h that you are given: the error of a large step is part of the answer here.": (f, x) =>
          (f(x + 1e-5) - f(x - 1e-5)) / 2e-5,
        "That is the difference; divide it by the way, 2h.": (f, x, h) => f(x + h) - f(x - h),
      },
      hints: ["Slope is rise over way.", "The rise is f(x + h) − f(x − h).", "The way is 2h, in brackets."],
      solution:
        "function centralSlope(f: (x: number) => number, x: number, h: number) {\n  return (f(x + h) - f(x - h)) / (2 * h);\n}",
    }),
    defineExercise({
      id: "06b",
      task: "z = w · x + b, a = relu(z). The loss rises by dA per unit of a. Return how fast it rises per unit of w.",
      probes: [[2, 0.5, 3], [2, -0.5, 3], [-1.5, 4, 0.25], [0, 1, 2], [2, 0, 3], [2, 1, -3]],
      family: (draw) => [draw.number(), draw.number(), draw.number()],
      solve: (x: number, z: number, dA: number) => z > 0 ? dA * x : 0,
      mistakes: {
        "You forgot ReLU's mask: where z was negative, w changes nothing.": (x, _z, dA) => dA * x,
        "You forgot x: a weight's blame is that of its sum, times what came in.": (_x, z, dA) => z > 0 ? dA : 0,
        "The mask looks at z, the sum before ReLU, not at x.": (x, _z, dA) => x > 0 ? dA * x : 0,
        "The sign is turned: a gradient points uphill; the step downhill of chapter 08 does the turning.": (x, z, dA) =>
          z > 0 ? -dA * x : 0,
        "Multiply by ReLU's slope, 0 or 1, not by its value.": (x, z, dA) => dA * Math.max(0, z) * x,
        "At z = 0 the unit was silent: the mask is z > 0, not z >= 0.": (x, z, dA) => z >= 0 ? dA * x : 0,
        "You mask by dA; the mask looks at z, the sum before ReLU.": (x, _z, dA) => dA > 0 ? dA * x : 0,
        "You mask the product; the mask looks at z, the sum before ReLU. Blame may well be negative.": (x, _z, dA) =>
          Math.max(0, dA * x),
        "Two factors are missing: dA · ReLU's slope · x.": (_x, _z, dA) => dA,
        "dA is missing: dA · ReLU's slope · x.": (x, z) => z > 0 ? x : 0,
        "The mask is turned round: blame passes where z was above 0.": (x, z, dA) => z <= 0 ? dA * x : 0,
      },
      hints: ["Chain rule: dL/dw = dL/da · da/dz · dz/dw.", "da/dz is 1 where z > 0, else 0.", "dz/dw is x."],
      solution: "function weightGradient(x: number, z: number, dA: number) {\n  return z > 0 ? dA * x : 0;\n}",
    }),
    defineExercise({
      id: "06c",
      task: "A sigmoid unit gave the activation a = σ(z). Return the slope of the sigmoid there, from a alone.",
      probes: [[0.5], [0.9], [0.1], [0.25]],
      family: (draw) => [draw.share()],
      solve: (a: number) => a * (1 - a),
      mistakes: {
        "a is the activation already: do not take the sigmoid of it once more. (From the sum z, that would be right.)":
          (a) => sigmoid(a) * (1 - sigmoid(a)),
        "That is the activation itself; its slope is asked for.": (a) => a,
        "That is a². One of the two factors is 1 − a.": (a) => a * a,
        "Both factors are needed: a (1 − a).": (a) => 1 - a,
        "That is the slope of ReLU.": (a) => Number(a > 0),
      },
      hints: [
        "The slope of σ is σ(z) (1 − σ(z)).",
        "And σ(z) is a.",
        "One factor is a itself, the other is what it lacks to 1.",
      ],
      solution: "function sigmoidPrime(a: number) {\n  return a * (1 - a);\n}",
    }),
    FIVE_SLOPES,
    BLIND_SPOT,
  ],
};
