/**
 * Exercises of chapters 00 to 02: data.
 *
 * @module
 */
import type { Exercise } from "../exercise.ts";

const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);

/** Exercises of chapters 00 to 02. */
export const DATA_EXERCISES: readonly Exercise[] = [
  {
    id: "00a",
    task: "Write a function that returns the sum of its two numbers.",
    probes: [[1, 1], [2, 5], [-3, 0.5]],
    solve: (a: number, b: number) => a + b,
    mistakes: [
      { says: "You return 2 whatever comes in; use both arguments.", attempt: () => 2 },
      { says: "You multiply. Add.", attempt: (a: number, b: number) => a * b },
      { says: "You subtract. Add.", attempt: (a: number, b: number) => a - b },
    ],
    hints: ["The function gets a and b.", "In place of null, give back something made of both.", "return a + b;"],
    solution: "function sum(a: number, b: number) {\n  return a + b;\n}",
  },
  {
    id: "01a",
    task: "Return the grey level at row r and column c of a picture of 28 × 28 pixels stored row by row.",
    probes: [[range(0, 784), 0, 0], [range(0, 784), 0, 3], [range(0, 784), 2, 5], [range(0, 784), 27, 26]],
    solve: (pixels: number[], r: number, c: number) => pixels[28 * r + c],
    mistakes: [
      {
        says: "Rows and columns are swapped: the picture is stored row by row, so r is multiplied by 28.",
        attempt: (pixels: number[], r: number, c: number) => pixels[28 * c + r],
      },
      {
        says: "Off by one: rows and columns are counted from 0, so nothing has to be subtracted or added.",
        attempt: (pixels: number[], r: number, c: number) => pixels[28 * (r - 1) + c - 1] ?? null,
      },
      {
        says: "You forgot that the label is not among the pixels here: pixel (0, 0) is at place 0, not 1.",
        attempt: (pixels: number[], r: number, c: number) => pixels[28 * r + c + 1],
      },
      {
        says: "A row has 28 pixels; you step by 27.",
        attempt: (pixels: number[], r: number, c: number) => pixels[27 * r + c],
      },
    ],
    hints: [
      "How many pixels come before the first pixel of row r?",
      "28 for each of the r rows above.",
      "pixels[28 * r + c]",
    ],
    solution: "function pixel(pixels: number[], r: number, c: number) {\n  return pixels[28 * r + c];\n}",
  },
  {
    id: "01b",
    task: "Return true if any cell of a CSV row is empty or not a number.",
    probes: [[["5", "0", "12"]], [["5", "", "12"]], [["5", "0", "x1"]], [["NaN", "0"]], [["0", "0"]], [["7", " "]]],
    solve: (cells: string[]) => cells.some((cell) => cell.trim() === "" || Number.isNaN(Number(cell))),
    mistakes: [
      {
        says: 'An empty cell slips through: Number("") is 0, not NaN. Test for it separately.',
        attempt: (cells: string[]) => cells.some((cell) => Number.isNaN(Number(cell))),
      },
      {
        says: "NaN is not equal to anything, not even to NaN: use Number.isNaN.",
        attempt: (cells: string[]) => cells.some((cell) => cell.trim() === ""), /* x === NaN is always false */
      },
      {
        says: "You ask whether every cell is bad; one is enough.",
        attempt: (cells: string[]) => cells.every((cell) => cell.trim() === "" || Number.isNaN(Number(cell))),
      },
      {
        says: "The pixel 0 counts as empty for you: 0 is a fine number, but it is falsy.",
        attempt: (cells: string[]) => cells.some((cell) => !Number(cell)),
      },
    ],
    hints: [
      'What is Number("")? Try it.',
      "Array.some tells whether any element passes a test.",
      'Two tests: cell.trim() === "", and Number.isNaN(Number(cell)).',
    ],
    solution:
      `function hasGap(cells: string[]) {\n  return cells.some((cell) => cell.trim() === "" || Number.isNaN(Number(cell)));\n}`,
  },
  {
    id: "01c",
    task:
      "Return the numbers of the three faulty rows of data/dirty.csv, smallest first, counted from 1 below the header.",
    probes: [[]],
    solve: () => [3, 6, 8],
    mistakes: [
      { says: "You count the header as row 1: below the header, counting starts anew.", attempt: () => [4, 7, 9] },
      { says: "You count from 0; the first row below the header is row 1.", attempt: () => [2, 5, 7] },
      { says: "Two of three. A digit above 9 is a fault as well.", attempt: () => [3, 8] },
      { says: "Two of three. One row has too few cells.", attempt: () => [3, 6] },
      { says: "Two of three. One cell holds text.", attempt: () => [6, 8] },
    ],
    hints: [
      "Print the lengths of the rows.",
      "Look at the labels.",
      "checkDigitTable lists all faults with their lines; line 1 is the header.",
    ],
    solution: "function faultyRows() {\n  return [3, 6, 8];\n}",
  },
  {
    id: "02a",
    task: "Divide the rows 0 … count − 1: the first testSize rows are `test`, all others `train`.",
    probes: [[5, 2], [10, 1], [7, 6]],
    solve: (count: number, testSize: number) => ({ test: range(0, testSize), train: range(testSize, count) }),
    mistakes: [
      {
        says: "Row 0 is in neither part: that is the slip of notebook 001. Counting starts at 0.",
        attempt: (count: number, testSize: number) => ({ test: range(1, testSize), train: range(testSize, count) }),
      },
      {
        says: "Row testSize is in both parts: the network would be tested on what it has seen.",
        attempt: (count: number, testSize: number) => ({ test: range(0, testSize + 1), train: range(testSize, count) }),
      },
      {
        says: "The parts are swapped: the test part is the one of testSize rows.",
        attempt: (count: number, testSize: number) => ({ train: range(0, testSize), test: range(testSize, count) }),
      },
      {
        says: "The training part holds all rows: the network would be tested on what it has seen.",
        attempt: (count: number, testSize: number) => ({ test: range(0, testSize), train: range(0, count) }),
      },
    ],
    hints: [
      "Every row in exactly one part.",
      "Which is the first row of the training part?",
      "Rows 0 … testSize − 1, then testSize … count − 1.",
    ],
    solution:
      "function divide(count: number, testSize: number) {\n  const rows = Array.from({ length: count }, (_, i) => i);\n" +
      "  return { test: rows.slice(0, testSize), train: rows.slice(testSize) };\n}",
  },
  {
    id: "02b",
    task: "Return one list per label: `classes` numbers, all 0 but a 1 at the label.",
    probes: [[[2, 0], 3], [[1], 4], [[0, 3, 3], 5]],
    solve: (labels: number[], classes: number) =>
      labels.map((label) => range(0, classes).map((k) => k === label ? 1 : 0)),
    mistakes: [
      {
        says: "The width comes from the largest label: a batch without a 9 would lose a class. Use `classes`.",
        attempt: (labels: number[]) =>
          labels.map((label) => range(0, Math.max(...labels) + 1).map((k) => k === label ? 1 : 0)),
      },
      {
        says: "Transposed: one list per class. Here, one list per label is asked for.",
        attempt: (labels: number[], classes: number) =>
          range(0, classes).map((k) => labels.map((label) => k === label ? 1 : 0)),
      },
      {
        says: "Off by one: label 0 has its 1 at place 0.",
        attempt: (labels: number[], classes: number) =>
          labels.map((label) => range(0, classes).map((k) => k === label - 1 ? 1 : 0)),
      },
      {
        says: "The 1 should be a 1, not the label itself.",
        attempt: (labels: number[], classes: number) =>
          labels.map((label) => range(0, classes).map((k) => k === label ? label : 0)),
      },
    ],
    hints: [
      "For one label first: a list of zeros, then one 1.",
      "Array.from({ length: classes }, (_, k) => …) builds a list.",
      "k === label ? 1 : 0",
    ],
    solution:
      "function encode(labels: number[], classes: number) {\n  return labels.map((label) => Array.from({ length: classes }, (_, k) => k === label ? 1 : 0));\n}",
  },
];
