/**
 * Writes data/sample.csv and data/dirty.csv from the drawn digits; a test makes them again and compares.
 *
 * @module
 */
import { type Digits, pixelsOf, slice } from "../lib/data/digits.ts";
import { drawDigits } from "../lib/data/drawn_digits.ts";
import { ROOT, writeWhole } from "./notebook_file.ts";

/** Digits in Kaggle's form: a header, then label and pixels, one digit per line. */
export function toKaggleCsv(set: Digits): string {
  const header = ["label", ...Array.from({ length: set.width * set.height }, (_, i) => `pixel${i}`)];
  const rows = Array.from(set.labels, (label, i) => [label, ...pixelsOf(set, i)].join(","));
  return [header.join(","), ...rows, ""].join("\n");
}

/** A thousand drawn digits. */
export function sampleCsv(): string {
  return toKaggleCsv(drawDigits(1000, 7));
}

/** Ten of them with three faults: text in a cell of row 3, label 11 in row 6, a short row 8. */
export function dirtyCsv(): string {
  const lines = toKaggleCsv(slice(drawDigits(1000, 7), 0, 10)).split("\n");
  const edit = (row: number, change: (cells: string[]) => string[]) => {
    lines[row] = change(lines[row]!.split(",")).join(",");
  };
  edit(3, (cells) => cells.with(401, "ink"));
  edit(6, (cells) => cells.with(0, "11"));
  edit(8, (cells) => cells.slice(0, 700));
  return lines.join("\n");
}

if (import.meta.main) {
  await writeWhole(new URL("data/sample.csv", ROOT), sampleCsv());
  await writeWhole(new URL("data/dirty.csv", ROOT), dirtyCsv());
}
