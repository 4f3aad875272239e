/**
 * The same of `node:url`, `node:os`, `node:util`, `node:process` and `node:zlib`.
 *
 * @module
 */
import { gunzipSync as gunzipped, inflateSync as inflatedRaw, unzlibSync } from "fflate";

export const fileURLToPath = (address: string | URL): string => new URL(address).pathname;
export const pathToFileURL = (path: string): URL => new URL(`file://${path}`);
export const homedir = (): string => "/";
export const hostname = (): string => "page";
export const gunzipSync = (bytes: Uint8Array): Uint8Array => gunzipped(bytes);
export const inflateRawSync = (bytes: Uint8Array): Uint8Array => inflatedRaw(bytes);
export const inflateSync = (bytes: Uint8Array): Uint8Array => unzlibSync(bytes);
export const gunzip = gunzipSync;
export const promisify = (work: (...given: unknown[]) => unknown) => (...given: unknown[]) =>
  new Promise((resolve) => resolve(work(...given)));

/** The checksum of zip and PNG, after the table of RFC 1952. */
export function crc32(bytes: Uint8Array, from = 0): number {
  let crc = ~from;
  for (const byte of bytes) {
    crc ^= byte;
    for (let k = 0; k < 8; k++) crc = crc & 1 ? crc >>> 1 ^ 0xedb88320 : crc >>> 1;
  }
  return ~crc >>> 0;
}
export default { on: () => {}, off: () => {}, exit: () => {} };
