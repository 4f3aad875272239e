/**
 * A photo on its way to 28 × 28 pixels, stage by stage.
 *
 * @module
 */
import { type GreyImage, resize } from "../images/grey_image.ts";
import type { PhotoStages } from "../images/prepare_photo.ts";
import { gallery, type Tile } from "./digits.ts";
import type { Picture } from "./figure.ts";

/** A photo, prepared and read. */
export interface ReadPhoto {
  /** What it is called. */
  readonly name: string;
  /** What was found on it. */
  readonly stages: PhotoStages;
  /** What it was read as; null if it is blank. */
  readonly digit: number | null;
}

const SIDE = 84; // screen pixels of a tile: three for each of the 28

/** A grey picture of any size as a square of {@linkcode SIDE} × SIDE, with paper around it. */
export function squareTile(image: GreyImage, paperIsLight: boolean): Float64Array {
  const scale = SIDE / Math.max(image.width, image.height), values = new Float64Array(SIDE * SIDE);
  const [across, down] = [image.width, image.height].map((side) => Math.max(1, Math.floor(side * scale))) as [
    number,
    number,
  ];
  const left = (SIDE - across) >> 1, top = (SIDE - down) >> 1;
  resize(image, across, down).data.forEach((value, i) => { // by areas: no thin stroke falls between two pixels
    values[(top + Math.floor(i / across)) * SIDE + left + i % across] = Math.round(paperIsLight ? 255 - value : value);
  });
  return values;
}

/** One row for each photo: as it was taken, its ink in even light, the digit alone, and what the network sees. */
export function photoStagesPicture(photos: readonly ReadPhoto[]): Picture {
  const tiles = photos.flatMap(({ name, stages, digit }): Tile[] => {
    const seen = { width: 28, height: 28, data: Float64Array.from(stages.prepared) };
    return [
      { values: squareTile(stages.grey, true), caption: name.replace(/\.\w+$/, "").replaceAll("_", " ").slice(0, 16) },
      { values: squareTile(stages.ink, false), caption: "ink, even light" },
      { values: squareTile(stages.digit, false), caption: "the digit alone" },
      { values: squareTile(seen, false), caption: digit === null ? "blank" : `read as ${digit}` },
    ];
  });
  return gallery(tiles, {
    caption: "Photo, ink, digit, and the 28 × 28 pixels that the network sees.",
    columns: 4,
    largest: 255,
  });
}
