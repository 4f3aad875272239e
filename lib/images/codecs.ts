/**
 * The decoders: well-kept ones made by others, each fetched when it is first needed.
 *
 * @module
 */
import type { GifReader } from "omggif";
import { crc32 } from "node:zlib";
import { beyond } from "../limits.ts";
import { pngChunks } from "./headers.ts";
import type { PictureKind } from "./kinds.ts";

/** A decoded picture: red, green, blue, alpha for each pixel. */
export interface Rgba {
  /** Pixels per row. */
  readonly width: number;
  /** Rows. */
  readonly height: number;
  /** Four numbers a pixel. */
  readonly data: Uint8Array | Uint8ClampedArray | Uint16Array;
  /** The number that stands for full: 255 or 65535. */
  readonly most: number;
  /** Whether the decoder has turned it as EXIF says. */
  readonly turned: boolean;
}

const DEEP_AT_MOST = 4_000_000; // pixels of a PNG that are read with 16 bits

/**
 * Decodes the bytes of a picture.
 *
 * @param components Of a JPEG; four are the inks of a press.
 * @throws {Error} That says what is wrong, as far as the decoder says it.
 */
export async function decodeRgba(bytes: Uint8Array, kind: PictureKind, components?: number): Promise<Rgba> {
  if (kind === "PNG") return await png(bytes);
  if (kind === "GIF") return await gif(bytes);
  if (kind === "BMP") return await bmp(bytes);
  if (kind === "JPEG" && components === 4) return await press(bytes);
  const { width, height, data } = await unpack(kind, bytes);
  return { width, height, data, most: 255, turned: kind === "JPEG" };
}

async function wasm(path: string): Promise<WebAssembly.Module> {
  return await WebAssembly.compile(await (await fetch(import.meta.resolve(path))).arrayBuffer());
}

let readyPng: Promise<unknown> | undefined;

async function png(bytes: Uint8Array): Promise<Rgba> {
  const { default: init, decode, decode_rgba16 } = await import("@jsquash/png/codec/pkg/squoosh_png.js");
  await (readyPng ??= wasm("@jsquash/png/codec/pkg/squoosh_png_bg.wasm").then((module) => init(module)));
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const plain = withoutExtras(bytes, view),
    deep = bytes[24] === 16 && view.getUint32(16) * view.getUint32(20) <= DEEP_AT_MOST;
  try {
    if (!deep) {
      const { width, height, data } = decode(plain);
      return { width, height, data: data as Uint8ClampedArray, most: 255, turned: false };
    }
    const image = decode_rgba16(plain), { width, height } = image, data = image.data.slice(); // it lies in memory that is freed now
    image.free();
    return { width, height, data, most: 65535, turned: false };
  } catch { // an exception of Rust, which says nothing here
    throw new Error("it is damaged or cut off");
  }
}

/** The chunks that make the picture and no other: a broken colour profile, or a text that unpacks to gigabytes, is nobody's business. */
function withoutExtras(bytes: Uint8Array, view: DataView): Uint8Array {
  const wanted = ["IHDR", "IDAT", "IEND", "tRNS", ...bytes[25] === 3 ? ["PLTE"] : []], kept = [bytes.subarray(0, 8)];
  for (const { name, at, length } of pngChunks(bytes)) {
    if (!wanted.includes(name)) continue;
    const end = at + 8 + length, whole = end + 4 <= bytes.length;
    if (!whole || crc32(bytes.subarray(at + 4, end)) !== view.getUint32(end)) {
      throw new Error("it is damaged or cut off");
    }
    kept.push(bytes.subarray(at, end + 4));
  }
  const result = new Uint8Array(kept.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of kept) {
    result.set(part, at);
    at += part.length;
  }
  return result;
}

interface Emscripten {
  decode(
    bytes: Uint8Array,
    ...options: (boolean | number)[]
  ): { width: number; height: number; data: Uint8ClampedArray } | null;
}

const started = new Map<PictureKind, Promise<Emscripten>>();
const complaints: string[] = [];

const SOURCES = {
  JPEG: ["@jsquash/jpeg/codec/dec/mozjpeg_dec", () => import("@jsquash/jpeg/codec/dec/mozjpeg_dec.js"), [true]],
  WebP: ["@jsquash/webp/codec/dec/webp_dec", () => import("@jsquash/webp/codec/dec/webp_dec.js"), []],
  AVIF: ["@jsquash/avif/codec/dec/avif_dec", () => import("@jsquash/avif/codec/dec/avif_dec.js"), [8]],
} as const;

function start(kind: keyof typeof SOURCES): Promise<Emscripten> {
  const known = started.get(kind), [path, load] = SOURCES[kind];
  if (known) return known;
  const starting = (async () => {
    const [module, { default: make }] = await Promise.all([wasm(`${path}.wasm`), load()]);
    return await (make as (options: object) => Promise<unknown>)({
      noInitialRun: true,
      printErr: (text: string) => complaints.push(text),
      instantiateWasm(imports: WebAssembly.Imports, ready: (instance: WebAssembly.Instance) => void) {
        const instance = new WebAssembly.Instance(module, imports);
        ready(instance);
        return instance.exports;
      },
    }) as Emscripten;
  })();
  started.set(kind, starting);
  return starting;
}

async function unpack(kind: keyof typeof SOURCES, bytes: Uint8Array) {
  const decoder = await start(kind), options = SOURCES[kind][2];
  complaints.length = 0;
  let image;
  try {
    image = decoder.decode(bytes, ...options);
  } catch { // an exception of C++, which says nothing here, and leaves a decoder that should not be used again
    started.delete(kind);
    throw new Error(complaints.join("; ") || "it cannot be decoded");
  }
  const damage = complaints.find((text) => /premature end|bad huffman/i.test(text)); // other complaints are about what does not show
  if (damage) throw new Error(damage);
  if (!image) throw new Error("it is damaged or cut off");
  return image;
}

/** A JPEG for a press: cyan, magenta, yellow and black, turned into light. */
async function press(bytes: Uint8Array): Promise<Rgba> {
  const { decode } = await import("jpeg-js"); // written in JavaScript: a hundred times as slow as the others
  const { width, height, data } = decode(bytes, {
    ...{ useTArray: true, formatAsRGBA: true, maxMemoryUsageInMB: Infinity },
    maxResolutionInMP: Infinity, // looked at before
  });
  return { width, height, data, most: 255, turned: false };
}

/** The first picture of a GIF. */
async function gif(bytes: Uint8Array): Promise<Rgba> {
  const { GifReader } = (await import("omggif")).default, said: unknown[] = [], { log } = console;
  console.log = (...words) => said.push(words); // it complains there, in the midst of what a command prints
  try {
    return firstOf(new GifReader(bytes), said);
  } finally {
    console.log = log;
  }
}

function firstOf(reader: GifReader, said: readonly unknown[]): Rgba {
  const { width, height } = reader, first = reader.frameInfo(0);
  const problem = beyond("pixels", first.width * first.height, "pixels"); // of its first picture, which may be larger than the whole
  if (problem) throw new RangeError(problem);
  const data = new Uint8Array(4 * width * height);
  reader.decodeAndBlitFrameRGBA(0, data);
  if (said.length) throw new Error("it is damaged or cut off");
  return { width, height, data, most: 255, turned: false };
}

async function bmp(bytes: Uint8Array): Promise<Rgba> {
  const { default: decode } = await import("decode-bmp"), { width, height, data } = decode(bytes);
  return { width, height, data: Uint8Array.from(data), most: 255, turned: false };
}
