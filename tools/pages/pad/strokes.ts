/**
 * What has been drawn: strokes that can be taken back one by one, a cleared page included.
 *
 * @module
 */

/** The board's side, in its own units. */
export const BOARD = 280;

/** A place on the board. */
export interface Point {
  /** From the left, 0 to {@linkcode BOARD}. */
  readonly x: number;
  /** From the top. */
  readonly y: number;
}

/** One line of the pen. */
export interface Stroke {
  /** Where it went. */
  readonly points: readonly Point[];
  /** The pen's width. */
  readonly width: number;
}

/** How many points the strokes have. */
export function pointsOf(strokes: readonly Stroke[]): number {
  return strokes.reduce((sum, { points }) => sum + points.length, 0);
}

/** The strokes as they were after so many points. */
export function firstPoints(strokes: readonly Stroke[], count: number): Stroke[] {
  const early: Stroke[] = [];
  for (const { points, width } of strokes) {
    if (count > 0) early.push({ points: points.slice(0, count), width });
    count -= points.length;
  }
  return early;
}

/** The strokes on the board, and how it looked before each change. */
export class Drawing {
  #strokes: readonly Stroke[] = [];
  #past: (readonly Stroke[])[] = [];

  /** The strokes, oldest first. */
  get strokes(): readonly Stroke[] {
    return this.#strokes;
  }

  /** True if there is something to take back. */
  get canUndo(): boolean {
    return this.#past.length > 0;
  }

  /** Puts the pen down. */
  begin(at: Point, width: number): void {
    this.#change([...this.#strokes, { points: [onBoard(at)], width }]);
  }

  /** Moves the pen that is down. */
  moveTo(at: Point): void {
    const last = this.#strokes.at(-1);
    if (last) this.#strokes = [...this.#strokes.slice(0, -1), { ...last, points: [...last.points, onBoard(at)] }];
  }

  /** Takes away all strokes. */
  clear(): void {
    if (this.#strokes.length) this.#change([]);
  }

  /** Takes back the last stroke, or the last clearing. */
  undo(): void {
    this.#strokes = this.#past.pop() ?? this.#strokes;
  }

  #change(strokes: readonly Stroke[]): void {
    this.#past.push(this.#strokes);
    this.#strokes = strokes;
  }
}

/** The nearest place on the board. */
export function onBoard({ x, y }: Point): Point {
  return { x: Math.min(BOARD, Math.max(0, x)), y: Math.min(BOARD, Math.max(0, y)) };
}
