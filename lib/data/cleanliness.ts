/**
 * Can we trust the file? Step 2 of tutorial 000, done so that "clean" is never printed beside a warning.
 *
 * @module
 */
import { isSquare, labelOf, type LabelPlace, labelPlace } from "./digit_table.ts";

/** A cell or a row that could not be taken as numbers. */
export interface CsvFault {
  /** What is wrong. */
  readonly kind: FaultKind;
  /** Line of the file, counted from 1. */
  readonly line: number;
  /** Column, counted from 1; 0 when the whole row is meant. */
  readonly column: number;
  /** What was found. */
  readonly found: string;
}

/** What can be wrong with a cell or a row: `nan` is a cell that says NaN in so many letters. */
export type FaultKind = "text" | "empty" | "nan" | "ragged" | "quote";

/** A table of numbers with the place of everything that is no number. */
export interface NumericTable {
  /** Column names, or null when the first line holds numbers already. */
  readonly header: readonly string[] | null;
  /** Number of rows, without the header. */
  readonly rows: number;
  /** Number of columns: the header's, or the first row's. */
  readonly cols: number;
  /** Row by row; NaN where a cell is empty, text or NaN, and in all of a row with too many or too few cells. */
  readonly values: Float64Array;
  /** The line of each row, counted from 1. */
  readonly lines: Uint32Array;
  /** The first faults of each kind, in the order of the file. */
  readonly faults: readonly CsvFault[];
  /** How many faults of each kind there are in all. */
  readonly faultCounts: Readonly<Record<FaultKind, number>>;
}

/** One kind of fault, how often, and where it was seen first. */
export interface Finding {
  /** Name of the rule that was broken. */
  readonly rule: string;
  /** What the rule asks for. */
  readonly expected: string;
  /** How many cells or rows break it. */
  readonly count: number;
  /** The first few places, each with what was found there. */
  readonly places: readonly Place[];
}

/** A place in a file. */
export interface Place {
  /** Line of the file, counted from 1. */
  readonly line: number;
  /** Column, counted from 1; 0 when the whole row is meant. */
  readonly column: number;
  /** What was found. */
  readonly found: string;
}

/** What {@linkcode checkCleanliness} returns. */
export interface ValueReport {
  /** How many values are NaN (not a number). */
  readonly nan: number;
  /** How many are plus or minus infinity. */
  readonly infinite: number;
  /** How many are farther from 0 than the threshold; infinities are, too. */
  readonly extreme: number;
  /** True only if all three counts are 0. */
  readonly clean: boolean;
}

/**
 * Counts the values that no arithmetic survives: NaN, infinities, and numbers beyond a threshold.
 *
 * "Clean" is decided once, from all three counts. The tutorial ties it to the last test alone, and as
 * `NaN > 1000` is false, it calls a table of NaN clean.
 *
 * @param values Any numbers.
 * @param extreme The largest size a value may have; 1000 as in the tutorial.
 * @returns The three counts and the verdict.
 * @see notebooks/01_meet_the_data.ipynb
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(checkCleanliness([0, NaN, 255]), { nan: 1, infinite: 0, extreme: 0, clean: false });
 * ```
 */
export function checkCleanliness(values: ArrayLike<number>, extreme = 1000): ValueReport {
  let nan = 0, infinite = 0, beyond = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (Number.isNaN(value)) nan++;
    if (value === Infinity || value === -Infinity) infinite++;
    if (Math.abs(value) > extreme) beyond++;
  }
  return { nan, infinite, extreme: beyond, clean: nan + infinite + beyond === 0 };
}

const PLACES_KEPT = 5; // enough to find the fault, few enough to read

/** Where label and pixels of a table of digits are, and what the pixels count in. */
export interface DigitLayout {
  /** Where the labels are, if there are any. */
  readonly place: LabelPlace | "none";
  /** The first column of pixels, counted from 0. */
  readonly from: number;
  /** How many columns of pixels there are. */
  readonly size: number;
  /** Whether the pixels go from 0 to 1 instead of 0 to 255. */
  readonly unit: boolean;
}

/** That there is no label, and why. */
export interface NoLabel {
  /** Nowhere. */
  readonly place: null;
  /** A clause that says what is there instead. */
  readonly problem: string;
}

/**
 * Where label and pixels of a table are. Pixels of which none is above 1 and one at least is above 0 count from 0 to 1.
 *
 * @returns The layout, or the finding that there is no label.
 */
export function layoutOf(table: NumericTable): DigitLayout | NoLabel {
  const { header, rows, cols, values } = table;
  const found = labelPlace(header, cols, (c) => Float64Array.from({ length: rows }, (_, r) => values[r * cols + c]!));
  if (found.place === null) return found;
  const size = cols - (found.place === "one-hot" ? 10 : 1), from = found.place === "first" ? 1 : 0;
  return { place: found.place, from, size, unit: countsToOne(table, from, size) };
}

