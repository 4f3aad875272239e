/**
 * Digits and predictions in Kaggle's form.
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

/**
 * Predictions in the form that Kaggle's Digit Recognizer takes: ImageId counts the rows of test.csv from 1.
 *
 * @param predicted The digit of each row, in the order of the file.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(toSubmission([2, 0]), "ImageId,Label\n1,2\n2,0\n");
 * ```
 */
export function toSubmission(predicted: ArrayLike<number>): string {
  return ["ImageId,Label", ...Array.from(predicted, (digit, i) => `${i + 1},${digit}`), ""].join("\n");
}
