import { assert, assertEquals, assertRejects } from "@std/assert";
import { encode as encodePng } from "fast-png";
import { zlibSync } from "fflate";
// deno-lint-ignore no-import-prefix -- whatever deno.json names, Deno fetches for every reader
import { encode as encodeJpeg } from "npm:jpeg-js@0.4.4";
import { decodeImage } from "../../lib/images/decode.ts";
import type { GreyImage } from "../../lib/images/grey_image.ts";
import { photo } from "./photo.ts";
import { chunk, joined, madePng, PNG_KINDS } from "./png_maker.ts";

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
  const grey = photo(3, 9), jpeg = await decodeImage(jpegOf(grey), "x.jpg");
  assertEquals([jpeg.width, jpeg.height], [grey.width, grey.height]);
  const off = jpeg.data.reduce((sum, value, i) => sum + Math.abs(value - grey.data[i]!), 0) / jpeg.data.length;
  assert(off < 6, `JPEG differs by ${off} grey levels on average`);
});

Deno.test("decodeImage() turns a JPEG and a PNG as its EXIF tag says", async () => {
  const data = new Float64Array(32 * 16).fill(220);
  for (let y = 0; y < 8; y++) data.fill(20, y * 32, y * 32 + 16); // dark: the upper left
  const plain = jpegOf({ width: 32, height: 16, data });
  const png = encodePng({ width: 32, height: 16, channels: 1, data: Uint8Array.from(data) });
  const turns = [[1, 32, 0], [2, 32, 1], [3, 32, 3], [4, 32, 2], [5, 16, 0], [6, 16, 1], [7, 16, 3], [
    8,
    16,
    2,
  ]] as const;
  for (const [orientation, width, dark] of turns) {
    const tiff = Uint8Array.of(0x4D, 0x4D, 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0);
    const held = joined([png.subarray(0, 33), chunk("eXIf", tiff), png.subarray(33)]);
    const image = await decodeImage(held, "x.png"), high = 512 / width;
    const corners = [[2, 2], [width - 3, 2], [2, high - 3], [width - 3, high - 3]] as const;
    assertEquals(
      [image.width, corners.findIndex(([x, y]) => image.data[y * width + x]! < 100)],
      [width, dark],
      `PNG ${orientation}`,
    );
  }
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
  const cases: [string, Uint8Array, string][] = [
    [
      "a.csv",
      text("label,1"),
      'Cannot read "a.csv" as a picture: must be PNG, JPEG, WebP, AVIF, GIF or BMP, its first bytes are 6c 61 62 65',
    ],
    ["none", new Uint8Array(), "its first bytes are none"],
    ["a.png", text("<svg/>"), 'Cannot read "a.png": it is SVG, a drawing; export it as PNG'],
    ["cut.png", png.slice(0, 40), 'Cannot read "cut.png" as PNG'],
    ["head.png", png.slice(0, 5), 'Cannot read "head.png" as PNG'],
    [
      "cut.jpg",
      jpeg.slice(0, jpeg.length >> 1),
      'Cannot read "cut.jpg" as JPEG: it is cut off: its end marker is missing',
    ],
    ["head.jpg", Uint8Array.of(0xFF, 0xD8, 0xFF, 0xE0, 0, 16), "it ends before its frame header"],
    ["huge.png", huge, "it is 4000000000 × 2: 8,000,000,000 pixels are too many, at most 50,000,000"],
    ["huge.jpg", wide, "it is 65535 × 65535: 4,294,836,225 pixels are too many"],
    ["deep.png", deep, "320,000,000 bytes, unpacked, are too many, at most 256,000,000"],
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
  const bomb = pngOf(8, 1, 1, zlibSync(new Uint8Array(300e6))), before = Deno.memoryUsage().rss;
  await assertRejects(() => decodeImage(bomb, "bomb.png"), SyntaxError, "it unpacks to more than the");
  const grown = (Deno.memoryUsage().rss - before) / 1e6;
  assert(grown < 150, `${grown.toFixed(0)} MB`);
});

Deno.test("decodeImage() reads every kind of PNG that the standard allows, to a hundredth of a grey level", async () => {
  for (const [k, kind] of PNG_KINDS.entries()) {
    for (const [width, height] of [[1, 1], [3, 2], [8, 8], [9, 13]] as const) {
      const { file, onPaper, onBoard } = madePng(kind, width, height, k), image = await decodeImage(file, "x.png");
      const off = (wanted: number[]) => Math.max(...wanted.map((value, i) => Math.abs(value - image.data[i]!)));
      assertEquals([image.width, image.height], [width, height]);
      assert(
        Math.min(off(onPaper), off(onBoard)) < 0.01,
        `${JSON.stringify(kind)} ${width} × ${height}: ${off(onPaper)}`,
      );
      if (width === 9) {
        await assertRejects(
          () => decodeImage(file.slice(0, file.length - 20), "x.png"),
          SyntaxError,
          "damaged or cut off",
        );
      }
    }
  }
});

Deno.test("decodeImage() passes over what is broken beside the picture, and over a palette that is only a suggestion", async () => {
  const { file, onPaper } = madePng({ kind: "colour", depth: 8, interlaced: false, transparent: false }, 5, 4, 1);
  const at = 33; // behind the header
  for (
    const extra of [
      chunk("iCCP", text("broken")),
      chunk("PLTE", new Uint8Array(9)),
      chunk("zTXt", text("no")),
      chunk("eXIf", text("II")),
    ]
  ) {
    const image = await decodeImage(joined([file.subarray(0, at), extra, file.subarray(at)]), "x.png");
    image.data.forEach((value, i) => assert(Math.abs(value - onPaper[i]!) < 0.01));
  }
});

Deno.test("decodeImage() reads chalk that lies on nothing: white ink on transparent ground is light on dark", async () => {
  const data = Uint8Array.from({ length: 4 * 64 }, (_, i) => i % 4 < 3 || i < 64 ? 255 : 0);
  const image = await decodeImage(encodePng({ width: 8, height: 8, channels: 4, data }), "chalk.png");
  assertEquals([image.data[0], image.data[63]], [255, 0]);
});

/** Made with Pillow 12: 8 × 6 pixels, left 200, right 40; the BMP with a palette, which rounds, the JPEG in the inks of a press. */
const TINY: Readonly<Record<string, string>> = {
  WebP: "UklGRigAAABXRUJQVlA4TBsAAAAvB0ABAA9wFNCjgB4FdP4DDwBBJPjvNRHR/xAA",
  AVIF:
    "AAAAIGZ0eXBhdmlmAAAAAGF2aWZtaWYxbWlhZk1BMUIAAADrbWV0YQAAAAAAAAAhaGRscgAAAAAAAAAAcGljdAAAAAAAAAAAAAAAAAAAAAAOcGl0bQAAAAAAAQAAAB5pbG9jAAAAAEQAAAEAAQAAAAEAAAETAAAAJAAAAChpaW5mAAAAAAABAAAAGmluZmUCAAAAAAEAAGF2MDFDb2xvcgAAAABqaXBycAAAAEtpcGNvAAAAFGlzcGUAAAAAAAAACAAAAAYAAAAQcGl4aQAAAAADCAgIAAAADGF2MUOBAAwAAAAAE2NvbHJuY2x4AAEADQAGgAAAABdpcG1hAAAAAAAAAAEAAQQBAoMEAAAALG1kYXQSAAoIGAi9aICGg0IyFhEBqkAAeQAA/1rLPao45WbYgiDsIS0=",
  GIF: "R0lGODdhCAAGAIEAAMjIyCgoKAAAAAAAACwAAAAACAAGAAAIFwABCAQQoGCAgQQNIjR4cCDDhQodGgwIADs=",
  BMP:
    "Qk3uAwAAAAAAAL4DAAAoAAAACAAAAAYAAAABAAgAAAAAADAAAADEDgAAxA4AAOIAAADiAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAADMAAABmAAAAmQAAAMwAAAD/AAAzAAAAMzMAADNmAAAzmQAAM8wAADP/AABmAAAAZjMAAGZmAABmmQAAZswAAGb/AACZAAAAmTMAAJlmAACZmQAAmcwAAJn/AADMAAAAzDMAAMxmAADMmQAAzMwAAMz/AAD/AAAA/zMAAP9mAAD/mQAA/8wAAP//ADMAAAAzADMAMwBmADMAmQAzAMwAMwD/ADMzAAAzMzMAMzNmADMzmQAzM8wAMzP/ADNmAAAzZjMAM2ZmADNmmQAzZswAM2b/ADOZAAAzmTMAM5lmADOZmQAzmcwAM5n/ADPMAAAzzDMAM8xmADPMmQAzzMwAM8z/ADP/AAAz/zMAM/9mADP/mQAz/8wAM///AGYAAABmADMAZgBmAGYAmQBmAMwAZgD/AGYzAABmMzMAZjNmAGYzmQBmM8wAZjP/AGZmAABmZjMAZmZmAGZmmQBmZswAZmb/AGaZAABmmTMAZplmAGaZmQBmmcwAZpn/AGbMAABmzDMAZsxmAGbMmQBmzMwAZsz/AGb/AABm/zMAZv9mAGb/mQBm/8wAZv//AJkAAACZADMAmQBmAJkAmQCZAMwAmQD/AJkzAACZMzMAmTNmAJkzmQCZM8wAmTP/AJlmAACZZjMAmWZmAJlmmQCZZswAmWb/AJmZAACZmTMAmZlmAJmZmQCZmcwAmZn/AJnMAACZzDMAmcxmAJnMmQCZzMwAmcz/AJn/AACZ/zMAmf9mAJn/mQCZ/8wAmf//AMwAAADMADMAzABmAMwAmQDMAMwAzAD/AMwzAADMMzMAzDNmAMwzmQDMM8wAzDP/AMxmAADMZjMAzGZmAMxmmQDMZswAzGb/AMyZAADMmTMAzJlmAMyZmQDMmcwAzJn/AMzMAADMzDMAzMxmAMzMmQDMzMwAzMz/AMz/AADM/zMAzP9mAMz/mQDM/8wAzP//AP8AAAD/ADMA/wBmAP8AmQD/AMwA/wD/AP8zAAD/MzMA/zNmAP8zmQD/M8wA/zP/AP9mAAD/ZjMA/2ZmAP9mmQD/ZswA/2b/AP+ZAAD/mTMA/5lmAP+ZmQD/mcwA/5n/AP/MAAD/zDMA/8xmAP/MmQD/zMwA/8z/AP//AAD//zMA//9mAP//mQD//8wA////ALa2trYANTU1tra2tjU1CzS2tra2ADU1NLa2trY1NTU1tra2tgA1ADW2tra2NTU1NQ==",
  JPEG:
    "/9j/7gAOQWRvYmUAZAAAAAAA/9sAQwADAgIDAgIDAwMDBAMDBAUIBQUEBAUKBwcGCAwKDAwLCgsLDQ4SEA0OEQ4LCxAWEBETFBUVFQwPFxgWFBgSFBUU/8AAFAgABgAIBEMRAE0RAFkRAEsRAP/EAB8AAAEFAQEBAQEBAAAAAAAAAAABAgMEBQYHCAkKC//EALUQAAIBAwMCBAMFBQQEAAABfQECAwAEEQUSITFBBhNRYQcicRQygZGhCCNCscEVUtHwJDNicoIJChYXGBkaJSYnKCkqNDU2Nzg5OkNERUZHSElKU1RVVldYWVpjZGVmZ2hpanN0dXZ3eHl6g4SFhoeIiYqSk5SVlpeYmZqio6Slpqeoqaqys7S1tre4ubrCw8TFxsfIycrS09TV1tfY2drh4uPk5ebn6Onq8fLz9PX29/j5+v/aAA4EQwBNAFkASwAAPwDK/wCCkX/NO/8AuI/+2tZX/BSL/mnf/cR/9tayv+CkX/NO/wDuI/8AtrX6p1//2Q==",
};

Deno.test("decodeImage() reads WebP, AVIF, GIF, BMP and a JPEG for a press, and refuses them where they are cut off", async () => {
  for (const [kind, base64] of Object.entries(TINY)) {
    const bytes = Uint8Array.fromBase64(base64), image = await decodeImage(bytes, kind);
    assertEquals([image.width, image.height], [8, 6], kind);
    for (const [i, wanted] of [[0, 200], [3, 200], [4, 40], [47, 40]] as const) {
      assert(Math.abs(image.data[i]! - wanted) < 12, `${kind}: ${image.data[i]} at ${i}, not ${wanted}`);
    }
    const half = bytes.slice(0, kind === "BMP" ? 60 : bytes.length >> 1);
    await assertRejects(() => decodeImage(half, "half"), SyntaxError, `Cannot read "half" as ${kind}: `);
  }
});

Deno.test("decodeImage() refuses a JPEG that is cut anywhere, also with stray bytes before a marker", async () => {
  const jpeg = jpegOf(photo(5, 5)), scan = jpeg.findIndex((byte, i) => byte === 0xFF && jpeg[i + 1] === 0xDA);
  const stray = joined([jpeg.subarray(0, scan), Uint8Array.of(1, 2, 3, 4, 5), jpeg.subarray(scan)]);
  for (const bytes of [jpeg, stray]) {
    await decodeImage(bytes, "whole");
    for (let k = 1; k < 50; k++) {
      await assertRejects(() => decodeImage(bytes.slice(0, Math.floor(bytes.length * k / 50)), "cut"), SyntaxError);
    }
  }
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

/** A grey PNG around packed content. */
function pngOf(bits: number, width: number, height: number, content: Uint8Array): Uint8Array {
  const size = Uint8Array.of(0, 0, 0, width, 0, 0, 0, height, bits, 0, 0, 0, 0);
  const signature = Uint8Array.of(0x89, 0x50, 0x4E, 0x47, 13, 10, 26, 10);
  return joined([signature, chunk("IHDR", size), chunk("IDAT", content), chunk("IEND", new Uint8Array())]);
}
