/**
 * Chapter 01: Meet the data.
 *
 * @module
 */
import type { Chapter } from "../chapter.ts";
import { defineExercise } from "../exercise.ts";
import { inputPicture } from "../input_picture.ts";
import { range } from "../lists.ts";

/** Cells of a row, whole numbers and what is none. */
const CELLS = ["0", "5", "12", "255", "7", "", " ", "NaN", "x1", "12abc", "1-2", "1,5", "#"];

/** A picture in which no pixel is its own place. */
const PICTURE = range(0, 784).map((i) => i * 37 % 256);

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
      probes: [[PICTURE, 0, 0], [PICTURE, 0, 3], [PICTURE, 2, 5], [PICTURE, 27, 26]],
      family: (draw) => [draw.list(784, () => draw.whole(0, 255)), draw.whole(0, 27), draw.whole(0, 27)],
      solve: (pixels: number[], r: number, c: number) => pixels[28 * r + c],
      mistakes: {
        "Rows and columns are swapped: the picture is stored row by row, so r is multiplied by 28.": (pixels, r, c) =>
          pixels[28 * c + r],
        "Off by one: rows and columns are counted from 0, so nothing has to be subtracted or added.": (pixels, r, c) =>
          pixels[28 * (r - 1) + c - 1],
        "You forgot that the label is not among the pixels here: pixel (0, 0) is at place 0, not 1.": (pixels, r, c) =>
          pixels[28 * r + c + 1],
        "A row has 28 pixels; you step by 27.": (pixels, r, c) => pixels[27 * r + c],
        "That is the pixel's place; its grey level stands there, in pixels.": (_pixels, r, c) => 28 * r + c,
      },
      shown: (_pixels: number[], r: number, c: number) => `a picture, r = ${r}, c = ${c}`,
      picture: (ink: number[], row: number, column: number) =>
        inputPicture({ ink, width: 28, largest: 255, framed: { row, column } }),
      hints: [
        "How many pixels come before the first pixel of row r?",
        "28 for each of the r rows above.",
        "Then c more, and look up what stands there in pixels.",
      ],
      solution: "function pixel(pixels: number[], r: number, c: number) {\n  return pixels[28 * r + c];\n}",
    }),
    defineExercise({
      id: "01b",
      task: "Return true if any cell of a CSV row is empty or not a number.",
      probes: [[["5", "0", "12"]], [["5", "", "12"]], [["5", "0", "x1"]], [["NaN", "0"]], [["0", "0"]], [["7", " "]], [[
        "x",
      ]], [["12abc"]]],
      family: (draw, size) => [draw.list(draw.whole(1, size), () => draw.pick(CELLS))],
      solve: (cells: string[]) => cells.some((cell) => cell.trim() === "" || Number.isNaN(Number(cell))),
      mistakes: {
        'An empty cell slips through: Number("") is 0, not NaN. Test for it separately.': (cells) =>
          cells.some((cell) => Number.isNaN(Number(cell))),
        "Only empty cells are found; text that is no number slips through: test for Number.isNaN(Number(cell)), too.": [
          (cells) => cells.some((cell) => cell.trim() === ""),
          (cells) => cells.some((cell) => cell === ""),
        ],
        "A text is never NaN, and nothing is equal to NaN: turn the cell into a number, and ask Number.isNaN.": (
          cells,
        ) => cells.some(Number.isNaN as (cell: unknown) => boolean),
        "parseFloat takes the number at the beginning and forgets the rest: 12abc is 12 to it. Use Number(cell).": (
          cells,
        ) => cells.some((cell) => Number.isNaN(parseFloat(cell))),
        "All cells are text: typeof tells nothing here.": (cells) => cells.some((cell) => typeof cell !== "number"),
        "You ask whether every cell is bad; one is enough.": (cells) =>
          cells.every((cell) => cell.trim() === "" || Number.isNaN(Number(cell))),
        "The pixel 0 counts as empty for you: 0 is a fine number, but it is falsy.": (cells) =>
          cells.some((cell) => !Number(cell)),
      },
      hints: [
        'What is Number("")? Try it.',
        "Array.some tells whether any element passes a test.",
        "Two questions for each cell: is anything left after trim()? And is Number(cell) a number?",
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
