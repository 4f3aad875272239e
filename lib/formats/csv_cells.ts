/**
 * One cell of a CSV of numbers, from its bytes.
 *
 * @module
 */
import type { FaultKind } from "../data/cleanliness.ts";
import { limitOf } from "../limits.ts";

const LINE_FEED = 10,
  RETURN = 13,
  QUOTE = 34,
  SPACE = 32,
  TAB = 9,
  ZERO = 48,
  POINT = 46,
  MINUS = 45,
  PLUS = 43,
  SMALL_E = 101;
const LONGEST_NUMBER = 1200; // characters: no number needs more, and the expression that looks at them takes their square
const decoder = new TextDecoder();

/** `Number()` for one cell, but only decimal forms: no 0x10, no " ", "inf" as NumPy and pandas write it. */
function toNumber(text: string): number {
  if (text.length > LONGEST_NUMBER) return NaN;
  const infinite = /^([+-]?)inf(inity)?$/i.exec(text);
  if (infinite) return infinite[1] === "-" ? -Infinity : Infinity;
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : NaN;
}

/** A cell, and what is wrong with it. */
export interface Cell {
  value: number;
  kind: FaultKind | null; // what is wrong with it
  text: string;
  end: number; // index of the comma, line end or end of file behind the cell
  newlines: number; // line ends inside quotes
}

const plain: Cell = { value: 0, kind: null, text: "", end: 0, newlines: 0 }; // reused for the many, to spare the memory

function stops(byte: number | undefined, separator: number): boolean {
  return byte === undefined || byte === separator || byte === LINE_FEED || byte === RETURN;
}

/**
 * Digits, perhaps with a sign, a point, an exponent, in quotes: nearly all cells there are. Null for anything else.
 *
 * Up to fifteen digits make a whole number without rounding, and one multiplication or division by a power of ten up to 22, which
 * is one, too, rounds as `Number` does.
 */
export function readPlain(bytes: Uint8Array, start: number, separator: number): Cell | null {
  const quoted = bytes[start] === QUOTE, signAt = quoted ? start + 1 : start, negative = bytes[signAt] === MINUS;
  let at = negative || bytes[signAt] === PLUS ? signAt + 1 : signAt, mantissa = 0, digits = 0, decimals = -1, power = 0;
  for (; digits <= 15; at++) {
    const byte = bytes[at]!;
    if (byte >= ZERO && byte <= ZERO + 9) {
      mantissa = mantissa * 10 + byte - ZERO;
      digits++;
      if (decimals >= 0) decimals++;
    } else if (byte === POINT && decimals < 0) decimals = 0;
    else break;
  }
  if (digits === 0 || digits > 15) return null;
  if ((bytes[at]! | 32) === SMALL_E) {
    const below = bytes[at + 1] === MINUS, from = below || bytes[at + 1] === PLUS ? at + 2 : at + 1;
    for (at = from; at < from + 3 && bytes[at]! >= ZERO && bytes[at]! <= ZERO + 9; at++) {
      power = power * 10 + bytes[at]! - ZERO;
    }
    if (at === from) return null;
    if (below) power = -power;
  }
  if (decimals > 0) power -= decimals;
  if (quoted && bytes[at++] !== QUOTE) return null;
  if (power < -22 || power > 22 || !stops(bytes[at], separator)) return null;
  const value = power < 0 ? mantissa / 10 ** -power : power ? mantissa * 10 ** power : mantissa;
  plain.value = negative ? -value : value;
  plain.end = at;
  return plain;
}

/** Any other cell: signs, exponents, spaces, text, quotes with whatever in them. Of a long one only the beginning is kept. */
export function readCell(bytes: Uint8Array, start: number, separator: number): Cell {
  const most = limitOf("cellBytes");
  const decode = (from: number, to: number) => decoder.decode(bytes.subarray(from, Math.min(to, from + most)));
  let at = start;
  while (bytes[at] === SPACE || (bytes[at] === TAB && separator !== TAB)) at++;
  if (bytes[at] !== QUOTE) {
    let end = at;
    while (!stops(bytes[end], separator)) end++;
    return judged(decode(at, end).trim(), end, 0);
  }
  let end = at + 1, newlines = 0;
  for (; end < bytes.length; end++) {
    if (bytes[end] === LINE_FEED) newlines++;
    if (bytes[end] !== QUOTE) continue;
    if (bytes[end + 1] !== QUOTE) break;
    end++; // a doubled quote stands for one
  }
  const text = decode(at + 1, end).replaceAll('""', '"').trim();
  if (end >= bytes.length) return { value: NaN, kind: "quote", text, end: bytes.length, newlines };
  const afterQuote = ++end;
  while (!stops(bytes[end], separator)) end++;
  const rest = decode(afterQuote, end).trim();
  return rest === "" ? judged(text, end, newlines) : { value: NaN, kind: "quote", text: text + rest, end, newlines };
}

function judged(text: string, end: number, newlines: number): Cell {
  const value = toNumber(text);
  const kind = text === "" ? "empty" : !Number.isNaN(value) ? null : /^[+-]?nan$/i.test(text) ? "nan" : "text";
  return { value, kind, text, end, newlines };
}
