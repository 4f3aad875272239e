/**
 * One run of an attempt: on copies of its arguments, with whatever it throws caught, and with what it did to them.
 *
 * @module
 */
import type { AnyFunction } from "./exercise.ts";
import { isList, same } from "./same.ts";

/** What came of one run. */
export interface Trial {
  /** The result, or what was thrown, in words. */
  readonly value: unknown;
  /** Whether it threw. */
  readonly threw: boolean;
  /** The first place among its arguments that it changed, such as `[1, "bias", 0]`. */
  readonly changed: readonly (string | number)[] | null;
}

/** Runs an attempt. Never throws. */
export function trial(attempt: AnyFunction, input: readonly unknown[]): Trial {
  const args = input.map(copyOf);
  try {
    const value = attempt(...args);
    if (value instanceof Promise) value.catch(() => {}); // nobody waits for it
    return { value, threw: false, changed: change(input, args) };
  } catch (error) {
    return { value: said(error), threw: true, changed: change(input, args) };
  }
}

/** A copy, all the way down; generators of random numbers begin anew, other functions are what they are. */
export function copyOf(value: unknown): unknown {
  if (typeof value === "function") return "copy" in value ? (value as unknown as { copy(): unknown }).copy() : value;
  if (Array.isArray(value)) return value.map(copyOf);
  if (typeof value !== "object" || value === null || isList(value)) return structuredClone(value);
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, copyOf(part)]));
}

/** The first place at which two values differ; functions do not count. */
function change(before: unknown, after: unknown): (string | number)[] | null {
  if (typeof before === "function") return null;
  if (typeof before !== "object" || before === null || typeof after !== "object" || after === null) {
    return same(before, after, 0) ? null : [];
  }
  if (Array.isArray(before) && (!Array.isArray(after) || after.length !== before.length)) return [];
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const found = change(before[key as never], after[key as never]);
    if (found) return [Array.isArray(before) ? Number(key) : key, ...found];
  }
  return null;
}

/** Whatever was thrown, in words; some things have none. */
export function said(thrown: unknown): string {
  try {
    return thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown);
  } catch {
    return "something without a name";
  }
}

/** What an attempt might overwrite by mistake, to be put back. */
export function rememberGlobals(): { restore: () => void } {
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
