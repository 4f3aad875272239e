/**
 * What a chapter is: all that is known of it outside its notebook, once.
 *
 * @module
 */
import type { Exercise } from "./exercise.ts";

/** One chapter of the course. */
export interface Chapter {
  /** The notebook's name without its ending, `05_loss`; it begins with the chapter's number. */
  readonly name: string;
  /** What it is called. */
  readonly title: string;
  /** The same in one or two words, for the map. */
  readonly short: string;
  /** Its one idea. */
  readonly idea: string;
  /** How long it takes. */
  readonly minutes: number;
  /** The names of its guesses, as `guess` and `reveal` have them. */
  readonly guesses: readonly string[];
  /** What the learner writes. */
  readonly exercises: readonly Exercise[];
}
