/**
 * Makes the photos of data/photos/: digits on paper as a phone sees them, each difficult in its own way.
 *
 * Run it after changing it: `deno run -A tools/maintain/make_photos.ts`. A test makes them again and compares.
 *
 * @module
 */
import { encode as encodePng } from "fast-png";
// deno-lint-ignore no-import-prefix -- whatever deno.json names, Deno fetches for every reader
import { encode as encodeJpeg } from "npm:jpeg-js@0.4.4";
import { seededRandom } from "../../lib/random.ts";
import { writeWhole } from "../../lib/files/write_file.ts";
import { HAND } from "./hand.ts";
import { ROOT } from "../root.ts";

type Colour = readonly [number, number, number];

interface Photo {
  readonly digit: number;
  readonly width: number;
  readonly height: number;
  /** Where the middle of the digit is, and its height, as shares of the picture. */
  readonly at: readonly [number, number];
  readonly size: number;
  /** Of the pen, as a share of the digit's height. */
  readonly pen: number;
  readonly ink: Colour;
  readonly paper: Colour;
  /** How much darker the far corner is, and which: −1 left or top, 1 right or bottom. */
  readonly shadow: readonly [number, number];
  readonly lines?: boolean;
  /** How much darker the corners are than the middle, as cheap lenses have it. */
  readonly vignette?: number;
  /** How far a dark table shows round the paper, as a share of the width. */
  readonly table?: number;
  /** More digits, to the right of the first. */
  readonly more?: readonly number[];
}

/** The photos by file name. */
export const PHOTOS: Readonly<Record<string, Photo>> = {
  "dark_on_light.jpg": {
    digit: 3,
    width: 240,
    height: 300,
    at: [0.5, 0.5],
    size: 0.55,
    pen: 0.1,
    ink: [40, 42, 60],
    paper: [228, 224, 214],
    shadow: [0.25, 0.2],
  },
  "light_on_dark.jpg": {
    digit: 7,
    width: 280,
    height: 240,
    at: [0.48, 0.52],
    size: 0.6,
    pen: 0.11,
    ink: [236, 238, 232],
    paper: [44, 66, 58],
    shadow: [0.12, -0.2],
  },
  "off_centre.png": {
    digit: 4,
    width: 260,
    height: 260,
    at: [0.76, 0.3],
    size: 0.36,
    pen: 0.11,
    ink: [30, 30, 34],
    paper: [236, 233, 226],
    shadow: [-0.25, 0.3],
  },
  "thin.jpg": {
    digit: 2,
    width: 260,
    height: 300,
    at: [0.45, 0.5],
    size: 0.55,
    pen: 0.028,
    ink: [96, 98, 104],
    paper: [240, 238, 233],
    shadow: [0.15, 0.1],
  },
  "thick.png": {
    digit: 5,
    width: 240,
    height: 260,
    at: [0.5, 0.48],
    size: 0.6,
    pen: 0.2,
    ink: [24, 24, 28],
    paper: [222, 214, 200],
    shadow: [-0.2, 0.2],
  },
  "coloured.jpg": {
    digit: 9,
    width: 280,
    height: 320,
    at: [0.4, 0.58],
    size: 0.5,
    pen: 0.1,
    ink: [186, 44, 52],
    paper: [226, 232, 240],
    shadow: [0.3, 0.25],
    lines: true,
  },
  "vignette.jpg": {
    digit: 3,
    width: 300,
    height: 280,
    at: [0.62, 0.42],
    size: 0.4,
    pen: 0.06,
    ink: [120, 122, 128],
    paper: [196, 194, 190],
    shadow: [0.1, 0.1],
    vignette: 0.55,
  },
  "hairline.png": {
    digit: 9,
    width: 240,
    height: 280,
    at: [0.5, 0.5],
    size: 0.7,
    pen: 0.016,
    ink: [60, 62, 70],
    paper: [232, 230, 226],
    shadow: [0.1, 0.2],
  },
  "on_a_table.jpg": {
    digit: 4,
    width: 320,
    height: 300,
    at: [0.42, 0.56],
    size: 0.4,
    pen: 0.08,
    ink: [52, 54, 70],
    paper: [222, 218, 208],
    shadow: [0.2, 0.2],
    table: 0.07,
  },
  "postcode.jpg": {
    digit: 8,
    width: 380,
    height: 140,
    at: [0.13, 0.5],
    size: 0.5,
    pen: 0.1,
    ink: [38, 40, 70],
    paper: [230, 226, 216],
    shadow: [0.3, 0.2],
    more: [0, 3, 3, 7],
  },
};

