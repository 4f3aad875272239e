/**
 * Chapter 09: Evaluate honestly.
 *
 * @module
 */
import type { Chapter } from "../chapter.ts";
import { defineExercise } from "../exercise.ts";
import { RELABEL } from "../open/labels.ts";

function count(rows: number[], columns: number[], classes: number): number[][] {
  const counts = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  rows.forEach((row, i) => counts[row]![columns[i]!]!++);
  return counts;
}

const distance = (a: number[], b: number[]) => a.reduce((sum, value, i) => sum + (value - b[i]!) ** 2, 0);

const nearest = (means: number[][], measure: (mean: number[]) => number) => {
  const values = means.map(measure);
  return values.indexOf(Math.min(...values));
};

/** The chapter. */
export const CHAPTER: Chapter = {
  name: "09_evaluate_honestly",
  title: "Evaluate honestly",
  short: "evaluate",
  idea: "on which digits, against what, how sure",
  minutes: 20,
  guesses: ["09-baseline", "09-cover"],
  exercises: [
    defineExercise({
      id: "09a",
      task: "Return the confusion matrix as lists: row = true digit, column = predicted digit, number = how many.",
      probes: [[[0, 1], [0, 0], 2], [[1, 1, 0, 2], [0, 1, 0, 1], 3], [[2, 0, 2, 2, 1], [2, 2, 0, 2, 0], 3]],
      family: (draw, size) => {
        const classes = draw.whole(2, 2 + Math.ceil(size / 2)), digits = draw.whole(1, 2 * size);
        return [
          draw.list(digits, () => draw.whole(0, classes - 1)),
          draw.list(digits, () => draw.whole(0, classes - 1)),
          classes,
        ];
      },
      solve: (predictions: number[], labels: number[], classes: number) => count(labels, predictions, classes),
      mistakes: {
        "Transposed: rows are the true digits, columns the predicted ones.": (predictions, labels, classes) =>
          count(predictions, labels, classes),
        "The width comes from the largest class that occurs: that is exhibit 03 of the museum. Use `classes`.": (
          predictions,
          labels,
        ) => count(labels, predictions, Math.max(...labels, ...predictions) + 1),
        "Only right answers are counted: one that is wrong belongs beside the diagonal.": (
          predictions,
          labels,
          classes,
        ) =>
          Array.from(
            { length: classes },
            (_, r) =>
              Array.from(
                { length: classes },
                (_, c) => r === c ? labels.filter((label, i) => label === r && predictions[i] === r).length : 0,
              ),
          ),
      },
      hints: [
        "Start with zeros, classes × classes.",
        "Walk through the digits; each adds 1 to one cell.",
        "The label says which row, the prediction says which column.",
      ],
      solution: "function confusionRows(predictions: number[], labels: number[], classes: number) {\n" +
        "  const counts = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));\n" +
        "  for (const [i, label] of labels.entries()) counts[label]![predictions[i]!]! += 1;\n  return counts;\n}",
    }),
    defineExercise({
      id: "09b",
      task:
        "Return how far the 95 % interval reaches to each side of an accuracy p measured on n digits: 1.96 √(p(1 − p) / n).",
      probes: [[0.5, 100], [0.87, 1000], [0.9, 10_000]],
      family: (draw, size) => [draw.share(), draw.whole(1, 10 ** Math.ceil(size / 2) * 10)],
      solve: (p: number, n: number) => 1.96 * Math.sqrt(p * (1 - p) / n),
      mistakes: {
        "The root is missing.": (p, n) => 1.96 * p * (1 - p) / n,
        "That is one standard deviation, a 68 % interval; times 1.96 for 95 %.": (p, n) => Math.sqrt(p * (1 - p) / n),
        "n belongs under the root.": (p, n) => 1.96 * Math.sqrt(p * (1 - p)) / n,
        "p (1 − p), not p².": (p, n) => 1.96 * Math.sqrt(p * p / n),
      },
      hints: [
        "Inside the root: p times 1 − p, divided by n.",
        "Math.sqrt takes the root.",
        "n belongs under the root, 1.96 before it.",
      ],
      solution: "function reach(p: number, n: number) {\n  return 1.96 * Math.sqrt(p * (1 - p) / n);\n}",
    }),
    defineExercise({
      id: "09c",
      task:
        "The baseline: return the index of the average picture that is nearest to the given one, by the sum of squared differences.",
      probes: [[[[0, 0], [9, 9]], [8, 7]], [[[9, 9, 9], [1, 0, 1], [0, 5, 0]], [1, 1, 0]], [[[4, 0], [0, 3], [2, 2]], [
        3,
        0,
      ]], [[[5, 5], [0, 4]], [0, 0]]],
      family: (draw, size) => {
        const pixels = draw.whole(1, size), picture = () => draw.list(pixels, () => draw.whole(0, 9));
        for (;;) {
          const means = draw.list(draw.whole(2, 4), picture), own = picture();
          const far = means.map((mean) => distance(mean, own)).toSorted((a, b) => a - b);
          if (far[0] !== far[1]) return [means, own]; // of two that are as near, neither is wrong
        }
      },
      solve: (means: number[][], picture: number[]) => nearest(means, (mean) => distance(mean, picture)),
      mistakes: {
        "That is the farthest one.": (means, picture) => nearest(means, (mean) => -distance(mean, picture)),
        "A product of pixels favours whichever average has most ink; take differences.": (means, picture) =>
          nearest(means, (mean) => -mean.reduce((sum, v, i) => sum + v * picture[i]!, 0)),
        "Differences of both signs cancel: square them.": (means, picture) =>
          nearest(means, (mean) => Math.abs(mean.reduce((sum, v, i) => sum + v - picture[i]!, 0))),
        "Distances without the square: a few large differences should outweigh many small ones.": (means, picture) =>
          nearest(means, (mean) => mean.reduce((sum, v, i) => sum + Math.abs(v - picture[i]!), 0)),
        "Only the first pixel is compared.": (means, picture) =>
          nearest(means, (mean) => (mean[0]! - picture[0]!) ** 2),
        "That is the distance itself; asked for is which one.": (means, picture) =>
          Math.min(...means.map((mean) => distance(mean, picture))),
      },
      hints: [
        "Work out one distance for each average picture.",
        "Σ (a − b)² over the pixels.",
        "Asked for is not the smallest distance but where it stands: indexOf.",
      ],
      solution:
        "function nearestAverage(means: number[][], picture: number[]) {\n  const distances = means.map((mean) => mean.reduce((sum, value, i) => sum + (value - picture[i]!) ** 2, 0));\n  return distances.indexOf(Math.min(...distances));\n}",
    }),
    RELABEL,
  ],
};
