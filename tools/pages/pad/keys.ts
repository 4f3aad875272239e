/**
 * The pen led by keys: arrows move it, Space puts it down and lifts it.
 *
 * @module
 */
/// <reference lib="dom" />
import { BOARD, onBoard, type Point } from "./strokes.ts";

/** What the keys do to the board. */
export interface KeyActions {
  readonly begin: (at: Point) => void;
  readonly moveTo: (at: Point) => void;
  readonly undo: () => void;
  readonly clear: () => void;
  readonly say: (text: string) => void;
  readonly changed: () => void;
}

/** Where the pen is, and whether it is down. */
export interface KeyPen extends Point {
  readonly down: boolean;
}

const STEPS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** Lets keys lead a pen on the board while it has them. */
export function leadByKeys(
  board: HTMLElement,
  { begin, moveTo, undo, clear, say, changed }: KeyActions,
): { pen: () => KeyPen | null; lift: () => void; leave: () => void } {
  let pen: KeyPen | null = null;
  board.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const step = STEPS[event.key], key = event.key.toLowerCase();
    if (!step && ![" ", "u", "c", "escape"].includes(key)) return;
    event.preventDefault();
    pen ??= { x: BOARD / 2, y: BOARD / 2, down: false };
    if (step) {
      const size = event.shiftKey ? 2 : 10;
      pen = { ...onBoard({ x: pen.x + size * step[0], y: pen.y + size * step[1] }), down: pen.down };
      if (pen.down) moveTo(pen);
    } else if (key === " ") {
      if (event.repeat) return;
      pen = { ...pen, down: !pen.down };
      if (pen.down) begin(pen);
      say(pen.down ? "Pen down" : "Pen up");
    } else if (key === "u") undo();
    else if (key === "c") clear();
    else pen = { ...pen, down: false };
    changed();
  });
  board.addEventListener("blur", () => {
    pen = null;
    changed();
  });
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z") {
      event.preventDefault();
      undo();
    }
  });
  return {
    pen: () => pen,
    lift: () => pen &&= { ...pen, down: false },
    leave: () => pen = null,
  };
}
