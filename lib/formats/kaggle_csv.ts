/**
 * Digits in Kaggle's form.
 *
 * @module
 */
import { type Digits, pixelsOf } from "../data/digits.ts";

/** Digits in Kaggle's form: a header, then label and pixels, one digit per line. */
export function toKaggleCsv(set: Digits): string {
  const header = ["label", ...Array.from({ length: set.width * set.height }, (_, i) => `pixel${i}`)];
  const rows = Array.from(set.labels, (label, i) => [label, ...pixelsOf(set, i)].join(","));
  return [header.join(","), ...rows, ""].join("\n");
}
