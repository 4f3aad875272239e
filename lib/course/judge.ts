/**
 * Exercises that say what is wrong: how an attempt is tried, and how its mistake is recognised.
 *
 * @module
 */
import { inputsOf } from "./draw.ts";
import type { AnyFunction, Exercise } from "./exercise.ts";
import { display, isList, same } from "./same.ts";

/** What {@linkcode checkAttempt} found. */
export interface Verdict {
  /** The result. */
  readonly status: "right" | "wrong" | "not tried";
  /** What to tell the learner. */
  readonly message: string;
}

const INPUTS = 150, SEED = 11; // random inputs besides an exercise's own

/**
 * Tries an attempt on an exercise's own inputs and on random ones. Never throws, whatever the attempt does (an endless loop cannot be
 * helped: interrupt the kernel).
 *
 * A mistake is named only if the attempt does on every input what that mistake does, and no other listed one does the same;
 * otherwise the smallest input is shown on which it fails.
 *
 * @param exercise What was to be done.
 * @param attempt What the learner wrote: should be a function.
 * @returns Right, not tried, or what is wrong with it, by name where the mistake is a known one.
 */
export function checkAttempt(exercise: Exercise, attempt: unknown): Verdict {
  if (attempt === null || attempt === undefined) return notTried(exercise);
  if (typeof attempt !== "function") {
    return wrong(`Hand over the function itself, as in check("${exercise.id}", myFunction).`);
  }
  const globals = rememberGlobals();
  try {
    return judge(exercise, attempt as AnyFunction);
  } catch (error) { // a proxy that throws when it is looked at, and the like
    return wrong(`What your function returns cannot be looked at: it threw ${said(error)}.`);
  } finally {
    globals.restore();
  }
}

function judge(exercise: Exercise, attempt: AnyFunction): Verdict {
  const inputs = [...exercise.probes, ...exercise.family ? inputsOf(exercise.family, SEED, INPUTS) : []];
  const trials = inputs.map((input) => trial(attempt, input));
  if (trials.every(({ value, threw }) => !threw && value === null)) return notTried(exercise);
  if (trials.some(({ value }) => value instanceof Promise)) {
    return wrong("Your function is async: it returns a promise. Leave out `async`; nothing here needs to wait.");
  }
  if (trials.some(({ value }) => isList(value) && Array.from(value).some((entry) => entry instanceof Promise))) {
    return wrong("Your function returns promises inside a list: leave out the `async` of the function inside.");
  }
  if (trials.every(({ value, threw }) => !threw && value === undefined)) return wrong(nothingFrom(attempt));
  const answers = [exercise.solve, ...exercise.also ?? []].map((solve) => inputs.map((input) => trial(solve, input)));
  const fails = (expected: readonly Trial[]) => (t: Trial, i: number) => t.threw || !same(t.value, expected[i]!.value);
  const right = answers.some((expected) => !trials.some(fails(expected)));
  const also = trials.some(({ mutated }) => mutated)
    ? "\nYour function also changes its input (sort, reverse and splice work in place)."
    : "";
  if (right && also) return wrong("The result is right, but your function changes its input. Build a new value.");
  if (right) {
    const rough = trials.some(({ value }) => value instanceof Float32Array);
    return {
      status: "right",
      message: `Right, on every input that was tried.${rough ? " (A Float32Array keeps seven digits.)" : ""}`,
    };
  }
  const behavesLike = (mistake: AnyFunction) =>
    inputs.every((input, i) => {
      const known = trial(mistake, input);
      return known.threw === trials[i]!.threw && (known.threw || same(known.value, trials[i]!.value));
    });
  const known = Object.entries(exercise.mistakes).filter(([_says, mistakes]) => [mistakes].flat().some(behavesLike));
  if (known.length === 1) return wrong(known[0]![0] + also);
  const [expected] = answers as [Trial[]], failing = trials.flatMap((t, i) => fails(expected)(t, i) ? [i] : []);
  const smallest = failing.toSorted((a, b) => sizeOf(inputs[a]!) - sizeOf(inputs[b]!))[0]!;
  const said = known.map(([says]) => says).join("\nOr: ");
  return wrong(
    (said ? `It behaves as if: ${said}\n` : "") +
      explain(exercise, inputs[smallest]!, expected[smallest]!.value, trials[smallest]!) + also,
  );
}

function wrong(message: string): Verdict {
  return { status: "wrong", message };
}

