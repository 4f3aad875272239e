/**
 * Photos in the browser: decoded by it, turned as the camera was held, brought down where they are large.
 *
 * @module
 */
/// <reference lib="dom" />
import { brightness, type GreyImage } from "../../../lib/images/grey_image.ts";

const LARGEST_PHOTO = 1024; // pixels on the longer side

/** The brightness of a picture. */
export function greyOf(bitmap: ImageBitmap): GreyImage {
  const scale = Math.min(1, LARGEST_PHOTO / Math.max(bitmap.width, bitmap.height));
  const width = Math.max(1, Math.round(bitmap.width * scale)),
    height = Math.max(1, Math.round(bitmap.height * scale));
  const context = new OffscreenCanvas(width, height).getContext("2d")!;
  context.fillStyle = "#fff"; // what is transparent lies over white
  context.fillRect(0, 0, width, height);
  context.drawImage(bitmap, 0, 0, width, height);
  const { data } = context.getImageData(0, 0, width, height);
  const grey = Float64Array.from(
    { length: width * height },
    (_, i) => brightness(data[4 * i]!, data[4 * i + 1]!, data[4 * i + 2]!),
  );
  return { width, height, data: grey };
}
