/**
 * How far a training is: a bar in place of a plot that is to come, or below a cell that has nothing else to show meanwhile.
 *
 * @module
 */
import { escapeText } from "../plots/figure.ts";
import { broadcast, type Bundle, inNotebook, tick } from "./show.ts";

/** Milliseconds between two changes of a bar, and until one comes below a cell without a plot. */
export const REPORT = 250;

/** What there is to do, and since when. */
export interface Way {
  /** Iterations that were done before it began. */
  readonly first?: number;
  /** Iterations when it is done. */
  readonly total: number;
  /** What they are called; `iteration` where nothing is said. */
  readonly unit?: string;
}

/** A bar, and what it says beside it. */
export function bar(share: number, text: string): Bundle {
  return {
    "text/html": `<progress value="${share}" max="1" style="width:20em"></progress> ${escapeText(text)}`,
    "text/plain": text,
  };
}

/** The bar of whoever has done so many iterations since `started`, with a guess how long the rest takes. */
export function barAt(done: number, { first = 0, total, unit = "iteration" }: Way, started: number, name = ""): Bundle {
  const share = (done - first) / (total - first), seconds = (performance.now() - started) / 1000;
  const left = share > 0 ? `, about ${Math.ceil(seconds / share - seconds)} s left` : "";
  return bar(share, `${name}${unit} ${done} of ${total}${left}`);
}

/** One cell's bar: all its trainings share it. */
interface CellBar {
  readonly id: string;
  readonly started: number;
  trainings: number;
  drawn: number;
}

/**
 * The bar of the cell that runs. No front end tells a kernel's code where a cell ends; but to begin another one the kernel has to
 * hear of it, and for that all that waits has its turn: a training that begins before that belongs to the same cell.
 */
let current: CellBar | null = null;

/**
 * A bar below the cell for a training without a plot, which goes when that is done; null where nobody looks: outside notebooks,
 * and with `DIGITS_PROGRESS=off`.
 *
 * @param since From when on it is waited for; the bar comes {@linkcode REPORT} later.
 */
export function cellBar(
  way: Way,
  since = performance.now(),
): { draw(done: number): Promise<void>; end(): Promise<void> } | null {
  if (!inNotebook() || Deno.env.get("DIGITS_PROGRESS") === "off") return null;
  const cell = current ??= { id: crypto.randomUUID(), started: since, trainings: 0, drawn: 0 };
  const which = ++cell.trainings, started = performance.now();
  return {
    async draw(done) {
      if (performance.now() - Math.max(cell.started, cell.drawn) < REPORT) return;
      const bar = barAt(done, way, started, which > 1 ? `training ${which}: ` : "");
      await broadcast(cell.drawn ? "update_display_data" : "display_data", bar, cell.id);
      cell.drawn = performance.now();
    },
    async end() {
      if (cell.drawn) await broadcast("update_display_data", { "text/html": "", "text/plain": "" }, cell.id);
      setImmediate(() => {
        if (cell.trainings === which && current === cell) current = null;
      });
    },
  };
}

/**
 * The same items, one after the other, with a bar below the cell that says how many are done; for loops that take seconds.
 *
 * @param items What the loop goes over.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const squares: number[] = [];
 * for await (const x of watched([1, 2, 3])) squares.push(x * x);
 * assertEquals(squares, [1, 4, 9]);
 * ```
 */
export async function* watched<T>(items: readonly T[]): AsyncGenerator<T> {
  const bar = cellBar({ total: items.length, unit: "part" }, -Infinity); // whoever asks for it waits already
  try {
    for (const [done, item] of items.entries()) {
      await bar?.draw(done);
      await tick();
      yield item;
    }
  } finally {
    await bar?.end();
  }
}
