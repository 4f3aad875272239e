/**
 * Writes PNG files.
 *
 * @module
 */
import { crc32, deflateSync } from "node:zlib";

/**
 * Pixels as a PNG file: 8 bits a channel, no filter, no interlacing.
 *
 * @param pixels Row by row, `width * height * channels` bytes.
 * @param width Pixels per row, at least 1.
 * @param height Rows, at least 1.
 * @param channels 1 for grey, 4 for red, green, blue and opacity.
 * @throws {TypeError} If the number of bytes does not fit the size.
 * @see PNG Specification (W3C, third edition), sections 5 and 11
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const file = encodePng(Uint8Array.of(0, 255), 2, 1, 1);
 * assertEquals([...file.slice(1, 4)], [80, 78, 71]); // "PNG"
 * ```
 */
export function encodePng(
  pixels: Uint8Array | Uint8ClampedArray,
  width: number,
  height: number,
  channels: 1 | 4,
): Uint8Array {
  const row = width * channels;
  if (pixels.length !== row * height || pixels.length === 0) {
    throw new TypeError(
      `Cannot write a PNG of ${width} × ${height}: needs ${row * height} bytes and at least one, got ${pixels.length}`,
    );
  }
  const raw = new Uint8Array((row + 1) * height); // each row starts with its filter, 0 for none
  for (let y = 0; y < height; y++) raw.set(pixels.subarray(y * row, (y + 1) * row), y * (row + 1) + 1);
  const header = new Uint8Array(13), view = new DataView(header.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  header[8] = 8; // bits a channel
  header[9] = channels === 1 ? 0 : 6; // grey, or colour with opacity
  const parts = [
    Uint8Array.of(0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A),
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(raw, { level: 9 })),
    chunk("IEND", new Uint8Array()),
  ];
  const file = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    file.set(part, at);
    at += part.length;
  }
  return file;
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(12 + data.length), view = new DataView(bytes.buffer);
  view.setUint32(0, data.length);
  bytes.set(new TextEncoder().encode(type), 4);
  bytes.set(data, 8);
  view.setUint32(8 + data.length, crc32(bytes.subarray(4, 8 + data.length)));
  return bytes;
}