/** One photo's file. */
export function makePhoto(name: string): Uint8Array {
  const { width, height, ...photo } = PHOTOS[name]!, random = seededRandom(photo.digit);
  const fibres = Float64Array.from({ length: width * height }, () => random() - 0.5);
  const rgb = new Uint8Array(width * height * 3), side = photo.size * height / 280;
  const written = [photo.digit, ...photo.more ?? []];
  const strokes = written.flatMap((digit, k) => HAND[digit]!.map((points) => ({ points, k }))).map(({ points, k }) =>
    points.map(([x, y]) =>
      [
        (photo.at[0] + 0.185 * k) * width + (x - 140) * side * 280 / 190,
        photo.at[1] * height + (y - 142) * side * 280 / 190,
      ] as const
    )
  );
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let away = Infinity;
      for (const points of strokes) {
        for (let k = 1; k < points.length; k++) away = Math.min(away, distance([x, y], points[k - 1]!, points[k]!));
      }
      const grain = fibres[y * width + x]! + fibres[y * width + Math.max(0, x - 1)]!; // fibres lie across
      const edge = photo.pen * photo.size * height / 2 - away + 1.5 * grain; // ink runs along them
      const dark = Math.min(1, Math.max(0, 0.5 + edge / 1.6)) * (0.92 + 0.08 * grain);
      const line = photo.lines && y % 40 < 2 ? 0.35 : 0;
      const light = 1 - 0.5 * (Math.abs(photo.shadow[0]) * (photo.shadow[0] > 0 ? x / width : 1 - x / width) +
            Math.abs(photo.shadow[1]) * (photo.shadow[1] > 0 ? y / height : 1 - y / height)) +
        0.03 * grain - (photo.vignette ?? 0) * ((2 * x / width - 1) ** 2 + (2 * y / height - 1) ** 2) / 2;
      const rim = Math.min(x, y, width - 1 - x, height - 1 - y), onTable = rim < (photo.table ?? 0) * width;
      for (let c = 0; c < 3; c++) {
        if (onTable) {
          rgb[3 * (y * width + x) + c] = [70, 52, 40][c]! * light;
          continue;
        }
        const paper = photo.paper[c]! * (1 - line) + [120, 150, 200][c]! * line;
        rgb[3 * (y * width + x) + c] = Math.min(255, Math.max(0, light * (paper + dark * (photo.ink[c]! - paper))));
      }
    }
  }
  if (name.endsWith(".png")) return encodePng({ width, height, data: rgb, channels: 3 });
  const rgba = new Uint8Array(width * height * 4).fill(255);
  for (let i = 0; i < width * height; i++) rgba.set(rgb.subarray(3 * i, 3 * i + 3), 4 * i);
  return Uint8Array.from(encodeJpeg({ width, height, data: rgba }, 82).data);
}

/** From a point to a straight piece of a stroke. */
function distance(
  [x, y]: readonly [number, number],
  [ax, ay]: readonly [number, number],
  [bx, by]: readonly [number, number],
) {
  const dx = bx - ax,
    dy = by - ay,
    t = Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1)));
  return Math.hypot(x - ax - t * dx, y - ay - t * dy);
}

if (import.meta.main) {
  await Deno.mkdir(new URL("data/photos/", ROOT), { recursive: true });
  for (const name of Object.keys(PHOTOS)) await writeWhole(new URL(`data/photos/${name}`, ROOT), makePhoto(name));
}
