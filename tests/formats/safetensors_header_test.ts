import { assert, assertEquals, assertThrows } from "@std/assert";
import { readSafetensorsHeader } from "../../lib/formats/safetensors_header.ts";
import { python, pythonHas } from "../python.ts";

const fail = (problem: string): never => {
  throw new SyntaxError(problem);
};
const entry = (dtype: unknown, shape: unknown, ...offsets: unknown[]) => ({ dtype, shape, data_offsets: offsets });
const text = (value: unknown) => new TextEncoder().encode(typeof value === "string" ? value : JSON.stringify(value));

/** A file with the given header and that many bytes of numbers; `announced` instead of the header's true length. */
function file(header: unknown, data: number, announced?: number | bigint): Uint8Array {
  const bytes = header instanceof Uint8Array ? header : text(header);
  const whole = new Uint8Array(8 + bytes.length + data);
  new DataView(whole.buffer).setBigUint64(0, BigInt(announced ?? bytes.length), true);
  whole.set(bytes, 8);
  return whole;
}

const one = entry("F32", [2, 2], 0, 16), other = entry("F32", [2], 16, 24);
/** Files, and null or a word of our complaint. The reference must be of the same opinion, wherever it can be asked. */
const FILES: Readonly<Record<string, readonly [file: Uint8Array, complaint: string | null]>> = {
  "one tensor": [file({ a: one }, 16), null],
  "two tensors": [file({ a: one, b: other }, 24), null],
  "listed in another order than stored": [file({ b: other, a: one }, 24), null],
  "no tensor at all": [file({}, 0), null],
  "only notes": [file({ __metadata__: { a: "b" } }, 0), null],
  "notes are null": [file({ __metadata__: null, a: one }, 16), null],
  "spaces behind the header": [file(JSON.stringify({ a: one }) + "     ", 16), null],
  "a tensor without numbers": [file({ a: entry("F32", [2, 0], 0, 0) }, 0), null],
  "a scalar": [file({ a: entry("F32", [], 0, 4) }, 4), null],
  "an empty one between two": [file({ a: one, e: entry("F32", [0], 16, 16), b: other }, 24), null],
  "F16 and BF16": [file({ a: entry("F16", [2], 0, 4), b: entry("BF16", [2], 4, 8) }, 8), null],
  "bytes and truth values": [file({ a: entry("U8", [3], 0, 3), b: entry("BOOL", [1], 3, 4) }, 4), null],
  "F8": [file({ a: entry("F8_E4M3", [3], 0, 3), b: entry("F8_E5M2", [1], 3, 4) }, 4), null],
  "64-bit whole numbers": [file({ a: entry("I64", [1], 0, 8), b: entry("U64", [1], 8, 16) }, 16), null],
  "a field more": [file({ a: { ...one, more: 1 } }, 16), null],
  "a name of Object's": [file({ constructor: one }, 16), null],
  "a name with an escape": [file('{"\\u0061":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}', 4), null],
  "nothing": [new Uint8Array(0), "8 bytes are needed"],
  "seven bytes": [new Uint8Array(7), "8 bytes are needed"],
  "eight zeros": [new Uint8Array(8), "no JSON"],
  "an enormous header": [file({ a: one }, 16, 2n ** 63n), "at most 10,000,000"],
  "a header of 2 GB": [file({ a: one }, 16, 2_000_000_000), "at most 10,000,000"],
  "a header behind the end": [file({ a: one }, 16, 200), "are left"],
  "a header cut short": [file({ a: one }, 16, 20), "no JSON"],
  "no UTF-8": [file(Uint8Array.of(0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d), 0), "UTF-8"],
  "a list": [file([], 0), "list of tensors"],
  "a number": [file("1", 0), "list of tensors"],
  "text behind the header": [file("{} x", 0), "no JSON"],
  "two at the same bytes": [file({ a: one, b: entry("F32", [2, 2], 0, 16) }, 16), "inside another one"],
  "two that overlap": [file({ a: one, b: entry("F32", [2], 12, 20) }, 20), "inside another one"],
  "a hole at the beginning": [file({ a: entry("F32", [2], 4, 12) }, 12), "behind a hole"],
  "a hole between": [file({ a: one, b: entry("F32", [2], 20, 28) }, 28), "behind a hole"],
  "bytes behind the last tensor": [file({ a: one }, 17), "belong to none"],
  "bytes and no tensor": [file({}, 1), "belong to none"],
  "a byte too few": [file({ a: one }, 15), "tensors end"],
  "offsets the wrong way round": [file({ a: entry("F32", [2, 2], 16, 0) }, 16), "needs 16 bytes"],
  "too many bytes for its shape": [file({ a: entry("F32", [2, 1], 0, 16) }, 16), "needs 8 bytes"],
  "too few bytes for its shape": [file({ a: entry("F64", [2, 2], 0, 16) }, 16), "needs 32 bytes"],
  "a shape that overflows": [file({ a: entry("F32", [2 ** 40, 2 ** 40], 0, 16) }, 16), "needs"],
  "a negative size": [file({ a: entry("F32", [-2, -2], 0, 16) }, 16), "whole numbers"],
  "half a size": [file({ a: entry("F32", [0.5, 8], 0, 16) }, 16), "whole numbers"],
  "a negative offset": [file({ a: entry("F32", [2, 2], -16, 0) }, 16), "two offsets"],
  "three offsets": [file({ a: entry("F32", [2, 2], 0, 16, 16) }, 16), "two offsets"],
  "no offsets": [file({ a: { dtype: "F32", shape: [1] } }, 4), "two offsets"],
  "no shape": [file({ a: { dtype: "F32", data_offsets: [0, 4] } }, 4), "shape"],
  "no type": [file({ a: { shape: [1], data_offsets: [0, 4] } }, 4), "dtype"],
  "an unknown type": [file({ a: entry("F31", [1], 0, 4) }, 4), 'got "F31"'],
  "a type in small letters": [file({ a: entry("f32", [1], 0, 4) }, 4), "dtype"],
  "a type of Object's": [file({ a: entry("constructor", [1], 0, 4) }, 4), "dtype"],
  "a tensor that is a number": [file({ a: 1 }, 0), "dtype, shape and data_offsets"],
  "a tensor that is null": [file({ a: null }, 0), "dtype, shape and data_offsets"],
  "a number among the notes": [file({ __metadata__: { a: 1 } }, 0), "texts by name"],
  "notes as a list": [file({ __metadata__: ["a"] }, 0), "texts by name"],
  "notes as a text": [file({ __metadata__: "a" }, 0), "texts by name"],
  "a field twice": [file('{"a":{"dtype":"F32","dtype":"F32","shape":[1],"data_offsets":[0,4]}}', 4), '"dtype" twice'],
};
/** The format forbids a name twice ("not all parsers may respect this"): the reference takes the last, we refuse. */
const STRICTER = file(
  '{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}',
  4,
);

