/**
 * Chapter 01: Meet the data.
 *
 * @module
 */
import type { Chapter } from "../chapter.ts";
import { defineExercise } from "../exercise.ts";
import { range } from "../lists.ts";

/** The chapter. */
export const CHAPTER: Chapter = {
  name: "01_meet_the_data",
  title: "Meet the data",
  short: "data",
  idea: "an image is a row of numbers, and rows can be dirty",
  minutes: 15,
  guesses: ["01-zeros", "01-most"],
  exercises: [
    defineExercise({
      id: "01a",
      task: "Return the grey level at row r and column c of a picture of 28 × 28 pixels stored row by row.",
      probes: [[range(0, 784), 0, 0], [range(0, 784), 0, 3], [range(0, 784), 2, 5], [range(0, 784), 27, 26]],
      solve: (pixels: number[], r: number, c: number) => pixels[28 * r + c],
      mistakes: {
        "Rows and columns are swapped: the picture is stored row by row, so r is multiplied by 28.": (pixels, r, c) =>
          pixels[28 * c + r],
        "Off by one: rows and columns are counted from 0, so nothing has to be subtracted or added.": (pixels, r, c) =>
          pixels[28 * (r - 1) + c - 1] ?? null,
        "You forgot that the label is not among the pixels here: pixel (0, 0) is at place 0, not 1.": (pixels, r, c) =>
          pixels[28 * r + c + 1],
        "A row has 28 pixels; you step by 27.": (pixels, r, c) => pixels[27 * r + c],
      },
      hints: [
        "How many pixels come before the first pixel of row r?",
        "28 for each of the r rows above.",
        "pixels[28 * r + c]",
      ],
      solution: "function pixel(pixels: number[], r: number, c: number) {\n  return pixels[28 * r + c];\n}",
    }),
    defineExercise({
      id: "01b",
      task: "Return true if any cell of a CSV row is empty or not a number.",
      probes: [[["5", "0", "12"]], [["5", "", "12"]], [["5", "0", "x1"]], [["NaN", "0"]], [["0", "0"]], [["7", " "]]],
      solve: (cells: string[]) => cells.some((cell) => cell.trim() === "" || Number.isNaN(Number(cell))),
      mistakes: {
        'An empty cell slips through: Number("") is 0, not NaN. Test for it separately.': (cells) =>
          cells.some((cell) => Number.isNaN(Number(cell))),
        "NaN is not equal to anything, not even to NaN: use Number.isNaN.": (cells) =>
          cells.some((cell) => cell.trim() === ""),
        "You ask whether every cell is bad; one is enough.": (cells) =>
          cells.every((cell) => cell.trim() === "" || Number.isNaN(Number(cell))),
        "The pixel 0 counts as empty for you: 0 is a fine number, but it is falsy.": (cells) =>
          cells.some((cell) => !Number(cell)),
      },
      hints: [
        'What is Number("")? Try it.',
        "Array.some tells whether any element passes a test.",
        'Two tests: cell.trim() === "", and Number.isNaN(Number(cell)).',
      ],
      solution:
        `function hasGap(cells: string[]) {\n  return cells.some((cell) => cell.trim() === "" || Number.isNaN(Number(cell)));\n}`,
    }),
    defineExercise({
      id: "01c",
      task:
        "Return the numbers of the three faulty rows of data/dirty.csv, smallest first, counted from 1 below the header.",
      probes: [[]],
      solve: () => [3, 6, 8],
      mistakes: {
        "You count the header as row 1: below the header, counting starts anew.": () => [4, 7, 9],
        "You count from 0; the first row below the header is row 1.": () => [2, 5, 7],
        "Two of three. A digit above 9 is a fault as well.": () => [3, 8],
        "Two of three. One row has too few cells.": () => [3, 6],
        "Two of three. One cell holds text.": () => [6, 8],
      },
      hints: [
        "Print the lengths of the rows.",
        "Look at the labels.",
        "checkDigitTable lists all faults with their lines; line 1 is the header.",
      ],
      solution: "function faultyRows() {\n  return [3, 6, 8];\n}",
    }),
  ],
};
