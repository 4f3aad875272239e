/**
 * Stand-in for `@std/assert` where JSR cannot be reached: the same functions for what this project
 * uses of them, on `node:assert`. See tools/setup.ts.
 *
 * @module
 */
import { deepStrictEqual, notDeepStrictEqual } from "node:assert/strict";

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
  try {
    if (typeof actual !== "number" || actual !== expected as unknown) deepStrictEqual(actual, expected); // 0 equals -0
  } catch (cause) {
    throw new AssertionError(`Values are not equal${because(message)}\n${(cause as Error).message}`, { cause });
  }
}

/** Throws if both are equal all the way down. */
export function assertNotEquals<T>(actual: T, expected: T, message?: string): void {
  try {
    notDeepStrictEqual(actual, expected);
  } catch (cause) {
    throw new AssertionError(`Expected actual not to equal expected${because(message)}`, { cause });
  }
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

/** Throws unless the value is an error of that class whose message contains the text. */
export function assertIsError<E extends Error>(
  error: unknown,
  Class?: ErrorClass<E>,
  text?: string,
): asserts error is E {
  if (!(error instanceof Error)) throw new AssertionError(`Expected "error" to be an Error object.`);
  if (Class && !(error instanceof Class)) {
    throw new AssertionError(`Expected error to be instance of "${Class.name}", but was "${error.constructor.name}".`);
  }
  if (text && !error.message.includes(text)) {
    throw new AssertionError(`Expected error message to include "${text}", but got "${error.message}".`);
  }
}

/** Throws unless the function throws an error of that class whose message contains the text. */
export function assertThrows<E extends Error = Error>(run: () => unknown, Class?: ErrorClass<E>, text?: string): E {
  try {
    run();
  } catch (error) {
    assertIsError(error, Class, text);
    return error;
  }
  throw new AssertionError("Expected function to throw.");
}

/** Throws unless the function's promise is rejected with an error of that class whose message contains the text. */
export async function assertRejects<E extends Error = Error>(
  run: () => PromiseLike<unknown>,
  Class?: ErrorClass<E>,
  text?: string,
): Promise<E> {
  try {
    await run();
  } catch (error) {
    assertIsError(error, Class, text);
    return error;
  }
  throw new AssertionError("Expected function to reject.");
}
