/**
 * Chapter 06: Backprop by hand.
 *
 * @module
 */
import type { Chapter } from "../chapter.ts";

type Curve = (x: number) => number;

const square: Curve = (x) => x * x, cube: Curve = (x) => x ** 3;

const sigmoid = (z: number) => 1 / (1 + Math.exp(-z));

/** The chapter. */
export const CHAPTER: Chapter = {
  name: "06_backprop_by_hand",
  title: "Backprop by hand",
  short: "blame",
  idea: "the chain rule, one digit, one weight at a time",
  minutes: 20,
  guesses: ["06-slope", "06-h"],
  exercises: [{
    id: "06a",
    task: "Return the slope of f at x by the central difference with step h.",
    probes: [[square, 3, 0.25], [cube, 2, 0.5], [cube, -1, 0.25]],
    solve: (f: Curve, x: number, h: number) => (f(x + h) - f(x - h)) / (2 * h),
    mistakes: [
      {
        says: "One-sided: look to both sides of x, f(x + h) − f(x − h).",
        attempt: (f: Curve, x: number, h: number) => (f(x + h) - f(x)) / h,
      },
      {
        says: "One-sided, to the left: look to both sides of x.",
        attempt: (f: Curve, x: number, h: number) => (f(x) - f(x - h)) / h,
      },
      {
        says: "From x − h to x + h is a way of 2h: divide by that.",
        attempt: (f: Curve, x: number, h: number) => (f(x + h) - f(x - h)) / h,
      },
      {
        says: "Mind the brackets: / 2 * h divides by 2 and then multiplies by h.",
        attempt: (f: Curve, x: number, h: number) => (f(x + h) - f(x - h)) / 2 * h,
      },
      {
        says: "Brackets round the difference: only f(x − h) is divided in yours.",
        attempt: (f: Curve, x: number, h: number) => f(x + h) - f(x - h) / (2 * h),
      },
      {
        says: "The sign is turned: right minus left.",
        attempt: (f: Curve, x: number, h: number) => (f(x - h) - f(x + h)) / (2 * h),
      },
      {
        says: "Divide by the whole way, 2h, not by 2.",
        attempt: (f: Curve, x: number, h: number) => (f(x + h) - f(x - h)) / 2,
      },
      {
        says: "Use the h that you are given: the error of a large step is part of the answer here.",
        attempt: (f: Curve, x: number) => (f(x + 1e-5) - f(x - 1e-5)) / 2e-5,
      },
      {
        says: "That is the difference; divide it by the way, 2h.",
        attempt: (f: Curve, x: number, h: number) => f(x + h) - f(x - h),
      },
    ],
    hints: ["Slope is rise over way.", "The rise is f(x + h) − f(x − h).", "The way is 2h, in brackets."],
    solution:
      "function centralSlope(f: (x: number) => number, x: number, h: number) {\n  return (f(x + h) - f(x - h)) / (2 * h);\n}",
  }, {
    id: "06b",
    task: "z = w · x + b, a = relu(z). The loss rises by dA per unit of a. Return how fast it rises per unit of w.",
    probes: [[2, 0.5, 3], [2, -0.5, 3], [-1.5, 4, 0.25], [0, 1, 2], [2, 0, 3], [2, 1, -3]],
    solve: (x: number, z: number, dA: number) => z > 0 ? dA * x : 0,
    mistakes: [
      {
        says: "You forgot ReLU's mask: where z was negative, w changes nothing.",
        attempt: (x: number, _z: number, dA: number) => dA * x,
      },
      {
        says: "You forgot x: a weight's blame is that of its sum, times what came in.",
        attempt: (_x: number, z: number, dA: number) => z > 0 ? dA : 0,
      },
      {
        says: "The mask looks at z, the sum before ReLU, not at x.",
        attempt: (x: number, _z: number, dA: number) => x > 0 ? dA * x : 0,
      },
      {
        says: "The sign is turned: a gradient points uphill; the step downhill of chapter 08 does the turning.",
        attempt: (x: number, z: number, dA: number) => z > 0 ? -dA * x : 0,
      },
      {
        says: "Multiply by ReLU's slope, 0 or 1, not by its value.",
        attempt: (x: number, z: number, dA: number) => dA * Math.max(0, z) * x,
      },
      {
        says: "At z = 0 the unit was silent: the mask is z > 0, not z >= 0.",
        attempt: (x: number, z: number, dA: number) => z >= 0 ? dA * x : 0,
      },
      {
        says: "You mask by dA; the mask looks at z, the sum before ReLU.",
        attempt: (x: number, _z: number, dA: number) => dA > 0 ? dA * x : 0,
      },
      {
        says: "You mask the product; the mask looks at z, the sum before ReLU. Blame may well be negative.",
        attempt: (x: number, _z: number, dA: number) => Math.max(0, dA * x),
      },
      { says: "Two factors are missing: dA · ReLU's slope · x.", attempt: (_x: number, _z: number, dA: number) => dA },
      {
        says: "dA is missing: dA · ReLU's slope · x.",
        attempt: (x: number, z: number) => z > 0 ? x : 0,
      },
      {
        says: "The mask is turned round: blame passes where z was above 0.",
        attempt: (x: number, z: number, dA: number) => z <= 0 ? dA * x : 0,
      },
    ],
    hints: ["Chain rule: dL/dw = dL/da · da/dz · dz/dw.", "da/dz is 1 where z > 0, else 0.", "dz/dw is x."],
    solution: "function weightGradient(x: number, z: number, dA: number) {\n  return z > 0 ? dA * x : 0;\n}",
  }, {
    id: "06c",
    task: "A sigmoid unit gave the activation a = σ(z). Return the slope of the sigmoid there, from a alone.",
    probes: [[0.5], [0.9], [0.1], [0.25]],
    solve: (a: number) => a * (1 - a),
    mistakes: [
      {
        says:
          "a is the activation already: do not take the sigmoid of it once more. (From the sum z, that would be right.)",
        attempt: (a: number) => sigmoid(a) * (1 - sigmoid(a)),
      },
      { says: "That is the activation itself; its slope is asked for.", attempt: (a: number) => a },
      { says: "That is a². One of the two factors is 1 − a.", attempt: (a: number) => a * a },
      { says: "Both factors are needed: a (1 − a).", attempt: (a: number) => 1 - a },
      { says: "That is the slope of ReLU.", attempt: (a: number) => Number(a > 0) },
    ],
    hints: ["The slope of σ is σ(z) (1 − σ(z)).", "And σ(z) is a.", "a * (1 - a)"],
    solution: "function sigmoidPrime(a: number) {\n  return a * (1 - a);\n}",
  }],
};
