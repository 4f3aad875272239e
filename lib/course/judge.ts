/**
 * Exercises that say what is wrong: how an attempt is tried, and how its mistake is recognised.
 *
 * @module
 */
import { format } from "../format.ts";
import type { AnyFunction, Exercise } from "./exercise.ts";

/** What {@linkcode checkAttempt} found. */
export interface Verdict {
  /** The result. */
  readonly status: "right" | "wrong" | "not tried";
  /** What to tell the learner. */
  readonly message: string;
}

/**
 * Tries an attempt on all probes. Never throws, whatever the attempt does (an endless loop cannot be
 * helped: interrupt the kernel).
 *
 * @param exercise What was to be done.
 * @param attempt What the learner wrote: should be a function.
 * @returns Right, not tried, or what is wrong with it, by name where the mistake is a known one.
 */
export function checkAttempt(exercise: Exercise, attempt: unknown): Verdict {
  if (attempt === null || attempt === undefined) {
    return { status: "not tried", message: `Not tried yet. ${exercise.task}` };
  }
  if (typeof attempt !== "function") {
    return { status: "wrong", message: `Hand over the function itself, as in check("${exercise.id}", myFunction).` };
  }
  return judge(exercise, attempt as AnyFunction);
}

function judge(exercise: Exercise, attempt: AnyFunction): Verdict {
  const trials = exercise.probes.map((probe) => trial(attempt, probe));
  if (trials.every(({ value, threw }) => !threw && value === null)) {
    return { status: "not tried", message: `Not tried yet. ${exercise.task}` };
  }
  if (trials.every(({ value, threw }) => !threw && value === undefined)) {
    return { status: "wrong", message: "Your function returns nothing: is `return` missing?" };
  }
  if (trials.some(({ value }) => value instanceof Promise)) {
    return {
      status: "wrong",
      message: "Your function is async: it returns a promise. Leave out `async`; nothing here needs to wait.",
    };
  }
  const expected = exercise.probes.map((probe) => trial(exercise.solve, probe));
  const mutated = trials.findIndex((t) => t.mutated);
  const failing = trials.findIndex((t, i) => t.threw || !same(t.value, expected[i]!.value));
  if (failing < 0 && mutated < 0) return { status: "right", message: "Right, on every input that was tried." };
  if (failing < 0) {
    return { status: "wrong", message: "The result is right, but your function changes its input. Build a new value." };
  }
  const behavesLike = (mistake: AnyFunction) =>
    exercise.probes.every((probe, i) => {
      const wrong = trial(mistake, probe);
      return wrong.threw === trials[i]!.threw && same(wrong.value, trials[i]!.value);
    });
  const known = Object.entries(exercise.mistakes).find(([_says, mistakes]) => [mistakes].flat().some(behavesLike));
  const also = mutated < 0 ? "" : "\nYour function also changes its input (sort, reverse and splice work in place).";
  if (known) return { status: "wrong", message: known[0] + also };
  const { value, threw } = trials[failing]!, wanted = expected[failing]!.value;
  const given = exercise.probes[failing]!.map((argument) => format(argument)).join(", ");
  let [want, got] = [format(wanted), format(value)];
  if (!threw && want === got) { // they differ beyond the digits that are shown
    [want, got] = [JSON.stringify(wanted), JSON.stringify(value)];
    got += ": nearly; a little number that was added, or too much rounding, is left";
  }
  const hollow = isList(value) && Array.from(value).includes(undefined)
    ? "\nThe function inside returns nothing: is its `return` missing?"
    : "";
  return {
    status: "wrong",
    message: `Not yet. For (${given})\nexpected ${want}\n${
      threw ? `but it threw ${value}` : `got ${got}`
    }${hollow}${also}`,
  };
}

interface Trial {
  value: unknown;
  threw: boolean;
  mutated: boolean;
}

function trial(attempt: AnyFunction, probe: readonly unknown[]): Trial {
  const args = probe.map((argument) => typeof argument === "function" ? argument : structuredClone(argument));
  try {
    const value = attempt(...args);
    return { value, threw: false, mutated: !same(args, probe) };
  } catch (error) {
    return {
      value: error instanceof Error ? `${error.name}: ${error.message}` : said(error),
      threw: true,
      mutated: false,
    };
  }
}

/** Whatever was thrown, in words; some things have none. */
function said(thrown: unknown): string {
  try {
    return String(thrown);
  } catch {
    return "something without a name";
  }
}

/** Equal all the way down; numbers to nine digits; typed arrays and lists alike. */
function same(a: unknown, b: unknown): boolean {
  if (typeof a === "number" && typeof b === "number") {
    return Object.is(a, b) || a === b ||
      Number.isFinite(a) && Number.isFinite(b) && Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a), Math.abs(b));
  }
  if (isList(a) && isList(b)) return a.length === b.length && Array.from(a).every((value, i) => same(value, b[i]));
  if (typeof a !== "object" || typeof b !== "object" || !a || !b) return a === b;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length &&
    keys.every((key) => same((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]));
}

function isList(value: unknown): value is ArrayLike<unknown> {
  return Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));
}
