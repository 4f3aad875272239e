/**
 * The small network as a graph, and its numbers as lines of arithmetic.
 *
 * @module
 */
import { COLOURS, type Picture } from "../figure.ts";
import { drawing, signColour, words } from "../svg.ts";
import type { Quantity, Stage } from "./network_arithmetic.ts";
import { Chart, PANEL_WIDTH } from "./chart.ts";
import type { NetworkAnswer } from "./network_numbers.ts";
import { told } from "./view.ts";

/** How far the reader is: the number looked at, and whether what comes after is still hidden. */
export interface Progress {
  readonly at: number;
  readonly hiding: boolean;
}

const WIDTH = PANEL_WIDTH, HEIGHT = 330, COLUMNS = [42, 186, 330], ROWS = [92, 232], RADIUS = 27, LIT = COLOURS.second;

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
  { numbers: n, quantities }: NetworkAnswer,
  stage: Stage,
  label: number,
  progress: Progress,
): Picture {
  const withSlopes = ["backward", "matrices", "step"].includes(stage), now = quantities[progress.at];
  const lit = new Set([...now?.from ?? [], now?.place ?? ""]);
  const hidden = hiddenPlaces(quantities, progress);
  const shown = (place: string, decimals: number) => hidden(place) ? "?" : told(n[place]!, decimals);
  const slopeColour = (place: string) => hidden(place) || n[place] === 0 ? "#5a6572" : signColour(n[place]!);
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
            colour: slopeColour(slope),
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
      const blame = `d${sum}.${i}`, up = withSlopes ? 9 : 0;
      const glow = [place, `${sum}.${i}`, blame, `d${place}`].some((one) => lit.has(one));
      const ring = glow ? LIT : column === 2 && i === label ? COLOURS.right : silent ? "#b7c0cb" : COLOURS.main;
      parts.push(
        `<circle cx="${x}" cy="${y}" r="${RADIUS}" fill="${
          silent ? "#f1f3f5" : "#eaf1fa"
        }" stroke="${ring}" stroke-width="${glow ? 3 : 2}"/>`,
        words(x, sum ? y + 1 - up : y + 5, shown(place, column === 0 ? 2 : 3), {
          anchor: "middle",
          size: 13,
          bold: true,
        }),
        ...sum
          ? [words(x, y + 16 - up, `z ${shown(`${sum}.${i}`, 2)}`, { anchor: "middle", size: 10, colour: "#4a5563" })]
          : [],
        ...sum && withSlopes
          ? [
            words(x, y + 19, shown(blame, 3), {
              anchor: "middle",
              size: 10,
              colour: slopeColour(blame),
              bold: lit.has(blame),
            }),
          ]
          : [],
      );
    }
  }
  const note = withSlopes ? "its slope below: blue raises the loss, red lowers it" : "drag any number";
  parts.push(
    words(12, HEIGHT - 8, note, { size: 11, colour: "#5a6572" }),
    ...stage === "product" ? [] : [
      words(WIDTH - 8, HEIGHT - 26, `true: the ${label ? "lower" : "upper"} class · loss ${shown("loss", 3)}`, {
        ...{ anchor: "end", size: 12, colour: COLOURS.right },
      }),
    ],
  );
  return {
    ...drawing(WIDTH, HEIGHT, parts),
    caption: `The small network: inputs ${shown("x.0", 2)} and ${shown("x.1", 2)}, probabilities ${
      shown("p.0", 3)
    } and ${shown("p.1", 3)}, loss ${shown("loss", 3)}.`,
  };
}

/** In which order the numbers are computed: what comes after the one that is asked for would give it away. */
const KINDS = [
  "x",
  "w1",
  "b1",
  "z1",
  "w2",
  "b2",
  "a1",
  "z2",
  "p",
  "loss",
  "dz2",
  "dw2",
  "db2",
  "da1",
  "dz1",
  "dw1",
  "db1",
];

/** Whether a place is still to be filled in, or comes after those that are. */
export function hiddenPlaces(quantities: readonly Quantity[], { at, hiding }: Progress): (place: string) => boolean {
  const later = new Set(hiding ? quantities.slice(at).map(({ place }) => place) : []);
  const kindOf = (place: string) => KINDS.indexOf(place.split(".")[0]!), asked = quantities[at];
  return (place) => later.has(place) || later.size > 0 && kindOf(place) > kindOf(asked!.place) && !/^[wb]/.test(place);
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

/** A number with its arithmetic, as far as it is not hidden. */
export function lineOf({ name, arithmetic, value }: Quantity, i: number, at: number, hiding: boolean): string {
  if (hiding && i > at) return `${name} = …`;
  return `${name} = ${arithmetic} = ${hiding && i === at ? "?" : told(value)}`;
}

/** The loss after each step taken so far. */
export function lossesPanel(losses: readonly number[]): Picture {
  const most = Math.max(0.7, ...losses), last = Math.max(10, losses.length - 1);
  const chart = new Chart({
    ...{ title: "The loss after each step", xName: "steps downhill", yName: "loss (nats)", height: 180 },
    ...{ x: [0, last], y: [0, 1.1 * most] },
  });
  chart.line(losses.map((loss, i) => [i, loss]), COLOURS.main);
  losses.forEach((loss, i) => chart.dot(i, loss, COLOURS.main, "", 3.5));
  return chart.picture(`The loss: ${losses.map((loss) => told(loss)).join(", ")}.`);
}
