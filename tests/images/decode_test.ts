import { assert, assertEquals, assertRejects } from "@std/assert";
import { encode as encodePng } from "fast-png";
import { zlibSync } from "fflate";
import { Buffer } from "node:buffer";
import { crc32 } from "node:zlib";
// deno-lint-ignore no-import-prefix -- whatever deno.json names, Deno fetches for every reader
import { encode as encodeJpeg } from "npm:jpeg-js@0.4.4";
import { decodeImage } from "../../lib/images/decode.ts";
import type { GreyImage } from "../../lib/images/grey_image.ts";
import { photo } from "./photo.ts";

Deno.test("decodeImage() reads PNG of every depth and kind, and JPEG, as the brightness they show", async () => {
  const levels = [0, 80, 160, 255],
    close = (image: GreyImage, expected: number[], off = 1) =>
      assert(
        image.data.length === expected.length && image.data.every((value, i) => Math.abs(value - expected[i]!) <= off),
        `${[...image.data]} must be ${expected}`,
      );
  const png = (data: Uint8Array | Uint16Array, channels: 1 | 2 | 3 | 4, depth: 8 | 16 = 8) =>
    decodeImage(encodePng({ width: 2, height: 2, data, channels, depth }), "x.png");
  close(await png(Uint8Array.from(levels), 1), levels);
  close(await png(Uint16Array.from(levels, (v) => v * 257), 1, 16), levels);
  close(await png(Uint8Array.from(levels.flatMap((v) => [v, v, v])), 3), levels);
  close(await png(Uint8Array.from(levels.flatMap((v) => [v, v, v, 255])), 4), levels);
  close(await png(Uint8Array.from(levels.flatMap(() => [0, 0, 0, 0])), 4), [255, 255, 255, 255]); // nothing there is paper
  close(await png(Uint8Array.from(levels.flatMap(() => [0, 128])), 2), [127, 127, 127, 127]);
  close(await png(Uint8Array.from([255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 255]), 3), [76, 150, 29, 255]);
  for (const bits of [1, 2, 4]) { // five pixels a row: the last byte is not full
    const most = 2 ** bits - 1, row = Array.from({ length: 5 }, (_, i) => i % (most + 1));
    close(await decodeImage(smallPng(row, bits), "x.png"), row.map((v) => 255 * v / most));
  }
  const grey = photo(3, 9), jpeg = await decodeImage(jpegOf(grey), "x.jpg");
  assertEquals([jpeg.width, jpeg.height], [grey.width, grey.height]);
  const off = jpeg.data.reduce((sum, value, i) => sum + Math.abs(value - grey.data[i]!), 0) / jpeg.data.length;
  assert(off < 6, `JPEG differs by ${off} grey levels on average`);
});

Deno.test("decodeImage() turns a JPEG as its EXIF tag says", async () => {
  const data = new Float64Array(32 * 16).fill(220);
  for (let y = 0; y < 8; y++) data.fill(20, y * 32, y * 32 + 16); // dark: the upper left
  const plain = jpegOf({ width: 32, height: 16, data });
  for (const [orientation, width, dark] of [[1, 32, 0], [3, 32, 3], [6, 16, 1], [8, 16, 2]] as const) {
    const image = await decodeImage(withOrientation(plain, orientation), "x.jpg"), high = 512 / width;
    assertEquals([image.width, image.height], [width, high], `orientation ${orientation}`);
    const corners = [[2, 2], [width - 3, 2], [2, high - 3], [width - 3, high - 3]] as const;
    assertEquals(corners.findIndex(([x, y]) => image.data[y * width + x]! < 100), dark, `orientation ${orientation}`);
  }
});

Deno.test("decodeImage() brings very large pictures down to means of squares", async () => {
  const width = 4100, height = 2050, data = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) data.fill(y % 2 ? 200 : 100, y * width, (y + 1) * width);
  const image = await decodeImage(encodePng({ width, height, data, channels: 1 }), "large.png");
  assertEquals([image.width, image.height], [1025, 513]);
  assertEquals(new Set(image.data), new Set([150]));
});

