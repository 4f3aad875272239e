/**
 * One digit on its way through a network of ten hidden units, forward and back; a unit pointed at lays its weights over the digit.
 *
 * @module
 */
import { className, type Digits, pixelsOf, slice } from "../../data/digits.ts";
import { normalise } from "../../data/prepare.ts";
import { at } from "../../matrix.ts";
import { forward, type ForwardPass, mostLikely } from "../../network/forward.ts";
import type { Network } from "../../network/network.ts";
import { type Blame, blameOf } from "../../network/blame.ts";
import {
  packDigits,
  type PackedDigits,
  type PackedNetwork,
  packNetwork,
  unpackDigits,
  unpackNetwork,
} from "./packed.ts";
import { type Answering, answering, told, type View, withArticle } from "./view.ts";
import { blamePanels, unitAt, walkPanels } from "./walk_panels.ts";

/** A network and some digits. */
export interface WalkValues {
  readonly network: PackedNetwork;
  readonly digits: PackedDigits;
  /** The digits' numbers in their set. */
  readonly names: readonly number[];
  /** `forward` alone; or both ways, beginning with `back`. */
  readonly way: Way;
}

/** Which ways of a digit are shown. */
export type Way = "forward" | "both" | "back";

/** Which digit, which way, and which hidden unit is looked at; −1 for none. */
export interface WalkState {
  readonly digit: number;
  readonly unit: number;
  readonly back: boolean;
}

/** Forward and back. */
export interface WalkAnswer {
  readonly pass: ForwardPass;
  readonly says: number;
  readonly blame: Blame;
}

/** The view of a network and some digits. */
export function walkViewOf(values: WalkValues): View<WalkState, WalkAnswer> {
  const network = unpackNetwork(values.network), set = unpackDigits(values.digits);
  const hidden = network.layers[0]!.weights.rows;
  const answers = mostLikely(forward(network, normalise(set)).probabilities);
  const misread = [...answers.keys()].filter((i) => answers[i] !== set.labels[i]);
  const misreadAfter = (digit: number) => misread.find((i) => i > digit) ?? misread[0]!;
  const imageOf = (digit: number) => normalise(slice(set, digit, digit + 1));
  return {
    start: { digit: 0, unit: -1, back: values.way === "back" },
    answer: ({ digit }) => {
      const image = imageOf(digit), pass = forward(network, image);
      const blame = blameOf(network, image, [set.labels[digit]!], 0);
      return { pass, says: mostLikely(pass.probabilities)[0]!, blame };
    },
    draw: ({ digit, unit, back }, { pass, says, blame }) => {
      const shown = { network, ink: pixelsOf(set, digit), unit, truth: set.labels[digit]! };
      return back ? blamePanels(shown, blame) : walkPanels(shown, pass, says);
    },
    say: ({ digit, unit, back }, { pass: { preActivations: [first], probabilities }, says, blame }) => {
      const sums = first!;
      const truth = set.labels[digit]!, silent = sums.data.filter((z) => z <= 0).length;
      const verdict = says === truth
        ? "right"
        : `wrong: the ${className(set, truth)} gets ${told(100 * at(probabilities, truth, 0), 1)} %`;
      const forwards = `Image ${values.names[digit]}, ${
        withArticle(className(set, truth))
      }: ${silent} of ${hidden} hidden units stay silent, and the network says ${says} with ${
        told(100 * at(probabilities, says, 0), 1)
      } % (${verdict}).`;
      if (unit < 0) {
        return back
          ? `${forwards} Silent units take no blame; pixels that none of these digits inks are left white.`
          : forwards;
      }
      const z = sums.data[unit]!;
      return back
        ? `${forwards} Unit ${unit} gets the blame ${told(blame.layers[0]!.data[unit]!)}.`
        : `${forwards} Unit ${unit} sums to ${told(z, 2)}${z > 0 ? "" : " and stays silent"}.`;
    },
    controls: (state) => [
      {
        kind: "slider",
        label: "digit",
        ...{ min: 0, max: set.labels.length - 1, step: 1, value: state.digit },
        text: `image ${values.names[state.digit]}, ${withArticle(className(set, set.labels[state.digit]!))}`,
        set: (digit) => ({ ...state, digit }),
      },
      {
        kind: "slider",
        label: "hidden unit",
        ...{ min: -1, max: hidden - 1, step: 1, value: state.unit },
        text: state.unit < 0 ? "none" : String(state.unit),
        set: (unit) => ({ ...state, unit }),
      },
      {
        kind: "button",
        label: "next one misread",
        off: !misread.some((i) => i !== state.digit),
        act: () => ({ ...state, digit: misreadAfter(state.digit) }),
      },
      ...values.way === "forward" ? [] : [{
        kind: "choice" as const,
        label: "way",
        options: ["forward", "back"],
        value: Number(state.back),
        set: (i: number) => ({ ...state, back: i === 1 }),
      }],
    ],
    point: (state, panel, x, y, phase) => {
      if (panel !== 1 || phase === "up") return state;
      const unit = unitAt(x, y, hidden, state.back);
      return unit === null ? state : { ...state, unit };
    },
  };
}

/**
 * Follow a digit, forward and back.
 *
 * @param network Two layers; weights of pixels that none of these digits inks are left out.
 * @param set The digits.
 * @param indices Which of them, the first one shown at first.
 * @param way `forward` alone; or both ways, beginning with `back` where that is said.
 * @throws {TypeError} If the network does not have two layers.
 */
export function walkView(
  network: Network,
  set: Digits,
  indices: readonly number[],
  way: Way = "forward",
): Answering {
  if (network.layers.length !== 2) {
    throw new TypeError(`Cannot draw the way of a digit: needs 2 layers, got ${network.layers.length}`);
  }
  const pixels = indices.map((index) => pixelsOf(set, index)),
    used = (input: number) => pixels.some((ink) => ink[input]! > 0);
  return answering("walk", walkViewOf, {
    network: packNetwork(network, 12, used),
    digits: packDigits(set, indices),
    names: [...indices],
    way,
  });
}
