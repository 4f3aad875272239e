/**
 * Chapter 15: Convolution.
 *
 * @module
 */
import type { Chapter } from "../chapter.ts";
import type { Draw } from "../draw.ts";
import { defineExercise } from "../exercise.ts";

type Rows = readonly (readonly number[])[];

const rows = (draw: Draw, height: number, width: number) =>
  draw.list(height, () => draw.list(width, () => draw.whole(-3, 5)));

/** Sums of products at every place of a window, with what somebody may do in another way. */
function slide(
  picture: Rows,
  window: Rows,
  change: { flip?: boolean; turn?: boolean; stay?: boolean; full?: boolean; stride?: number } = {},
) {
  const { flip, turn, stay, full, stride = 1 } = change, [h, w] = [window.length, window[0]!.length];
  const height = full ? picture.length : picture.length - h + 1,
    width = full ? picture[0]!.length : picture[0]!.length - w + 1;
  return Array.from(
    { length: Math.ceil(height / stride) },
    (_, y) =>
      Array.from({ length: Math.ceil(width / stride) }, (_, x) => {
        let sum = 0;
        for (let dy = 0; dy < h; dy++) {
          for (let dx = 0; dx < w; dx++) {
            const weight = flip ? window[h - 1 - dy]![w - 1 - dx]! : turn ? window[dx]?.[dy] ?? 0 : window[dy]![dx]!;
            sum += weight * (picture[stay ? dy : stride * y + dy]?.[stay ? dx : stride * x + dx] ?? 0);
          }
        }
        return sum;
      }),
  );
}

/** Each pool's blame to its winner, of equals the first; or to somebody else. */
function giveBack(sums: Rows, blame: Rows, to: "winner" | "all" | "equals" | "last" | "mean" | "corner") {
  const result = sums.map((row) => row.map(() => 0));
  blame.forEach((line, y) =>
    line.forEach((value, x) => {
      const places = [[0, 0], [0, 1], [1, 0], [1, 1]].map(([dy, dx]) => [2 * y + dy!, 2 * x + dx!] as const);
      const largest = Math.max(...places.map(([r, c]) => sums[r]![c]!));
      const winners = places.filter(([r, c]) => sums[r]![c] === largest);
      const chosen = {
        winner: winners.slice(0, 1),
        all: places,
        equals: winners,
        last: winners.slice(-1),
        mean: places,
        corner: places.slice(0, 1),
      }[to];
      for (const [r, c] of chosen) result[r]![c] = to === "mean" ? value / 4 : value;
    })
  );
  return result;
}

