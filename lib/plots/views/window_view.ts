/**
 * A window laid over a digit: its products, their sum, and the map of all sums.
 *
 * @module
 */
import { className, type Digits, pixelsOf } from "../../data/digits.ts";
import { matrix } from "../../matrix.ts";
import { convolve, patches } from "../../network/convolution.ts";
import { type Convolution, type Layer, summedSize } from "../../network/network.ts";
import { drawPixels } from "../digits.ts";
import { COLOURS, type Picture } from "../figure.ts";
import { drawing, signColour, words } from "../svg.ts";
import { packDigits, type PackedDigits, unpackDigits } from "./packed.ts";
import { type Answering, answering, told, type View, withArticle } from "./view.ts";

/** Weights to lay over a digit, row by row. */
export interface NamedFilter {
  /** What it is called. */
  readonly name: string;
  /** As many as a square window has. */
  readonly weights: readonly number[];
  /** What is added to their sum; 0 where nothing is said. */
  readonly bias?: number;
}

/** What the page is given. */
export interface WindowValues {
  readonly digits: PackedDigits;
  readonly filters: readonly NamedFilter[];
}

/** Where the window lies, over which digit, with which weights; and whether the map is pooled. */
export interface WindowState {
  readonly digit: number;
  readonly filter: number;
  readonly row: number;
  readonly column: number;
  readonly pooled: boolean;
}

/** The numbers under the window, their sum with the bias, and the map. */
export interface WindowAnswer {
  readonly patch: readonly number[];
  readonly sum: number;
  readonly map: readonly number[];
  readonly mapWidth: number;
}

const ZOOM = 9, EDGE = 8, CELL = 54, POOL = 2;

/** The view of some digits and filters. */
export function windowViewOf({ digits, filters }: WindowValues): View<WindowState, WindowAnswer> {
  const set = unpackDigits(digits), { width, height } = set, size = Math.sqrt(filters[0]!.weights.length);
  const whole: Convolution = { height, width, channels: 1, size, padding: 0, pool: 1 };
  const { rows, cols } = summedSize(whole);
  const layerOf = ({ weights, bias = 0 }: NamedFilter, pooled: boolean): Layer => ({
    weights: matrix(1, weights.length, weights),
    bias: matrix(1, 1, [bias]),
    activation: "relu",
    convolution: { ...whole, pool: pooled ? POOL : 1 },
  });
  const within = (value: number, count: number) => Math.min(count - 1, Math.max(0, Math.round(value)));
  const at = (state: WindowState, row: number, column: number) => ({
    ...state,
    ...{ row: within(row, rows), column: within(column, cols) },
  });
  return {
    start: { digit: 0, filter: 0, row: Math.floor(rows / 2), column: Math.floor(cols / 2), pooled: false },
    answer: ({ digit, filter, row, column, pooled }) => {
      const image = matrix(width * height, 1, Float64Array.from(pixelsOf(set, digit), (grey) => grey / 255));
      const length = size * size, place = row * cols + column;
      const patch = [...patches(image, whole).data.subarray(place * length, (place + 1) * length)];
      const sum = convolve(layerOf(filters[filter]!, false), image).data[place]!;
      const map = [...convolve(layerOf(filters[filter]!, pooled), image).data];
      return { patch, sum, map, mapWidth: pooled ? cols / POOL : cols };
    },
    draw: (state, answer) => [
      digitPanel(pixelsOf(set, state.digit), width, size, state),
      productsPanel(answer, filters[state.filter]!, size),
      mapPanel(answer, state, rows),
    ],
    say: ({ digit, filter, row, column, pooled }, { sum }) =>
      `${filters[filter]!.name} at row ${row}, column ${column} of ${
        withArticle(className(set, set.labels[digit]!))
      }: ${size * size} products add up to ${
        told(sum, 2)
      }. The map has such a sum for each of ${rows} × ${cols} places${
        pooled ? `, of which the largest of each ${POOL} × ${POOL} is kept: ${rows / POOL} × ${cols / POOL}` : ""
      }.`,
    controls: (state) => [
      ...([["row", rows], ["column", cols]] as const).map(([name, count]) => ({
        kind: "slider" as const,
        label: name,
        ...{ min: 0, max: count - 1, step: 1, value: state[name] },
        set: (value: number) => ({ ...state, [name]: value }),
      })),
      {
        kind: "choice",
        label: "filter",
        options: filters.map(({ name }) => name),
        value: state.filter,
        set: (filter) => ({ ...state, filter }),
      },
      {
        kind: "choice",
        label: "digit",
        options: Array.from(set.labels, (label, i) => `${i}: ${className(set, label)}`),
        value: state.digit,
        set: (digit) => ({ ...state, digit }),
      },
      {
        kind: "button",
        label: `pool ${POOL} × ${POOL}`,
        pressed: state.pooled,
        act: () => ({ ...state, pooled: !state.pooled }),
      },
    ],
    point: (state, panel, x, y) => {
      if (panel === 0) return at(state, (y - EDGE) / ZOOM - size / 2, (x - EDGE) / ZOOM - size / 2);
      return panel === 2 ? at(state, (y - EDGE) / ZOOM - 0.5, (x - EDGE) / ZOOM - 0.5) : state;
    },
  };
}

