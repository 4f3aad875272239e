/**
 * The small network as a graph, its numbers as lines of arithmetic, and as matrices.
 *
 * @module
 */
import { COLOURS, type Picture } from "../figure.ts";
import { drawing, signColour, words } from "../svg.ts";
import type { Quantity, Stage } from "./network_arithmetic.ts";
import type { NetworkAnswer } from "./network_numbers.ts";
import { told } from "./view.ts";

/** How far the reader is: the number looked at, and whether what comes after is still hidden. */
export interface Progress {
  readonly at: number;
  readonly hiding: boolean;
}

const WIDTH = 380, HEIGHT = 330, COLUMNS = [42, 186, 330], ROWS = [92, 232], RADIUS = 27, LIT = COLOURS.second;

/** The middle of a unit, an edge's number or a bias in the graph. */
export function placeOf(place: string): { x: number; y: number } {
  const [head, first, second] = place.split(".") as [string, string, string | undefined];
  if (head === "x") return { x: COLUMNS[0]!, y: ROWS[Number(first)]! };
  const column = Number(head[1]), row = Number(first);
  if (head[0] === "b") return { x: COLUMNS[column]!, y: ROWS[row]! + (row ? 41 : -44) };
  const from = Number(second), t = from === row ? 0.5 : 0.31; // crossing edges are labelled apart
  return {
    x: COLUMNS[column - 1]! + t * (COLUMNS[column]! - COLUMNS[column - 1]!),
    y: ROWS[from]! + t * (ROWS[row]! - ROWS[from]!) - 9,
  };
}

/** The graph: values in the circles, weights on the edges and, where slopes are the subject, each slope below its weight. */
export function graphPanel(
  { numbers: n, quantities, loss }: NetworkAnswer,
  stage: Stage,
  label: number,
  progress: Progress,
): Picture {
  const withSlopes = ["backward", "matrices", "step"].includes(stage), now = quantities[progress.at];
  const lit = new Set([...now?.from ?? [], now?.place ?? ""]);
  const later = new Set(progress.hiding ? quantities.slice(progress.at).map(({ place }) => place) : []);
  const shown = (place: string, decimals: number) => later.has(place) ? "?" : told(n[place]!, decimals);
  const parts = ["input x", "hidden a", "probability p"].map((name, i) =>
    words(COLUMNS[i]!, 20, name, { anchor: "middle", size: 13 })
  );
  const label2 = (place: string, sign = "") => {
    const { x, y } = placeOf(place), slope = `d${place}`;
    parts.push(
      `<rect x="${x - 24}" y="${y - 12}" width="48" height="${withSlopes ? 30 : 16}" fill="#fff" fill-opacity="0.85"/>`,
      words(x, y, sign + told(n[place]!, 2), { anchor: "middle", bold: lit.has(place) }),
      ...withSlopes
        ? [
          words(x, y + 14, shown(slope, 3), {
            anchor: "middle",
            size: 11,
            colour: signColour(n[slope]!),
            bold: lit.has(slope),
          }),
        ]
        : [],
    );
  };
  const places: string[] = [];
  for (const l of [1, 2]) {
    for (const to of [0, 1]) {
      for (const from of [0, 1]) {
        const place = `w${l}.${to}.${from}`;
        places.push(place);
        parts.push(
          `<line x1="${COLUMNS[l - 1]}" y1="${ROWS[from]}" x2="${COLUMNS[l]}" y2="${ROWS[to]}" stroke="${
            lit.has(place) ? LIT : "#b7c0cb"
          }" stroke-width="${lit.has(place) ? 3 : 1.5}"/>`,
        );
      }
    }
  }
  for (const place of places) label2(place);
  for (const l of [1, 2]) for (const i of [0, 1]) label2(`b${l}.${i}`, "b ");
  for (const [column, value, sum] of [[0, "x", ""], [1, "a1", "z1"], [2, "p", "z2"]] as const) {
    for (const i of [0, 1]) {
      const x = COLUMNS[column]!, y = ROWS[i]!, place = `${value}.${i}`, silent = column === 1 && n[place] === 0;
      const glow = lit.has(place) || lit.has(`${sum}.${i}`);
      const ring = glow ? LIT : column === 2 && i === label ? COLOURS.right : silent ? "#b7c0cb" : COLOURS.main;
      parts.push(
        `<circle cx="${x}" cy="${y}" r="${RADIUS}" fill="${
          silent ? "#f1f3f5" : "#eaf1fa"
        }" stroke="${ring}" stroke-width="${glow ? 3 : 2}"/>`,
        words(x, sum ? y + 1 : y + 5, shown(place, column === 0 ? 2 : 3), { anchor: "middle", size: 13, bold: true }),
        ...sum
          ? [words(x, y + 16, `z ${shown(`${sum}.${i}`, 2)}`, { anchor: "middle", size: 10, colour: "#4a5563" })]
          : [],
      );
    }
  }
  const note = withSlopes ? "below each number its slope: blue up, red down" : "drag any number";
  parts.push(
    words(12, HEIGHT - 8, note, { size: 11, colour: "#5a6572" }),
    words(WIDTH - 8, HEIGHT - 26, `true class: ${label + 1} · loss ${later.has("loss") ? "?" : told(loss)}`, {
      anchor: "end",
      size: 12,
      colour: COLOURS.right,
    }),
  );
  return {
    ...drawing(WIDTH, HEIGHT, parts),
    caption: `The small network: inputs ${told(n["x.0"]!, 2)} and ${told(n["x.1"]!, 2)}, probabilities ${
      told(n["p.0"]!)
    } and ${told(n["p.1"]!)}, loss ${told(loss)}.`,
  };
}

