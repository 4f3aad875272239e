/**
 * What the pictures of views are drawn with: axes, lines, dots, bars.
 *
 * @module
 */
import { COLOURS, escapeText, type Picture } from "../figure.ts";
import { drawing, words } from "../svg.ts";
import { told } from "./view.ts";

/** The width of a panel: two stand side by side in a notebook, one fills a phone. */
export const PANEL_WIDTH = 380;

const GREY = "#5a6572", LINE = "#c9ced6";

/** Where a chart lies and what it measures. */
export interface ChartOptions {
  readonly title: string;
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
  readonly xName: string;
  readonly yName: string;
  readonly height?: number;
  /** Marks along x; five where nothing is said. */
  readonly xMarks?: readonly number[];
  readonly yMarks?: readonly number[];
  /** How a mark is written. */
  readonly xText?: (value: number) => string;
  readonly yText?: (value: number) => string;
}

/** A chart to draw on: places of values, and the parts so far. */
export class Chart {
  readonly parts: string[] = [];
  readonly height: number;
  readonly #left = 52;
  readonly #right = PANEL_WIDTH - 12;
  readonly #top = 30;
  readonly #bottom: number;

  constructor(readonly options: ChartOptions) {
    const { title, xName, yName, height = 280 } = options;
    this.height = height;
    this.#bottom = height - 40;
    const plain = (value: number) => String(Number(value.toFixed(6))).replace("-", "−");
    const { xText = plain, yText = plain } = options;
    this.parts.push(
      words(8, 16, title, { size: 13, bold: true }),
      `<path d="M${this.#left} ${this.#top}V${this.#bottom}H${this.#right}" fill="none" stroke="${LINE}"/>`,
      words(this.#right, height - 6, xName, { anchor: "end", size: 11, colour: GREY }),
      `<text transform="translate(12 ${this.#bottom}) rotate(-90)" font-size="11" fill="${GREY}">${
        escapeText(yName)
      }</text>`,
    );
    for (const mark of options.xMarks ?? marks(options.x)) {
      const x = this.x(mark);
      this.parts.push(
        `<path d="M${x.toFixed(1)} ${this.#bottom}v4" stroke="${LINE}"/>`,
        words(x, this.#bottom + 17, xText(mark), { anchor: "middle", size: 11, colour: GREY }),
      );
    }
    for (const mark of options.yMarks ?? marks(options.y)) {
      const y = this.y(mark);
      this.parts.push(
        `<path d="M${this.#left} ${y.toFixed(1)}H${this.#right}" stroke="#eceff3"/>`,
        words(this.#left - 6, y + 4, yText(mark), { anchor: "end", size: 11, colour: GREY }),
      );
    }
  }

  /** Where a value stands, from the left; outside the axis, at its end. */
  x(value: number): number {
    const [low, high] = this.options.x;
    return this.#left + clamp((value - low) / (high - low)) * (this.#right - this.#left);
  }

  /** Where a value stands, from the top. */
  y(value: number): number {
    const [low, high] = this.options.y;
    return this.#bottom - clamp((value - low) / (high - low)) * (this.#bottom - this.#top);
  }

  /** The value at a place from the left. */
  valueAt(x: number): number {
    const [low, high] = this.options.x;
    return low + clamp((x - this.#left) / (this.#right - this.#left)) * (high - low);
  }

  /** A line through points; those that are no numbers interrupt it. */
  line(
    points: readonly (readonly [number, number])[],
    colour: string,
    more: { width?: number; dashed?: boolean } = {},
  ): this {
    let pen = "M", path = "";
    for (const [x, y] of points) {
      if (!Number.isFinite(x) || !Number.isFinite(y)) {
        pen = "M";
        continue;
      }
      path += `${pen}${this.x(x).toFixed(1)} ${this.y(y).toFixed(1)}`;
      pen = "L";
    }
    this.parts.push(
      `<path d="${path}" fill="none" stroke="${colour}" stroke-width="${more.width ?? 2}"${
        more.dashed ? ' stroke-dasharray="5 4"' : ""
      }/>`,
    );
    return this;
  }

  /** A dot, with words beside it. */
  dot(x: number, y: number, colour: string, label = "", radius = 5): this {
    if (!Number.isFinite(x) || !Number.isFinite(y)) return this;
    const left = this.x(x), top = this.y(y), late = left > this.#right - 80;
    this.parts.push(`<circle cx="${left.toFixed(1)}" cy="${top.toFixed(1)}" r="${radius}" fill="${colour}"/>`);
    if (label) {
      this.parts.push(
        words(left + (late ? -9 : 9), top - 7, label, { size: 11, anchor: late ? "end" : "start", colour }),
      );
    }
    return this;
  }

  /** An upright bar from the axis. */
  bar(from: number, to: number, height: number, colour: string, opacity = 1): this {
    const x = this.x(from), y = this.y(height);
    this.parts.push(
      `<rect x="${x.toFixed(1)}" y="${y.toFixed(1)}" width="${Math.max(0.5, this.x(to) - x - 1).toFixed(1)}" height="${
        (this.#bottom - y).toFixed(1)
      }" fill="${colour}" fill-opacity="${opacity}"/>`,
    );
    return this;
  }

  /** Names of lines, in their colours, below the title. */
  legend(names: readonly (readonly [string, string])[]): this {
    let x = this.#left + 6;
    for (const [name, colour] of names) {
      this.parts.push(
        `<path d="M${x} 27h16" stroke="${colour}" stroke-width="3"/>`,
        words(x + 21, 31, name, { size: 11 }),
      );
      x += 34 + 6.6 * name.length;
    }
    return this;
  }

  /** As a picture. */
  picture(caption: string): Picture {
    return { ...drawing(PANEL_WIDTH, this.height, this.parts), caption };
  }
}

const clamp = (share: number) => Math.min(1, Math.max(0, share));

/** About five round numbers between two ends. */
export function marks([low, high]: readonly [number, number]): number[] {
  const rough = (high - low) / 5, power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5, 10].find((nice) => nice * power >= rough - 1e-12) ?? 10);
  const first = Math.ceil(low / step - 1e-9);
  return Array.from({ length: Math.floor(high / step + 1e-9) - first + 1 }, (_, i) => (first + i) * step);
}

/** Ten bars, one for each digit: what a network gives to each. */
export function barsPanel(
  probabilities: ArrayLike<number>,
  { title, truth }: { title: string; truth?: number },
): Picture {
  const all = Array.from(probabilities), row = 24, width = 300;
  const none = all.every((p) => p === 0), best = none ? -1 : all.indexOf(Math.max(...all));
  const parts = [words(8, 16, title, { size: 13, bold: true })];
  all.forEach((p, digit) => {
    const y = 30 + digit * row, length = Number.isFinite(p) ? 190 * p : 0;
    const colour = digit === truth ? COLOURS.right : digit === best ? COLOURS.main : "#a9b8c9";
    parts.push(
      words(22, y + 15, String(digit), { anchor: "end", bold: digit === best || digit === truth }),
      `<rect x="30" y="${y + 3}" width="${Math.max(1, length).toFixed(1)}" height="16" fill="${colour}"/>`,
      none ? "" : words(38 + length, y + 16, `${told(100 * p, 1)} %`, { size: 11 }),
    );
  });
  const caption = none
    ? "Ten empty bars."
    : `Probabilities: ${all.map((p, digit) => `${digit}: ${told(100 * p, 1)} %`).join(", ")}.`;
  return { ...drawing(width, 30 + all.length * row + 8, parts), caption };
}
