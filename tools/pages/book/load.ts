/**
 * The book's other scripts, fetched when they are needed.
 *
 * @module
 */
/// <reference lib="dom" />

/** Something that the search can find. */
export interface Place {
  readonly file: string;
  readonly title: string;
  readonly heading: string;
  readonly anchor: string;
  readonly text: string;
}

/** A figure as Plotly takes it. */
export interface Plot {
  readonly data: readonly unknown[];
  readonly layout: {
    readonly meta?: string;
    readonly yaxis?: { readonly tickvals: number[]; readonly ticktext: string[]; readonly range: number[] };
  };
}

interface PlotlyLike {
  newPlot(element: HTMLElement, data: unknown, layout: unknown, config: unknown): Promise<unknown>;
}

declare global {
  var DIGITS_PLOTLY: PlotlyLike | undefined;
  var DIGITS_INDEX: Place[] | undefined;
}

const loads = new Map<string, Promise<void>>();

/** A script of the book, fetched when it is first needed; a plain element, so that it works from disk. */
export function load(file: string): Promise<void> {
  const known = loads.get(file);
  if (known) return known;
  const loading = new Promise<void>((resolve, reject) => {
    const script = document.createElement("script");
    script.src = `assets/${file}`;
    script.onload = () => resolve();
    script.onerror = () => {
      loads.delete(file); // perhaps the next time
      reject(new Error(`Cannot load ${file}`));
    };
    document.head.append(script);
  });
  loads.set(file, loading);
  return loading;
}
