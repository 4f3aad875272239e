/**
 * What the notebooks show: figures that Plotly draws, and pictures that we draw ourselves.
 *
 * @module
 */

/** A Plotly figure: plain data, so that a test can look at it. */
export interface Figure {
  /** Plotly's traces. */
  readonly data: readonly Record<string, unknown>[];
  /** Plotly's layout, with title, axis titles and size. */
  readonly layout: Readonly<Record<string, unknown>>;
  /** One sentence with the numbers that matter, for readers who do not see the figure. */
  readonly caption: string;
}

/** A drawing in SVG. */
export interface Picture {
  /** The drawing. */
  readonly svg: string;
  /** Pixels. */
  readonly width: number;
  /** Pixels. */
  readonly height: number;
  /** One sentence saying what is to be seen. */
  readonly caption: string;
}

/** The colours of all plots: told apart by colour-blind readers, readable on white. */
export const COLOURS = {
  /** What we compare with the rest: our network, the training part. */
  main: "#1f5fa8",
  /** The second: the test part. */
  second: "#d1662b",
  /** The third. */
  third: "#2f8f6b",
  /** The fourth. */
  fourth: "#8a5aa5",
  /** The fifth. */
  fifth: "#b58900",
  /** The sixth. */
  sixth: "#008ba3",
  /** Baselines and chance. */
  quiet: "#8c8c8c",
  /** Right answers. */
  right: "#2f8f6b",
  /** Wrong answers. */
  wrong: "#c0392b",
  /** Text. */
  ink: "#1d2733",
} as const;

/** The order in which series take their colours. */
export const SERIES_COLOURS: readonly string[] = [
  COLOURS.main,
  COLOURS.second,
  COLOURS.third,
  COLOURS.fourth,
  COLOURS.fifth,
  COLOURS.sixth,
];

/** Red for negative, white for 0, blue for positive: weights and gradients. */
export const SIGNED_SCALE: readonly (readonly [number, string])[] = [[0, "#b2182b"], [0.5, "#ffffff"], [1, "#2166ac"]];

/** Text made safe for SVG and HTML. */
export function escapeText(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
