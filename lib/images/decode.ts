/**
 * PNG and JPEG files to brightness, by libraries.
 *
 * @module
 */
import { decode as decodePng } from "fast-png";
import { decode as decodeJpeg } from "jpeg-js";
import type { GreyImage } from "./grey_image.ts";

const MOST_PIXELS = 50_000_000;

/**
 * Decodes a PNG or JPEG file to brightness. Transparent parts lie over white; a photo is turned as its EXIF tag says.
 *
 * @param bytes The whole file.
 * @param name What to call it in an error.
 * @throws {SyntaxError} If it is neither, is damaged, or has more than 50 million pixels.
 */
export function decodeImage(bytes: Uint8Array, name: string): GreyImage {
  const png = [0x89, 0x50, 0x4E, 0x47].every((byte, i) => bytes[i] === byte);
  const jpeg = bytes[0] === 0xFF && bytes[1] === 0xD8;
  if (!png && !jpeg) {
    const start = [...bytes.subarray(0, 4)].map((byte) => byte.toString(16).padStart(2, "0")).join(" ");
    throw new SyntaxError(
      `Cannot read "${name}" as an image: must be PNG or JPEG, its first bytes are ${start || "none"}`,
    );
  }
  try {
    return png ? fromPng(bytes) : fromJpeg(bytes);
  } catch (cause) {
    throw new SyntaxError(`Cannot read "${name}" as ${png ? "PNG" : "JPEG"}: ${(cause as Error).message}`, { cause });
  }
}

function checkSize(width: number, height: number): void {
  if (width * height > MOST_PIXELS) {
    throw new RangeError(`${width} × ${height} pixels are too many, at most ${MOST_PIXELS.toLocaleString("en")}`);
  }
  if (width < 1 || height < 1) throw new RangeError(`it has ${width} × ${height} pixels`);
}

function fromPng(bytes: Uint8Array): GreyImage {
  if (bytes.length >= 24) { // before anything is unpacked
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    checkSize(view.getUint32(16), view.getUint32(20));
  }
  const { width, height, data, depth, channels, palette } = decodePng(bytes);
  const most = 2 ** depth - 1, result = new Float64Array(width * height);
  const perRow = depth < 8 ? Math.ceil(width * depth / 8) : width * channels;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let colour: number[];
      if (depth < 8) {
        const bit = x * depth, byte = data[y * perRow + (bit >> 3)]!;
        colour = [(byte >> (8 - depth - (bit & 7))) & most];
      } else colour = Array.from({ length: channels }, (_, c) => data[y * perRow + x * channels + c]!);
      if (palette) {
        const [r, g, b, a = 255] = palette[colour[0]!]!;
        result[y * width + x] = brightness(r!, g!, b!, a / 255);
      } else {
        const [r, g, b] = channels < 3 ? [colour[0]!, colour[0]!, colour[0]!] : colour as [number, number, number];
        const alpha = channels === 2 ? colour[1]! : channels === 4 ? colour[3]! : most, scale = 255 / most;
        result[y * width + x] = brightness(r * scale, g * scale, b * scale, alpha / most);
      }
    }
  }
  return { width, height, data: result };
}

function fromJpeg(bytes: Uint8Array): GreyImage {
  const decoded = decodeJpeg(bytes, {
    useTArray: true,
    formatAsRGBA: true,
    maxResolutionInMP: MOST_PIXELS / 1e6,
    maxMemoryUsageInMB: 2048,
  });
  const { width, height, data } = decoded, { exifBuffer } = decoded as { exifBuffer?: ArrayBuffer }; // missing in its types
  const grey = new Float64Array(width * height);
  for (let i = 0; i < grey.length; i++) grey[i] = brightness(data[4 * i]!, data[4 * i + 1]!, data[4 * i + 2]!, 1);
  return upright({ width, height, data: grey }, exifBuffer ? orientationOf(new Uint8Array(exifBuffer)) : 1);
}

/** Luma of ITU-R BT.601 over white paper. */
function brightness(r: number, g: number, b: number, alpha: number): number {
  return alpha * (0.299 * r + 0.587 * g + 0.114 * b) + (1 - alpha) * 255;
}

/** The orientation tag (0x0112) of an EXIF block, 1 where there is none. */
function orientationOf(exif: Uint8Array): number {
  const at = exif[0] === 0x45 && exif[1] === 0x78 ? 6 : 0; // after "Exif\0\0"
  if (exif.length < at + 10) return 1;
  const view = new DataView(exif.buffer, exif.byteOffset + at, exif.byteLength - at);
  const little = view.getUint16(0) === 0x4949, directory = view.getUint32(4, little);
  if (directory + 2 > view.byteLength) return 1;
  const count = view.getUint16(directory, little);
  for (let k = 0; k < count; k++) {
    const entry = directory + 2 + 12 * k;
    if (entry + 12 > view.byteLength) break;
    if (view.getUint16(entry, little) === 0x0112) return view.getUint16(entry + 8, little);
  }
  return 1;
}

/** Turned and mirrored as the camera was held. */
function upright({ width, height, data }: GreyImage, orientation: number): GreyImage {
  if (orientation < 2 || orientation > 8) return { width, height, data };
  const swap = orientation > 4, toWidth = swap ? height : width, toHeight = swap ? width : height;
  const result = new Float64Array(data.length);
  for (let y = 0; y < toHeight; y++) {
    for (let x = 0; x < toWidth; x++) {
      let [u, v] = swap ? [y, x] : [x, y];
      if ([2, 3, 7, 8].includes(orientation)) u = width - 1 - u;
      if ([3, 4, 6, 7].includes(orientation)) v = height - 1 - v;
      result[y * toWidth + x] = data[v * width + u]!;
    }
  }
  return { width: toWidth, height: toHeight, data: result };
}
