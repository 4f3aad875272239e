/**
 * When two values are the same answer, and how a value is shown.
 *
 * @module
 */
import { format } from "../format.ts";

/** Lists: arrays and typed arrays. */
export function isList(value: unknown): value is ArrayLike<unknown> {
  return Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));
}

/**
 * Equal all the way down: numbers to nine digits (seven in a Float32Array), typed arrays and lists alike; a list is never the same as
 * something that is none.
 */
export function same(a: unknown, b: unknown, digits = 1e-9): boolean {
  if (typeof a === "number" && typeof b === "number") {
    return Object.is(a, b) || a === b ||
      Number.isFinite(a) && Number.isFinite(b) && Math.abs(a - b) <= digits * Math.max(1, Math.abs(a), Math.abs(b));
  }
  if (isList(a) || isList(b)) {
    if (!isList(a) || !isList(b) || a.length !== b.length) return false;
    const rough = a instanceof Float32Array || b instanceof Float32Array ? 1e-6 : digits;
    return Array.from(a).every((value, i) => same(value, b[i], rough));
  }
  if (typeof a !== "object" || typeof b !== "object" || !a || !b) return a === b;
  if (!isPlain(a) || !isPlain(b)) return false; // a Set has no keys, and is not {} for that
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length &&
    keys.every((key) =>
      key in b && same((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key], digits)
    );
}

function isPlain(value: object): boolean {
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype || Object.getPrototypeOf(prototype) === null;
}

/** A value as text; what prints as nothing else is called by its name. */
export function display(value: unknown): string {
  if (value instanceof Set) return `a Set of ${value.size}: ${format([...value])}`;
  if (value instanceof Map) return `a Map of ${value.size}: ${format([...value])}`;
  if (value instanceof Promise) return "a promise";
  if (isList(value)) {
    const own = Array.isArray(value) ? "" : `${value.constructor.name} `;
    const strange = Array.from(value).slice(0, 12).find((entry) =>
      typeof entry === "object" && entry && !isList(entry) && !isPlain(entry)
    );
    return own + (strange === undefined ? format(value) : `[${display(strange)}, …]`);
  }
  if (typeof value === "object" && value !== null && !isPlain(value)) {
    const iterable = Symbol.iterator in value;
    return `${iterable ? "an iterator" : "an object"} (${value.constructor?.name ?? "without a name"})${
      iterable ? ": spread it, [...x]" : ""
    }`;
  }
  return format(value);
}
