/**
 * Can we trust the file? Step 2 of tutorial 000, done so that "clean" is never printed beside a warning.
 *
 * @module
 */

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

/**
 * Checks a whole table of digits in Kaggle's form: a header, a label 0–9, then pixels 0–255.
 *
 * @param table What {@linkcode parseNumericCsv} returned.
 * @returns One finding per broken rule, empty when the file is clean.
 * @see notebooks/01_meet_the_data.ipynb
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { parseNumericCsv } from "../formats/csv.ts";
 *
 * const table = parseNumericCsv(new TextEncoder().encode("label,pixel0\n11,0\n"), "one.csv");
 * assertEquals(checkDigitTable(table).map((finding) => finding.rule), ["label"]);
 * ```
 */
export function checkDigitTable(table: NumericTable): Finding[] {
  const found = new Map<string, { expected: string; count: number; places: Place[] }>();
  const report = (rule: string, expected: string, line: number, column: number, what: string) => {
    const finding = found.get(rule) ?? { expected, count: 0, places: [] };
    finding.count++;
    if (finding.places.length < PLACES_KEPT) finding.places.push({ line, column, found: what });
    found.set(rule, finding);
  };
  if (table.header === null) {
    report("missing header", "a first line of column names, such as label,pixel0,pixel1", 1, 0, "a row of numbers");
  } else if (table.header[0] !== "label") {
    report("no label column", 'a first column named "label"', 1, 1, `"${table.header[0]}"`);
  }
  for (const { kind, line, column, found: what } of table.faults) {
    const [rule, expected] = FAULTS[kind];
    report(rule, expected, line, column, kind === "ragged" ? what : `"${what}"`);
    found.get(rule)!.count = table.faultCounts[kind];
  }
  for (let i = 0; i < table.values.length; i++) {
    const value = table.values[i]!, column = i % table.cols, highest = column === 0 ? 9 : 255;
    if ((value >= 0 && value <= highest && Number.isInteger(value)) || Number.isNaN(value)) continue; // NaN is among the faults
    const line = table.lines[Math.floor(i / table.cols)]!;
    if (!Number.isFinite(value)) report("infinity", "a finite number", line, column + 1, String(value));
    else {report(
        column === 0 ? "label" : "pixel",
        `a whole number from 0 to ${highest}`,
        line,
        column + 1,
        String(value),
      );}
  }
  return [...found].map(([rule, finding]) => ({ rule, ...finding }))
    .sort((a, b) => a.places[0]!.line - b.places[0]!.line);
}

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
