/**
 * What the pictures of views are drawn with: axes, lines, dots, bars.
 *
 * @module
 */
import { COLOURS, type Picture } from "../figure.ts";
import { drawing, words } from "../svg.ts";
import { told } from "./view.ts";

/** The width of a panel: two stand side by side in a notebook, one fills a phone. */
export const PANEL_WIDTH = 380;

type Place = readonly [number, number];

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
  readonly #top = 44;
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
      words(8, 35, yName, { size: 11, colour: GREY }), // upright, above its axis
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
    return Math.min(this.#right, Math.max(this.#left, this.#along(value)));
  }

  /** Where a value stands, from the top; outside the axis, at its end. */
  y(value: number): number {
    return Math.min(this.#bottom, Math.max(this.#top, this.#up(value)));
  }

  /** The part of a straight piece that lies inside the axes, or null. */
  #inside([x1, y1]: Place, [x2, y2]: Place): [Place, Place] | null {
    if (![x1, y1, x2, y2].every(Number.isFinite)) return null;
    let [from, to] = [0, 1]; // shares of the way
    for (
      const [start, way, low, high] of [[x1, x2 - x1, this.#left, this.#right], [
        y1,
        y2 - y1,
        this.#top,
        this.#bottom,
      ]] as const
    ) {
      if (way === 0 && (start < low || start > high)) return null;
      const [one, other] = way === 0 ? [0, 1] : [(low - start) / way, (high - start) / way];
      from = Math.max(from, Math.min(one, other));
      to = Math.min(to, Math.max(one, other));
    }
    const at = (share: number): Place => [x1 + share * (x2 - x1), y1 + share * (y2 - y1)];
    return from <= to ? [at(from), at(to)] : null;
  }

  #along(value: number): number {
    const [low, high] = this.options.x;
    return this.#left + (value - low) / (high - low) * (this.#right - this.#left);
  }

  #up(value: number): number {
    const [low, high] = this.options.y;
    return this.#bottom - (value - low) / (high - low) * (this.#bottom - this.#top);
  }

  /** The value at a place from the left. */
  valueAt(x: number): number {
    const [low, high] = this.options.x;
    return low + clamp((x - this.#left) / (this.#right - this.#left)) * (high - low);
  }

  /** A line through points, cut off at the axes; those that are no numbers interrupt it. */
  line(
    points: readonly (readonly [number, number])[],
    colour: string,
    more: { width?: number; dashed?: boolean } = {},
  ): this {
    let path = "", end = "";
    points.slice(1).forEach((point, i) => {
      const [a, b] = [points[i]!, point].map(([x, y]) => [this.#along(x), this.#up(y)] as const) as [Place, Place];
      const inside = this.#inside(a, b);
      if (!inside) return;
      const [from, to] = inside.map(([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`) as [string, string];
      path += `${from === end ? "" : `M${from}`}L${to}`;
      end = to;
    });
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
    let x = 24 + 6.2 * this.options.yName.length;
    for (const [name, colour] of names) {
      this.parts.push(
        `<path d="M${x} 31h16" stroke="${colour}" stroke-width="3"/>`,
        words(x + 21, 35, name, { size: 11 }),
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
