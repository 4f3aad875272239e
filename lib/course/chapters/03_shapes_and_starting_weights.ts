/**
 * Chapter 03: Shapes and starting weights.
 *
 * @module
 */
import type { Chapter } from "../chapter.ts";
import { defineExercise } from "../exercise.ts";
import { sum } from "../lists.ts";

/** The chapter. */
export const CHAPTER: Chapter = {
  name: "03_shapes_and_starting_weights",
  title: "Shapes and starting weights",
  short: "weights",
  idea: "the start decides how far you get",
  minutes: 15,
  guesses: ["03-parameters", "03-rows"],
  exercises: [
    defineExercise({
      id: "03a",
      task: "Return how many numbers a network of these sizes learns: all weights and all biases.",
      probes: [[[2, 3]], [[784, 10, 10]], [[400, 25, 10]], [[784, 128, 128, 10]]],
      family: (draw, size) => [draw.list(draw.whole(2, 2 + Math.ceil(size / 2)), () => draw.whole(1, 3 * size))],
      solve: (sizes: number[]) => sum(sizes.slice(1).map((units, l) => units * sizes[l]! + units)),
      mistakes: {
        "The biases are missing: one per unit.": (sizes) => sum(sizes.slice(1).map((units, l) => units * sizes[l]!)),
        "A bias for every input as well? The input layer computes nothing and has none.": (sizes) =>
          sum(sizes.slice(1).map((units, l) => units * sizes[l]!)) + sum(sizes),
        "One bias per layer? Each unit has its own.": (sizes) =>
          sum(sizes.slice(1).map((units, l) => units * sizes[l]! + 1)),
        "That is the number of units. Count the connections between them.": (sizes) => sum(sizes),
      },
      hints: [
        "Go layer by layer.",
        "A layer of n units with k inputs has n · k weights.",
        "… and n biases: n · k + n.",
      ],
      solution:
        "function parameters(sizes: number[]) {\n  let count = 0;\n  for (let l = 1; l < sizes.length; l++) count += sizes[l]! * sizes[l - 1]! + sizes[l]!;\n  return count;\n}",
    }),
    defineExercise({
      id: "03b",
      task: "Return the standard deviation of He's starting weights for a layer with this many inputs.",
      probes: [[2], [8], [784]],
      family: (draw, size) => [draw.whole(1, 10 ** Math.ceil(size / 2))],
      solve: (inputs: number) => Math.sqrt(2 / inputs),
      mistakes: {
        "That is the variance; the standard deviation is its square root.": (inputs) => 2 / inputs,
        "√(1 / inputs) is for units without a bend; ReLU silences half of them, hence the 2.": (inputs) =>
          Math.sqrt(1 / inputs),
        "Upside down: more inputs need smaller weights.": (inputs) => Math.sqrt(inputs / 2),
      },
      hints: [
        "The variance is 2 / inputs.",
        "The standard deviation is the square root of the variance.",
        "So the root goes over the whole fraction.",
      ],
      solution: "function heDeviation(inputs: number) {\n  return Math.sqrt(2 / inputs);\n}",
    }),
    defineExercise({
      id: "03c",
      task: "Return ε of tutorial 002's code, √6 / √(inputs + units): weights start between −ε and ε.",
      probes: [[400, 25], [25, 10], [1, 5], [784, 128]],
      family: (draw, size) => [draw.whole(1, 10 ** Math.ceil(size / 2)), draw.whole(1, 50)],
      solve: (inputs: number, units: number) => Math.sqrt(6) / Math.sqrt(inputs + units),
      mistakes: {
        "That is what the text of 002 says; its code has it right only for the first layer.": () => 0.12,
        "The root goes over the sum, too.": (inputs, units) => Math.sqrt(6) / (inputs + units),
        "Inputs and units are added, not multiplied.": (inputs, units) => Math.sqrt(6 / (inputs * units)),
        "The units count, too.": (inputs) => Math.sqrt(6 / inputs),
        "6 under the root, not before it.": (inputs, units) => 6 / Math.sqrt(inputs + units),
      },
      hints: [
        "Math.sqrt is the root.",
        "Add first, then take the root.",
        "The upper root is of 6 alone, the lower one of the whole sum.",
      ],
      solution:
        "function epsilon(inputs: number, units: number) {\n  return Math.sqrt(6) / Math.sqrt(inputs + units);\n}",
    }),
  ],
};
