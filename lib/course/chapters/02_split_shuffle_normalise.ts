/**
 * Chapter 02: Split, shuffle, normalise.
 *
 * @module
 */
import type { Chapter } from "../chapter.ts";
import { defineExercise } from "../exercise.ts";
import { range } from "../lists.ts";

/** The chapter. */
export const CHAPTER: Chapter = {
  name: "02_split_shuffle_normalise",
  title: "Split, shuffle, normalise",
  short: "split",
  idea: "what the network may see, and in what units",
  minutes: 15,
  guesses: ["02-lost", "02-width"],
  exercises: [
    defineExercise({
      id: "02a",
      task: "Divide the rows 0 … count − 1: the first testSize rows are `test`, all others `train`.",
      probes: [[5, 2], [10, 1], [7, 6]],
      family: (draw, size) => {
        const count = draw.whole(2, 2 + size);
        return [count, draw.whole(1, count - 1)];
      },
      solve: (count: number, testSize: number) => ({ test: range(0, testSize), train: range(testSize, count) }),
      mistakes: {
        "Row 0 is in neither part: that is the slip of notebook 001. Counting starts at 0.": (count, testSize) => ({
          test: range(1, testSize),
          train: range(testSize, count),
        }),
        "Row testSize is in both parts: the network would be tested on what it has seen.": (count, testSize) => ({
          test: range(0, testSize + 1),
          train: range(testSize, count),
        }),
        "The parts are swapped: the test part is the one of testSize rows.": (count, testSize) => ({
          train: range(0, testSize),
          test: range(testSize, count),
        }),
        "The training part holds all rows: the network would be tested on what it has seen.": (count, testSize) => ({
          test: range(0, testSize),
          train: range(0, count),
        }),
      },
      hints: [
        "Every row in exactly one part.",
        "Which is the first row of the training part?",
        "Rows 0 … testSize − 1, then testSize … count − 1.",
      ],
      solution:
        "function divide(count: number, testSize: number) {\n  const rows = Array.from({ length: count }, (_, i) => i);\n" +
        "  return { test: rows.slice(0, testSize), train: rows.slice(testSize) };\n}",
    }),
    defineExercise({
      id: "02b",
      task: "Return one list per label: `classes` numbers, all 0 but a 1 at the label.",
      probes: [[[2, 0], 3], [[1], 4], [[0, 3, 3], 5]],
      family: (draw, size) => {
        const classes = draw.whole(2, 2 + size);
        return [draw.list(draw.whole(1, size), () => draw.whole(0, classes - 1)), classes];
      },
      solve: (labels: number[], classes: number) =>
        labels.map((label) => range(0, classes).map((k) => k === label ? 1 : 0)),
      mistakes: {
        "The width comes from the largest label: a batch without a 9 would lose a class. Use `classes`.": (labels) =>
          labels.map((label) => range(0, Math.max(...labels) + 1).map((k) => k === label ? 1 : 0)),
        "Transposed: one list per class. Here, one list per label is asked for.": (labels, classes) =>
          range(0, classes).map((k) => labels.map((label) => k === label ? 1 : 0)),
        "Off by one: label 0 has its 1 at place 0.": (labels, classes) =>
          labels.map((label) => range(0, classes).map((k) => k === label - 1 ? 1 : 0)),
        "The 1 should be a 1, not the label itself.": (labels, classes) =>
          labels.map((label) => range(0, classes).map((k) => k === label ? label : 0)),
      },
      hints: [
        "For one label first: a list of zeros, then one 1.",
        "Array.from({ length: classes }, (_, k) => …) builds a list.",
        "At place k of a digit's list: is k its label?",
      ],
      solution:
        "function encode(labels: number[], classes: number) {\n  return labels.map((label) => Array.from({ length: classes }, (_, k) => k === label ? 1 : 0));\n}",
    }),
    defineExercise({
      id: "02c",
      task:
        "A file is sorted: `each` digits of class 0, then as many of 1, and so on. Its first testSize rows are the test part, all others the training part. Return the share of the test part, from 0 to 1, that a reader gets right who knows every class it was trained on, and no other.",
      probes: [[100, 250], [100, 50], [4, 8], [3, 4], [700, 1000]],
      family: (draw, size) => [draw.whole(1, 4 * size), draw.whole(1, 12 * size)],
      solve: (each: number, testSize: number) => testSize % each / testSize,
      mistakes: {
        "Not quite none: the class in which the cut falls has digits on both sides.": () => 0,
        "That is the share that is lost; what is left was asked for.": (each, testSize) =>
          1 - testSize % each / testSize,
        "Divide by the test part, not by the size of a class.": (each, testSize) => testSize % each / each,
        "That is how many; divide by the test part.": (each, testSize) => testSize % each,
        "Those are the digits of the cut class that are in the training part; count those in the test part.": (
          each,
          testSize,
        ) => (each - testSize % each) / testSize,
        "That holds after shuffling. Here whole classes are missing from the lesson.": () => 1,
        "That is how much of the test part is one whole class.": (each, testSize) => each / testSize,
      },
      hints: [
        "Take 100 of each class and a test part of 250: which classes are in the lesson at all?",
        "Classes 0 and 1 are gone. Class 2 is cut in two: 50 of its digits are tested, and 50 are learned from.",
        "So only what is left over, after whole classes are taken away, is read. (% gives what is left over.)",
      ],
      solution: "function bestShare(each: number, testSize: number) {\n  return testSize % each / testSize;\n}",
    }),
  ],
};
