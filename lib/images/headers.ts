/**
 * What the headers of picture files say: size before anything is unpacked, and which side is up.
 *
 * @module
 */
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
    return { ...upright(view.getUint32(16), view.getUint32(20)), orientation: pngOrientation(bytes, view) };
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

function pngOrientation(bytes: Uint8Array, view: DataView): number {
  for (let at = 8; at + 12 <= bytes.length; at += 12 + view.getUint32(at)) {
    if (view.getUint32(at + 4) === 0x65584966) {
      return exifOrientation(bytes.subarray(at + 8, at + 8 + view.getUint32(at)));
    }
  }
  return 1;
}

/** Walks through a JPEG from mark to mark: size, components, EXIF, and whether it comes to its end. */
function jpegHeader(bytes: Uint8Array, view: DataView): Header {
  let found: { width: number; height: number; components: number } | null = null, orientation = 1;
  for (let at = 2; at + 2 <= bytes.length;) {
    const marker = bytes[at + 1]!;
    if (bytes[at] !== 0xFF || marker === 0xFF || marker === 0 || marker >= 0xD0 && marker <= 0xD7) {
      at++; // stray bytes between two segments, or the content of a scan
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
