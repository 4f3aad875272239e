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
import { type Answering, answering, capital, told, type View, withArticle } from "./view.ts";
import { blamePanels, unitAt, walkPanels } from "./walk_panels.ts";

/** A network and some digits. */
export interface WalkValues {
  readonly network: PackedNetwork;
  readonly digits: PackedDigits;
  /** Whether it is the way back that is shown first. */
  readonly back: boolean;
}

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
    start: { digit: 0, unit: -1, back: values.back },
    answer: ({ digit }) => {
      const pass = forward(network, imageOf(digit)),
        all = pass.probabilities.data,
        blame = blameOf(network, imageOf(digit), [set.labels[digit]!], 0);
      return { pass, says: all.indexOf(Math.max(...all)), blame };
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
      const what = capital(withArticle(className(set, truth)));
      const forwards = `${what}: ${silent} of ${hidden} hidden units stay silent, and the network says ${says} with ${
        told(100 * at(probabilities, says, 0), 1)
      } % (${verdict}).`;
      if (unit < 0) return back ? `${forwards} Silent units take no blame.` : forwards;
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
        text: `${state.digit}, ${withArticle(className(set, set.labels[state.digit]!))}`,
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
        off: !misread.length,
        act: () => ({ ...state, digit: misreadAfter(state.digit) }),
      },
      { kind: "button", label: "the way back", pressed: state.back, act: () => ({ ...state, back: !state.back }) },
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
 * @param back Whether it begins with the way back.
 * @throws {TypeError} If the network does not have two layers.
 */
export function walkView(network: Network, set: Digits, indices: readonly number[], back = false): Answering {
  if (network.layers.length !== 2) {
    throw new TypeError(`Cannot draw the way of a digit: needs 2 layers, got ${network.layers.length}`);
  }
  const pixels = indices.map((index) => pixelsOf(set, index)),
    used = (input: number) => pixels.some((ink) => ink[input]! > 0);
  return answering("walk", walkViewOf, {
    network: packNetwork(network, 12, used),
    digits: packDigits(set, indices),
    back,
  });
}
