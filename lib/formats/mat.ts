/**
 * MATLAB's .mat files, version 5 (and 4, see mat4.ts): what Coursera's ex4data1.mat and ex4weights.mat are.
 *
 * @see MathWorks, "MAT-File Format"
 * @module
 */
import { inflateSync } from "node:zlib";
import { type Matrix, matrix } from "../matrix.ts";
import { isMat4, parseMat4 } from "./mat4.ts";
import { beyond, limitOf } from "../limits.ts";
import { NUMBERS, numbersFrom, ROUNDED } from "./numbers.ts";
import { pieceFor, unpacked } from "./zip.ts";

const PARTS = 4; // of a matrix: flags, sizes, name, numbers
const EXPECTED = 1 << 26; // bytes of an element: its size is not said
const LONGEST_NAME = 1000; // bytes; MATLAB has 63
const MATRIX = 14, COMPRESSED = 15; // element types that hold other elements

/** The kind of number of each element type. */
const KINDS: Readonly<Record<number, string>> = {
  1: "i1",
  2: "u1",
  3: "i2",
  4: "u2",
  5: "i4",
  6: "u4",
  7: "f4",
  9: "f8",
  12: "i8",
  13: "u8",
};
const NUMERIC_CLASSES = [6, 7, 8, 9, 10, 11, 12, 13, 14, 15]; // double, single, and all integers

/**
 * Reads the numeric matrices of a .mat file by name. MATLAB stores column by column, as we do.
 *
 * @param bytes The whole file.
 * @param name What to call it in an error.
 * @returns Every two-dimensional numeric matrix; texts, cells and structs are passed over.
 * @throws {SyntaxError} If it is not a MAT file of version 4 or 5, is cut off, or is damaged.
 */
export function parseMat(bytes: Uint8Array, name: string): Map<string, Matrix> {
  const fail = (problem: string): never => {
    throw new SyntaxError(`Cannot read "${name}" as MAT: ${problem}`);
  };
  const head = new TextDecoder("latin1").decode(bytes.subarray(0, 128));
  if (
    head.startsWith("MATLAB 7.3") || (bytes[512] === 0x89 && bytes[513] === 0x48 && bytes[514] === 0x44)
  ) {
    fail("it is version 7.3 (HDF5); save it in MATLAB with the option -v7");
  }
  if (isMat4(bytes)) return parseMat4(bytes, fail);
  if (bytes.length < 128) fail(`a header of 128 bytes is needed, got ${bytes.length}`);
  const little = head.slice(126, 128) === "IM";
  if (!little && head.slice(126, 128) !== "MI" || bytes[little ? 125 : 124] !== 1) {
    fail('bytes 124 to 127 must say version 1 and "IM" or "MI"; files of version 5 do');
  }

  const matrices = new Map<string, Matrix>();
  let elements = 0, unpackedBytes = 0, numbers = 0;
  readElements(bytes.subarray(128), 128, little, (type, data, at) => {
    const problem = beyond("matrices", ++elements, "elements");
    if (problem) fail(problem);
    if (type === COMPRESSED) {
      const most = limitOf("unpackedBytes") - unpackedBytes; // of all together
      const failure = `Cannot read "${name}" as MAT: the compressed element at byte ${at}`;
      const inner = unpacked(
        () => inflateSync(data, { maxOutputLength: Math.max(1, most), chunkSize: pieceFor(EXPECTED, data.length) }),
        failure,
      );
      unpackedBytes += inner.length;
      readElements(inner, at, little, (type, data) => type === MATRIX && readMatrix(data, at), fail);
    } else if (type === MATRIX) readMatrix(data, at);
  }, fail);
  return matrices;

  function readMatrix(data: Uint8Array, at: number): void {
    const parts: { type: number; data: Uint8Array }[] = [];
    readElements(data, at, little, (type, part) => { // a cell array has thousands, and is nothing for us
      if (parts.length < PARTS) parts.push({ type, data: part });
    }, fail);
    const [flags, dims, label, real] = parts;
    if (!flags || !dims || !label || flags.data.length < 8) {
      return fail(`the matrix at byte ${at} lacks its flags, sizes or name`);
    }
    if (label.data.length > LONGEST_NAME || dims.data.length > 8 * limitOf("dimensions")) {
      return fail(`the matrix at byte ${at} has a name or sizes of more bytes than any has`);
    }
    const title = new TextDecoder().decode(label.data);
    const word = new DataView(flags.data.buffer, flags.data.byteOffset).getUint32(0, little),
      [kind, marks] = [word & 255, word >>> 8];
    if (!NUMERIC_CLASSES.includes(kind) || !real) return; // text, cell, struct: nothing for us
    if (title === "") return; // where MATLAB keeps functions without a name
    if (marks & 0x08) return fail(`matrix "${title}" is complex; real numbers are needed`);
    const sizes = numbersOf(dims, at);
    if (sizes.length !== 2) return; // a stack of matrices: nothing for us
    const [size] = NUMBERS[KINDS[real.type]!] ?? fail(`matrix "${title}" has numbers of unknown type ${real.type}`);
    const [rows, cols] = sizes as unknown as [number, number];
    if (real.data.length !== rows * cols * size!) {
      return fail(`matrix "${title}" [${rows} × ${cols}] needs ${rows * cols * size!} bytes, got ${real.data.length}`);
    }
    const problem = beyond("numbers", numbers += rows * cols, "numbers");
    if (problem) return fail(`matrix "${title}" [${rows} × ${cols}]: ${problem}`);
    const values = numbersOf(real, at);
    if (real.type >= 12 && values.some(Number.isNaN)) fail(`matrix "${title}": ${ROUNDED}`); // 64-bit whole numbers
    matrices.set(title, matrix(rows, cols, values));
  }

  function numbersOf({ type, data }: { type: number; data: Uint8Array }, at: number): Float64Array {
    const [size, read] = NUMBERS[KINDS[type]!] ?? fail(`unknown type of numbers, ${type}, in the matrix at byte ${at}`);
    return numbersFrom(data, Math.floor(data.length / size), [size, read], little);
  }
}

/** Walks through elements: eight bytes of type and size (or four, for small ones), then the data, padded to eight. */
function readElements(
  bytes: Uint8Array,
  offset: number,
  little: boolean,
  visit: (type: number, data: Uint8Array, at: number) => unknown,
  fail: (problem: string) => never,
): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at < bytes.length;) {
    if (bytes.length - at < 8) {
      if (bytes.subarray(at).every((byte) => byte === 0)) return; // padding
      fail(`the file ends in the middle of an element, at byte ${offset + at}`);
    }
    const word = view.getUint32(at, little), small = word >>> 16;
    const type = small ? word & 0xFFFF : word,
      size = small || view.getUint32(at + 4, little),
      start = at + (small ? 4 : 8);
    if (small > 4 || start + size > bytes.length) {
      fail(`the element at byte ${offset + at} announces ${size} bytes, ${Math.max(0, bytes.length - start)} are left`);
    }
    visit(type, bytes.subarray(start, start + size), offset + at);
    at = small ? at + 8 : start + size + (type === COMPRESSED ? 0 : (8 - size % 8) % 8);
  }
}