Deno.test("decodeImage() refuses what is no image, is cut off, or too large, before it is unpacked", async () => {
  const png = encodePng({ width: 2, height: 2, data: Uint8Array.of(1, 2, 3, 4), channels: 1 }),
    jpeg = jpegOf(photo(1, 1));
  const huge = png.slice(),
    frame = jpeg.findIndex((byte, i) => byte === 0xFF && jpeg[i + 1] === 0xC0),
    wide = jpeg.slice();
  new DataView(huge.buffer).setUint32(16, 4_000_000_000);
  new DataView(wide.buffer).setUint32(frame + 5, 0xFFFFFFFF);
  const deep = png.slice(), header = new DataView(deep.buffer);
  header.setUint32(16, 8000);
  header.setUint32(20, 5000);
  header.setUint16(24, 0x1006); // 16 bits, colour and alpha
  const cmyk = jpeg.slice();
  cmyk[frame + 9] = 4;
  const cases: [string, Uint8Array, string][] = [
    ["a.csv", text("label,1"), 'Cannot read "a.csv" as an image: must be PNG or JPEG, its first bytes are 6c 61 62 65'],
    ["none", new Uint8Array(), "its first bytes are none"],
    ["a.png", text("<svg/>"), "its first bytes are 3c 73 76 67"],
    ["cut.png", png.slice(0, 40), 'Cannot read "cut.png" as PNG'],
    ["head.png", png.slice(0, 5), 'Cannot read "head.png" as PNG'],
    ["cut.jpg", jpeg.slice(0, jpeg.length >> 1), 'Cannot read "cut.jpg" as JPEG: Premature end'],
    ["head.jpg", Uint8Array.of(0xFF, 0xD8, 0xFF, 0xE0, 0, 16), "it ends before its frame header"],
    ["huge.png", huge, "4000000000 × 2 pixels are too many, at most 50,000,000"],
    ["huge.jpg", wide, "65535 × 65535 pixels are too many"],
    ["deep.png", deep, "it unpacks to 320 MB, at most 256"],
    ["print.jpg", cmyk, "its colours are CMYK, for printing: save it as RGB"],
  ];
  for (const [name, bytes, message] of cases) await assertRejects(() => decodeImage(bytes, name), SyntaxError, message);
});

Deno.test("decodeImage() reads a good JPEG after two hundred bad ones, and one with stray bytes", async () => {
  const good = jpegOf(photo(4, 4));
  for (let k = 0; k < 200; k++) await decodeImage(good.slice(0, 200 + k), "bad").catch(() => {});
  const clean = await decodeImage(good, "good");
  const stray = Uint8Array.of(...good.subarray(0, good.length - 2), 7, 7, 0xFF, 0xD9); // every viewer shows it
  assertEquals((await decodeImage(stray, "stray")).data, clean.data);
});

Deno.test("decodeImage() refuses a PNG that holds far more than it announces, before it is kept", async () => {
  const bomb = pngOf(8, 1, 1, zlibSync(new Uint8Array(300e6)), 0), before = Deno.memoryUsage().rss;
  await assertRejects(() => decodeImage(bomb, "bomb.png"), SyntaxError, "it unpacks to more than the");
  const grown = (Deno.memoryUsage().rss - before) / 1e6;
  assert(grown < 150, `${grown.toFixed(0)} MB`);
  const woven = pngOf(1, 2, 2, zlibSync(new Uint8Array(10)), 1);
  await assertRejects(() => decodeImage(woven, "woven.png"), SyntaxError, "interlaced with less than 8 bits");
});

const text = (content: string) => new TextEncoder().encode(content);

function jpegOf({ width, height, data }: GreyImage): Uint8Array {
  const rgba = Uint8Array.from([...data].flatMap((v) => [v, v, v, 255]));
  return Uint8Array.from(encodeJpeg({ width, height, data: rgba }, 95).data);
}

/** An EXIF block with nothing but an orientation, put behind the first marker. */
function withOrientation(jpeg: Uint8Array, orientation: number): Uint8Array {
  const tiff = [0x4D, 0x4D, 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0];
  const block = [0xFF, 0xE1, 0, 2 + 6 + tiff.length, ...text("Exif"), 0, 0, ...tiff];
  return Uint8Array.of(...jpeg.subarray(0, 2), ...block, ...jpeg.subarray(2));
}

/** A grey PNG of one row with few bits a pixel, which fast-png reads and does not write. */
function smallPng(row: readonly number[], bits: number): Uint8Array {
  const packed = new Uint8Array(1 + Math.ceil(row.length * bits / 8)); // filter 0 first
  row.forEach((v, i) => packed[1 + (i * bits >> 3)]! |= v << (8 - bits - (i * bits & 7)));
  return pngOf(bits, row.length, 1, zlibSync(packed), 0);
}

function chunk(name: string, data: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(12 + data.length), view = new DataView(bytes.buffer);
  view.setUint32(0, data.length);
  bytes.set(text(name), 4);
  bytes.set(data, 8);
  view.setUint32(8 + data.length, crc32(bytes.subarray(4, 8 + data.length)));
  return bytes;
}

/** A grey PNG around packed content. */
function pngOf(bits: number, width: number, height: number, content: Uint8Array, interlace: number): Uint8Array {
  const size = Uint8Array.of(0, 0, 0, width, 0, 0, 0, height, bits, 0, 0, 0, interlace),
    signature = [0x89, 0x50, 0x4E, 0x47, 13, 10, 26, 10];
  const parts = [
    Uint8Array.from(signature),
    chunk("IHDR", size),
    chunk("IDAT", content),
    chunk("IEND", new Uint8Array()),
  ];
  return Uint8Array.from(Buffer.concat(parts));
}
