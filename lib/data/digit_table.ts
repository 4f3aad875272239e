/**
 * Which column of a table of digits is the label: one rule for every CSV, whoever wrote it.
 *
 * @module
 */
import { type Digits, rimOf } from "./digits.ts";

/** Where the labels are: the first column, the last one, or the last ten as 0s and a single 1. */
export type LabelPlace = "first" | "last" | "one-hot";

const LABEL_NAMES = /^(labels?|class|y|digit|target)$/i;

/**
 * Finds the label by the header's names; where there is no header, or it names two, by what the columns hold.
 *
 * A label takes several values from 0 to 9; a corner of the pictures is paper, the same in all. Where both first and
 * last column could be labels, only the one with all ten digits is believed.
 *
 * @param header The column names, or null.
 * @param cols How many columns there are.
 * @param column The values of a column, counted from 0; only the first and the last are asked for.
 * @returns The place, or a clause that says why there is none.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const place = (header: string[] | null, rows: number[][]) => labelPlace(header, 5, (c) => rows.map((row) => row[c]!));
 * assertEquals(place(["p0", "p1", "p2", "p3", "class"], [[0, 9, 9, 0, 7]]), { place: "last" });
 * assertEquals(place(null, [[7, 0, 9, 9, 0], [3, 0, 9, 9, 0]]), { place: "first" });
 * ```
 */
export function labelPlace(
  header: readonly string[] | null,
  cols: number,
  column: (c: number) => ArrayLike<number>,
): { place: LabelPlace } | { place: null; problem: string } {
  if (!isSquare(cols - 1) && isSquare(cols - 10)) return { place: "one-hot" };
  const [first, last] = [header?.[0], header?.[cols - 1]].map((name) => LABEL_NAMES.test(name?.trim() ?? ""));
  if (first !== last) return { place: first ? "first" : "last" };
  if (header && !first) {
    const pixelsOnly = isSquare(cols)
      ? `; ${cols} pixels and no label are what Kaggle's test.csv has, and "predict --csv" reads that`
      : "";
    return { place: null, problem: `got "${header[0]}" and "${header[cols - 1]}"${pixelsOnly}` };
  }
  const before = classesIn(column(0)), after = classesIn(column(cols - 1));
  if (after < 2) return { place: "first" };
  if (before < 2) return { place: "last" };
  if ((before === 10) !== (after === 10)) return { place: before === 10 ? "first" : "last" };
  return { place: null, problem: "no header, and both columns hold digits" };
}

/** How many of the ten digits are among the values; 0 where more than one in ten is none, as it is with pixels. */
function classesIn(values: ArrayLike<number>): number {
  const classes = new Set<number>();
  let others = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (Number.isInteger(value) && value >= 0 && value <= 9) classes.add(value);
    else if (!Number.isNaN(value)) others++;
  }
  return others > values.length / 10 ? 0 : classes.size;
}

/** The place of the single 1 among 0s, -1 if there is none. */
export function labelOf(tail: ArrayLike<number>): number {
  const cells = Array.from(tail), label = cells.indexOf(1);
  return cells.every((cell, i) => cell === (i === label ? 1 : 0)) ? label : -1;
}

/** Whether so many pixels make a square picture. */
export function isSquare(pixels: number): boolean {
  return pixels > 0 && Number.isInteger(Math.sqrt(pixels));
}

/**
 * What to say of labels that are all the same, null where they are not: whoever always says that one is always right.
 *
 * @param part What they are the labels of, such as "digits to learn from".
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(oneClassOnly([4, 4], "digits"), "all 2 digits have the label 4: always saying 4 would read them all; are these the labels?");
 * assertEquals(oneClassOnly([4, 5], "digits"), null);
 * ```
 */
export function oneClassOnly(labels: ArrayLike<number>, part: string): string | null {
  const label = labels[0], count = labels.length;
  for (let i = 1; i < count; i++) if (labels[i] !== label) return null;
  return count < 2
    ? null
    : `all ${
      count.toLocaleString("en")
    } ${part} have the label ${label}: always saying ${label} would read them all; ` +
      "are these the labels?";
}

/**
 * What makes a set of digits doubtful although it can be read, one sentence each: one label for all, ink and paper the wrong
 * way round.
 *
 * @param part What they are, such as "digits to learn from".
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { drawDigits } from "./drawn_digits.ts";
 *
 * assertEquals(doubtsAbout(drawDigits(10, 1), "digits"), []);
 * ```
 */
export function doubtsAbout(set: Digits, part: string): string[] {
  const paper = set.labels.length > 0 && rimOf(set) > 127
    ? `the rims of the ${part} are light: ink must be the large number here, and paper 0; is it the other way round (255 - pixel)?`
    : null;
  return [oneClassOnly(set.labels, part), paper].filter((doubt) => doubt !== null);
}