function notTried({ task }: Exercise): Verdict {
  return { status: "not tried", message: `Not tried yet. ${task}` };
}

function sizeOf(input: readonly unknown[]): number {
  return JSON.stringify(input)?.length ?? Infinity;
}

/** Why every result is undefined. */
function nothingFrom(attempt: AnyFunction): string {
  const returns = /\breturn\b(?!\s*[;}])|^(?:async\s*)?\(?[^{]*=>\s*[^{\s]/.test(String(attempt));
  return returns
    ? "Your function returns undefined every time: what it looks up is not there. An index outside a list? A flat list taken for rows of rows?"
    : "Your function returns nothing: is `return` missing?";
}

function explain(
  exercise: Exercise,
  input: readonly unknown[],
  wanted: unknown,
  { value, threw }: Trial,
): string {
  const given = exercise.shown?.(...input) ?? input.map((argument) => display(argument)).join(", ");
  const got = threw ? `but it threw ${value}` : `got ${display(value)}`;
  return `Not yet. For (${given})\nexpected ${display(wanted)}\n${got}${threw ? "" : remark(wanted, value)}`;
}

/** What can be said of a wrong value without knowing the mistake. */
function remark(wanted: unknown, value: unknown): string {
  if (value === undefined) {
    return "\nHere nothing comes back: is there a `return` for this case, or an index outside a list?";
  }
  const [want, got] = [numbersIn(wanted), numbersIn(value)];
  if (isList(value) && Array.from(value).every((entry) => entry === undefined) && value.length > 0) {
    return "\nThe function inside returns nothing: is its `return` missing?";
  }
  if (isList(value) && Array.from(value).includes(undefined)) {
    return "\nIn some places there is nothing: a `return` in one branch only, or an index outside a list?";
  }
  if (textIn(value) && !textIn(wanted)) return "\nThat is text, not a number: toFixed and template strings make text.";
  if (isList(value) !== isList(wanted)) return isList(wanted) ? "\nA list was asked for." : "\nNo list was asked for.";
  if (want.length !== got.length || want.length === 0) return "";
  for (let decimals = 0; decimals <= 6; decimals++) {
    if (want.every((number, i) => Number(number.toFixed(decimals)) === got[i])) {
      return "\nThat is the right number, rounded: leave it as it is.";
    }
  }
  const near = want.every((number, i) => Math.abs(number - got[i]!) <= 1e-5 * Math.max(1, Math.abs(number)));
  return near
    ? `\nThat is nearly right; the difference is ${
      Math.max(...want.map((n, i) => Math.abs(n - got[i]!))).toExponential(1)
    }: a little number that was added, or another constant?`
    : "";
}

function numbersIn(value: unknown): number[] {
  if (typeof value === "number") return [value];
  if (isList(value)) return Array.from(value).flatMap(numbersIn);
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(numbersIn) : [];
}

function textIn(value: unknown): boolean {
  return typeof value === "string" || isList(value) && Array.from(value).some(textIn);
}

interface Trial {
  value: unknown;
  threw: boolean;
  mutated: boolean;
}

function trial(attempt: AnyFunction, input: readonly unknown[]): Trial {
  const args = input.map((argument) => typeof argument === "function" ? argument : structuredClone(argument));
  try {
    const value = attempt(...args);
    if (value instanceof Promise) value.catch(() => {}); // nobody waits for it
    return { value, threw: false, mutated: !same(args, input) };
  } catch (error) {
    return { value: said(error), threw: true, mutated: false };
  }
}

/** Whatever was thrown, in words; some things have none. */
function said(thrown: unknown): string {
  try {
    return thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown);
  } catch {
    return "something without a name";
  }
}

/** What an attempt might overwrite by mistake, to be put back. */
function rememberGlobals(): { restore: () => void } {
  const places = [Math, Array.prototype, Object.prototype, Number.prototype, Number, Array] as object[];
  const kept = places.map((place) => Object.getOwnPropertyDescriptors(place));
  const { ownKeys } = Reflect, { defineProperty, hasOwn } = Object;
  return {
    restore() {
      for (let i = 0; i < places.length; i++) {
        for (const key of ownKeys(places[i]!)) {
          if (!hasOwn(kept[i]!, key)) delete (places[i] as Record<PropertyKey, unknown>)[key];
        }
        for (const key of ownKeys(kept[i]!)) {
          const old = kept[i]![key as keyof typeof kept[number]]!;
          if (old.configurable || old.writable) defineProperty(places[i]!, key, old);
        }
      }
    },
  };
}
