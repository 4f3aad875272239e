/**
 * Figures and pictures as PNG, without a browser: for GitHub, for the book, for readers without Plotly.
 *
 * What plotly.js or we draw as SVG is turned into PNG by resvg with a font of our own, so that every machine gives the same
 * picture. plotly.js is loaded with the first figure.
 *
 * @module
 */
import { encode } from "fast-png";
import { initWasm, Resvg } from "@resvg/resvg-wasm";
import "dejavu-fonts-ttf/package.json" with { type: "json" }; // makes Deno fetch the package the font is in
import type { Figure, Picture } from "./figure.ts";

const file = (specifier: string) => new URL(import.meta.resolve(specifier));
let fonts: Promise<Uint8Array[]> | undefined;

/**
 * A figure or a picture as PNG.
 *
 * @param shown What to draw.
 * @param zoom How many dots per pixel.
 * @param colours At most so many, 256 or fewer; 16 or fewer make the smallest files.
 * @returns The bytes of a PNG file on white.
 */
export async function toPng(shown: Figure | Picture, zoom = 1, colours = 256): Promise<Uint8Array> {
  fonts ??= prepare().catch((error) => {
    fonts = undefined; // perhaps the next time
    throw error;
  });
  const fontBuffers = await fonts;
  const drawn = new Resvg(await toSvg(shown), {
    background: "#fff",
    fitTo: { mode: "zoom", value: zoom },
    font: { fontBuffers, defaultFontFamily: "DejaVu Sans", sansSerifFamily: "DejaVu Sans" },
  }).render();
  const { width, height } = drawn, { palette, data } = inPalette(drawn.pixels, colours), depth = colours > 16 ? 8 : 4;
  const packed = depth === 8 ? data : inHalves(data, width);
  return encode({ width, height, data: packed, channels: 1, depth, palette }, { zlib: { level: 9 } });
}

/** Starts resvg, once, and reads its fonts. */
async function prepare(): Promise<Uint8Array[]> {
  await initWasm(await Deno.readFile(file("@resvg/resvg-wasm/index_bg.wasm")));
  const names = ["DejaVuSans", "DejaVuSans-Bold"];
  return await Promise.all(names.map((name) => Deno.readFile(file(`dejavu-fonts-ttf/ttf/${name}.ttf`))));
}

/**
 * Opaque pixels as places in a palette: a third of the bytes, or less. The most frequent colours stay as they are (of a small palette,
 * those that also differ enough from the ones before); any other, a few dots at the rim of a letter, becomes the nearest of them.
 *
 * @param rgba Four bytes for each pixel.
 * @param most How many colours at most.
 */
export function inPalette(rgba: Uint8Array, most: number): { palette: number[][]; data: Uint8Array } {
  const colours = new Uint32Array(rgba.length / 4), counts = new Map<number, number>();
  for (let i = 0; i < colours.length; i++) colours[i] = rgba[4 * i]! << 16 | rgba[4 * i + 1]! << 8 | rgba[4 * i + 2]!;
  for (let i = 0, end = 0; i < colours.length; i = end) { // plots are long stretches of one colour
    for (end = i + 1; colours[end] === colours[i];) end++;
    counts.set(colours[i]!, (counts.get(colours[i]!) ?? 0) + end - i);
  }
  const partsOf = (colour: number) => [colour >> 16, colour >> 8 & 255, colour & 255];
  const distance = (a: readonly number[], b: readonly number[]) => a.reduce((sum, v, i) => sum + (v - b[i]!) ** 2, 0);
  const wanted = [...counts].sort(([a, m], [b, n]) => n - m || a - b).map(([colour]) => partsOf(colour)),
    palette: number[][] = [];
  for (
    let apart = most < 64 ? 1600 : 0;
    palette.length < Math.min(most, wanted.length);
    apart = apart > 50 ? apart / 2 : 0
  ) {
    for (const colour of wanted) {
      if (palette.length < most && palette.every((kept) => distance(kept, colour) > apart)) palette.push(colour);
    }
  }
  const places = new Map<number, number>();
  for (const colour of counts.keys()) {
    const distances = palette.map((kept) => distance(kept, partsOf(colour)));
    places.set(colour, distances.indexOf(Math.min(...distances)));
  }
  const data = new Uint8Array(colours.length);
  for (let i = 0; i < data.length; i++) {
    data[i] = colours[i] === colours[i - 1] ? data[i - 1]! : places.get(colours[i]!)!;
  }
  return { palette, data };
}

/** Two places of the palette in a byte; each row begins with a byte of its own. */
function inHalves(data: Uint8Array, width: number): Uint8Array {
  const row = Math.ceil(width / 2), packed = new Uint8Array(row * (data.length / width));
  for (let i = 0, from = 0; from < data.length; from += width, i += row) {
    for (let x = 0; x < width; x++) packed[i + (x >> 1)]! |= data[from + x]! << (x % 2 ? 0 : 4);
  }
  return packed;
}

/** A figure or a picture as SVG. */
export async function toSvg(shown: Figure | Picture): Promise<string> {
  if ("svg" in shown) return shown.svg;
  const { figureSvg } = await import("./plotly.ts"); // late: ten megabytes
  return await figureSvg(shown);
}