/** The chapter. */
export const CHAPTER: Chapter = {
  name: "15_convolution",
  title: "Convolution",
  short: "window",
  idea: "the same small weights at every place, and what pooling forgets",
  minutes: 25,
  guesses: ["15-weights", "15-moved"],
  exercises: [
    defineExercise({
      id: "15a",
      task:
        "Return the map of a window over a picture, both lists of rows: at each place where the window lies wholly inside, the sum of pixel times weight. No padding.",
      probes: [
        [[[1, 2, 3], [4, 5, 6]], [[1, 0], [0, -1]]],
        [[[0, 1, 0, 2], [3, 0, 1, 0], [0, 2, 0, 4]], [[1, 2, 3], [0, -1, 1]]],
        [[[2, 1], [0, 3]], [[5]]],
      ],
      family: (draw, size) => {
        const [h, w] = [draw.whole(1, Math.min(3, size)), draw.whole(1, Math.min(3, size))];
        return [rows(draw, h + draw.whole(0, size), w + draw.whole(0, size)), rows(draw, h, w)];
      },
      solve: (picture: Rows, window: Rows) => slide(picture, window),
      mistakes: {
        "You turn the window round, as mathematicians' convolution does; networks lay it on as it is, and learn the rest.":
          (picture, window) => slide(picture, window, { flip: true }),
        "Row and column of the window are exchanged: weight[dy][dx] meets pixel[y + dy][x + dx].": (picture, window) =>
          slide(picture, window, { turn: true }),
        "The window never moves: add y to the row and x to the column.": (picture, window) =>
          slide(picture, window, { stay: true }),
        "The map is as large as the picture: without padding the window has height − h + 1 places down and width − w + 1 across.":
          (picture, window) => slide(picture, window, { full: true }),
        "One place too few in each direction: there are height − h + 1, not height − h.": (picture, window) =>
          slide(picture, window).slice(0, -1).map((row) => row.slice(0, -1)),
      },
      hints: [
        "How many places has a window of 2 in a row of 3? It is width − w + 1.",
        "Four loops: the place's row and column, and inside the window's.",
        "sum += window[dy][dx] * picture[y + dy][x + dx]",
      ],
      solution: "function slide(picture: number[][], window: number[][]) {\n" +
        "  const [h, w] = [window.length, window[0]!.length];\n" +
        "  const sumAt = (y: number, x: number) => {\n    let sum = 0;\n" +
        "    for (let dy = 0; dy < h; dy++) {\n" +
        "      for (let dx = 0; dx < w; dx++) sum += window[dy]![dx]! * picture[y + dy]![x + dx]!;\n    }\n    return sum;\n  };\n" +
        "  const down = picture.length - h + 1, across = picture[0]!.length - w + 1;\n" +
        "  return Array.from({ length: down }, (_, y) => Array.from({ length: across }, (_, x) => sumAt(y, x)));\n}",
    }),
    defineExercise({
      id: "15b",
      task:
        "Return how many places are left in a row of `width` pixels: `padding` zeros at each end, a window of `size`, then the largest of each `pool` places (which divides them).",
      probes: [[28, 5, 0, 2], [28, 5, 2, 2], [12, 5, 0, 2], [9, 3, 1, 3], [6, 3, 0, 1], [7, 7, 0, 1]],
      family: (draw, grown) => {
        const pool = draw.whole(1, 3), places = pool * draw.whole(1, 2 * grown), size = draw.whole(1, 6);
        const padding = draw.whole(0, Math.min(size - 1, Math.floor((places + size - 2) / 2)));
        return [places + size - 1 - 2 * padding, size, padding, pool];
      },
      solve: (width: number, size: number, padding: number, pool: number) => (width + 2 * padding - size + 1) / pool,
      mistakes: {
        "One too few before pooling: a window of 5 has 24 places in 28, not 23.": (width, size, padding, pool) =>
          (width + 2 * padding - size) / pool,
        "The padding stands at both ends: add it twice.": (width, size, padding, pool) =>
          (width + padding - size + 1) / pool,
        "The padding is forgotten.": (width, size, _padding, pool) => (width - size + 1) / pool,
        "Pooling is forgotten.": (width, size, padding) => width + 2 * padding - size + 1,
        "Pooling comes last: divide the number of places, not the width.": (width, size, padding, pool) =>
          width / pool + 2 * padding - size + 1,
        "A padded row is longer, not shorter: add 2 · padding.": (width, size, padding, pool) =>
          (width - 2 * padding - size + 1) / pool,
      },
      hints: [
        "First the row with its padding: width + 2 · padding.",
        "A window of `size` has size − 1 places fewer than that.",
        "Then divide by pool: (width + 2 * padding - size + 1) / pool",
      ],
      solution: "function placesLeft(width: number, size: number, padding: number, pool: number) {\n" +
        "  return (width + 2 * padding - size + 1) / pool;\n}",
    }),
    defineExercise({
      id: "15c",
      task:
        "The same weight works at every place. Given the picture and the blame of each sum of the map (no padding), return the gradient of the window's weights, as rows.",
      probes: [
        [[[1, 2, 3], [4, 5, 6]], [[1, -1]]],
        [[[0, 1, 0, 2], [3, 0, 1, 0], [0, 2, 0, 4]], [[1, 2, 0], [0, -1, 1]]],
        [[[2, 1], [0, 3]], [[1, 0], [2, -2]]],
      ],
      family: (draw, size) => {
        const [h, w] = [draw.whole(1, size), draw.whole(1, size)];
        return [rows(draw, h + draw.whole(0, 2), w + draw.whole(0, 2)), rows(draw, h, w)];
      },
      solve: (picture: Rows, blame: Rows) => slide(picture, blame),
      mistakes: {
        "That is the mean over the places; a shared weight is to blame at each of them: add up.": (picture, blame) =>
          slide(picture, blame).map((row) => row.map((sum) => sum / (blame.length * blame[0]!.length))),
        "Only the last place counts in yours: add up over all of them, += instead of =.": (picture, blame) => {
          const [y, x] = [blame.length - 1, blame[0]!.length - 1], last = blame[y]![x]!;
          return slide(picture, blame).map((row, dy) => row.map((_, dx) => last * picture[y + dy]![x + dx]!));
        },
        "Only the first place counts in yours.": (picture, blame) =>
          slide(picture, blame).map((row, dy) => row.map((_, dx) => blame[0]![0]! * picture[dy]![dx]!)),
        "The blame is turned round: the sum at (y, x) saw pixel (y + dy, x + dx) through weight (dy, dx).": (
          picture,
          blame,
        ) => slide(picture, blame, { flip: true }),
        "That is the sum of the pixels under each weight; each is to be multiplied by its place's blame.": (
          picture,
          blame,
        ) => slide(picture, blame.map((row) => row.map(() => 1))),
      },
      hints: [
        "z(y, x) contains weight (dy, dx) once, times pixel (y + dy, x + dx). What is its slope?",
        "One weight is in every sum: its gradient is the sum over all places of blame · pixel.",
        "gradient[dy][dx] += blame[y][x] * picture[y + dy][x + dx]. (It looks like 15a: the blame is the window.)",
      ],
      solution: "function windowGradient(picture: number[][], blame: number[][]) {\n" +
        "  const [down, across] = [blame.length, blame[0]!.length];\n" +
        "  const slope = (dy: number, dx: number) => {\n    let sum = 0;\n" +
        "    for (let y = 0; y < down; y++) {\n" +
        "      for (let x = 0; x < across; x++) sum += blame[y]![x]! * picture[y + dy]![x + dx]!;\n    }\n    return sum;\n  };\n" +
        "  const h = picture.length - down + 1, w = picture[0]!.length - across + 1;\n" +
        "  return Array.from({ length: h }, (_, dy) => Array.from({ length: w }, (_, dx) => slope(dy, dx)));\n}",
    }),
    defineExercise({
      id: "15d",
      task:
        "Back through pooling: given the sums (rows, both sizes even) and the blame of the largest of each 2 × 2, return the blame of every sum. Of equals, the first one row by row has won.",
      probes: [
        [[[1, 3], [2, 0]], [[5]]],
        [[[4, 4, 0, -1], [1, 2, -3, -2]], [[2, -3]]],
        [[[0, 1], [1, 0], [7, 2], [7, 7]], [[1], [2]]],
      ],
      family: (draw, size) => {
        const [h, w] = [draw.whole(1, Math.min(3, size)), draw.whole(1, Math.min(3, size))];
        return [rows(draw, 2 * h, 2 * w), rows(draw, h, w)];
      },
      solve: (sums: Rows, blame: Rows) => giveBack(sums, blame, "winner"),
      mistakes: {
        "Only the largest went on, so only it is to blame: the other three get 0.": (sums, blame) =>
          giveBack(sums, blame, "all"),
        "That is how the mean of four would share the blame; the largest takes all of it.": (sums, blame) =>
          giveBack(sums, blame, "mean"),
        "Where several are equal, one of them went on, the first: the others get 0.": (sums, blame) =>
          giveBack(sums, blame, "equals"),
        "Of equals you blame the last; the first one row by row has won: compare with >, not >=.": (sums, blame) =>
          giveBack(sums, blame, "last"),
        "You blame the top left one whatever it is: look for the largest of the four.": (sums, blame) =>
          giveBack(sums, blame, "corner"),
      },
      hints: [
        "Change a sum that is not the largest of its four by a little. Does anything after it change?",
        "Begin with zeros; for each pool find its largest, and put the blame there.",
        "Start at the top left one and move on only if another is really larger, with >.",
      ],
      solution: "function backThroughPool(sums: number[][], blame: number[][]) {\n" +
        "  const result = sums.map((row) => row.map(() => 0));\n" +
        "  blame.forEach((line, y) =>\n    line.forEach((value, x) => {\n      let [row, col] = [2 * y, 2 * x];\n" +
        "      for (const [r, c] of [[2 * y, 2 * x + 1], [2 * y + 1, 2 * x], [2 * y + 1, 2 * x + 1]] as [number, number][]) {\n" +
        "        if (sums[r]![c]! > sums[row]![col]!) [row, col] = [r, c];\n      }\n" +
        "      result[row]![col] = value;\n    })\n  );\n  return result;\n}",
    }),
  ],
};
