/**
 * Do two runs of a notebook show the same? Times and versions excepted.
 *
 * @module
 */
import type { Output } from "../../tools/notebooks/kernel/messages.ts";
import { type Cell, type Notebook, toLines } from "../../tools/notebooks/notebook_file.ts";

/** Tags of cells whose outputs differ from run to run: versions of programs, times on this machine. */
export const VARYING = ["varies", "timing"];

/**
 * Compares the outputs of two runs, cell by cell.
 *
 * @param recorded The notebook as it is committed.
 * @param executed The same notebook after a run.
 * @returns One line per cell that differs, empty if all agree.
 */
export function compareOutputs(recorded: Notebook, executed: Notebook): string[] {
  return recorded.cells.flatMap((cell, i) => {
    if (cell.cell_type !== "code" || cell.metadata.tags?.some((tag) => VARYING.includes(tag))) return [];
    const difference = compareCell(cell, executed.cells[i]!);
    return difference ? [`cell ${i + 1} (${cell.id}): ${difference}`] : [];
  });
}

function compareCell(recorded: Cell, executed: Cell): string | null {
  const before = recorded.outputs ?? [], now = executed.outputs ?? [];
  if (before.length !== now.length) return `recorded ${before.length} outputs, got ${now.length}`;
  for (const [k, output] of before.entries()) {
    const a = textOf(output), b = textOf(now[k]!);
    if (a !== b) return `output ${k + 1}: recorded ${excerpt(a, b)}, got ${excerpt(b, a)}`;
    const plot = "application/vnd.plotly.v1+json";
    const difference = differs(output.data?.[plot], now[k]!.data?.[plot], "figure");
    if (difference) return `output ${k + 1}: ${difference}`;
    if (!output.data?.[plot] && output.data?.["image/png"]?.trim() !== now[k]!.data?.["image/png"]?.trim()) {
      return `output ${k + 1}: another picture`;
    }
    const [wanted, got] = [output, now[k]!].map(({ data }) => [data?.["text/html"] ?? ""].flat().join(""));
    if (wanted!.includes("digits-view") && wanted !== got) {
      return `output ${k + 1}: another picture, or other numbers in it`;
    }
  }
  return null;
}

function textOf(output: Output): string {
  const text = output.text ?? output.data?.["text/plain"] ?? "";
  return (Array.isArray(text) ? text : toLines(text)).join("");
}

/** The part of a text around its first difference from another. */
function excerpt(text: string, other: string): string {
  let at = 0;
  while (at < text.length && text[at] === other[at]) at++;
  return JSON.stringify(text.slice(Math.max(0, at - 20), at + 40));
}

/** Where two JSON values differ; numbers may by a billionth. */
function differs(a: unknown, b: unknown, path: string): string | null {
  if (typeof a === "number" && typeof b === "number") {
    return Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a)) ? null : `${path}: recorded ${a}, got ${b}`;
  }
  if (a && b && typeof a === "object" && typeof b === "object") {
    for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) {
      const found = differs((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key], `${path}.${key}`);
      if (found) return found;
    }
    return null;
  }
  return a === b ? null : `${path}: recorded ${JSON.stringify(a)}, got ${JSON.stringify(b)}`;
}
