/**
 * Zip archives and .gz files, whole and undamaged, or one sentence: what .npz, Kaggle's downloads and packed sets are.
 *
 * @module
 */
import { unzipSync } from "fflate";
import { crc32, gunzipSync } from "node:zlib";

/** What an archive may unpack to, in bytes. */
export const MOST_BYTES: number = 2 ** 30;

/** Whether a file begins as a .gz does, whatever its name. */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1F && bytes[1] === 0x8B;
}

/** Unpacks a .gz; errors as those of {@linkcode unzip}. */
export function gunzip(bytes: Uint8Array, failure: string): Uint8Array {
  try {
    return gunzipSync(bytes, { maxOutputLength: MOST_BYTES });
  } catch (cause) {
    throw new SyntaxError(`${failure}: it is damaged or cut off (${(cause as Error).message})`, { cause });
  }
}

/** Whether a file begins as a zip archive does, whatever its name. */
export function isZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4B;
}

/**
 * Unpacks all files of an archive and compares their checksums.
 *
 * @param bytes The whole archive.
 * @param failure Begins each error, such as `Cannot unpack "train.zip"`.
 * @returns The files by name, in their order.
 * @throws {SyntaxError} If it is not a zip file, is cut off or damaged, or unpacks to more than a gigabyte.
 */
export function unzip(bytes: Uint8Array, failure: string): Map<string, Uint8Array> {
  const fail = (problem: string): never => {
    throw new SyntaxError(`${failure}: ${problem}`);
  };
  if (!isZip(bytes)) fail('a zip file must start with "PK"');
  const checksums = directory(bytes) ?? fail("its directory is missing; is the file complete?");
  let files: Record<string, Uint8Array>, total = 0;
  try {
    files = unzipSync(bytes, {
      filter: ({ originalSize }) =>
        (total += originalSize) <= MOST_BYTES || fail(`it would unpack to more than ${MOST_BYTES} bytes`),
    });
  } catch (cause) {
    if (cause instanceof SyntaxError) throw cause;
    const { message } = cause as Error, method = /unknown compression type (\d+)/.exec(message)?.[1];
    if (method) {
      const by = { 9: "Deflate64", 12: "bzip2", 14: "LZMA", 93: "Zstandard", 95: "xz" }[method] ?? `method ${method}`;
      return fail(`it is packed by ${by}, only Deflate is read: pack it anew, or by numpy.savez_compressed()`);
    }
    return fail(`it is damaged (${message})`);
  }
  for (const [file, content] of Object.entries(files)) {
    if (crc32(content) !== checksums.get(file)) fail(`the checksum of "${file}" does not match: it is damaged`);
  }
  return new Map(Object.entries(files));
}

/** The checksum of each file, from the zip's directory at its end; null where there is none. */
function directory(bytes: Uint8Array): Map<string, number> | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let end = bytes.length - 22;
  while (end >= 0 && view.getUint32(end, true) !== 0x06054B50) end--;
  if (end < 0) return null;
  const checksums = new Map<string, number>();
  let at = view.getUint32(end + 16, true);
  for (let i = view.getUint16(end + 10, true); i > 0; i--) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== 0x02014B50) return null;
    const length = view.getUint16(at + 28, true), skip = view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
    checksums.set(new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + length)), view.getUint32(at + 16, true));
    at += 46 + length + skip;
  }
  return checksums;
}