/** The chapter's numbers, a line each; the one looked at is marked. */
export function linesPanel(quantities: readonly Quantity[], { at, hiding }: Progress): Picture {
  const row = quantities.length > 14 ? 18 : 21,
    lines = quantities.map((quantity, i) => lineOf(quantity, i, at, hiding));
  const parts = lines.flatMap((line, i) => [
    ...i === at ? [`<rect x="0" y="${8 + i * row - 2}" width="${WIDTH}" height="${row}" rx="4" fill="#fdeee4"/>`] : [],
    words(8, 8 + i * row + row / 2 + 3, line, {
      size: 11.5,
      bold: i === at,
      colour: i === at ? COLOURS.ink : "#4a5563",
    }),
  ]);
  return { ...drawing(WIDTH, Math.max(120, 16 + quantities.length * row), parts), caption: lines.join("; ") };
}

function lineOf({ name, arithmetic, value }: Quantity, i: number, at: number, hiding: boolean): string {
  if (hiding && i > at) return `${name} = …`;
  return `${name} = ${arithmetic} = ${hiding && i === at ? "?" : told(value)}`;
}

type Grid = readonly (readonly string[])[];

/** The same as products of matrices: the row and the column that make the number looked at are marked. */
export function matricesPanel({ numbers: n, quantities }: NetworkAnswer, stage: Stage, progress: Progress): Picture {
  const { at, hiding } = progress, now = quantities[at];
  const later = new Set(hiding ? quantities.slice(at).map(({ place }) => place) : []);
  const cell = (place: string) =>
    later.has(place) ? "?" : told(n[place]!, place[0] === "y" ? 0 : /^[wbx]/.test(place) ? 2 : 3);
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
  return { ...drawing(WIDTH, bottom + 14, parts), caption: `In matrices: ${line}` };
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

/** The loss after each step taken so far. */
export function lossesPanel(losses: readonly number[]): Picture {
  const width = WIDTH, height = 150, top = Math.max(0.7, ...losses) * 1.1, last = Math.max(10, losses.length - 1);
  const at = (i: number, loss: number) => `${40 + i / last * (width - 60)} ${height - 30 - loss / top * (height - 55)}`;
  const parts = [
    words(8, 16, "loss", { size: 11 }),
    words(width - 8, height - 8, "steps downhill", { anchor: "end", size: 11 }),
    `<path d="M40 20V${height - 30}H${width - 20}" fill="none" stroke="#c9ced6"/>`,
    words(34, height - 26, "0", { anchor: "end", size: 11 }),
    words(34, Number(at(0, top / 1.1).split(" ")[1]) + 4, told(top / 1.1, 1), { anchor: "end", size: 11 }),
    `<polyline points="${
      losses.map((loss, i) => at(i, loss)).join(" ")
    }" fill="none" stroke="${COLOURS.main}" stroke-width="2"/>`,
    ...losses.map((loss, i) => {
      const [x, y] = at(i, loss).split(" ");
      return `<circle cx="${x}" cy="${y}" r="3.5" fill="${COLOURS.main}"/>`;
    }),
  ];
  return { ...drawing(width, height, parts), caption: `The loss: ${losses.map((loss) => told(loss)).join(", ")}.` };
}