function frame(row: number, column: number, size: number): string {
  return `<rect x="${EDGE + ZOOM * column}" y="${EDGE + ZOOM * row}" width="${ZOOM * size}" height="${ZOOM * size}" ` +
    `fill="none" stroke="${COLOURS.second}" stroke-width="3"/>`;
}

function paper(width: number, height: number, inside: string): string {
  return `<g transform="translate(${EDGE} ${EDGE})"><rect width="${width}" height="${height}" fill="#fff" ` +
    `stroke="#c9ced6"/>${inside}</g>`;
}

function digitPanel(pixels: Uint8Array, width: number, size: number, { row, column }: WindowState): Picture {
  const across = ZOOM * width, down = ZOOM * pixels.length / width;
  const ink = drawPixels(pixels, width, ZOOM, { largest: 255 });
  return {
    ...drawing(across + 2 * EDGE, down + 2 * EDGE, [paper(across, down, ink), frame(row, column, size)]),
    caption: `The window at row ${row}, column ${column}.`,
  };
}

/** Pixel times weight for each place under the window. */
function productsPanel({ patch, sum }: WindowAnswer, { weights, bias = 0, name }: NamedFilter, size: number): Picture {
  const largest = Math.max(1e-9, ...weights.map(Math.abs)), cell = Math.min(CELL, 230 / size);
  const cells = patch.map((pixel, i) => {
    const x = 4 + cell * (i % size), y = 30 + cell * Math.floor(i / size), product = pixel * weights[i]!;
    const shade = drawPixels([weights[i]! / largest], 1, cell - 2, { signed: true, largest: 3 });
    return `<g transform="translate(${x} ${y})">${shade}<rect width="${cell - 2}" height="${cell - 2}" fill="none" ` +
      `stroke="#dfe3e8"/></g>` +
      words(x + cell / 2 - 1, y + cell / 2 - 3, `${told(pixel, 1)} · ${told(weights[i]!, 1)}`, {
        anchor: "middle",
        size: 9,
        colour: "#5a6572",
      }) +
      words(x + cell / 2 - 1, y + cell / 2 + 11, told(product, 2), {
        anchor: "middle",
        size: 11,
        bold: product !== 0,
        colour: product === 0 ? "#5a6572" : signColour(product),
      });
  });
  const below = 30 + cell * size + 18, added = bias ? `sum + bias (${told(bias, 2)})` : "their sum";
  return {
    ...drawing(cell * size + 8, below + 14, [
      words(4, 20, "pixel · weight", { bold: true }),
      ...cells,
      words(4, below, added),
      words(cell * size + 2, below, told(sum, 2), { anchor: "end", bold: true, size: 15, colour: signColour(sum) }),
    ]),
    caption: `${name}: pixel times weight; the sum is ${told(sum, 2)}.`,
  };
}

function mapPanel({ map, mapWidth }: WindowAnswer, { row, column, pooled }: WindowState, rows: number): Picture {
  const zoom = pooled ? POOL * ZOOM : ZOOM, side = ZOOM * rows, across = zoom * mapWidth;
  const ink = drawPixels(map, mapWidth, zoom, { signed: true });
  const place = pooled ? frame(row - row % POOL, column - column % POOL, POOL) : frame(row, column, 1);
  return {
    ...drawing(across + 2 * EDGE, side + 2 * EDGE, [paper(across, side, ink), place]),
    caption: `The map of all sums, blue above 0, red below${pooled ? `; the largest of each ${POOL} × ${POOL}` : ""}.`,
  };
}

/**
 * A window that is laid over a digit: pixel times weight for each number in it, their sum, and the map of the sums at all places.
 *
 * @param set The digits.
 * @param indices Which of them, the first one shown at first.
 * @param filters Weights row by row, all of one square size.
 */
export function windowView(set: Digits, indices: readonly number[], filters: readonly NamedFilter[]): Answering {
  return answering("window", windowViewOf, { digits: packDigits(set, indices), filters });
}
