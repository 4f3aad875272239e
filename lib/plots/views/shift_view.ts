/**
 * A digit to push about: what the network makes of it, where it stands and brought back to the centre.
 *
 * @module
 */
import { className, type Digits, pixelsOf, slice } from "../../data/digits.ts";
import { shifted } from "../../data/augment.ts";
import { normalise } from "../../data/prepare.ts";
import { centreByMass } from "../../images/fit_digit.ts";
import { forward, mostLikely } from "../../network/forward.ts";
import type { Network } from "../../network/network.ts";
import { drawPixels } from "../digits.ts";
import { COLOURS } from "../figure.ts";
import { drawing, words } from "../svg.ts";
import { barsPanel } from "./chart.ts";
import {
  packDigits,
  type PackedDigits,
  type PackedNetwork,
  packNetwork,
  unpackDigits,
  unpackNetwork,
} from "./packed.ts";
import { type Answering, answering, capital, told, type View, withArticle } from "./view.ts";

/** A network and some digits. */
export interface ShiftValues {
  readonly network: PackedNetwork;
  readonly digits: PackedDigits;
}

/** Which digit, how far it is pushed, and whether it is centred first. */
export interface ShiftState {
  readonly digit: number;
  readonly right: number;
  readonly down: number;
  readonly centred: boolean;
  /** Where it was taken hold of, and how far it was pushed then; null when it is not held. */
  readonly held: { readonly x: number; readonly y: number; readonly right: number; readonly down: number } | null;
}

/** What the network sees, and says. */
export interface ShiftAnswer {
  readonly pixels: Uint8Array;
  readonly probabilities: readonly number[];
  readonly says: number;
}

const FAR = 8, ZOOM = 8;

/** The view of a network and some digits. */
export function shiftViewOf(values: ShiftValues): View<ShiftState, ShiftAnswer> {
  const network = unpackNetwork(values.network), set = unpackDigits(values.digits);
  const start: ShiftState = { digit: 0, right: 0, down: 0, centred: false, held: null };
  const clamp = (value: number) => Math.min(FAR, Math.max(-FAR, Math.round(value)));
  return {
    start,
    answer: ({ digit, right, down, centred }) => {
      const moved = shifted(slice(set, digit, digit + 1), right, down);
      const seen = centred ? { ...moved, pixels: centreByMass(moved.pixels) } : moved;
      const { probabilities } = forward(network, normalise(seen));
      return { pixels: seen.pixels, probabilities: [...probabilities.data], says: mostLikely(probabilities)[0]! };
    },
    draw: ({ digit, right, down, centred }, { pixels, probabilities, says }) => {
      const truth = set.labels[digit]!, side = 28 * ZOOM, colour = says === truth ? COLOURS.right : COLOURS.wrong;
      const ghost = pixelsOf(set, digit);
      const parts = [
        words(8, 18, centred ? "what it sees: centred first" : "what it sees", { bold: true, size: 13 }),
        `<g transform="translate(8 30)"><rect width="${side}" height="${side}" fill="#fff"/><g opacity="0.18">${
          centred || right || down ? drawPixels(ghost, 28, ZOOM, { largest: 255 }) : ""
        }</g>${
          drawPixels(pixels, 28, ZOOM, { largest: 255 })
        }<rect width="${side}" height="${side}" fill="none" stroke="${colour}" stroke-width="3"/></g>`,
        words(
          8,
          30 + side + 22,
          `${says === truth ? "✓" : "✗"} ${withArticle(className(set, truth))}, read as ${says}`,
          {
            size: 14,
            colour,
            bold: true,
          },
        ),
      ];
      return [
        { ...drawing(side + 16, side + 64, parts), caption: `The digit moved by ${right} and ${down} pixels.` },
        barsPanel(probabilities, { title: "what the network gives to each", truth }),
      ];
    },
    say: ({ digit, right, down, centred }, { probabilities, says }) => {
      const way = right || down ? `pushed ${told(right, 0)} to the right and ${told(down, 0)} down` : "where it was";
      const truth = set.labels[digit]!;
      return `${capital(withArticle(className(set, truth)))}, ${way}${
        centred ? ", then centred" : ""
      }: read as ${says} with ${told(100 * probabilities[says]!, 1)} %${
        says === truth ? "" : `; the truth gets ${told(100 * probabilities[truth]!, 1)} %`
      }.`;
    },
    controls: (state) => [
      ...([["right", "pixels to the right"], ["down", "pixels down"]] as const).map(([name, label]) => ({
        kind: "slider" as const,
        label,
        ...{ min: -FAR, max: FAR, step: 1, value: state[name] },
        text: told(state[name], 0),
        set: (value: number) => ({ ...state, [name]: value }),
      })),
      {
        kind: "button",
        label: "centre it first",
        pressed: state.centred,
        act: () => ({ ...state, centred: !state.centred }),
      },
      {
        kind: "choice",
        label: "digit",
        options: Array.from(set.labels, (label) => withArticle(className(set, label))),
        value: state.digit,
        set: (digit) => ({ ...start, digit }),
      },
    ],
    point: (state, panel, x, y, phase) => {
      if (phase === "down" && panel === 0) return { ...state, held: { x, y, right: state.right, down: state.down } };
      if (phase === "up") return { ...state, held: null };
      const { held } = state;
      if (phase === "hover" || !held) return state;
      const [right, down] = [clamp(held.right + (x - held.x) / ZOOM), clamp(held.down + (y - held.y) / ZOOM)];
      return { ...state, right, down };
    },
  };
}

/**
 * A digit to push about under a network, with its ten bars.
 *
 * @param network With 784 inputs.
 * @param set The digits.
 * @param indices Which of them, the first one shown at first.
 * @throws {TypeError} If they do not fit, or are not of 28 × 28 pixels, of which centring by mass knows.
 */
export function shiftView(network: Network, set: Digits, indices: readonly number[]): Answering {
  const { rows, cols } = network.layers[0]!.weights, { width, height } = set;
  if (cols !== width * height || width !== 28 || height !== 28) {
    throw new TypeError(
      `Cannot push ${width} × ${height} pixels about under weights1 [${rows} × ${cols}]: both must be of 28 × 28`,
    );
  }
  return answering("shift", shiftViewOf, { network: packNetwork(network, 8), digits: packDigits(set, indices) });
}
