/**
 * The small network's numbers as products of matrices.
 *
 * @module
 */
import type { Picture } from "../figure.ts";
import { drawing, words } from "../svg.ts";
import { PANEL_WIDTH } from "./chart.ts";
import type { Stage } from "./network_arithmetic.ts";
import type { NetworkAnswer } from "./network_numbers.ts";
import { hiddenPlaces, lineOf, type Progress } from "./network_panels.ts";
import { told } from "./view.ts";

type Grid = readonly (readonly string[])[];

/** The same as products of matrices: the row and the column that make the number looked at are marked. */
export function matricesPanel({ numbers: n, quantities }: NetworkAnswer, stage: Stage, progress: Progress): Picture {
  const { at, hiding } = progress, now = quantities[at];
  const hidden = hiddenPlaces(quantities, progress);
  const cell = (place: string) =>
    hidden(place) ? "?" : told(n[place]!, place[0] === "y" ? 0 : /^[wbx]/.test(place) ? 2 : 3);
  const column = (name: string): Grid => [[`${name}.0`], [`${name}.1`]];
  const square = (name: string): Grid => [0, 1].map((r) => [0, 1].map((c) => `${name}.${r}.${c}`));
  const turned = (grid: Grid): Grid => grid[0]!.map((_, c) => grid.map((row) => row[c]!));
  const equations: (readonly (string | Grid)[])[] = stage === "product"
    ? [["Z¹ =", square("w1"), column("x"), "+", column("b1"), "=", column("z1")]]
    : [
      ["dZ² =", column("p"), "−", column("y"), "=", column("dz2")],
      ["dW² =", column("dz2"), turned(column("a1")), "=", square("dw2")],
      ["dA¹ =", turned(square("w2")), column("dz2"), "=", column("da1")],
      ["dZ¹ =", column("da1"), "⊙ [", column("z1"), "> 0 ] =", column("dz1")],
      ["dW¹ =", column("dz1"), turned(column("x")), "=", square("dw1")],
    ];
  const parts: string[] = [];
  equations.forEach((equation, e) => {
    const top = 14 + e * 50, result = equation.at(-1) as Grid, here = result.flat().includes(now?.place ?? "");
    let x = 6;
    equation.forEach((piece, k) => {
      if (typeof piece === "string") {
        parts.push(words(x, top + 22, piece, { bold: k === 0 && here }));
        x += 8 + 7.6 * piece.length;
        return;
      }
      const wide = piece[0]!.length > 1 && !/^w/.test(piece[0]![0]!) ? 50 : 44, width = wide * piece[0]!.length + 8;
      parts.push(
        `<path d="M${x + 4} ${top}h-4v36h4M${
          x + width - 4
        } ${top}h4v36h-4" fill="none" stroke="#66717e" stroke-width="1.5"/>`,
      );
      piece.forEach((row, r) =>
        row.forEach((place, c) => {
          const marked = here && isMarked(equation, k, r, c, result, now!.place), middle = x + 4 + wide * (c + 0.5);
          const y = top + (piece.length === 1 ? 22 : 14 + 17 * r);
          if (marked) {
            parts.push(`<rect x="${middle - 20}" y="${y - 12}" width="40" height="16" rx="3" fill="#fbd9c3"/>`);
          }
          parts.push(words(middle, y, cell(place), { anchor: "middle", size: 11.5, bold: marked }));
        })
      );
      x += width + 7;
    });
  });
  const line = now ? lineOf(now, at, at, hiding) : "", bottom = 14 + equations.length * 50 + 16;
  parts.push(words(6, bottom, line, { bold: true, size: 11.5 }));
  return { ...drawing(PANEL_WIDTH, bottom + 14, parts), caption: `In matrices: ${line}` };
}

/** Whether an entry belongs to the row of the first factor, or the column of the second, that give the entry looked at. */
function isMarked(
  equation: readonly (string | Grid)[],
  k: number,
  r: number,
  c: number,
  result: Grid,
  place: string,
): boolean {
  const row = result.findIndex((cells) => cells.includes(place)), column = result[row]!.indexOf(place);
  const factors = equation.flatMap((piece, i) => typeof piece === "string" ? [] : [i]);
  if (k === factors.at(-1)) return r === row && c === column;
  const product = typeof equation[k + 1] !== "string" || typeof equation[k - 1] !== "string"; // two matrices side by side
  if (!product) return r === row;
  return typeof equation[k + 1] !== "string" ? r === row : c === column;
}