/** The layout of a table without labels, as Kaggle's test.csv is. */
export function pixelsOnly(table: NumericTable): DigitLayout {
  return { place: "none", from: 0, size: table.cols, unit: countsToOne(table, 0, table.cols) };
}

function countsToOne({ rows, cols, values }: NumericTable, from: number, size: number): boolean {
  let ink = false;
  for (let row = 0; row < rows; row++) {
    for (let i = row * cols + from; i < row * cols + from + size; i++) {
      if (values[i]! < 0 || values[i]! > 1) return false;
      if (values[i]! > 0) ink = true;
    }
  }
  return ink;
}

/**
 * Checks a whole table of digits: a label 0–9 in the first or last column (or ten 0s and 1s at the end), and square
 * pictures of whole numbers 0–255 or of numbers 0–1. A header is not needed.
 *
 * @param table What {@linkcode parseNumericCsv} returned.
 * @param layout Where label and pixels are; found out where nothing is said.
 * @returns One finding per broken rule, empty when the file is clean.
 * @see notebooks/01_meet_the_data.ipynb
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { parseNumericCsv } from "../formats/csv.ts";
 *
 * const table = parseNumericCsv(new TextEncoder().encode("label,pixel0\n11,7\n"), "one.csv");
 * assertEquals(checkDigitTable(table).map((finding) => finding.rule), ["label"]);
 * ```
 */
export function checkDigitTable(table: NumericTable, layout: DigitLayout | NoLabel = layoutOf(table)): Finding[] {
  const found = new Map<string, { expected: string; count: number; places: Place[] }>();
  const report = (rule: string, expected: string, line: number, column: number, what: string | number) => {
    let finding = found.get(rule);
    if (!finding) found.set(rule, finding = { expected, count: 0, places: [] });
    finding.count++; // there may be millions
    if (finding.places.length < PLACES_KEPT) finding.places.push({ line, column, found: String(what) });
  };
  const { cols, rows, values, lines } = table;
  if (layout.place === null) {
    report("no label column", LABEL_RULE, table.header ? 1 : lines[0]!, 0, layout.problem);
  } else if (!isSquare(layout.size)) {
    report(
      "size",
      "a square picture in each row, such as 784 pixels for 28 × 28",
      lines[0]!,
      0,
      `${layout.size} pixels`,
    );
  }
  for (const { kind, line, column, found: what } of table.faults) {
    const [rule, expected] = FAULTS[kind];
    report(rule, expected, line, column, kind === "ragged" ? what : `"${what}"`);
    found.get(rule)!.count = table.faultCounts[kind];
  }
  const { place, from, size, unit } = layout.place === null ? { ...KAGGLE_LAYOUT, size: cols - 1 } : layout;
  for (let row = 0; row < rows; row++) {
    const line = lines[row]!;
    for (let column = 0; column < cols; column++) {
      const value = values[row * cols + column]!, pixel = column >= from && column < from + size;
      if (Number.isNaN(value)) continue; // among the faults
      if (!Number.isFinite(value)) report("infinity", "a finite number", line, column + 1, value);
      else if (pixel) {
        if (value < 0 || value > 255 || !(unit || Number.isInteger(value))) {
          report("pixel", "a whole number from 0 to 255, or all pixels from 0 to 1", line, column + 1, value);
        }
      } else if (place !== "one-hot" && (value < 0 || value > 9 || !Number.isInteger(value))) {
        report("label", "a whole number from 0 to 9", line, column + 1, value);
      }
    }
    const tail = place === "one-hot" ? [...values.subarray((row + 1) * cols - 10, (row + 1) * cols)] : [];
    if (tail.length && !tail.some(Number.isNaN) && labelOf(tail) < 0) {
      report("one-hot label", "nine 0s and one 1 in the last ten cells", line, cols - 9, tail.join(","));
    }
  }
  return [...found].map(([rule, finding]) => ({ rule, ...finding }))
    .sort((a, b) => a.places[0]!.line - b.places[0]!.line);
}

const KAGGLE_LAYOUT = { place: "first", from: 1, unit: false } as const;
const LABEL_RULE = 'a first or last column named "label" (or class, y, digit, target)';

const FAULTS = {
  text: ["text in a cell", "a number"],
  empty: ["empty cell", "a number"],
  nan: ["NaN", "a number"],
  ragged: ["wrong number of cells", "as many cells as the first line has"],
  quote: ["broken quotes", "a closing quote, then a comma or the end of the line"],
} as const;

/** One finding as one clause: the rule, the place, what was found. */
export function describeFinding({ rule, expected, count, places: [first] }: Finding): string {
  const where = first!.column ? `line ${first!.line}, column ${first!.column}` : `line ${first!.line}`;
  const more = count > 1 ? ` and ${(count - 1).toLocaleString("en")} more` : "";
  return `${rule} at ${where}${more}: must be ${expected}, got ${first!.found}`;
}
