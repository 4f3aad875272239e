/**
 * Zip archives and .gz files, whole and undamaged, or one sentence: what .npz, Kaggle's downloads and packed sets are.
 *
 * @module
 */
import { crc32, gunzipSync, inflateRawSync } from "node:zlib";
import { beyond, limitOf } from "../limits.ts";

/** Whether a file begins as a .gz does, whatever its name. */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1F && bytes[1] === 0x8B;
}

/** Unpacks a .gz; errors as those of {@linkcode unzip}. */
export function gunzip(bytes: Uint8Array, failure: string): Uint8Array {
  const announced = new DataView(bytes.buffer, bytes.byteOffset + Math.max(0, bytes.length - 4)); // its size, at the end
  const size = bytes.length < 18 ? 0 : announced.getUint32(0, true), most = limitOf("unpackedBytes");
  return unpacked(
    () => gunzipSync(bytes, { maxOutputLength: most, chunkSize: pieceFor(Math.min(size, most), bytes.length) }),
    failure,
  );
}

/** Bytes that Deflate makes of one, at most. */
export const DEFLATE_AT_MOST = 1032;

/**
 * How many bytes zlib is to unpack at a time: it gathers pieces and then copies them into one, which takes twice the memory, so there
 * is one piece where the size is known.
 *
 * @param size Bytes that are expected.
 * @param packed Bytes that are unpacked.
 */
export function pieceFor(size: number, packed: number): number {
  return Math.max(1024, Math.min(size + 1, DEFLATE_AT_MOST * packed));
}

/**
 * What zlib makes of something packed.
 *
 * @param unpack Unpacks, to at most as many bytes as are allowed.
 * @param failure Begins the error.
 * @param announced Bytes that were allowed because they were announced; the limit where nothing is said.
 * @throws {SyntaxError} If it is damaged, or there are more bytes.
 */
export function unpacked(unpack: () => Uint8Array, failure: string, announced?: number): Uint8Array {
  try {
    return unpack();
  } catch (cause) {
    const { code, message } = cause as { code?: string; message: string }, swollen = code === "ERR_BUFFER_TOO_LARGE";
    const problem = !swollen
      ? `it is damaged or cut off (${message})`
      : announced === undefined
      ? `unpacked, ${beyond("unpackedBytes", Infinity, "bytes")}`
      : `it unpacks to more than the ${announced} bytes that are announced: it is damaged`;
    throw new SyntaxError(`${failure}: ${problem}`, { cause });
  }
}

/** Whether a file begins as a zip archive does, whatever its name. */
export function isZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4B;
}

/** What the directory of an archive says of a file in it. */
interface Member {
  readonly name: string;
  readonly method: number;
  readonly checksum: number;
  readonly packed: number;
  readonly size: number;
  /** Where its own header begins. */
  readonly at: number;
}

/**
 * Unpacks the files of an archive and compares their checksums. What all of them announce is compared with the limits first.
 *
 * @param bytes The whole archive.
 * @param failure Begins each error, such as `Cannot unpack "train.zip"`.
 * @returns The files by name, in their order.
 * @throws {SyntaxError} If it is not a zip file, is cut off or damaged, holds too many files, or unpacks to too much.
 */
export function unzip(bytes: Uint8Array, failure: string): Map<string, Uint8Array> {
  const fail = (problem: string): never => {
    throw new SyntaxError(`${failure}: ${problem}`);
  };
  if (!isZip(bytes)) fail('a zip file must start with "PK"');
  const members = directory(bytes, fail), files = new Map<string, Uint8Array>();
  const total = members.reduce((sum, { size }) => sum + size, 0);
  const problem = beyond("members", members.length, "files") ?? beyond("unpackedBytes", total, "bytes, unpacked,");
  if (problem) fail(problem);
  for (const member of members) {
    const { name, method, checksum, size } = member, content = packedBytes(bytes, member, fail);
    if (method !== 0 && method !== 8) {
      const by = { 9: "Deflate64", 12: "bzip2", 14: "LZMA", 93: "Zstandard", 95: "xz" }[method] ?? `method ${method}`;
      fail(`it is packed by ${by}, only Deflate is read: pack it anew, or by numpy.savez_compressed()`);
    }
    const file = method === 0 ? content : unpacked(
      () => inflateRawSync(content, { maxOutputLength: Math.max(1, size), chunkSize: pieceFor(size, content.length) }),
      `${failure}: "${name}"`,
      size,
    );
    if (file.length !== size || crc32(file) !== checksum) {
      fail(`the checksum of "${name}" does not match: it is damaged`);
    }
    files.set(name, file);
  }
  return files;
}

/** A member's bytes as they lie in the archive, behind a header of their own. */
function packedBytes(bytes: Uint8Array, { name, at, packed }: Member, fail: (problem: string) => never): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (at + 30 > bytes.length || view.getUint32(at, true) !== 0x04034B50) {
    fail(`it is damaged ("${name}" is not where it should be)`);
  }
  const start = at + 30 + view.getUint16(at + 26, true) + view.getUint16(at + 28, true);
  if (start + packed > bytes.length) fail(`it is damaged ("${name}" is cut off)`);
  return bytes.subarray(start, start + packed);
}

const LONGEST_END = 22 + 0xFFFF; // the end of the directory, with a comment

/** What the zip's directory at its end says of each file. */
function directory(bytes: Uint8Array, fail: (problem: string) => never): Member[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), members: Member[] = [];
  const missing = "its directory is missing; is the file complete?";
  let end = bytes.length - 22;
  while (end >= 0 && end >= bytes.length - LONGEST_END && view.getUint32(end, true) !== 0x06054B50) end--;
  if (end < 0 || view.getUint32(end, true) !== 0x06054B50) return fail(missing);
  let at = view.getUint32(end + 16, true);
  for (let i = view.getUint16(end + 10, true); i > 0; i--) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== 0x02014B50) return fail(missing);
    const length = view.getUint16(at + 28, true), skip = view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
    members.push({
      name: new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + length)),
      method: view.getUint16(at + 10, true),
      checksum: view.getUint32(at + 16, true),
      packed: view.getUint32(at + 20, true),
      size: view.getUint32(at + 24, true),
      at: view.getUint32(at + 42, true),
    });
    at += 46 + length + skip;
  }
  return members.filter(({ name }) => !name.endsWith("/")); // folders
}
