/**
 * Values as short text: numbers to six digits, long lists cut, nothing spread over more lines than it needs.
 *
 * @module
 */

const LINE = 100; // characters; longer objects get a line per entry
const ENTRIES = 12; // of a list
const PARTS = 2000; // of the whole value

/**
 * A value as text for people.
 *
 * @param value Anything.
 * @param depth How many objects it lies in; for the function itself.
 * @param rest How many parts may still be shown; for the function itself.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(format({ z: [1 / 3, -2], name: "relu" }), '{ z: [0.333333, -2], name: "relu" }');
 * ```
 */
export function format(value: unknown, depth = 0, rest = { parts: PARTS }): string {
  if (depth > 6 || rest.parts-- <= 0) return "…"; // more than anyone reads, or an object that contains itself
  if (typeof value === "bigint") return `${value}n`;
  if (typeof value === "number") return String(Number(value.toPrecision(6)));
  if (Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView))) {
    const list = value as ArrayLike<unknown> as unknown[];
    const entries = Array.from(
      { length: Math.min(ENTRIES, list.length) },
      (_, i) => format(list[i], depth + 1, rest),
    );
    return wrap("[", list.length > ENTRIES ? [...entries, `… ${list.length} in all`] : entries, "]");
  }
  if (value && typeof value === "object") {
    return wrap("{ ", Object.entries(value).map(([key, entry]) => `${key}: ${format(entry, depth + 1, rest)}`), " }");
  }
  return typeof value === "function" ? value.toString() : JSON.stringify(value) ?? String(value);
}

function wrap(open: string, entries: readonly string[], close: string): string {
  const line = open + entries.join(", ") + close;
  if (line.length <= LINE && !line.includes("\n")) return line;
  return `${open.trim()}\n${
    entries.map((entry) => `  ${entry.replaceAll("\n", "\n  ")}`).join(",\n")
  }\n${close.trim()}`;
}
