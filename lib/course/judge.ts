/**
 * Exercises that say what is wrong: how an attempt is tried, and how its mistake is recognised.
 *
 * @module
 */
import type { Picture } from "../plots/figure.ts";
import { inputsOf } from "./draw.ts";
import type { AnyFunction, Exercise } from "./exercise.ts";
import { display, isList, same } from "./same.ts";
import { rememberGlobals, said, type Trial, trial } from "./trial.ts";

/** What {@linkcode checkAttempt} found. */
export interface Verdict {
  /** The result. */
  readonly status: "right" | "wrong" | "not tried";
  /** What to tell the learner. */
  readonly message: string;
  /** The input on which it fails, where that is a picture. */
  readonly picture?: Picture;
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

const casesOf = new WeakMap<Exercise, { inputs: unknown[][]; answers: Trial[][] }>();

/** An exercise's inputs, and what its right answers give for them; made once. */
function cases(exercise: Exercise): { inputs: unknown[][]; answers: Trial[][] } {
  const { probes, family, judge, solve, also = [] } = exercise, known = casesOf.get(exercise);
  if (known) return known;
  const inputs = [...probes, ...family ? inputsOf(family, SEED, INPUTS) : []];
  const answers = judge ? [] : [solve, ...also].map((right) => inputs.map((input) => trial(right, input)));
  casesOf.set(exercise, { inputs, answers });
  return { inputs, answers };
}

function judge(exercise: Exercise, attempt: AnyFunction): Verdict {
  const { inputs, answers } = cases(exercise), { run } = exercise;
  const tried = run ? (...given: unknown[]) => run(attempt, ...given) : attempt;
  const all = exercise.judge ? exercise.probes : inputs; // the others are run as long as all is well
  const trials = all.map((input) => trial(tried, input));
  if (trials.every(({ value, threw }) => !threw && value === null)) return notTried(exercise);
  if (trials.some(({ value }) => value instanceof Promise)) {
    return wrong("Your function is async: it returns a promise. Leave out `async`; nothing here needs to wait.");
  }
  if (trials.some(({ value }) => isList(value) && firstOf(value).some((entry) => entry instanceof Promise))) {
    return wrong("Your function returns promises inside a list: leave out the `async` of the function inside.");
  }
  if (trials.every(({ value, threw }) => !threw && value === undefined)) return wrong(nothingFrom(attempt));
  if (exercise.judge) return judgeOpen(exercise, inputs, trials, tried);
  const also = changes(exercise, trials);
  const fails = (expected: readonly Trial[]) => (t: Trial, i: number) => t.threw || !same(t.value, expected[i]!.value);
  const right = answers.some((expected) => !trials.some(fails(expected)));
  if (right && also) return wrong(`The result is right, but:${also} Build a new value.`);
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
  const picture = exercise.picture?.(...inputs[smallest]!);
  return {
    ...wrong(
      (said ? `It behaves as if: ${said}\n` : "") +
        explain(exercise, inputs[smallest]!, expected[smallest]!.value, trials[smallest]!) + also,
    ),
    ...picture && { picture },
  };
}

/** For tasks with more than one right answer: each result is judged for what it is. */
function judgeOpen(exercise: Exercise, inputs: readonly unknown[][], begun: Trial[], tried: AnyFunction): Verdict {
  let also = "";
  for (const [i, input] of inputs.entries()) {
    const one = begun[i] ?? trial(tried, input);
    also ||= changes(exercise, [one]);
    if (one.threw) return wrong(`Not yet. For (${given(exercise, input)})\nit threw ${one.value}${also}`);
    const { right, text } = exercise.judge!(one.value, ...input);
    if (!right) return wrong(text + also);
  }
  if (also) return wrong(`The result is right, but:${also} Build a new value.`);
  const first = [begun[0]!.value, ...inputs[0]!] as const;
  return { status: "right", message: exercise.judge!(...first).text + (exercise.praise?.(...first) ?? "") };
}

/** What an attempt does to its input, in words; nothing where it leaves it alone. */
function changes({ solution }: Exercise, trials: readonly Trial[]): string {
  const changed = trials.find((t) => t.changed)?.changed;
  if (!changed) return "";
  const names = /^function \w+\(([\s\S]*?)\)(?=:| \{)/.exec(solution)?.[1]?.match(/\w+(?=\??:)/g) ?? [];
  const [argument, ...rest] = changed, name = names[argument as number] ?? `argument ${Number(argument) + 1}`;
  const place = name + rest.map((key) => typeof key === "number" ? `[${key}]` : `.${key}`).join("");
  return `\nYour function also changes its input, ${place} (sort, reverse, splice, = and += work in place).`;
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
  const got = threw ? `but it threw ${value}` : `got ${display(value)}`;
  return `Not yet. For (${given(exercise, input)})\nexpected ${display(wanted)}\n${got}${
    threw ? "" : remark(wanted, value)
  }`;
}

/** An input as it is shown. */
function given(exercise: Exercise, input: readonly unknown[]): string {
  return exercise.shown?.(...input) ?? input.map((argument) => display(argument)).join(", ");
}

/** What can be said of a wrong value without knowing the mistake. */
function remark(wanted: unknown, value: unknown): string {
  if (value === undefined) {
    return "\nHere nothing comes back: is there a `return` for this case, or an index outside a list?";
  }
  const [want, got] = [numbersIn(wanted), numbersIn(value)];
  if (isList(value) && firstOf(value).every((entry) => entry === undefined) && value.length > 0) {
    return "\nThe function inside returns nothing: is its `return` missing?";
  }
  if (isList(value) && firstOf(value).includes(undefined)) {
    return "\nIn some places there is nothing: a `return` in one branch only, or an index outside a list?";
  }
  if (textIn(value) && !textIn(wanted)) return "\nThat is text, not a number: toFixed and template strings make text.";
  if (isList(value) !== isList(wanted)) return isList(wanted) ? "\nA list was asked for." : "\nNo list was asked for.";
  if (want.length !== got.length || want.length === 0) return "";
  if (depth(value) !== depth(wanted)) {
    return `\n${depth(wanted) > depth(value) ? "A list of lists" : "One list, not lists in a list,"} was asked for.`;
  }
  for (let decimals = want.some((number) => Math.abs(number) > 5) ? 0 : 1; decimals <= 6; decimals++) {
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

/** The first entries of a list, which may be longer than any memory. */
function firstOf(list: ArrayLike<unknown>): unknown[] {
  return Array.from({ length: Math.min(list.length, 10_000) }, (_, i) => list[i]);
}

/** How deeply lists lie in lists. */
function depth(value: unknown): number {
  return isList(value) ? 1 + (value.length ? depth(value[0]) : 0) : 0;
}

function numbersIn(value: unknown): number[] {
  if (typeof value === "number") return [value];
  if (isList(value)) return firstOf(value).flatMap(numbersIn);
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(numbersIn) : [];
}

function textIn(value: unknown): boolean {
  if (typeof value === "string") return true;
  if (isList(value)) return firstOf(value).some(textIn);
  return typeof value === "object" && value !== null && Object.values(value).some(textIn);
}
