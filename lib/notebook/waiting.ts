/**
 * A line below a cell that has been learning for a moment with nothing to show for it: how far it is. It goes when that is done.
 *
 * @module
 */
import { escapeText } from "../plots/figure.ts";
import { broadcast, inNotebook } from "./show.ts";

/** Milliseconds until the line comes, and between two changes. */
const MOMENT = 250;

/** One cell's line: all its trainings share it. */
interface Cell {
  readonly id: string;
  readonly started: number;
  trainings: number;
  told: number;
}

/**
 * The line of the cell that runs. No front end tells a kernel's code where a cell ends; but to begin another one the kernel has to
 * hear of it, and for that all that waits has its turn: a training that begins before that belongs to the same cell.
 */
let current: Cell | null = null;

/** What a training tells while it works. */
export interface Waiting {
  /** Says how far it is: where a moment has passed since the last time. */
  readonly tell: (done: number) => Promise<void>;
  /** Takes the line away. */
  readonly end: () => Promise<void>;
}

/**
 * Begins to wait for a training; null where nobody looks: outside notebooks, and with `DIGITS_PROGRESS=off`.
 *
 * @param total How many iterations it has.
 * @param unit What they are called.
 */
export function waitFor(total: number, unit = "iteration"): Waiting | null {
  if (!inNotebook() || Deno.env.get("DIGITS_PROGRESS") === "off") return null;
  const cell = current ??= { id: crypto.randomUUID(), started: performance.now(), trainings: 0, told: 0 };
  const which = ++cell.trainings, started = performance.now();
  return {
    async tell(done) {
      const now = performance.now();
      if (now - Math.max(cell.started, cell.told) < MOMENT) return;
      const left = Math.ceil((now - started) / done * (total - done) / 1000);
      const text = `${which > 1 ? `training ${which}: ` : ""}${unit} ${done} of ${total}, about ${left} s left`;
      await broadcast(cell.told ? "update_display_data" : "display_data", line(text), cell.id);
      cell.told = performance.now();
    },
    async end() {
      if (cell.told) await broadcast("update_display_data", line(""), cell.id);
      setImmediate(() => {
        if (cell.trainings === which && current === cell) current = null;
      });
    },
  };
}

function line(text: string) {
  return { "text/html": `<small>${escapeText(text)}</small>`, "text/plain": text };
}
