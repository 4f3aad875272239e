/**
 * Guess first, then run: how a guess compares with the computed answer.
 *
 * @module
 */

/** The verdict on a guess. */
export interface GuessScore {
  /** How near it was; `none` where nothing was guessed. */
  readonly verdict: "close" | "near" | "far" | "none";
  /** One sentence with the guess and the answer. */
  readonly text: string;
}

/** The colour of each verdict. */
export const GUESS_COLOURS = { close: "#2f8f6b", near: "#d1662b", far: "#c0392b", none: "#8c8c8c" } as const;

/**
 * The number that somebody meant: `80`, `"80"`, `"80 %"`, `"1,234"`, `"0,5"`; null where there is none.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(["80 %", "1,234", "0,5", "many"].map(readGuess), [80, 1234, 0.5, null]);
 * ```
 */
export function readGuess(guess: unknown): number | null {
  if (typeof guess === "number") return Number.isNaN(guess) ? null : guess;
  if (typeof guess !== "string") return null;
  const bare = guess.replace(/[%\s_]/g, "").replace(/^\+/, "");
  const plain = /^-?\d{1,3}(,\d{3})+(\.\d+)?$/.test(bare) ? bare.replaceAll(",", "") : bare.replace(",", ".");
  return plain !== "" && Number.isFinite(Number(plain)) ? Number(plain) : null;
}

/**
 * Compares a guess with the answer: within a tenth is close, within a half is near. A share where percent were asked for, or the other
 * way round, is understood, and said.
 *
 * @param guess What {@linkcode readGuess} understands, or anything else for "no guess".
 * @param answer The computed number.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(scoreGuess(80, 81).verdict, "close");
 * ```
 */
export function scoreGuess(guess: unknown, answer: number): GuessScore {
  const shown = Number.isInteger(answer) ? answer.toLocaleString("en") : String(Number(answer.toPrecision(4)));
  const said = readGuess(guess);
  if (said === null) return { verdict: "none", text: `The answer is ${shown}.` };
  const offBy = (number: number) => Math.abs(number - answer) / (Math.abs(answer) || 1);
  const meant =
    [said, 100 * said, said / 100].find((number, i) => i === 0 ? offBy(number) <= 0.5 : offBy(number) <= 0.3) ?? said;
  const unit = meant === said ? "" : `, which is ${Number(meant.toPrecision(4))} in the unit that was asked for`,
    off = offBy(meant);
  if (off <= 0.1) return { verdict: "close", text: `Well guessed: you said ${guess}${unit}; it is ${shown}.` };
  const verdict = off <= 0.5 ? "near" : "far";
  return {
    verdict,
    text: `You said ${guess}${unit}; it is ${shown}: ${meant < answer ? "more" : "less"} than you thought.`,
  };
}
