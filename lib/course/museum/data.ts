/**
 * Mistakes with data: what is clean, what belongs to which part, which number means which digit.
 *
 * @module
 */
import { checkCleanliness } from "../../data/cleanliness.ts";
import { courseraToDigits, digitsToCoursera, unrollByColumns } from "../../data/coursera.ts";
import { oneHot } from "../../data/prepare.ts";
import { matrix, toRows } from "../../matrix.ts";
import { seededRandom, shuffledIndices } from "../../random.ts";
import { type Exhibit, unless } from "./exhibit.ts";
import { lostByOrder, lostByPlusOne } from "./effects.ts";

/** Exhibits on data. */
export const DATA_EXHIBITS: readonly Exhibit[] = [
  {
    id: "01",
    title: "clean, although there is NaN",
    madeBy: "000",
    noise: "silent",
    chapter: 1,
    story:
      "The message that all is clean hangs on the last of three tests alone, so a table full of NaN gets a warning and then a clean bill.",
    buggy: (values: number[]) => {
      const says: string[] = [];
      if (values.some(Number.isNaN)) says.push("NaN");
      if (values.some((x) => Math.abs(x) === Infinity)) says.push("infinity");
      if (values.some((x) => Math.abs(x) > 1000)) says.push("extreme");
      else says.push("clean"); // NaN > 1000 is false
      return says;
    },
    fixed: (values: number[]) => {
      const { nan, infinite, extreme, clean } = checkCleanliness(values);
      if (clean) return ["clean"];
      return [...nan ? ["NaN"] : [], ...infinite ? ["infinity"] : [], ...extreme ? ["extreme"] : []];
    },
    check: (says) => {
      for (const values of [[0, NaN, 5], [Infinity, 2], [0, 255]]) {
        const words: string[] = says(values);
        if (words.includes("clean") && words.length > 1) return `says ${words.join(" and ")} in one breath`;
        if (words.includes("clean") !== values.every((x) => Math.abs(x) <= 1000)) return `calls ${values} ${words}`;
      }
      return null;
    },
  },
  {
    id: "02",
    title: "the lost row 0",
    madeBy: "001",
    noise: "silent",
    chapter: 2,
    story: "Rows 1 to 999 are kept back and rows from 1000 on are learned from: row 0 is in neither.",
    buggy: (m: number) => ({ dev: rows(1, 1000), train: rows(1000, m) }),
    fixed: (m: number) => ({ dev: rows(0, 1000), train: rows(1000, m) }),
    check: (split) => {
      const { dev, train } = split(1200), all = [...dev, ...train];
      if (new Set(all).size !== all.length) return "a row is in both parts";
      return unless(all.length === 1200, `${1200 - all.length} row of 1,200 is in neither part`);
    },
  },
  {
    id: "03",
    title: "one-hot as wide as the largest label",
    madeBy: "000, 001",
    noise: "loud",
    chapter: 2,
    story:
      "The number of classes is taken from the labels at hand: a batch without a 9 gets nine rows, and the subtraction A − Y fails, later and somewhere else.",
    buggy: (labels: number[]) => toRows(oneHot(labels, Math.max(...labels) + 1)),
    fixed: (labels: number[]) => toRows(oneHot(labels, 10)),
    check: (encode) =>
      unless(encode([3, 0, 8]).length === 10, `${encode([3, 0, 8]).length} rows for a batch without a 9`),
  },
  {
    id: "11",
    title: "pixels in the wrong order",
    invitedBy: "002, 003",
    noise: "silent",
    chapter: 10,
    story:
      "Coursera's pictures are unrolled column by column. A network taught by them and shown pictures unrolled row by row sees every digit mirrored at its diagonal.",
    buggy: (pixels: number[]) => pixels,
    fixed: (pixels: number[], width: number) =>
      Array.from(unrollByColumns(matrix(pixels.length, 1, pixels), width).data),
    check: (unroll) => {
      const seen = unroll([1, 2, 3, 4, 5, 6, 7, 8, 9], 3);
      return unless(
        seen.join() === "1,4,7,2,5,8,3,6,9",
        `the pixel in row 1, column 0 is number ${seen.indexOf(4)}, must be 1`,
      );
    },
    effect: { what: "points of accuracy lost", measure: lostByOrder },
  },
  {
    id: "12",
    title: "the forgotten + 1",
    invitedBy: "002, 003",
    noise: "silent",
    chapter: 10,
    story:
      "Coursera calls the classes 1 to 10, and 10 is zero. Read as they stand, nearly all answers are off by one: below chance, which no honest mistake reaches.",
    buggy: (k: number) => k,
    fixed: (k: number) => courseraToDigits([k])[0]!,
    check: (name) => {
      const wrong = rows(0, 10).find((digit) => name(digitsToCoursera([digit])[0]!) !== digit);
      return unless(
        wrong === undefined,
        `the class of ${wrong} is read as ${name(digitsToCoursera([wrong ?? 0])[0]!)}`,
      );
    },
    effect: { what: "accuracy left (%)", measure: lostByPlusOne },
  },
  {
    id: "17",
    title: "a row that is not there",
    madeBy: "002",
    noise: "loud",
    story:
      "A random row from 0 to 5,000 is drawn where the last one is 4,999: once in fifty runs of a hundred pictures the cell stops.",
    buggy: (draw: number) => Math.floor(draw * 5001),
    fixed: (draw: number) => Math.floor(draw * 5000),
    check: (pick) => unless(pick(0.99999) < 5000, `picks row ${pick(0.99999)} of rows 0 to 4,999`),
  },
  {
    id: "19",
    title: "no shuffle, or one without a seed",
    madeBy: "000, 001",
    noise: "silent",
    chapter: 2,
    story:
      "Without shuffling, a sorted file puts whole classes into one part; shuffled without a seed, nobody can get the same numbers again.",
    buggy: (labels: number[]) => labels,
    fixed: (labels: number[]) => Array.from(shuffledIndices(labels.length, seededRandom(1)), (i) => labels[i]!),
    check: (shuffle) => {
      const sorted = rows(0, 1000).map((i) => Math.floor(i / 100)), kept = new Set(shuffle(sorted).slice(0, 200));
      if (kept.size < 10) return `of a sorted file the test part holds ${kept.size} of 10 classes`;
      return unless(String(shuffle(sorted)) === String(shuffle(sorted)), "two runs differ");
    },
  },
  {
    id: "20",
    title: "columns that are rows",
    madeBy: "003",
    noise: "words",
    chapter: 11,
    story:
      "The text calls the targets columns, the file holds one row for each digit. Read as the text says, most examples have no class, or several.",
    buggy: (flat: number[], examples: number) =>
      rows(0, examples).map((j) => rows(0, 3).map((k) => flat[k * examples + j]!)),
    fixed: (flat: number[], examples: number) => rows(0, examples).map((j) => flat.slice(3 * j, 3 * j + 3)),
    check: (read) => {
      const targets: number[][] = read([1, 0, 0, 1, 0, 0, 0, 0, 1, 0, 1, 0], 4);
      const odd = targets.findIndex((target) => target.reduce((a, b) => a + b) !== 1);
      return unless(odd < 0, `example ${odd} has the target ${targets[odd]}: a class must be 1 once`);
    },
  },
];

function rows(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, i) => from + i);
}
