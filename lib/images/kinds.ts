// deno-lint-ignore-file no-control-regex -- files begin with such bytes
/**
 * Which kind of file something is that was given for a picture, by its first bytes; its name may say anything.
 *
 * @module
 */

/** The kinds of pictures that are read. */
export type PictureKind = "PNG" | "JPEG" | "WebP" | "AVIF" | "GIF" | "BMP";

/** What else people hand over, how it begins, and what to do with it. */
const OTHERS: readonly (readonly [begins: RegExp, what: string, wayOut: string])[] = [
  [
    /^[\s\S]{4}ftyp(?:hei[cxmsf]|hev[cx]|mif1|msf1)/,
    "HEIC, as iPhones take it",
    "share it from Photos by mail (it becomes a JPEG), or set Camera › Formats to Most Compatible",
  ],
  [/^%PDF/, "a PDF", "save the page as a PNG or JPEG, or take a screenshot"],
  [/^(?:II\*\0|MM\0\*)/, "TIFF or a camera's raw file", "save it as PNG or JPEG"],
  [/^\0\0\0\x0cJXL |^\xff\x0a/, "JPEG XL", "save it as PNG or JPEG"],
  [/^version https:\/\/git-lfs/, "a pointer of Git LFS, not the picture", 'fetch the picture with "git lfs pull"'],
  [/^bplist00|^<\?xml[^>]*>\s*<!DOCTYPE plist/, "an Apple property list", "look for the picture beside it"],
  [/^\s*(?:<!doctype html|<html)/i, "a web page", "download the picture itself: open it alone, then save it"],
  [/^\s*(?:<\?xml[^>]*>\s*(?:<!--[\s\S]*?-->\s*)?)?<svg/, "SVG, a drawing", "export it as PNG"],
  [/^PK\x03\x04/, "a zip archive", "unpack it first"],
  [/^\x1f\x8b/, "a gzip archive", "unpack it first"],
];

/**
 * The kind of a picture.
 *
 * @throws {SyntaxError} If it is none that is read; says what it is, and the way out.
 */
export function pictureKind(bytes: Uint8Array, name: string): PictureKind {
  const start = String.fromCharCode(...bytes.subarray(0, 300));
  if (start.startsWith("\x89PNG")) return "PNG";
  if (start.startsWith("\xff\xd8")) return "JPEG";
  if (/^RIFF[\s\S]{4}WEBP/.test(start)) return "WebP";
  if (/^[\s\S]{4}ftypavi[fs]/.test(start) || /^[\s\S]{4}ftypmif1[\s\S]*?avif/.test(start.slice(0, 40))) return "AVIF";
  if (start.startsWith("GIF8")) return "GIF";
  if (/^BM[\s\S]{4}\0\0\0\0/.test(start)) return "BMP";
  const other = OTHERS.find(([begins]) => begins.test(start));
  if (other) throw new SyntaxError(`Cannot read "${name}": it is ${other[1]}; ${other[2]}`);
  const first = [...bytes.subarray(0, 4)].map((byte) => byte.toString(16).padStart(2, "0")).join(" ");
  throw new SyntaxError(
    `Cannot read "${name}" as a picture: must be PNG, JPEG, WebP, AVIF, GIF or BMP, its first bytes are ${
      first || "none"
    }`,
  );
}
