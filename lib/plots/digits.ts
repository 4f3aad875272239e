/**
 * Pictures of digits, and of anything else that has one number per pixel.
 *
 * @module
 */
import { className, type Digits, pixelsOf } from "../data/digits.ts";
import { COLOURS, escapeText, type Picture } from "./figure.ts";
import { drawing } from "./svg.ts";

/** One small image with its caption. */
export interface Tile {
  /** One number per pixel, row by row. */
  readonly values: ArrayLike<number>;
  /** A few words below it. */
  readonly caption?: string;
  /** Whether to print the caption as right or as wrong. */
  readonly verdict?: "right" | "wrong";
}

/** How a gallery looks. */
export interface GalleryOptions {
  /** What is to be seen, one sentence. */
  readonly caption: string;
  /** Tiles in a row; 10 where nothing is said. */
  readonly columns?: number;
  /** Screen pixels per pixel of an image; 2 where nothing is said. */
  readonly zoom?: number;
  /** Pixels per row of an image; a square is assumed where nothing is said. */
  readonly imageWidth?: number;
  /** Screen pixels between two tiles; 8 where nothing is said, and with 0 no frames. */
  readonly gap?: number;
  /** Red below 0, white at 0, blue above, for weights and gradients; otherwise white paper, dark ink. */
  readonly signed?: boolean;
  /** The value drawn darkest; the largest of each tile where nothing is said. */
  readonly largest?: number;
}

const CAPTION_HEIGHT = 18; // screen pixels

/**
 * Small images in rows, each with a caption: the only way in which digits are drawn.
 *
 * @param tiles At least one.
 * @param options Columns, zoom, colours.
 * @throws {RangeError} If there is nothing to show.
 *
 * @example
 * ```ts
 * import { assertStringIncludes } from "@std/assert";
 *
 * const picture = gallery([{ values: [0, 255, 255, 0], caption: "a cross" }], { caption: "One tile." });
 * assertStringIncludes(picture.svg, "a cross");
 * ```
 */
export function gallery(tiles: readonly Tile[], options: GalleryOptions): Picture {
  if (tiles.length === 0) throw new RangeError("Cannot draw a gallery: needs at least one tile");
  const { columns = 10, zoom = 2, gap = 8, caption } = options;
  const pixels = tiles[0]!.values.length, across = options.imageWidth ?? Math.round(Math.sqrt(pixels));
  const size = across * zoom, high = Math.ceil(pixels / across) * zoom;
  const labelled = tiles.some((tile) => tile.caption), step = high + gap + (labelled ? CAPTION_HEIGHT : 0);
  const used = Math.min(columns, tiles.length);
  const width = used * (size + gap) + gap, height = Math.ceil(tiles.length / columns) * step + gap;
  const parts = tiles.map((tile, i) => {
    const x = gap + (i % columns) * (size + gap), y = gap + Math.floor(i / columns) * step;
    const text = tile.caption
      ? `<text x="${size / 2}" y="${high + 13}" fill="${COLOURS[tile.verdict ?? "ink"]}">${
        escapeText((tile.verdict === "right" ? "✓ " : tile.verdict === "wrong" ? "✗ " : "") + tile.caption)
      }</text>`
      : "";
    return `<g transform="translate(${x} ${y})">${
      gap ? `<rect width="${size}" height="${high}" fill="#fff" stroke="#dfe3e8"/>` : ""
    }${drawPixels(tile.values, across, zoom, options)}${text}</g>`;
  });
  return { ...drawing(width, height, ['<g font-size="11" text-anchor="middle">', ...parts, "</g>"]), caption };
}

/** Pixels as rectangles, neighbours of one colour joined. */
export function drawPixels(
  values: ArrayLike<number>,
  across: number,
  zoom: number,
  options: Pick<GalleryOptions, "largest" | "signed">,
): string {
  let largest = options.largest ?? 0;
  if (!options.largest) { for (let i = 0; i < values.length; i++) largest = Math.max(largest, Math.abs(values[i]!)); }
  let rects = "";
  for (let i = 0; i < values.length;) {
    const colour = colourOf(values[i]! / (largest || 1), options.signed ?? false);
    let end = i + 1;
    while (
      end < values.length && end % across && colourOf(values[end]! / (largest || 1), options.signed ?? false) === colour
    ) end++;
    if (colour !== "#ffffff") {
      const x = (i % across) * zoom, y = Math.floor(i / across) * zoom;
      rects += `<rect x="${x}" y="${y}" width="${(end - i) * zoom}" height="${zoom}" fill="${colour}"/>`;
    }
    i = end;
  }
  return `<g shape-rendering="crispEdges">${rects}</g>`;
}

/** White at 0; dark ink at 1; with `signed`, red at −1 and blue at 1. Thirty-two steps keep the drawing small. */
function colourOf(value: number, signed: boolean): string {
  const t = Math.round(Math.min(1, Math.abs(value)) * 32) / 32;
  const end = !signed ? [22, 28, 38] : value < 0 ? [178, 24, 43] : [33, 102, 172];
  return "#" + end.map((e) => Math.round(255 + (e - 255) * t).toString(16).padStart(2, "0")).join("");
}

/**
 * Digits of a set as a gallery.
 *
 * @param set Where they are.
 * @param indices Which to show, in this order.
 * @param options Caption and size; `captions` gives the words below each, the label where nothing is said.
 */
export function digitGallery(
  set: Digits,
  indices: readonly number[],
  options: GalleryOptions & {
    /** The words below each digit; its label where nothing is said; none if null. */
    readonly captions?: readonly string[] | null;
  },
): Picture {
  const tiles = indices.map((index, i): Tile => ({
    values: pixelsOf(set, index),
    caption: options.captions === null ? "" : options.captions?.[i] ?? className(set, set.labels[index]!),
  }));
  return gallery(tiles, { largest: 255, imageWidth: set.width, ...options });
}

/**
 * One digit as the numbers it is made of, each written on its own grey.
 *
 * @param set Where it is.
 * @param index Which.
 */
export function numbersPicture(set: Digits, index: number): Picture {
  const { width, height } = set, pixels = pixelsOf(set, index), cell = 24, edge = 26;
  const cells = Array.from(pixels, (grey, i) => {
    const x = edge + (i % width) * cell, y = edge + Math.floor(i / width) * cell;
    const text = grey > 110 ? "#fff" : grey > 0 ? COLOURS.ink : "#b9c0c9";
    return (grey
      ? `<rect x="${x}" y="${y}" width="${cell}" height="${cell}" fill="${colourOf(grey / 255, false)}"/>`
      : "") +
      `<text x="${x + cell / 2}" y="${y + 16}" fill="${text}">${grey}</text>`;
  });
  const numbered = (count: number, place: (i: number) => string) =>
    Array.from(
      { length: count },
      (_, i) => `<text ${place(edge + (i + 0.5) * cell)} fill="${COLOURS.second}">${i}</text>`,
    );
  cells.push(
    ...numbered(width, (x) => `x="${x}" y="18"`),
    ...numbered(height, (y) => `x="12" y="${y + 4}"`),
  );
  const w = edge + width * cell, h = edge + height * cell;
  const inked = pixels.reduce((count, grey) => count + (grey > 0 ? 1 : 0), 0);
  return {
    ...drawing(w, h, ['<g font-size="10" text-anchor="middle">', ...cells, "</g>"]),
    caption: `Digit ${index}, labelled ${
      set.labels[index]
    }, as ${width} × ${height} grey levels; ${inked} of them are not 0.`,
  };
}
