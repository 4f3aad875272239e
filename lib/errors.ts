/**
 * The errors that somebody tells apart: by their class, never by their words.
 *
 * @module
 */

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
