// PNG files of every kind, depth and interlacing, made from samples; and what they should look like.
import { zlibSync } from "fflate";
import { crc32 } from "node:zlib";
import { brightness } from "../../lib/images/grey_image.ts";
import { seededRandom } from "../../lib/random.ts";

const KINDS = { grey: 0, colour: 2, palette: 3, greyAlpha: 4, colourAlpha: 6 } as const;
const CHANNELS = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 } as const;

/** One kind of PNG. */
export interface PngKind {
  readonly kind: keyof typeof KINDS;
  readonly depth: number;
  readonly interlaced: boolean;
  /** One colour, or the palette, is transparent. */
  readonly transparent: boolean;
}

/** All that the standard allows. */
export const PNG_KINDS: readonly PngKind[] = Object.keys(KINDS).flatMap((kind) => {
  const depths = { grey: [1, 2, 4, 8, 16], palette: [1, 2, 4, 8] }[kind] ?? [8, 16];
  return depths.flatMap((depth) =>
    [false, true].flatMap((interlaced) =>
      (kind.endsWith("Alpha") ? [false] : [false, true]).map((transparent) => ({
        kind: kind as keyof typeof KINDS,
        depth,
        interlaced,
        transparent,
      }))
    )
  );
});

const PASSES = [[0, 0, 8, 8], [4, 0, 8, 8], [0, 4, 4, 8], [2, 0, 4, 4], [0, 2, 2, 4], [1, 0, 2, 2], [0, 1, 1, 2]];

/** A picture of random samples, as a file and as brightness over white paper. */
export function madePng(
  { kind, depth, interlaced, transparent }: PngKind,
  width: number,
  height: number,
  seed: number,
) {
  const random = seededRandom(seed), type = KINDS[kind], channels = CHANNELS[type], most = 2 ** depth - 1;
  const samples = Array.from({ length: width * height * channels }, () => Math.floor(random() * (most + 1)));
  const palette = Array.from({ length: most + 1 }, () => [0, 1, 2, 3].map(() => Math.floor(random() * 256)));
  const key = samples.slice(0, channels), parts: Uint8Array[] = [];
  const rows = (left: number, top: number, across: number, down: number) => {
    for (let y = top; y < height; y += down) {
      const bits: number[] = [];
      for (let x = left; x < width; x += across) {
        for (let c = 0; c < channels; c++) {
          const value = samples[(y * width + x) * channels + c]!;
          for (let bit = depth - 1; bit >= 0; bit--) bits.push(value >> bit & 1);
        }
      }
      if (!bits.length) continue;
      const row = new Uint8Array(1 + Math.ceil(bits.length / 8)); // filter 0 first
      bits.forEach((bit, i) => row[1 + (i >> 3)]! |= bit << (7 - (i & 7)));
      parts.push(row);
    }
  };
  if (interlaced) { for (const [left, top, across, down] of PASSES) rows(left!, top!, across!, down!); }
  else rows(0, 0, 1, 1);
  const header = new Uint8Array(13), view = new DataView(header.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  header.set([depth, type, 0, 0, Number(interlaced)], 8);
  const chunks = [chunk("IHDR", header)];
  if (kind === "palette") chunks.push(chunk("PLTE", Uint8Array.from(palette.flatMap((entry) => entry.slice(0, 3)))));
  if (transparent) {
    chunks.push(
      chunk(
        "tRNS",
        Uint8Array.from(
          kind === "palette" ? palette.map(([, , , a]) => a!) : key.flatMap((v) => [v >> 8, v & 255]),
        ),
      ),
    );
  }
  chunks.push(chunk("IDAT", zlibSync(joined(parts))), chunk("IEND", new Uint8Array()));
  const shown = Array.from({ length: width * height }, (_, i) => {
    const own = samples.slice(i * channels, (i + 1) * channels), share = own.map((value) => value / most);
    if (kind === "palette") {
      const [r, g, b, a] = palette[own[0]!]!;
      return { light: brightness(r!, g!, b!), alpha: transparent ? a! / 255 : 1 };
    }
    const isKey = transparent && own.every((value, c) => value === key[c]);
    const [r, g, b] = channels < 3 ? [share[0]!, share[0]!, share[0]!] : share;
    const alpha = channels % 2 ? Number(!isKey) : share.at(-1)!;
    return { light: brightness(255 * r!, 255 * g!, 255 * b!), alpha };
  });
  const over = (paper: number) => shown.map(({ light, alpha }) => alpha * light + (1 - alpha) * paper);
  return {
    file: joined([Uint8Array.of(0x89, 0x50, 0x4E, 0x47, 13, 10, 26, 10), ...chunks]),
    onPaper: over(255),
    onBoard: over(0),
  };
}

/** Bytes behind each other. */
export function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** A piece of a PNG. */
export function chunk(name: string, data: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(12 + data.length), view = new DataView(bytes.buffer);
  view.setUint32(0, data.length);
  bytes.set(new TextEncoder().encode(name), 4);
  bytes.set(data, 8);
  view.setUint32(8 + data.length, crc32(bytes.subarray(4, 8 + data.length)));
  return bytes;
}
