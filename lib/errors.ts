/**
 * The errors that somebody tells apart, by their class and never by their words; and how they tell what was found.
 *
 * @module
 */

/**
 * A value as an error tells it: a string in quotes, so that "5" is not taken for 5; a promise that nobody awaited by name.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals([told(5), told("5"), told([5])], ["5", 'the string "5"', "a list"]);
 * ```
 */
export function told(value: unknown): string {
  if (typeof value === "string") return `the string ${JSON.stringify(value.slice(0, 60))}`;
  if (value instanceof Promise) return "a promise (is an await missing?)";
  if (Array.isArray(value)) return "a list";
  if (typeof value !== "object" || value === null) return String(value);
  return `an object with ${Object.keys(value).slice(0, 5).join(", ") || "nothing in it"}`;
}

/** A word had to be one of several and is none of them: for a command, wrong usage and not wrong data. */
export class UnknownName extends RangeError {
  /** Says which word, and which there are. */
  constructor(message: string) {
    super(message);
    this.name = "RangeError"; // what it is to whoever reads it
  }
}

/** A number stopped being finite: mostly a training that has run away. Tried again, it would do the same. */
export class NotFinite extends RangeError {
  /** Says which number, and where. */
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "RangeError";
  }
}

/** A sum of a layer is NaN or infinite. */
export class SumsNotFinite extends NotFinite {
  /**
   * Names the place.
   *
   * @param layer Which layer, from 1.
   * @param value What was found instead of a finite number.
   * @param example For which example, from 0.
   */
  constructor(readonly layer: number, readonly value: number, readonly example: number) {
    super(`Cannot use layer ${layer}: its sums must be finite, got ${value} for example ${example}`);
  }
}