Deno.test("readSafetensorsHeader() takes what the format allows and names what it forbids", () => {
  for (const [name, [bytes, complaint]] of Object.entries(FILES)) {
    if (complaint === null) readSafetensorsHeader(bytes, fail);
    else assertThrows(() => readSafetensorsHeader(bytes, fail), SyntaxError, complaint, name);
  }
  readSafetensorsHeader(file({ __metadata__: { long: '\\"'.repeat(2_000_000) }, a: one }, 16), fail); // no stack overflows
  assertThrows(() => readSafetensorsHeader(STRICTER, fail), SyntaxError, 'names "a" twice');
  const { tensors, metadata } = readSafetensorsHeader(file({ __metadata__: { a: "b" }, b: other, a: one }, 24), fail);
  assertEquals([...metadata], [["a", "b"]]);
  assertEquals(tensors.get("b")!.start - tensors.get("a")!.start, 16);
});

Deno.test({
  name: "safetensors: the reference reader takes and refuses the same files",
  ignore: !pythonHas("safetensors"),
}, async () => {
  const folder = await Deno.makeTempDir();
  try {
    for (const [name, [bytes]] of Object.entries(FILES)) await Deno.writeFile(`${folder}/${name}`, bytes);
    const verdicts: Record<string, string | null> = JSON.parse(
      await python(["tests/python/safetensors_verdicts.py", folder]),
    );
    assert(Object.keys(verdicts).length > 50);
    const other = Object.entries(FILES).filter(([name, [, ours]]) => (verdicts[name] === null) !== (ours === null));
    assertEquals(other.map(([name, [, ours]]) => ({ name, ours, reference: verdicts[name] })), []);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
