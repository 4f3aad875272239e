/**
 * Draws the pictures of notebooks that our runner runs: in one place that has plotly.js ready, beside the kernels, and only
 * those that stay. A kernel that a reader works with draws its own.
 *
 * @module
 */
import type { Figure, Picture } from "../../lib/plots/figure.ts";
import type { Output } from "./kernel/messages.ts";

/** What a kernel says of a picture that it leaves to us: `DIGITS_PICTURES=later` in its environment asks for that. */
export const LEFT_TO_DRAW = "application/vnd.digits.picture+json";

/** How one picture is to be drawn. */
export interface Drawing {
  /** What. */
  readonly shown: Figure | Picture;
  /** Dots for each pixel. */
  readonly zoom: number;
  /** At most so many colours. */
  readonly colours?: number;
}

/** Draws, one picture after the other, in a thread of its own. */
export class PictureDrawer implements Disposable {
  readonly #worker = new Worker(new URL("picture_worker.ts", import.meta.url), { type: "module" });
  readonly #waiting: PromiseWithResolvers<string>[] = [];
  #failure: Error | null = null;

  /** Starts the thread, which loads plotly.js at once. */
  constructor() {
    this.#worker.onmessage = ({ data: { png, error } }: MessageEvent<{ png?: string; error?: string }>) => {
      const { resolve, reject } = this.#waiting.shift()!; // first come, first served
      if (png === undefined) reject(new Error(`Cannot draw a picture: ${error}`));
      else resolve(png);
    };
    this.#worker.onerror = (event) => {
      event.preventDefault();
      this.#failure = new Error(`Cannot draw a picture: ${event.message}`);
      for (const { reject } of this.#waiting.splice(0)) reject(this.#failure);
    };
  }

  /**
   * Puts a PNG in the place of what was left to draw.
   *
   * @throws {Error} If it cannot be drawn.
   */
  async finish(output: Output): Promise<Output> {
    const { [LEFT_TO_DRAW]: left, ...data } = output.data ?? {};
    if (!left) return output;
    if (this.#failure) throw this.#failure;
    const plot = data["application/vnd.plotly.v1+json"],
      { svg, ...how } = left as { svg?: string } & Omit<Drawing, "shown">;
    const waiting = Promise.withResolvers<string>();
    this.#waiting.push(waiting);
    this.#worker.postMessage({ ...how, shown: svg === undefined ? plot : { svg } });
    return { ...output, data: { ...data, "image/png": await waiting.promise } };
  }

  /** Ends the thread. */
  [Symbol.dispose](): void {
    this.#worker.terminate();
  }
}
