/**
 * The header of a safetensors file: which tensors it holds, of which type and shape, and where; checked as strictly as by the
 * format's reference reader.
 *
 * @see https://github.com/huggingface/safetensors#format
 * @module
 */
import { beyond } from "../limits.ts";
import { parseJson } from "./json_text.ts";

/** A tensor of the file. */
export interface TensorEntry {
  /** Its numbers' type, such as `F32`. */
  readonly dtype: string;
  /** Its sizes, the outermost first. */
  readonly shape: readonly number[];
  /** Its first byte, counted from the file's beginning. */
  readonly start: number;
}

/** What a header says. */
export interface SafetensorsHeader {
  /** The tensors by name. */
  readonly tensors: ReadonlyMap<string, TensorEntry>;
  /** The file's notes by name. */
  readonly metadata: ReadonlyMap<string, string>;
}

/** Bits of a number, by its type. */
const BITS: ReadonlyMap<unknown, number> = new Map(
  Object.entries({
    4: ["F4"],
    6: ["F6_E2M3", "F6_E3M2"],
    8: ["BOOL", "U8", "I8", "F8_E5M2", "F8_E4M3", "F8_E8M0", "F8_E4M3FNUZ", "F8_E5M2FNUZ"],
    16: ["I16", "U16", "F16", "BF16"],
    32: ["I32", "U32", "F32"],
    64: ["I64", "U64", "F64", "C64"],
  }).flatMap(([bits, types]) => types.map((type) => [type, Number(bits)])),
);

/**
 * Reads and checks the header of a safetensors file.
 *
 * Every byte behind the header must belong to one tensor: no overlap, no hole, nothing at the end.
 *
 * @param bytes The whole file.
 * @param fail Throws an error that says what the file is and the problem.
 */
export function readSafetensorsHeader(bytes: Uint8Array, fail: (problem: string) => never): SafetensorsHeader {
  if (bytes.length < 8) fail(`8 bytes are needed at least, got ${bytes.length}`);
  const length = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true));
  const problem = beyond("headerBytes", length, "bytes of header");
  if (problem) fail(problem);
  if (length > bytes.length - 8) fail(`its header announces ${length} bytes, ${bytes.length - 8} are left`);
  const header = parseHeader(bytes.subarray(8, 8 + length), fail);
  const metadata = new Map<string, string>(), tensors = new Map<string, TensorEntry & { end: number }>();
  for (const [name, value] of Object.entries(header)) {
    if (name !== "__metadata__") {
      tensors.set(name, entryOf(value, name, 8 + length, fail));
      continue;
    }
    if (value === null) continue;
    if (!isRecord(value)) fail("__metadata__ must be texts by name");
    for (const [key, text] of Object.entries(value as Record<string, unknown>)) {
      if (typeof text !== "string") {
        fail(`__metadata__ must be texts by name, got ${JSON.stringify(text)} for "${key}"`);
      }
      metadata.set(key, text as string);
    }
  }
  let at = 8 + length;
  for (const [name, { start, end }] of [...tensors].sort(([, a], [, b]) => a.start - b.start || a.end - b.end)) {
    if (start !== at) {
      fail(
        `tensor "${name}" begins at byte ${start}, ${
          start < at ? "inside another one" : "behind a hole"
        }: must be ${at}`,
      );
    }
    at = end;
  }
  if (at > bytes.length) fail(`its tensors end at byte ${at}, got ${bytes.length} bytes`);
  if (at < bytes.length) fail(`${bytes.length - at} bytes behind the last tensor belong to none`);
  return { tensors, metadata };
}

const isRecord = (value: unknown) => typeof value === "object" && value !== null && !Array.isArray(value);

function parseHeader(bytes: Uint8Array, fail: (problem: string) => never): Record<string, unknown> {
  let text = "", header: unknown;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    fail("its header must be UTF-8");
  }
  try {
    header = parseJson(bytes, text);
  } catch (cause) {
    fail(`its header is no JSON that is read here (${(cause as Error).message})`);
  }
  if (!isRecord(header)) fail("its header must be a list of tensors by name");
  const twice = doubledKey(text);
  if (twice !== null) fail(`its header names "${twice}" twice`);
  return header as Record<string, unknown>;
}

/** A name that occurs twice in one object of a JSON text, where JSON.parse would keep the last. */
function doubledKey(text: string): string | null {
  const open: Set<string>[] = [];
  for (let at = 0; at < text.length; at++) { // by hand: a regular expression overflows the stack on a long text
    if (text[at] === "{") open.push(new Set());
    if (text[at] === "}") open.pop();
    if (text[at] !== '"') continue;
    const start = at++;
    while (text[at] !== '"') at += text[at] === "\\" ? 2 : 1;
    let behind = at + 1;
    while (/\s/.test(text[behind] ?? "")) behind++;
    if (text[behind] !== ":") continue;
    const name = JSON.parse(text.slice(start, at + 1)) as string, names = open.at(-1)!;
    if (names.has(name)) return name;
    names.add(name);
  }
  return null;
}

function entryOf(
  value: unknown,
  name: string,
  origin: number,
  fail: (problem: string) => never,
): TensorEntry & { end: number } {
  const whole = (list: unknown): list is number[] =>
    Array.isArray(list) && list.every((n) => Number.isSafeInteger(n) && n >= 0);
  if (!isRecord(value)) fail(`tensor "${name}" must have dtype, shape and data_offsets`);
  const { dtype, shape, data_offsets: offsets } = value as Record<string, unknown>;
  const bits = BITS.get(dtype) ??
    fail(`tensor "${name}" must have a dtype of the format, got ${JSON.stringify(dtype)}`);
  if (!whole(shape)) return fail(`tensor "${name}" must have a shape of whole numbers from 0`);
  if (!whole(offsets) || offsets.length !== 2) {
    return fail(`tensor "${name}" must have two offsets, whole numbers from 0`);
  }
  const needed = shape.reduce((product, n) => product * n, bits) / 8, [start, end] = offsets as [number, number];
  if (end - start !== needed) {
    fail(`tensor "${name}" [${shape.join(" × ")}] of ${dtype} needs ${needed} bytes, got ${end - start}`);
  }
  return { dtype: dtype as string, shape, start: origin + start, end: origin + end };
}
