/**
 * What an exercise is: a task, inputs to try an answer on, the usual mistakes.
 *
 * @module
 */

/** A function with arguments of its own. */
// deno-lint-ignore no-explicit-any -- each exercise has its own arguments
export type AnyFunction = (...args: any[]) => unknown;

/** One exercise. */
export interface Exercise {
  /** Chapter and letter, such as "07a". */
  readonly id: string;
  /** What the function is to do, one sentence. */
  readonly task: string;
  /** Argument lists to try it on, smallest first; uneven and not symmetric, so that mistakes cannot hide. */
  readonly probes: readonly (readonly unknown[])[];
  /** A right answer. */
  readonly solve: AnyFunction;
  /** The usual wrong answers: each is recognised by doing exactly what it does. */
  readonly mistakes: readonly {
    /** What to tell the learner. */
    readonly says: string;
    /** The wrong answer itself. */
    readonly attempt: AnyFunction;
  }[];
  /** From a nudge to nearly all. */
  readonly hints: readonly string[];
  /** The answer as code. */
  readonly solution: string;
}
