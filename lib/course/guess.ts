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

/**
 * Compares a guess with the answer: within a tenth is close, within a half is near.
 *
 * @param guess A number, or anything else for "no guess".
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
  if (typeof guess !== "number" || Number.isNaN(guess)) return { verdict: "none", text: `The answer is ${shown}.` };
  const off = Math.abs(guess - answer) / (Math.abs(answer) || 1);
  if (off <= 0.1) return { verdict: "close", text: `Well guessed: you said ${guess}, it is ${shown}.` };
  const verdict = off <= 0.5 ? "near" : "far";
  return { verdict, text: `You said ${guess}, it is ${shown}: ${guess < answer ? "more" : "less"} than you thought.` };
}
