/**
 * The input on which an attempt fails, as a picture.
 *
 * @module
 */
import type { Picture } from "../plots/figure.ts";
import { gallery } from "../plots/digits.ts";

/** What is shown. */
interface InputPicture {
  /** One number per pixel, 0 is white. */
  readonly ink: readonly number[];
  /** Pixels in a row. */
  readonly width: number;
  /** What is drawn darkest; the largest where nothing is said. */
  readonly largest?: number;
  /** A pixel to be framed. */
  readonly framed?: { readonly row: number; readonly column: number };
}

/** An input as a picture, large enough to count its pixels. */
export function inputPicture({ ink, width, largest, framed }: InputPicture): Picture {
  const zoom = Math.max(4, Math.min(16, Math.floor(160 / width)));
  const options = { caption: "The input on which it fails.", imageWidth: width, zoom };
  const picture = gallery([{ values: ink }], largest === undefined ? options : { ...options, largest });
  if (!framed) return picture;
  const [x, y] = [framed.column, framed.row].map((place) => 8 + place * zoom); // 8 is the gallery's rim
  const frame =
    `<rect x="${x}" y="${y}" width="${zoom}" height="${zoom}" fill="none" stroke="#c0392b" stroke-width="2"/>`;
  return { ...picture, svg: picture.svg.replace(/<\/svg>\s*$/, `${frame}</svg>`) };
}
