/**
 * PNG and JPEG files to brightness, by libraries.
 *
 * @module
 */
import mozjpeg from "@jsquash/jpeg/codec/dec/mozjpeg_dec.js";
import { decode as decodePng } from "fast-png";
import { brightness, type GreyImage } from "./grey_image.ts";

const MOST_PIXELS = 50_000_000;
const MOST_BYTES = 256e6; // of a PNG once it is unpacked; there are two copies of it then
const DEFLATE_AT_MOST = 1032; // bytes out of one
const IDAT = 0x49444154;
const PIECE = 4096; // bytes that are unpacked at a time: at most four megabytes come out
const ENOUGH = 1024; // pixels on the longer side, and up to twice as many: larger pictures are brought down while they are read

/**
 * Decodes a PNG or JPEG file to brightness. An alpha channel lies over white; a photo is turned as its EXIF tag says.
 *
 * Very large pictures come out smaller by a whole number, each pixel the mean of a square: so 50 million pixels take
 * less than a gigabyte.
 *
 * @param bytes The whole file.
 * @param name What to call it in an error.
 * @throws {SyntaxError} If it is neither, is damaged, or has more than 50 million pixels.
 */
export async function decodeImage(bytes: Uint8Array, name: string): Promise<GreyImage> {
  const png = [0x89, 0x50, 0x4E, 0x47].every((byte, i) => bytes[i] === byte);
  const jpeg = bytes[0] === 0xFF && bytes[1] === 0xD8;
  if (!png && !jpeg) {
    const start = [...bytes.subarray(0, 4)].map((byte) => byte.toString(16).padStart(2, "0")).join(" ");
    throw new SyntaxError(
      `Cannot read "${name}" as an image: must be PNG or JPEG, its first bytes are ${start || "none"}`,
    );
  }
  try {
    return png ? await fromPng(bytes) : await fromJpeg(bytes);
  } catch (cause) {
    const reason = (cause as Error).message.replace(/:?\s*$/, ""); // fast-png's sometimes end in a colon
    throw new SyntaxError(`Cannot read "${name}" as ${png ? "PNG" : "JPEG"}: ${reason}`, { cause });
  }
}

function checkSize(width: number, height: number): void {
  if (width * height > MOST_PIXELS) {
    throw new RangeError(`${width} × ${height} pixels are too many, at most ${MOST_PIXELS.toLocaleString("en")}`);
  }
  if (width < 1 || height < 1) throw new RangeError(`it has ${width} × ${height} pixels`);
}

function missing(colour: number): never {
  throw new RangeError(`a pixel has colour ${colour}, which its palette does not have`);
}

/** Refuses a picture whose content unpacks to much more than its header announces, before anybody keeps it all. */
async function checkContent(bytes: Uint8Array, announced: number): Promise<void> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), parts: Uint8Array<ArrayBuffer>[] = [];
  for (let at = 8; at + 8 <= bytes.length; at += 12 + view.getUint32(at)) {
    if (view.getUint32(at + 4) === IDAT) {
      parts.push(Uint8Array.from(bytes.subarray(at + 8, at + 8 + view.getUint32(at))));
    }
  }
  const packed = parts.reduce((sum, part) => sum + part.length, 0);
  if (packed * DEFLATE_AT_MOST <= MOST_BYTES) return; // whatever it is, it is not much
  const pieces = parts.flatMap((part) =>
    Array.from({ length: Math.ceil(part.length / PIECE) }, (_, i) => part.subarray(i * PIECE, (i + 1) * PIECE))
  );
  let count = 0;
  try {
    for await (const piece of ReadableStream.from(pieces).pipeThrough(new DecompressionStream("deflate"))) {
      if ((count += piece.length) > announced) break;
    }
  } catch { /* damaged: the decoder says how */ }
  if (count > announced) {
    throw new RangeError(`it unpacks to more than the ${Math.round(announced)} bytes that its header announces`);
  }
}

/** The brightness of every pixel, or of squares of pixels where there are very many. */
function toGrey(width: number, height: number, brightnessAt: (x: number, y: number) => number): GreyImage {
  const square = Math.max(1, Math.floor(Math.max(width, height) / ENOUGH));
  const across = Math.ceil(width / square), down = Math.ceil(height / square), data = new Float64Array(across * down);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      data[Math.floor(y / square) * across + Math.floor(x / square)]! += brightnessAt(x, y);
    }
  }
  if (square > 1) {
    for (let v = 0; v < down; v++) {
      const rows = Math.min(square, height - v * square);
      for (let u = 0; u < across; u++) data[v * across + u]! /= rows * Math.min(square, width - u * square);
    }
  }
  return { width: across, height: down, data };
}

