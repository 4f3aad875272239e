/**
 * Mistakes in telling how good a network is.
 *
 * @module
 */
import { flattered, lostByRounding } from "./effects.ts";
import { type Exhibit, unless } from "./exhibit.ts";

/** Exhibits on measuring. */
export const MEASURING_EXHIBITS: readonly Exhibit[] = [
  {
    id: "07",
    title: "tested on the lesson",
    madeBy: "001, 002, 003",
    noise: "silent",
    chapter: 9,
    story:
      "The test function reads the training pictures, or the only accuracy that is told is the one on the lesson. 002's “about 95 %” is one.",
    buggy: (parts: { lesson: number[]; unseen: number[] }) => parts.lesson,
    fixed: (parts: { lesson: number[]; unseen: number[] }) => parts.unseen,
    check: (reported) => {
      const parts = { lesson: [3, 4, 5, 6], unseen: [0, 1, 2] },
        known = reported(parts).filter((row: number) => parts.lesson.includes(row));
      return unless(known.length === 0, `${known.length} of the rows it reports on were learned from`);
    },
    effect: { what: "points by which the lesson flatters", measure: flattered },
  },
  {
    id: "08",
    title: "rounded before argmax",
    madeBy: "003",
    noise: "silent",
    chapter: 11,
    story:
      "Probabilities are rounded to 0 or 1, then the largest is looked for. Where none passes one half all are 0, and the answer is the first class.",
    buggy: (p: number[]) => argmax(p.map(Math.round)),
    fixed: (p: number[]) => argmax(p),
    check: (read) =>
      unless(read([0.1, 0.2, 0.45]) === 2, `of 0.1, 0.2, 0.45 it picks number ${read([0.1, 0.2, 0.45])}`),
    effect: { what: "points of accuracy lost", measure: lostByRounding },
  },
  {
    id: "28",
    title: "an accuracy that prints",
    madeBy: "001",
    noise: "loud",
    chapter: 9,
    story:
      "The function that measures accuracy prints all predictions and labels as it goes: two thousand numbers a line, at every call, and nobody reads the one that matters.",
    buggy: (answers: number[], labels: number[], print: (line: string) => void) => {
      print(`${answers.join(" ")} ${labels.join(" ")}`);
      return shareEqual(answers, labels);
    },
    fixed: shareEqual,
    check: (accuracy) => {
      const said: string[] = [];
      accuracy([1, 2], [1, 3], (line: string) => said.push(line));
      return unless(said.length === 0, `while it measures two answers it prints “${said.join("”, “")}”`);
    },
  },
  {
    id: "29",
    title: "right only if all ten are",
    madeBy: "003",
    noise: "silent",
    chapter: 11,
    story:
      "An answer counts as right if all ten rounded outputs are, 1 for the digit and 0 for the nine others. The network knows more digits than that: its largest output is right where it is 0.4.",
    buggy: (p: number[], label: number) => p.every((a, k) => Math.round(a) === Number(k === label)),
    fixed: (p: number[], label: number) => argmax(p) === label,
    check: (right) =>
      unless(right([0.1, 0.4, 0.2], 1), "of 0.1, 0.4, 0.2 it does not count the middle one as an answer"),
  },
  {
    id: "A2",
    title: "a mean of squares with a root",
    elsewhere: "fastai's book, issue 434",
    noise: "words",
    story: "A function called mse takes the square root: its number is not the one that the text compares with.",
    buggy: (a: number[], b: number[]) => Math.sqrt(meanSquare(a, b)),
    fixed: (a: number[], b: number[]) => meanSquare(a, b),
    check: (mse) => unless(mse([0, 0], [4, 4]) === 16, `the mean of 16 and 16 is ${mse([0, 0], [4, 4])}`),
  },
  {
    id: "A3",
    title: "a column minus a row",
    elsewhere: "many PyTorch losses",
    noise: "silent",
    chapter: 2,
    story:
      "[n × 1] minus [n] is broadcast to [n × n]: every answer is compared with every label, and the loss is a number all the same.",
    buggy: (answers: number[], labels: number[]) => mean(answers.flatMap((a) => labels.map((y) => (a - y) ** 2))),
    fixed: (answers: number[], labels: number[]) => meanSquare(answers, labels),
    check: (loss) =>
      unless(
        loss([1, 2, 3], [1, 2, 3]) === 0,
        `perfect answers have the loss ${loss([1, 2, 3], [1, 2, 3]).toFixed(2)}`,
      ),
  },
];

function argmax(p: readonly number[]): number {
  return p.indexOf(Math.max(...p));
}

function shareEqual(answers: readonly number[], labels: readonly number[]): number {
  return mean(answers.map((answer, i) => Number(answer === labels[i])));
}

function mean(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0) / values.length;
}

function meanSquare(a: readonly number[], b: readonly number[]): number {
  return mean(a.map((value, i) => (value - b[i]!) ** 2));
}
