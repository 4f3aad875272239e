// deno-lint-ignore-file no-explicit-any -- each exercise has its own arguments
/**
 * What an exercise is: a task, inputs to try an answer on, the usual mistakes.
 *
 * @module
 */
import type { Picture } from "../plots/figure.ts";
import type { Draw } from "./draw.ts";

/** A function with arguments of its own. */
export type AnyFunction = (...args: any[]) => unknown;

/** What is said of one result. */
export interface Judgement {
  /** Whether it will do. */
  readonly right: boolean;
  /** Why, or what is wrong with it. */
  readonly text: string;
}

/** One exercise. */
export interface Exercise<Given extends unknown[] = any[]> {
  /** Chapter and letter, such as "07a". */
  readonly id: string;
  /** What the function is to do, one sentence. */
  readonly task: string;
  /** Argument lists to try it on, smallest first; uneven and not symmetric, so that mistakes cannot hide. */
  readonly probes: readonly Given[];
  /** Random inputs besides, which no mistake can have been made for; none where there is only one input. */
  readonly family?: (draw: Draw, size: number) => Given;
  /** A right answer. */
  readonly solve: (...given: Given) => unknown;
  /** Other right answers, where the task allows more than one. */
  readonly also?: readonly ((...given: Given) => unknown)[];
  /** The usual wrong answers, by what the learner is told: each is recognised by doing exactly what it does. */
  readonly mistakes: Readonly<Record<string, ((...given: Given) => unknown) | ((...given: Given) => unknown)[]>>;
  /** Where there is no one right answer: judges a result for what it is, instead of comparing it with `solve`'s. */
  readonly judge?: (result: unknown, ...given: Given) => Judgement;
  /** What is added to a right answer's verdict, from its result on the first input. */
  readonly praise?: (result: unknown, ...given: Given) => string;
  /** How an attempt is run, where it is not just called: what this returns is judged. */
  readonly run?: (attempt: AnyFunction, ...given: Given) => unknown;
  /** An input as a picture, where it is one. */
  readonly picture?: (...given: Given) => Picture;
  /** An input in words, where the plain values say little. */
  readonly shown?: (...given: Given) => string;
  /** From a nudge to nearly all; the answer itself is in `solution`. */
  readonly hints: readonly string[];
  /** The answer as code. */
  readonly solution: string;
}

/** An exercise whose wrong answers take what its right answer takes. */
export function defineExercise<Given extends unknown[]>(
  parts: NoInfer<Omit<Exercise<Given>, "solve" | "probes" | "family">> & {
    readonly solve: (...given: Given) => unknown;
    readonly probes: readonly unknown[][];
    readonly family?: (draw: Draw, size: number) => unknown[];
  },
): Exercise {
  return parts as Exercise;
}
