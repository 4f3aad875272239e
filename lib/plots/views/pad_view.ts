/**
 * A small board: what is drawn on it is read by the network that has just been trained.
 *
 * @module
 */
import { forward, mostLikely } from "../../network/forward.ts";
import { matrix } from "../../matrix.ts";
import type { Network } from "../../network/network.ts";
import { fitDigit } from "../../images/fit_digit.ts";
import type { GreyImage } from "../../images/grey_image.ts";
import { drawPixels } from "../digits.ts";
import { COLOURS, type Picture } from "../figure.ts";
import { drawing, words } from "../svg.ts";
import { barsPanel } from "./chart.ts";
import { type PackedNetwork, packNetwork, unpackNetwork } from "./packed.ts";
import { type Answering, answering, told, type View } from "./view.ts";

/** The network, and what it learned from. */
export interface PadValues {
  readonly network: PackedNetwork;
  readonly lesson: string;
}

type Point = readonly [number, number];

/** What has been drawn, in units of the board; and the pen that keys move. */
export interface PadState {
  readonly strokes: readonly (readonly Point[])[];
  readonly pen: { readonly at: Point; readonly down: boolean } | null;
}

/** What the network sees, and says: null for an empty board. */
export interface PadAnswer {
  readonly pixels: Uint8Array;
  readonly probabilities: readonly number[] | null;
  readonly says: number;
}

const BOARD = 280, PEN = 11, GRID = 84, EDGE = 8, KEY_STEP = 12;

/** The strokes as ink on a grid, dark where a line is near. */
export function inkOf(strokes: PadState["strokes"]): GreyImage {
  const data = new Float64Array(GRID * GRID), cell = BOARD / GRID, reach = PEN / cell + 0.5;
  for (const stroke of strokes) {
    stroke.forEach((to, i) => {
      const [ax, ay] = (stroke[i - 1] ?? to).map((v) => v / cell) as [number, number];
      const [bx, by] = to.map((v) => v / cell) as [number, number],
        dx = bx - ax,
        dy = by - ay,
        length = dx * dx + dy * dy;
      const from = (a: number, b: number) => Math.max(0, Math.floor(Math.min(a, b) - reach));
      const end = (a: number, b: number) => Math.min(GRID - 1, Math.ceil(Math.max(a, b) + reach));
      for (let y = from(ay, by); y <= end(ay, by); y++) {
        for (let x = from(ax, bx); x <= end(ax, bx); x++) {
          const px = x + 0.5 - ax,
            py = y + 0.5 - ay,
            t = length ? Math.min(1, Math.max(0, (px * dx + py * dy) / length)) : 0;
          const level = Math.min(1, Math.max(0, reach - Math.hypot(px - t * dx, py - t * dy)));
          data[y * GRID + x] = Math.max(data[y * GRID + x]!, 255 * level);
        }
      }
    });
  }
  return { width: GRID, height: GRID, data };
}

