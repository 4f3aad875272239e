/**
 * Photos in the browser: decoded by it, turned as the camera was held, brought down where they are large.
 *
 * @module
 */
/// <reference lib="dom" />
import { brightness, type GreyImage } from "../../../lib/images/grey_image.ts";
import { byId } from "../page_script.ts";

const LARGEST_PHOTO = 1024; // pixels on the longer side

/** The brightness of a picture. */
export function greyOf(bitmap: ImageBitmap | OffscreenCanvas): GreyImage {
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

/**
 * Takes photos that are chosen as files or dropped on the page.
 *
 * @param say Tells the reader what cannot be opened.
 * @param onPhoto Told of each that could, unless another was opened meanwhile.
 */
export function acceptPhotos(say: (text: string) => void, onPhoto: (bitmap: ImageBitmap, name: string) => void): void {
  let opened = 0;
  const open = async (file: File) => {
    const call = ++opened;
    try {
      const bitmap = await createImageBitmap(file, { imageOrientation: "from-image" });
      if (call === opened) onPhoto(bitmap, file.name);
      else bitmap.close();
    } catch {
      say(`Cannot read “${file.name}” as an image: must be PNG, JPEG or another kind that this browser shows`);
    }
  };
  byId<HTMLInputElement>("file").addEventListener("change", ({ target }) => {
    const input = target as HTMLInputElement, file = input.files?.[0];
    if (file) open(file);
    input.value = ""; // so that the same file can be opened again
  });
  const frame = byId("frame");
  for (const kind of ["dragover", "dragleave", "drop"] as const) {
    document.addEventListener(kind, (event) => {
      event.preventDefault(); // a file dropped beside the board must not replace the page
      frame.classList.toggle("over", kind === "dragover");
      const file = kind === "drop" ? event.dataTransfer?.files[0] : undefined;
      if (file) open(file);
    });
  }
}
