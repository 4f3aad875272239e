/**
 * What the headers of picture files say: size before anything is unpacked, and which side is up.
 *
 * @module
 */
import { beyond, limitOf } from "../limits.ts";
import type { PictureKind } from "./kinds.ts";

/** What is known of a picture before it is decoded. */
export interface Header {
  /** Pixels per row. */
  readonly width: number;
  /** Rows. */
  readonly height: number;
  /** How it was held, as EXIF counts from 1 to 8; 1 is upright. */
  readonly orientation: number;
  /** Of a JPEG: its components; 4 are the inks of a press. */
  readonly components?: number;
}

/** Reads a header. Throws an Error that says what is wrong with it. */
export function headerOf(bytes: Uint8Array, kind: PictureKind): Header {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const upright = (width: number, height: number): Header => ({ width, height, orientation: 1 });
  if (kind === "JPEG") return jpegHeader(bytes, view);
  if (bytes.length < 26) throw new Error("it ends in its header");
  if (kind === "PNG") {
    return { ...upright(view.getUint32(16), view.getUint32(20)), orientation: pngOrientation(bytes) };
  }
  if (kind === "GIF") return upright(view.getUint16(6, true), view.getUint16(8, true));
  if (kind === "BMP") return upright(Math.abs(view.getInt32(18, true)), Math.abs(view.getInt32(22, true)));
  return kind === "WebP" ? upright(...webpSize(bytes, view)) : upright(...avifSize(bytes, view));
}

function webpSize(bytes: Uint8Array, view: DataView): [number, number] {
  const kind = String.fromCharCode(...bytes.subarray(12, 16));
  if (bytes.length < 30) throw new Error("it ends in its header");
  if (kind === "VP8X") {
    return [1 + (view.getUint32(24, true) & 0xFFFFFF), 1 + (view.getUint32(27, true) >>> 0 & 0xFFFFFF)];
  }
  if (kind === "VP8 ") return [view.getUint16(26, true) & 0x3FFF, view.getUint16(28, true) & 0x3FFF];
  const packed = view.getUint32(21, true);
  return [1 + (packed & 0x3FFF), 1 + (packed >>> 14 & 0x3FFF)];
}

/** The largest extent among the file's items. */
function avifSize(bytes: Uint8Array, view: DataView): [number, number] {
  let width = 0, height = 0;
  for (let at = 0; at + 16 <= Math.min(bytes.length, 4096); at++) {
    if (view.getUint32(at) !== 0x69737065) continue; // the box of an extent
    width = Math.max(width, view.getUint32(at + 8));
    height = Math.max(height, view.getUint32(at + 12));
  }
  if (!width) throw new Error("its size is not said in its header");
  return [width, height];
}

/** A chunk of a PNG. */
export interface PngChunk {
  /** Its four letters. */
  readonly name: string;
  /** Its first byte, that of its length. */
  readonly at: number;
  /** Bytes of its content. */
  readonly length: number;
}

const LONGEST_PALETTE = 768; // bytes: 256 colours

/**
 * The chunks of a PNG, in their order.
 *
 * @throws {RangeError} If there are too many; a blank picture could be cut into millions.
 * @throws {Error} If a palette has more colours than a byte can name.
 */
export function* pngChunks(bytes: Uint8Array): Generator<PngChunk> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), most = limitOf("chunks");
  for (let at = 8, count = 1; at + 12 <= bytes.length; at += 12 + view.getUint32(at), count++) {
    if (count > most) throw new RangeError(beyond("chunks", Infinity, "chunks")!);
    const length = view.getUint32(at), name = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    if ((name === "PLTE" || name === "tRNS") && length > LONGEST_PALETTE) {
      throw new Error(`its ${name} has ${length} bytes: it is damaged`);
    }
    yield { name, at, length };
  }
}

function pngOrientation(bytes: Uint8Array): number {
  for (const { name, at, length } of pngChunks(bytes)) {
    if (name === "eXIf") return exifOrientation(bytes.subarray(at + 8, at + 8 + length));
  }
  return 1;
}

/** Walks through a JPEG from mark to mark: size, components, EXIF, how often it goes over its pixels, and whether it comes to its end. */
function jpegHeader(bytes: Uint8Array, view: DataView): Header {
  let found: { width: number; height: number; components: number } | null = null, orientation = 1, scans = 0;
  for (let at = 2; at + 2 <= bytes.length;) {
    if (bytes[at] !== 0xFF) { // stray bytes between two segments, or the content of a scan
      at = bytes.indexOf(0xFF, at);
      if (at < 0) break;
      continue;
    }
    const marker = bytes[at + 1]!;
    if (marker === 0xFF || marker <= 1 || marker >= 0xD0 && marker <= 0xD8) { // no mark, or one without a length
      at += marker === 0xFF ? 1 : 2;
      continue;
    }
    if (marker === 0xD9) {
      if (!found) throw new Error("it ends before its frame header");
      return { ...found, orientation };
    }
    if (at + 4 > bytes.length) break;
    const length = view.getUint16(at + 2);
    if (marker >= 0xC0 && marker <= 0xCF && ![0xC4, 0xC8, 0xCC].includes(marker) && at + 9 < bytes.length) {
      found ??= { width: view.getUint16(at + 7), height: view.getUint16(at + 5), components: bytes[at + 9]! };
    }
    if (marker === 0xE1 && String.fromCharCode(...bytes.subarray(at + 4, at + 8)) === "Exif") {
      orientation = exifOrientation(bytes.subarray(at + 10, at + 2 + length));
    }
    if (marker === 0xDA) {
      const pixels = found && scans++ ? scans * found.width * found.height : 0; // of a single scan, those of the picture are looked at
      const problem = beyond("scans", scans, "scans") ?? beyond("scannedPixels", pixels, "pixels of all scans");
      if (problem) throw new RangeError(problem);
    }
    at += 2 + length;
  }
  throw new Error(found ? "it is cut off: its end marker is missing" : "it ends before its frame header");
}

/** The orientation that a block of EXIF names; 1 where it names none. */
function exifOrientation(tiff: Uint8Array): number {
  const view = new DataView(tiff.buffer, tiff.byteOffset, tiff.byteLength), little = tiff[0] === 0x49;
  if (tiff.length < 14) return 1;
  const start = view.getUint32(4, little);
  if (start + 2 > tiff.length) return 1;
  const count = view.getUint16(start, little);
  for (let entry = start + 2, k = 0; k < count && entry + 12 <= tiff.length; k++, entry += 12) {
    if (view.getUint16(entry, little) !== 0x0112) continue;
    const value = view.getUint16(entry + 8, little);
    return value >= 1 && value <= 8 ? value : 1;
  }
  return 1;
}
