/**
 * Stand-in for `@std/assert`, which JSR alone has: the same functions for what this project
 * uses of them. See tools/setup.ts.
 *
 * @module
 */

/** Thrown by every assertion that fails. */
export class AssertionError extends Error {
  /** Made by the assertions. */
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "AssertionError";
  }
}

/** Throws unless the expression is truthy. */
export function assert(expression: unknown, message = ""): asserts expression {
  if (!expression) throw new AssertionError(message);
}

/** Throws unless the value is falsy. */
export function assertFalse(expression: unknown, message = ""): asserts expression is false {
  if (expression) throw new AssertionError(message);
}

const because = (message?: string) => message ? `: ${message}` : ".";

/** Throws unless both are equal all the way down. */
export function assertEquals<T>(actual: T, expected: T, message?: string): void {
  if (!equal(actual, expected)) {
    throw new AssertionError(`Values are not equal${because(message)}\n${difference(actual, expected)}`);
  }
}

/** Throws if both are equal all the way down. */
export function assertNotEquals<T>(actual: T, expected: T, message?: string): void {
  if (!equal(actual, expected)) return;
  throw new AssertionError(
    `Expected actual: ${text(actual)} not to be: ${text(expected)}${because(message)}`,
  );
}

/** Equal all the way down: NaN is NaN, 0 is -0, sets and maps hold the same in any order, and `{}` needs no prototype. */
export function equal(actual: unknown, expected: unknown): boolean {
  const compared = new Map<object, unknown>(); // for values that hold themselves
  const same = (a: unknown, b: unknown): boolean => {
    if (Object.is(a, b) || a === b) return true;
    if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
    if ((a.constructor ?? Object) !== (b.constructor ?? Object)) return false;
    if (a instanceof RegExp || a instanceof URL) return String(a) === String(b);
    if (a instanceof Date) return Object.is(a.getTime(), (b as Date).getTime());
    if (a instanceof WeakMap || a instanceof WeakSet) {
      throw new TypeError(`cannot compare ${a.constructor.name} instances`);
    }
    if (a instanceof WeakRef) return same(a.deref(), (b as WeakRef<object>).deref());
    if (compared.get(a) === b) return true;
    compared.set(a, b);
    if (a instanceof Map || a instanceof Set) {
      const left = [...(b as Map<unknown, unknown> | Set<unknown>).entries()];
      return a.size === left.length && Array.from(a.entries()).every((entry) => {
        const found = left.findIndex((other) => same(entry, other));
        return found >= 0 && left.splice(found, 1);
      });
    }
    const keys = (value: object) => [...Object.keys(value), ...Object.getOwnPropertySymbols(value)];
    const [ofA, ofB] = [keys(a), keys(b)];
    return ofA.length === ofB.length &&
      ofA.every((key) => key in b && same(a[key as keyof typeof a], b[key as keyof typeof b]));
  };
  return same(actual, expected);
}

function text(value: unknown): string {
  const all = { iterableLimit: Infinity, strAbbreviateSize: Infinity, depth: Infinity, trailingComma: true };
  return Deno.inspect(value, { ...all, sorted: true, compact: false });
}

/** Both as text, line by line; what is the same at both ends is shown once. */
function difference(actual: unknown, expected: unknown): string {
  const [a, b] = [text(actual).split("\n"), text(expected).split("\n")];
  let head = 0, tail = 0;
  while (head < Math.min(a.length, b.length) && a[head] === b[head]) head++;
  while (tail < Math.min(a.length, b.length) - head && a.at(-1 - tail) === b.at(-1 - tail)) tail++;
  const lines = (sign: string, of: readonly string[], from: number, to: number) =>
    of.slice(from, to).map((line) => `${sign}   ${line}`);
  return ["", "", "    [Diff] Actual / Expected", "", "", ...lines(" ", a, 0, head)].concat(
    lines("-", a, head, a.length - tail),
    lines("+", b, head, b.length - tail),
    lines(" ", a, a.length - tail, a.length),
    [""],
  ).join("\n");
}

/** Throws unless both are the same value (`Object.is`). */
export function assertStrictEquals<T>(actual: unknown, expected: T, message?: string): asserts actual is T {
  if (!Object.is(actual, expected)) {
    throw new AssertionError(`Values are not strictly equal${because(message)}\n${actual} is not ${expected}`);
  }
}

