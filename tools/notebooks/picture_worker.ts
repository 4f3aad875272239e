/**
 * The thread of `pictures.ts`: pictures come in, PNGs go out, in their order.
 *
 * @module
 */
/// <reference lib="deno.worker" />
import "../../lib/plots/plotly.ts"; // at once, not with the first figure
import { toPng } from "../../lib/plots/static.ts";
import type { Drawing } from "./pictures.ts";

let last: Promise<unknown> = Promise.resolve();

self.onmessage = ({ data: { shown, zoom, colours } }: MessageEvent<Drawing>) => {
  last = last.then(async () => {
    try {
      self.postMessage({ png: (await toPng(shown, zoom, colours)).toBase64() });
    } catch (error) {
      self.postMessage({ error: (error as Error).message });
    }
  });
};
