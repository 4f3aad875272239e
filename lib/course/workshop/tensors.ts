/**
 * How two tensors compare: exact, approximate or wrong, and where they differ most.
 *
 * @module
 */
import type { Judgement } from "../exercise.ts";
import { display, isList } from "../same.ts";

/** What is said of one tensor. */
export interface TensorVerdict {
  /** `exact` to nine digits (seven in Float32), `approximate` to three, otherwise `wrong`. */
  readonly status: "exact" | "approximate" | "wrong";
  /** The tensor's name and its status, with the largest difference and its place. */
  readonly text: string;
}

/**
 * Compares a tensor with what it should be: a list of numbers, or a list of such lists.
 *
 * @param name What it is called, such as `dW2`.
 * @param got What somebody computed.
 * @param wanted What it should be.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(compareTensor("db2", [1, 2], [1, 3]), {
 *   status: "wrong",
 *   text: "db2 wrong: largest difference 1 at [1], 2 instead of 3",
 * });
 * ```
 */
export function compareTensor(name: string, got: unknown, wanted: number[] | number[][]): TensorVerdict {
  const misfit = shapeFault(got, wanted);
  if (misfit) return { status: "wrong", text: `${name} wrong: ${misfit}` };
  const numbers =
    (Array.isArray(wanted[0]) ? Array.from(got as ArrayLike<ArrayLike<number>>, (row) => Array.from(row)) : [
      Array.from(got as ArrayLike<number>),
    ]) as number[][];
  const right = (Array.isArray(wanted[0]) ? wanted : [wanted]) as number[][];
  let worst = 0, at = [0, 0], scale = 1;
  for (const [r, row] of right.entries()) {
    for (const [c, value] of row.entries()) {
      const own = numbers[r]![c]!, off = Math.abs(own - value);
      if (Number.isFinite(value)) scale = Math.max(scale, Math.abs(value));
      if (typeof own !== "number" || Number.isNaN(own)) {
        return { status: "wrong", text: `${name} wrong: ${display(own)} at ${place(wanted, [r, c])}` };
      }
      if (own !== value && !(off <= worst)) [worst, at] = [off, [r, c]];
    }
  }
  const single = got instanceof Float32Array || isList(got) && got[0] instanceof Float32Array;
  if (worst <= (single ? 1e-6 : 1e-9) * scale) return { status: "exact", text: `${name} exact` };
  const status = worst <= 1e-3 * scale ? "approximate" : "wrong", [r, c] = at as [number, number];
  const values = `${short(numbers[r]![c]!)} instead of ${short(right[r]![c]!)}`;
  return { status, text: `${name} ${status}: largest difference ${short(worst)} at ${place(wanted, at)}, ${values}` };
}

function place(wanted: number[] | number[][], [r, c]: readonly number[]): string {
  return Array.isArray(wanted[0]) ? `[${r}][${c}]` : `[${c}]`;
}

function short(value: number): string {
  return String(Number(value.toPrecision(4)));
}

/** What is wrong with a tensor's shape, or nothing. */
function shapeFault(got: unknown, wanted: number[] | number[][]): string | null {
  const deep = Array.isArray(wanted[0]),
    shape = deep ? `${wanted.length} × ${(wanted[0] as number[]).length}` : `${wanted.length}`;
  if (!isList(got)) {
    return `${deep ? "a list of lists" : "a list of numbers"} is asked for (${shape}), got ${display(got)}`;
  }
  const rows = Array.from(got), lists = rows.filter(isList).length;
  if (deep && lists < rows.length) return `a list of lists is asked for (${shape}), got ${display(got)}`;
  if (!deep && lists > 0) return `a plain list of ${shape} numbers is asked for, got lists inside a list`;
  const lengths = deep ? rows.map((row) => (row as ArrayLike<unknown>).length) : [], [width] = lengths;
  const own = lengths.some((length) => length !== width)
    ? "rows of different lengths"
    : deep
    ? `${rows.length} × ${width ?? 0}`
    : `${rows.length}`;
  return own === shape ? null : `its shape should be ${shape}, got ${own}`;
}

/** A tensor of a pass: what it should be, and what comes out where somebody slips, by what is then said. */
export interface Tensor {
  /** As on paper: `Z1`, `dW2`. */
  readonly name: string;
  /** What somebody computed. */
  readonly got: unknown;
  /** What it should be. */
  readonly wanted: number[] | number[][];
  /** Wrong versions, each made only when it is needed. */
  readonly slips: Readonly<Record<string, () => number[] | number[][]>>;
  /** What is said where it is NaN. */
  readonly notANumber?: string;
}

/** Looks at tensors in the order in which they are computed; stops at the first that is off. */
export function judgeTensors(tensors: readonly Tensor[], after: () => string = () => ""): Judgement {
  const fine: string[] = [];
  for (const { name, got, wanted, slips, notANumber } of tensors) {
    const verdict = compareTensor(name, got, wanted);
    if (verdict.status === "exact") {
      fine.push(verdict.text);
      continue;
    }
    const nan = verdict.text.includes("NaN") ? notANumber : undefined;
    const slip = nan ?? Object.entries(slips).find(([, make]) => isExact(got, make))?.[0];
    const before = fine.length ? `${fine.join(", ")}.\n` : "";
    return { right: false, text: `Not yet. ${before}${verdict.text}.${slip ? `\n${slip}` : ""}${after()}` };
  }
  return { right: true, text: `Right: ${fine.join(", ")}.` };
}

function isExact(got: unknown, make: () => number[] | number[][]): boolean {
  try {
    return compareTensor("", got, make()).status === "exact";
  } catch {
    return false; // a slip that does not fit these shapes
  }
}

/** The layers' tensors of one name, or what is wrong with the list. */
export function tensorsOf(value: unknown, name: string, count: number): unknown[] | Judgement {
  if (!isList(value)) return { right: false, text: `Not yet. ${name} should be a list with one entry per layer.` };
  if (value.length !== count) {
    const text = `Not yet. ${name} should have ${count} entries, one per layer, got ${value.length}.`;
    return { right: false, text };
  }
  return Array.from(value);
}