/** Throws unless both numbers differ by at most the tolerance; 1e-7 of the expected one where nothing is said. */
export function assertAlmostEquals(actual: number, expected: number, tolerance?: number, message?: string): void {
  if (Object.is(actual, expected)) return;
  const allowed = tolerance ?? (Number.isFinite(expected) ? Math.abs(expected * 1e-7) : 1e-7);
  if (Math.abs(expected - actual) <= allowed) return;
  throw new AssertionError(
    `Expected actual: "${actual}" to be close to "${expected}": delta "${Math.abs(expected - actual)}" ` +
      `is greater than "${allowed}"${because(message)}`,
  );
}

/** Throws unless `actual > expected`. */
export function assertGreater<T>(actual: T, expected: T, message?: string): void {
  if (!(actual > expected)) throw new AssertionError(message ?? `Expect ${actual} > ${expected}`);
}

/** Throws unless `actual < expected`. */
export function assertLess<T>(actual: T, expected: T, message?: string): void {
  if (!(actual < expected)) throw new AssertionError(message ?? `Expect ${actual} < ${expected}`);
}

/** Throws unless the text contains the other. */
export function assertStringIncludes(actual: string, expected: string, message?: string): void {
  if (!actual.includes(expected)) {
    throw new AssertionError(`Expected actual: "${actual}" to contain: "${expected}"${because(message)}`);
  }
}

/** Throws unless the text matches the pattern. */
export function assertMatch(actual: string, expected: RegExp, message?: string): void {
  if (!expected.test(actual)) {
    throw new AssertionError(`Expected actual: "${actual}" to match: "${expected}"${because(message)}`);
  }
}

// deno-lint-ignore no-explicit-any -- as in @std/assert: any constructor of errors
type ErrorClass<E extends Error> = new (...args: any[]) => E;

/** Throws unless the value is an error of that class whose message contains the text or matches the pattern. */
export function assertIsError<E extends Error>(
  error: unknown,
  Class?: ErrorClass<E>,
  included?: string | RegExp,
  message?: string,
): asserts error is E {
  if (!(error instanceof Error)) {
    throw new AssertionError(`Expected "error" to be an Error object${because(message)}`);
  }
  if (Class && !(error instanceof Class)) {
    const was = error.constructor.name;
    throw new AssertionError(
      `Expected error to be instance of "${Class.name}", but was "${was}"${because(message)}`,
    );
  }
  const fits = typeof included === "string" ? error.message.includes(included) : included?.test(error.message) ?? true;
  if (!fits) {
    throw new AssertionError(
      `Expected error message to include ${text(included)}, but got ${text(error.message)}${because(message)}`,
    );
  }
}

/** Throws unless the function throws; with a class, an error of that class whose message contains the text. */
export function assertThrows<E extends Error = Error>(
  run: () => unknown,
  Class: ErrorClass<E>,
  included?: string,
  message?: string,
): E;
/** Without a class, whatever is thrown is given back. */
export function assertThrows(run: () => unknown, message?: string): unknown;
export function assertThrows(
  run: () => unknown,
  Class?: ErrorClass<Error> | string,
  included?: string,
  message = typeof Class === "string" ? Class : undefined,
): unknown {
  try {
    run();
  } catch (error) {
    return checked(error, "thrown", Class, included, message);
  }
  throw new AssertionError(`Expected function to throw${because(message)}`);
}

/** Throws unless the function's promise is rejected; with a class, with an error of that class whose message contains the text. */
export function assertRejects<E extends Error = Error>(
  run: () => PromiseLike<unknown>,
  Class: ErrorClass<E>,
  included?: string,
  message?: string,
): Promise<E>;
/** Without a class, whatever it is rejected with is given back. */
export function assertRejects(run: () => PromiseLike<unknown>, message?: string): Promise<unknown>;
export async function assertRejects(
  run: () => PromiseLike<unknown>,
  Class?: ErrorClass<Error> | string,
  included?: string,
  message = typeof Class === "string" ? Class : undefined,
): Promise<unknown> {
  let promise: PromiseLike<unknown> | undefined;
  try {
    promise = run();
  } catch { /* a function that throws at once rejects nothing */ }
  if (typeof promise?.then !== "function") {
    throw new AssertionError(`Function throws when expected to reject${because(message)}`);
  }
  try {
    await promise;
  } catch (error) {
    return checked(error, "rejected", Class, included, message);
  }
  throw new AssertionError(`Expected function to reject${because(message)}`);
}

function checked(
  error: unknown,
  how: string,
  Class: ErrorClass<Error> | string | undefined,
  included: string | undefined,
  message: string | undefined,
): unknown {
  if (typeof Class !== "function") return error;
  if (!(error instanceof Error)) throw new AssertionError(`A non-Error object was ${how}${because(message)}`);
  assertIsError(error, Class, included, message);
  return error;
}
