/**
 * Ink and paper: what is written, whatever the light and whichever of the two is dark.
 *
 * @module
 */
import { blur, type GreyImage, mapPixels, maximum, minimum } from "./grey_image.ts";
import { evenlyLit } from "./light.ts";

/** Rules that can be left out, to see what they are good for. */
export interface InkRules {
  /** Light that falls off across the whole picture is taken away. */
  readonly light?: boolean;
  /** Ink is what covers less; without this, only the rim tells what is paper. */
  readonly area?: boolean;
}

/** What is written on a picture. */
export interface Ink {
  /** How much darker (or lighter) than the paper around it each pixel is. */
  readonly ink: GreyImage;
  /** The least of it that counts as ink; null if there is hardly any contrast. */
  readonly level: number | null;
  /** True if the ink is lighter than what it is written on. */
  readonly lightOnDark: boolean;
}

const LEAST_CONTRAST = 20; // grey levels: below, it is the grain of the paper
const CLEARLY_LESS = 1.5; // times as much: where dark and light cover about the same, the rim decides

/**
 * Parts ink from paper. Writing covers less than what it is written on: both signs are tried, each with the light taken away, and
 * the one that covers less is the ink; where they cover about the same, the rim of the picture is paper.
 *
 * @param picture At least one pixel.
 */
export function inkOf(picture: GreyImage, { light = true, area = true }: InkRules = {}): Ink {
  const grey = light ? evenlyLit(picture) : picture;
  const [dark, bright] = [mapPixels(grey, (value) => 255 - value), grey].map(withoutLight) as [Corrected, Corrected];
  const lightOnDark = bright.level !== null &&
    (dark.level === null || (area ? isLighter(grey, dark, bright) : isLightOnRim(grey)));
  return { ...lightOnDark ? bright : dark, lightOnDark };
}

/** One sign of a picture, with the light taken away. */
interface Corrected {
  readonly ink: GreyImage;
  readonly level: number | null;
  /** Share of the pixels that are ink then. */
  readonly covers: number;
}

function withoutLight(turned: GreyImage): Corrected {
  const paper = paperOf(turned), ink = mapPixels(turned, (value, i) => Math.max(0, value - paper.data[i]!));
  const level = otsu(ink);
  const covers = level === null ? 0 : ink.data.filter((value) => value >= level).length / ink.data.length;
  return { ink, level, covers };
}

function isLighter(grey: GreyImage, dark: Corrected, light: Corrected): boolean {
  if (light.covers * CLEARLY_LESS < dark.covers) return true;
  if (dark.covers * CLEARLY_LESS < light.covers) return false;
  return isLightOnRim(grey);
}

/** Paper is what the rim is made of; ink is what differs most from it. */
function isLightOnRim({ width, height, data }: GreyImage): boolean {
  const rim = Math.max(1, Math.round(0.05 * Math.min(width, height)));
  const border = [...data].filter((_, i) => {
    const x = i % width, y = Math.floor(i / width);
    return x < rim || y < rim || x >= width - rim || y >= height - rim;
  }).sort((a, b) => a - b);
  const all = [...data].sort((a, b) => a - b), middle = border[border.length >> 1]!;
  const darkest = all[Math.floor(0.01 * all.length)]!, lightest = all[Math.ceil(0.99 * all.length) - 1]!;
  return lightest - middle > middle - darkest;
}

/** The paper's brightness at each place: the least ink nearby, smoothed. Wide enough to look past any stroke. */
function paperOf(turned: GreyImage): GreyImage {
  const reach = Math.max(2, Math.round(Math.max(turned.width, turned.height) / 6));
  return blur(maximum(minimum(blur(turned, 1), reach), reach), reach);
}

/** The level that parts ink from paper best (Otsu 1979), or null if there is hardly any contrast. */
function otsu({ data }: GreyImage): number | null {
  const counts = new Float64Array(256);
  for (const value of data) counts[Math.min(255, Math.floor(value))]!++;
  let total = 0, weight = 0, sum = 0, best = -1, level = 0;
  counts.forEach((count, value) => total += count * value);
  for (let t = 0; t < 255; t++) {
    weight += counts[t]!;
    sum += t * counts[t]!;
    const rest = data.length - weight;
    if (weight === 0 || rest === 0) continue;
    const between = weight * rest * (sum / weight - (total - sum) / rest) ** 2;
    if (between > best) [best, level] = [between, t + 1];
  }
  let paper = 0, papers = 0, ink = 0, inks = 0;
  counts.forEach((count, value) => {
    if (value < level) paper += count * value, papers += count;
    else ink += count * value, inks += count;
  });
  return inks > 0 && ink / inks - paper / Math.max(1, papers) >= LEAST_CONTRAST ? level : null;
}
