/**
 * Words that open tasks have in common.
 *
 * @module
 */
import type { Judgement } from "../exercise.ts";
import { display, isList } from "../same.ts";

/** It will do. */
export function right(text: string): Judgement {
  return { right: true, text };
}

/** It will not. */
export function wrong(text: string): Judgement {
  return { right: false, text };
}

/** The numbers of a list of this length, or what is wrong with it. */
export function numbersOf(value: unknown, name: string, count: number): number[] | Judgement {
  if (!isList(value)) return wrong(`${name} should be a list of ${count} numbers, got ${display(value)}.`);
  const numbers = Array.from(value) as number[];
  if (numbers.length !== count || !numbers.every((number) => typeof number === "number" && Number.isFinite(number))) {
    return wrong(`${name} should be ${count} numbers, got ${display(value)}.`);
  }
  return numbers;
}

/** The parts of an object by name, or what is wrong with it. */
export function partsOf(value: unknown, names: readonly string[]): Record<string, unknown> | Judgement {
  const wanted = `{ ${names.join(", ")} }`;
  if (typeof value !== "object" || value === null || isList(value)) {
    return wrong(`Return an object, ${wanted}; got ${display(value)}.`);
  }
  const missing = names.find((name) => (value as Record<string, unknown>)[name] === undefined);
  return missing ? wrong(`Return ${wanted}: ${missing} is missing.`) : value as Record<string, unknown>;
}

/** Whether it is a judgement already, and not what was asked for. */
export function isJudgement(value: unknown): value is Judgement {
  return typeof value === "object" && value !== null && "right" in value && "text" in value;
}