/** The view of a network. */
export function padViewOf({ network: packed, lesson }: PadValues): View<PadState, PadAnswer> {
  const network = unpackNetwork(packed), empty: PadState = { strokes: [], pen: null };
  const inside = (value: number) => Math.min(BOARD, Math.max(0, value));
  const longer = ({ strokes, pen }: PadState, point: Point): PadState => ({
    pen,
    strokes: [...strokes.slice(0, -1), [...strokes.at(-1) ?? [], point]],
  });
  return {
    start: empty,
    answer: ({ strokes }) => {
      const pixels = fitDigit(inkOf(strokes));
      if (pixels.every((grey) => grey === 0)) return { pixels, probabilities: null, says: -1 };
      const { probabilities } = forward(network, matrix(784, 1, Array.from(pixels, (grey) => grey / 255)));
      return { pixels, probabilities: [...probabilities.data], says: mostLikely(probabilities)[0]! };
    },
    draw: ({ strokes, pen }, { pixels, probabilities }) => [
      boardPanel(strokes, pen, pixels),
      barsPanel(probabilities ?? new Array<number>(10).fill(0), { title: "what it gives to each digit" }),
    ],
    say: (_, { probabilities, says }) => {
      if (!probabilities) {
        return `Draw a digit, large, with the mouse, a finger or the arrow keys. The network that was just trained on ${lesson} reads it.`;
      }
      const sure = 100 * probabilities[says]!;
      return `It says ${says}, with ${told(sure, 1)} %. ${
        sure < 50 ? "It is not sure. " : ""
      }Right? Draw another. Wrong? It has seen ${lesson} and nothing else; why it misses yours, chapter 13 finds out.`;
    },
    controls: (state) => [
      { kind: "button", label: "Clear", off: !state.strokes.length, act: () => empty },
      {
        kind: "button",
        label: "Take back",
        off: !state.strokes.length,
        act: () => ({ strokes: state.strokes.slice(0, -1), pen: state.pen && { ...state.pen, down: false } }),
      },
    ],
    point: (state, panel, x, y, phase) => {
      if (panel !== 0 || phase === "hover" || phase === "up") return state;
      const point: Point = [inside(x - EDGE), inside(y - EDGE)];
      return phase === "down" ? { strokes: [...state.strokes, [point]], pen: null } : longer(state, point);
    },
    key: (state, key) => {
      const pen = state.pen ?? { at: [BOARD / 2, BOARD / 3] as const, down: false };
      const [dx, dy] = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[key] ?? [0, 0];
      if (key === " ") {
        const down = !pen.down;
        return { pen: { ...pen, down }, strokes: down ? [...state.strokes, [pen.at]] : state.strokes };
      }
      if (key === "Delete" || key === "Backspace") return empty;
      if (!dx && !dy) return null;
      const at: Point = [inside(pen.at[0] + KEY_STEP * dx!), inside(pen.at[1] + KEY_STEP * dy!)],
        moved = { ...state, pen: { ...pen, at } };
      return pen.down ? longer(moved, at) : moved;
    },
  };
}

function boardPanel(strokes: PadState["strokes"], pen: PadState["pen"], pixels: ArrayLike<number>): Picture {
  const small = 2, corner = EDGE + BOARD + 14;
  const parts = [
    `<rect x="${EDGE}" y="${EDGE}" width="${BOARD}" height="${BOARD}" rx="6" fill="#fff" stroke="#8c8c8c" stroke-width="1.5"/>`,
    ...strokes.map((stroke) =>
      `<polyline points="${stroke.map(([x, y]) => `${(x + EDGE).toFixed(1)},${(y + EDGE).toFixed(1)}`).join(" ")}${
        stroke.length === 1 ? ` ${stroke[0]![0] + EDGE + 0.1},${stroke[0]![1] + EDGE}` : ""
      }" fill="none" stroke="${COLOURS.ink}" stroke-width="${2 * PEN}" stroke-linecap="round" stroke-linejoin="round"/>`
    ),
    ...strokes.length
      ? []
      : [words(EDGE + BOARD / 2, EDGE + BOARD / 2, "draw here", { anchor: "middle", size: 16, colour: "#6b7683" })],
    ...pen
      ? [
        `<circle cx="${pen.at[0] + EDGE}" cy="${pen.at[1] + EDGE}" r="${PEN}" fill="${
          pen.down ? COLOURS.second : "none"
        }" stroke="${COLOURS.second}" stroke-width="2"/>`,
      ]
      : [],
    words(corner, EDGE + 12, "it sees", { size: 11, colour: "#5a6572" }),
    `<g transform="translate(${corner} ${EDGE + 20})"><rect width="56" height="56" fill="#fff" stroke="#c9ced6"/>${
      drawPixels(pixels, 28, small, { largest: 255 })
    }</g>`,
  ];
  return {
    ...drawing(corner + 66, BOARD + 2 * EDGE, parts),
    caption: "A board to draw a digit on, and the 28 × 28 pixels that the network sees.",
  };
}

/**
 * A board whose digits a network reads.
 *
 * @param network With 784 inputs; its weights travel in eight bits each, those of pixels that its lesson never inked not at all.
 * @param lesson What it learned from, in words.
 * @param pixels What it learned from.
 * @throws {TypeError} If the network has other inputs.
 */
export function padView(network: Network, lesson: string, pixels: Uint8Array): Answering {
  const { rows, cols } = network.layers[0]!.weights;
  if (cols !== 784) {
    throw new TypeError(`Cannot read a board: the network must have 784 inputs, got weights1 [${rows} × ${cols}]`);
  }
  const inked = new Uint8Array(784);
  pixels.forEach((grey, i) => inked[i % 784]! |= Number(grey > 0));
  return answering("pad", padViewOf, { network: packNetwork(network, 8, (input) => inked[input]! > 0), lesson });
}
