/**
 * What may be taken away from the drawing pad: the board as a picture, the pixels as numbers.
 *
 * @module
 */
/// <reference lib="dom" />
import { BOARD } from "./strokes.ts";

/** Saves the board, dark ink on white, as digit.png. */
export async function saveBoard(draw: (context: OffscreenCanvasRenderingContext2D) => void): Promise<void> {
  const canvas = new OffscreenCanvas(BOARD, BOARD), context = canvas.getContext("2d")!;
  context.fillStyle = "#fff";
  context.fillRect(0, 0, BOARD, BOARD);
  context.strokeStyle = "#000";
  draw(context);
  const link = document.createElement("a");
  link.href = URL.createObjectURL(await canvas.convertToBlob({ type: "image/png" }));
  link.download = "digit.png";
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** Copies 784 grey levels; says how it went. */
export async function copyPixels(pixels: Uint8Array): Promise<string> {
  try {
    await navigator.clipboard.writeText([...pixels].join(","));
    return "Copied: 784 numbers from 0 to 255, row by row";
  } catch {
    return "Cannot copy: this browser does not let a page write to the clipboard";
  }
}
