/**
 * JSON whose size is known before it is built: a text of "[" is a gigabyte of lists.
 *
 * @module
 */
import { beyond, limitOf } from "../limits.ts";

const QUOTE = 34, BACKSLASH = 92, COMMA = 44, OPEN_LIST = 91, CLOSE_LIST = 93, OPEN_OBJECT = 123, CLOSE_OBJECT = 125;

/**
 * `JSON.parse` for text from outside: what it holds is counted first.
 *
 * @param bytes The text in UTF-8.
 * @param text The same decoded, if it is at hand.
 * @throws {SyntaxError} If it is no JSON, or too long, too deep, or holds too many values or lists.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(parseJson(new TextEncoder().encode('{"a": [1, 2]}')), { a: [1, 2] });
 * ```
 */
export function parseJson(bytes: Uint8Array, text?: string): unknown {
  const most = { depth: limitOf("nesting"), lists: limitOf("jsonLists"), values: limitOf("jsonValues") };
  let depth = 0, lists = 0, values = 0, problem = beyond("jsonBytes", bytes.length, "bytes of JSON");
  for (let at = 0; at < bytes.length && !problem; at++) {
    const byte = bytes[at];
    if (byte === QUOTE) {
      while (++at < bytes.length && bytes[at] !== QUOTE) if (bytes[at] === BACKSLASH) at++;
    } else if (byte === COMMA) {
      if (++values > most.values) problem = beyond("jsonValues", Infinity, "values");
    } else if (byte === OPEN_LIST || byte === OPEN_OBJECT) {
      if (++lists > most.lists) problem = beyond("jsonLists", Infinity, "lists and objects");
      if (++depth > most.depth) problem = beyond("nesting", Infinity, "lists within each other");
    } else if (byte === CLOSE_LIST || byte === CLOSE_OBJECT) depth--;
  }
  if (problem) throw new SyntaxError(problem);
  return JSON.parse(text ?? new TextDecoder().decode(bytes));
}
