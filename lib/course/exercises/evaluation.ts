/**
 * Exercises of chapters 08 and 09: reading the result.
 *
 * @module
 */
import type { Exercise } from "../exercise.ts";

function count(rows: number[], columns: number[], classes: number): number[][] {
  const counts = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  rows.forEach((row, i) => counts[row]![columns[i]!]!++);
  return counts;
}

/** Exercises of chapters 08 and 09. */
export const EVALUATION_EXERCISES: readonly Exercise[] = [
  {
    id: "08b",
    task: "Return the index of the largest of the probabilities; of equals, the first.",
    probes: [[[0.1, 0.9]], [[0.3, 0.5, 0.2]], [[0.4, 0.4, 0.2]], [[0.2, 0.1, 0.25, 0.25, 0.2]]],
    solve: (p: number[]) => p.indexOf(Math.max(...p)),
    mistakes: [
      {
        says: "That is the largest probability itself; its index is asked for.",
        attempt: (p: number[]) => Math.max(...p),
      },
      {
        says: "Of equals you take the last; argmax takes the first.",
        attempt: (p: number[]) => p.lastIndexOf(Math.max(...p)),
      },
      { says: "Classes are counted from 0.", attempt: (p: number[]) => p.indexOf(Math.max(...p)) + 1 },
      {
        says:
          "You round first: where no probability passes ½, every digit becomes class 0. Tutorial 003 loses points by this.",
        attempt: (p: number[]) => Math.max(0, p.findIndex((value) => value > 0.5)),
      },
    ],
    hints: ["Find the largest, then where it is.", "Math.max(...p) is the largest.", "p.indexOf(Math.max(...p))"],
    solution: "function argmax(p: number[]) {\n  return p.indexOf(Math.max(...p));\n}",
  },
  {
    id: "09a",
    task: "Return the confusion matrix as lists: row = true digit, column = predicted digit, number = how many.",
    probes: [[[0, 1], [0, 0], 2], [[1, 1, 0, 2], [0, 1, 0, 1], 3], [[2, 0, 2, 2, 1], [2, 2, 0, 2, 0], 3]],
    solve: (predictions: number[], labels: number[], classes: number) => count(labels, predictions, classes),
    mistakes: [
      {
        says: "Transposed: rows are the true digits, columns the predicted ones.",
        attempt: (predictions: number[], labels: number[], classes: number) => count(predictions, labels, classes),
      },
      {
        says: "Only right answers are counted: one that is wrong belongs beside the diagonal.",
        attempt: (predictions: number[], labels: number[], classes: number) =>
          Array.from(
            { length: classes },
            (_, r) =>
              Array.from({ length: classes }, (_, c) =>
                r === c ? labels.filter((label, i) => label === r && predictions[i] === r).length : 0),
          ),
      },
    ],
    hints: [
      "Start with zeros, classes × classes.",
      "Walk through the digits; each adds 1 to one cell.",
      "counts[labels[i]][predictions[i]]++",
    ],
    solution: "function confusionRows(predictions: number[], labels: number[], classes: number) {\n" +
      "  const counts = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));\n" +
      "  for (const [i, label] of labels.entries()) counts[label]![predictions[i]!]! += 1;\n  return counts;\n}",
  },
  {
    id: "09b",
    task:
      "Return how far the 95 % interval reaches to each side of an accuracy p measured on n digits: 1.96 √(p(1 − p) / n).",
    probes: [[0.5, 100], [0.87, 1000], [0.9, 10_000]],
    solve: (p: number, n: number) => 1.96 * Math.sqrt(p * (1 - p) / n),
    mistakes: [
      { says: "The root is missing.", attempt: (p: number, n: number) => 1.96 * p * (1 - p) / n },
      {
        says: "That is one standard deviation, a 68 % interval; times 1.96 for 95 %.",
        attempt: (p: number, n: number) => Math.sqrt(p * (1 - p) / n),
      },
      { says: "n belongs under the root.", attempt: (p: number, n: number) => 1.96 * Math.sqrt(p * (1 - p)) / n },
      { says: "p (1 − p), not p².", attempt: (p: number, n: number) => 1.96 * Math.sqrt(p * p / n) },
    ],
    hints: [
      "Inside the root: p times 1 − p, divided by n.",
      "Math.sqrt takes the root.",
      "1.96 * Math.sqrt(p * (1 - p) / n)",
    ],
    solution: "function reach(p: number, n: number) {\n  return 1.96 * Math.sqrt(p * (1 - p) / n);\n}",
  },
];