async function fromPng(bytes: Uint8Array): Promise<GreyImage> {
  if (bytes.length >= 26) { // before anything is unpacked
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const width = view.getUint32(16), height = view.getUint32(20), samples = [1, 1, 3, 1, 2, 1, 4][bytes[25]!] ?? 4;
    checkSize(width, height);
    const unpacked = width * height * samples * bytes[24]! / 8;
    if (unpacked > MOST_BYTES) {
      throw new RangeError(`it unpacks to ${Math.round(unpacked / 1e6)} MB, at most ${MOST_BYTES / 1e6}`);
    }
    if (bytes[28] === 1 && bytes[24]! < 8) {
      throw new Error("it is interlaced with less than 8 bits a pixel: save it without interlacing");
    }
    await checkContent(bytes, unpacked + 16 * height);
  }
  const { width, height, data, depth, channels, palette } = decodePng(bytes, { checkCrc: true });
  const most = 2 ** depth - 1, scale = 255 / most, perRow = depth < 8 ? Math.ceil(width * depth / 8) : width * channels;
  const shades = palette?.map(([r, g, b, a = 255]) => brightness(r!, g!, b!, a / 255));
  return toGrey(width, height, (x, y) => {
    const at = y * perRow + (depth < 8 ? (x * depth) >> 3 : x * channels);
    const first = depth < 8 ? (data[at]! >> (8 - depth - ((x * depth) & 7))) & most : data[at]!;
    if (shades) return shades[first] ?? missing(first);
    if (channels < 3) {
      return brightness(scale * first, scale * first, scale * first, channels === 2 ? data[at + 1]! / most : 1);
    }
    const [g, b] = [data[at + 1]!, data[at + 2]!];
    return brightness(scale * first, scale * g, scale * b, channels === 4 ? data[at + 3]! / most : 1);
  });
}

interface JpegDecoder {
  decode(bytes: Uint8Array, turnAsExifSays: boolean): { width: number; height: number; data: Uint8Array };
}

let decoder: Promise<JpegDecoder> | undefined;
const complaints: string[] = [];

function startDecoder(): Promise<JpegDecoder> {
  return decoder ??= (async () => {
    const file = await fetch(import.meta.resolve("@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm"));
    const module = await WebAssembly.compile(await file.arrayBuffer());
    return await mozjpeg({
      noInitialRun: true,
      printErr: (text: string) => complaints.push(text),
      instantiateWasm(imports: WebAssembly.Imports, ready: (instance: WebAssembly.Instance) => void) {
        const instance = new WebAssembly.Instance(module, imports);
        ready(instance);
        return instance.exports;
      },
    }) as unknown as JpegDecoder;
  })();
}

async function fromJpeg(bytes: Uint8Array): Promise<GreyImage> {
  checkSize(...jpegSize(bytes));
  const { decode } = await startDecoder();
  complaints.length = 0;
  let image;
  try {
    image = decode(bytes, true);
  } catch { // an exception of C++, which says nothing here, and leaves a decoder that should not be used again
    decoder = undefined;
    throw new Error(complaints.join("; ") || "it cannot be decoded");
  }
  const cutOff = complaints.find((text) => /premature end/i.test(text)); // other complaints are about what does not show
  if (cutOff) throw new Error(cutOff);
  const { width, height, data } = image;
  return toGrey(width, height, (x, y) => {
    const at = 4 * (y * width + x);
    return brightness(data[at]!, data[at + 1]!, data[at + 2]!, 1);
  });
}

/** Width and height from the frame header, before anything is unpacked. */
function jpegSize(bytes: Uint8Array): [number, number] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 2; at + 9 <= bytes.length;) {
    const marker = bytes[at + 1]!;
    if (bytes[at] !== 0xFF) { // stray bytes between two segments
      at++;
      continue;
    }
    if (marker >= 0xC0 && marker <= 0xCF && ![0xC4, 0xC8, 0xCC].includes(marker)) {
      if (bytes[at + 9] === 4) throw new Error("its colours are CMYK, for printing: save it as RGB");
      return [view.getUint16(at + 7), view.getUint16(at + 5)];
    }
    at += marker === 0xFF ? 1 : 2 + view.getUint16(at + 2);
  }
  throw new Error("it ends before its frame header");
}
