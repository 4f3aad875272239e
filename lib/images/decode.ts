/**
 * Picture files as brightness, whatever their kind.
 *
 * @module
 */
import { decodeRgba, type Rgba } from "./codecs.ts";
import { brightness, type GreyImage } from "./grey_image.ts";
import { DEFLATE_AT_MOST } from "../formats/zip.ts";
import { beyond, limitOf } from "../limits.ts";
import { headerOf, pngChunks } from "./headers.ts";
import { pictureKind } from "./kinds.ts";

const PIECE = 4096; // bytes that are unpacked at a time: at most four megabytes come out
const ENOUGH = 1024; // pixels on the longer side, and up to twice as many: larger pictures are brought down while they are read

/**
 * Reads a picture: PNG, JPEG, WebP, AVIF, GIF (its first picture) or BMP, turned as its EXIF says.
 *
 * Colours become brightness. What is transparent is white paper, unless all that is not transparent is light: then it is a board.
 * Pictures of more than 2048 pixels on the longer side come out as means of squares of pixels.
 *
 * @param bytes The whole file.
 * @param name What it is called, for messages.
 * @throws {SyntaxError} If it is no picture, or another kind of file (says which, and the way out), damaged, or beyond a limit: in
 *   bytes, pixels (50 million), scans or chunks.
 */
export async function decodeImage(bytes: Uint8Array, name: string): Promise<GreyImage> {
  const kind = pictureKind(bytes, name);
  try {
    const tooLong = beyond("pictureBytes", bytes.length, "bytes");
    if (tooLong) throw new RangeError(tooLong);
    const { width, height, orientation, components } = headerOf(bytes, kind);
    checkSize(width, height);
    const press = components === 4 && beyond("pressPixels", width * height, "pixels of a JPEG for a press");
    if (press) throw new RangeError(`${press}; save it as RGB, or smaller`);
    if (kind === "PNG") await checkContent(bytes, width, height);
    const image = await decodeRgba(bytes, kind, components);
    checkSize(image.width, image.height);
    return turnedUpright(toGrey(image), image.turned ? 1 : orientation);
  } catch (cause) {
    const reason = (cause as Error).message.replace(/[:.]?\s*$/, "");
    throw new SyntaxError(`Cannot read "${name}" as ${kind}: ${reason}`, { cause });
  }
}

function checkSize(width: number, height: number): void {
  const problem = beyond("pixels", width * height, "pixels") ??
    beyond("side", Math.max(width, height), "pixels to a side");
  if (problem) throw new RangeError(`it is ${width} × ${height}: ${problem}; send it smaller, or cut the digits out`);
  if (width < 1 || height < 1) throw new RangeError(`it has ${width} × ${height} pixels`);
}

/** Refuses a picture whose content unpacks to much more than its header announces, before anybody keeps it all. */
async function checkContent(bytes: Uint8Array, width: number, height: number): Promise<void> {
  const samples = [1, 1, 3, 1, 2, 1, 4][bytes[25]!] ?? 4, unpacked = width * height * samples * bytes[24]! / 8;
  const problem = beyond("unpackedPicture", unpacked, "bytes, unpacked,");
  if (problem) throw new RangeError(problem);
  const announced = unpacked + 16 * height;
  const parts: Uint8Array<ArrayBuffer>[] = [];
  for (const { name, at, length } of pngChunks(bytes)) {
    if (name === "IDAT" && length) parts.push(bytes.subarray(at + 8, at + 8 + length) as Uint8Array<ArrayBuffer>);
  }
  const packed = parts.reduce((sum, part) => sum + part.length, 0);
  if (packed * DEFLATE_AT_MOST <= limitOf("unpackedPicture")) return; // whatever it is, it is not much
  const pieces = parts.flatMap((part) =>
    Array.from({ length: Math.ceil(part.length / PIECE) }, (_, i) => part.subarray(i * PIECE, (i + 1) * PIECE))
  );
  let count = 0;
  try {
    for await (const piece of ReadableStream.from(pieces).pipeThrough(new DecompressionStream("deflate"))) {
      if ((count += piece.length) > announced) break;
    }
  } catch { /* damaged: the decoder says how */ }
  if (count > announced) {
    throw new RangeError(`it unpacks to more than the ${Math.round(announced)} bytes that its header announces`);
  }
}

/** The brightness of every pixel, or of squares of pixels where there are very many. */
function toGrey({ width, height, data, most }: Rgba): GreyImage {
  const square = Math.max(1, Math.floor(Math.max(width, height) / ENOUGH)), scale = 255 / most;
  const across = Math.ceil(width / square), down = Math.ceil(height / square), grey = new Float64Array(across * down);
  const opaque = isOpaque(data, most), board = !opaque && isOnBoard(data, most);
  for (let y = 0, at = 0; y < height; y++) {
    const row = Math.floor(y / square) * across;
    for (let x = 0, left = square, to = row; x < width; x++, at += 4) {
      const r = scale * data[at]!, g = scale * data[at + 1]!, b = scale * data[at + 2]!;
      const a = opaque ? 1 : data[at + 3]! / most, value = brightness(r, g, b, a);
      grey[to]! += board ? value - (1 - a) * 255 : value;
      if (--left === 0) left = square, to++;
    }
  }
  if (square > 1) {
    for (let v = 0; v < down; v++) {
      const rows = Math.min(square, height - v * square);
      for (let u = 0; u < across; u++) grey[v * across + u]! /= rows * Math.min(square, width - u * square);
    }
  }
  return { width: across, height: down, data: grey };
}

function isOpaque(data: Rgba["data"], most: number): boolean {
  for (let at = 3; at < data.length; at += 4) if (data[at] !== most) return false;
  return true;
}

/** Whether what is not transparent is light: chalk, which on white paper nobody would see. */
function isOnBoard(data: Rgba["data"], most: number): boolean {
  let solid = 0, light = 0;
  for (let at = 0; at < data.length; at += 4) {
    const alpha = data[at + 3]! / most;
    solid += alpha;
    if (alpha) light += alpha * brightness(data[at]! / most, data[at + 1]! / most, data[at + 2]! / most);
  }
  return solid < 0.7 * data.length / 4 && light > 0.8 * solid;
}

/** Turned and mirrored as EXIF numbers it, from 1 (upright) to 8. */
function turnedUpright(image: GreyImage, orientation: number): GreyImage {
  if (orientation === 1) return image;
  const { width, height, data } = image, lying = orientation > 4;
  const [across, down] = lying ? [height, width] : [width, height], result = new Float64Array(data.length);
  for (let y = 0; y < down; y++) {
    for (let x = 0; x < across; x++) {
      const mirroredX = across - 1 - x, mirroredY = down - 1 - y;
      const [u, v] = [
        [x, y],
        [mirroredX, y],
        [mirroredX, mirroredY],
        [x, mirroredY],
        [y, x],
        [y, mirroredX],
        [mirroredY, mirroredX],
        [mirroredY, x],
      ][orientation - 1] as [number, number];
      result[y * across + x] = data[v * width + u]!;
    }
  }
  return { width: across, height: down, data: result };
}
