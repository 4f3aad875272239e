/**
 * Chapter 13: Your own digit.
 *
 * @module
 */
import type { Chapter } from "../chapter.ts";
import { defineExercise } from "../exercise.ts";
import { inputPicture } from "../input_picture.ts";

function border(grey: number[], width: number): number[] {
  const height = grey.length / width;
  return grey.filter((_, i) => {
    const x = i % width, y = Math.floor(i / width);
    return x === 0 || y === 0 || x === width - 1 || y === height - 1;
  });
}

const mean = (values: number[]) => values.reduce((a, b) => a + b, 0) / values.length;

const DARK = [200, 210, 190, 205, 40, 180, 195, 30, 220, 210, 20, 200, 190, 200, 210];

// 3 wide, 5 high
const CHALK = [30, 20, 25, 40, 240, 35, 20, 230, 30, 25, 220, 20, 40, 30, 25, 20, 210, 30];

function moments(ink: number[], width: number): [number, number, number] {
  let mass = 0, x = 0, y = 0;
  ink.forEach((value, i) => {
    mass += value;
    x += value * (i % width);
    y += value * Math.floor(i / width);
  });
  return [mass, x, y];
}

/** The chapter. */
export const CHAPTER: Chapter = {
  name: "13_your_own_digit",
  title: "Your own digit",
  short: "your digit",
  idea: "the picture must look like the training set",
  minutes: 20,
  guesses: ["13-raw", "13-shift"],
  exercises: [
    defineExercise({
      id: "13a",
      task:
        "Return true if the ink is lighter than the paper: the rim of a picture is paper, so compare its mean with the mean of all.",
      probes: [
        [DARK, 3],
        [CHALK, 3],
        [[90, 95, 92, 88, 20, 91, 94, 89, 90], 3],
        [[40, 200, 200, 200, 60, 200, 200, 200, 200], 3],
        [[9, 9, 9, 9, 200, 9, 9, 9, 9], 3],
        [[100, 100, 100, 100, 100.05, 100, 100, 100, 100], 3],
        [[100, 100, 100, 100, 99.95, 100, 100, 100, 100], 3],
        [
          [250, 240, 250, 245, 10, 20, 240, 250, 250, 30, 15, 245, 240, 250, 245, 250],
          4,
        ],
        [[120, 120, 120, 120, 120, 60, 250, 120, 120, 120, 120, 120], 4],
      ],
      family: (draw, size) => {
        for (;;) {
          const width = draw.whole(3, 2 + size), height = draw.whole(3, 2 + size);
          const paper = draw.pick([20, 90, 128, 160, 230]);
          const ink = draw.pick([0, 60, 190, 255].filter((grey) => grey !== paper));
          const grey = draw.list(width * height, () => paper + draw.whole(-5, 5));
          for (let i = draw.whole(0, 2); i < width * height; i += draw.whole(1, 3)) {
            const inside = i % width > 0 && i % width < width - 1 && i > width && i < width * (height - 1);
            if (inside || draw.whole(0, 5) === 0) grey[i] = ink; // a stroke may touch the rim
          }
          if (Math.abs(mean(grey) - mean(border(grey, width))) > 1e-6) return [grey, width]; // no ink is neither
        }
      },
      shown: (grey: number[], width: number) =>
        `a picture ${width} wide, ${grey.length / width} high, with the grey levels ${grey.join(" ")}`,
      picture: (grey: number[], width: number) =>
        inputPicture({ ink: grey.map((level) => 255 - level), width, largest: 255 }),
      solve: (grey: number[], width: number) => mean(grey) > mean(border(grey, width)),
      mistakes: {
        "The other way round: the whole picture is lighter than its rim where the ink is light.": (grey, width) =>
          mean(grey) < mean(border(grey, width)),
        "A dark photo need not have light ink: compare with the rim of this picture, not with 128.": (grey) =>
          mean(grey) < 128,
        "For every picture you say that the ink is light, as tutorial 004 does. (A sum where a mean is needed?)": () =>
          true,
        "For every picture you say that the ink is dark. (A sum where a mean is needed?)": () => false,
        "One corner is not the rim: it may be in shadow.": (grey) => mean(grey) > grey[0]!,
      },
      hints: [
        "Which pixels are in the first or last row, or in the first or last column?",
        "Pixel i is in column i % width and row Math.floor(i / width).",
        "If the ink is light, which of the two means is larger?",
      ],
      solution: `function inkIsLight(grey: number[], width: number) {
  const height = grey.length / width, mean = (list: number[]) => list.reduce((a, b) => a + b, 0) / list.length;
  const rim = grey.filter((_, i) => {
    const x = i % width, y = Math.floor(i / width);
    return x === 0 || y === 0 || x === width - 1 || y === height - 1;
  });
  return mean(grey) > mean(rim);
}`,
    }),
    defineExercise({
      id: "13b",
      task: "Return [x, y], the centre of mass of the ink, columns and rows counted from 0.",
      probes: [[[0, 0, 4, 0], 2], [[1, 0, 0, 0, 0, 3], 3], [[0, 2, 0, 5, 0, 0, 0, 1, 0, 0, 3, 4], 4], [
        [0, 0, 0, 0, 9, 0],
        2,
      ]],
      family: (draw, size) => {
        const width = draw.whole(1, 1 + size), height = draw.whole(1, 1 + size);
        const ink = draw.list(width * height, () => draw.pick([0, 0, draw.whole(1, 9)]));
        return [ink.some(Boolean) ? ink : ink.with(0, 1), width];
      },
      shown: (ink: number[], width: number) => `a picture ${width} wide, with the ink ${ink.join(" ")}`,
      picture: (ink: number[], width: number) => inputPicture({ ink, width }),
      solve: (ink: number[], width: number) => {
        const [mass, x, y] = moments(ink, width);
        return [x / mass, y / mass];
      },
      mistakes: {
        "Row and column are exchanged: x is the column, i % width.": (ink, width) => {
          const [mass, x, y] = moments(ink, width);
          return [y / mass, x / mass];
        },
        "You divide by the number of pixels; a mean of places is divided by the total ink.": (ink, width) => {
          const [, x, y] = moments(ink, width);
          return [x / ink.length, y / ink.length];
        },
        "Every inked pixel counts the same in yours: dark ones must weigh more.": (ink, width) => {
          const [mass, x, y] = moments(ink.map((value) => Number(value > 0)), width);
          return [x / mass, y / mass];
        },
        "That is the middle of the box around the ink; the centre of mass leans to where there is more ink.": (
          ink,
          width,
        ) => {
          const places = ink.flatMap((value, i) => value > 0 ? [i] : []);
          const middle = (list: number[]) => (Math.min(...list) + Math.max(...list)) / 2;
          return [middle(places.map((i) => i % width)), middle(places.map((i) => Math.floor(i / width)))];
        },
        "Columns and rows are counted from 0.": (ink, width) => {
          const [mass, x, y] = moments(ink, width);
          return [x / mass + 1, y / mass + 1];
        },
      },
      hints: [
        "A weighted mean: each column number counts as often as there is ink in it.",
        "Sum value × column and value × row, and the values themselves.",
        "x = Σ value · (i % width) / Σ value.",
      ],
      solution: `function centreOfMass(ink: number[], width: number) {
  let mass = 0, x = 0, y = 0;
  ink.forEach((value, i) => {
    mass += value;
    x += value * (i % width);
    y += value * Math.floor(i / width);
  });
  return [x / mass, y / mass];
}`,
    }),
  ],
};
