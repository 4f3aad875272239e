/**
 * Twelve digits, three of which bear a wrong label: looked at in chapter 09.
 *
 * @module
 */
import { type Digits, pick } from "../data/digits.ts";
import { drawDigits } from "../data/drawn_digits.ts";

/** Which of the drawn digits are shown; three of the twelve get a wrong label. */
const SHOWN = [74, 47, 81, 101, 79, 63, 119, 15, 97, 90, 36, 39];

const WRONG: Readonly<Record<number, number>> = { 4: 1, 6: 8, 8: 4 };

/** The twelve, with the labels that somebody gave them. */
export function suspects(): Digits {
  const set = pick(drawDigits(130, 2026), SHOWN);
  return { ...set, labels: set.labels.map((label, i) => WRONG[i] ?? label) };
}

/** What the three wrongly labelled ones are, by their number among the twelve. */
export function trueLabels(): Map<number, number> {
  const { labels } = pick(drawDigits(130, 2026), SHOWN);
  return new Map(Object.keys(WRONG).map((i) => [Number(i), labels[Number(i)]!]));
}
