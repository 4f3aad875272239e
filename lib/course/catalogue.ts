/**
 * Finding one's way among the chapters: exercises and guesses by name.
 *
 * @module
 */
import { UnknownName } from "../errors.ts";
import type { Chapter } from "./chapter.ts";
import { CHAPTERS } from "./chapters/mod.ts";
import type { Exercise } from "./exercise.ts";

/** Every exercise of the course, in reading order. */
export const EXERCISES: readonly Exercise[] = CHAPTERS.flatMap(({ exercises }) => exercises);

/**
 * The exercise with this name.
 *
 * @throws {UnknownName} If there is none.
 */
export function exercise(id: string): Exercise {
  const found = EXERCISES.find((candidate) => candidate.id === id);
  if (found) return found;
  throw new UnknownName(`Cannot find exercise "${id}": must be one of ${EXERCISES.map(({ id }) => id).join(", ")}`);
}

/**
 * Checks that a chapter has a guess of this name.
 *
 * @throws {UnknownName} If none has.
 */
export function assertGuess(id: string): void {
  const known = CHAPTERS.flatMap(({ guesses }) => guesses);
  if (known.includes(id)) return;
  throw new UnknownName(`Cannot find guess "${id}": must be one of ${known.join(", ")}`);
}

/** A chapter's number as it is written, `05`; the workshop after chapter 09 is `09w`. */
export function numberOf({ name }: Chapter): string {
  return name.slice(0, name.indexOf("_"));
}

/** A chapter as it is cited: number and title; the workshop has no number of its own. */
export function citation(chapter: Chapter): string {
  return /w$/.test(numberOf(chapter)) ? chapter.title : `${numberOf(chapter)} ${chapter.title}`;
}
