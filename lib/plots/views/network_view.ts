/**
 * The one worked network of chapters 03 to 08: two inputs, two hidden units, two classes; every number can be pushed, walked
 * through, filled in.
 *
 * @module
 */
import { type Answering, answering, type Control, told, type View } from "./view.ts";
import { PLACES, type Stage } from "./network_arithmetic.ts";
import {
  assertSmall,
  computeNetwork,
  type NetworkAnswer,
  numbersOf,
  SMALL_EXAMPLE,
  type SmallExample,
} from "./network_numbers.ts";
import { matricesPanel } from "./matrices_panel.ts";
import { graphPanel, linesPanel, lossesPanel, placeOf } from "./network_panels.ts";

/** Which numbers, and what the chapter does with them. */
export interface NetworkValues {
  /** W¹ row by row, b¹, W² row by row, b². */
  readonly numbers: readonly number[];
  readonly input: readonly number[];
  /** The true class, from 0. */
  readonly label: number;
  readonly stage: Stage;
}

/** How the reader has changed it. */
export interface NetworkState {
  readonly numbers: readonly number[];
  readonly input: readonly number[];
  /** Which of the chapter's numbers is looked at; −1 before the first. */
  readonly at: number;
  /** Whether the reader fills in the numbers; `at` is then the one that is asked for. */
  readonly filling: boolean;
  readonly typed: string;
  readonly rate: number;
  /** The loss after each step downhill. */
  readonly losses: readonly number[];
}

const NAMES = ["first", "second"];

/** The view of a stage. */
export function networkViewOf({ numbers, input, label, stage }: NetworkValues): View<NetworkState, NetworkAnswer> {
  const descends = stage === "backward" || stage === "step";
  const compute = (state: NetworkState) => computeNetwork(state.numbers, state.input, label, stage, state.rate);
  /** A number was pushed: the steps taken so far belong to another network. */
  const pushed = (state: NetworkState): NetworkState => ({ ...state, losses: [compute(state).loss] });
  const start = pushed({ numbers, input, at: -1, filling: false, typed: "", rate: 0.5, losses: [] });
  return {
    start,
    answer: compute,
    draw: (state, answer) => {
      const progress = { at: state.at, hiding: state.filling };
      const second = stage === "product" || stage === "matrices"
        ? matricesPanel(answer, stage, progress)
        : linesPanel(answer.quantities, progress);
      return [
        graphPanel(answer, stage, label, progress),
        second,
        ...stage === "step" ? [lossesPanel(state.losses)] : [],
      ];
    },
    say: (state, { quantities, loss, lossAfter, numbers: n }) => {
      const now = quantities[state.at], count = `${state.at + 1} of ${quantities.length}`;
      const step = descends ? ` One step with rate ${told(state.rate, 1)} leads to ${told(lossAfter)}.` : "";
      const all = stage === "product"
        ? ""
        : `It gives the true class ${told(n[`p.${label}`]!)}: loss ${told(loss)}.${step}`;
      if (state.filling && !now) return `All ${quantities.length} filled in. ${all}`.trim();
      if (state.filling) return `Number ${count}: what is ${now!.name}? Two decimals are enough.`;
      if (now) return `Number ${count}: ${now.name} = ${now.arithmetic} = ${told(now.value)}. ${all}`.trim();
      return all || `The hidden sums: ${quantities.map(({ name, value }) => `${name} = ${told(value)}`).join(", ")}.`;
    },
    controls: (state, answer) => {
      const last = answer.quantities.length - 1, { filling, at } = state;
      const list: Control<NetworkState>[] = [
        { kind: "button", label: "Back", off: filling || at < 0, act: () => ({ ...state, at: at - 1 }) },
        { kind: "button", label: "Next", off: filling || at >= last, act: () => ({ ...state, at: at + 1 }) },
        {
          kind: "button",
          label: "Fill in the numbers",
          pressed: filling,
          act: () => ({ ...state, filling: !filling, at: filling ? -1 : 0, typed: "" }),
        },
      ];
      const asked = filling ? answer.quantities[at] : undefined;
      if (asked) {
        list.push({
          kind: "blank",
          id: "number",
          label: `${asked.name} =`,
          value: state.typed,
          verdict: judge(state.typed, asked.value),
          set: (typed) => isRight(typed, asked.value) ? { ...state, at: at + 1, typed: "" } : { ...state, typed },
        });
      }
      if (descends) {
        list.push({
          kind: "slider",
          label: "learning rate",
          ...{ min: 0.1, max: 5, step: 0.1, value: state.rate },
          set: (rate) => ({ ...state, rate }),
        }, {
          kind: "button",
          label: "One step downhill",
          act: () => descended(state),
        });
      }
      list.push({ kind: "button", label: "Start again", act: () => ({ ...start, rate: state.rate }) });
      const spot = (place: string) => ({ panel: 0, ...placeOf(place), width: 46, height: 17 });
      const number = (label: string, value: number, place: string, set: (value: number) => NetworkState) => {
        const at = spot(place), lift = place[0] === "x" ? 0 : 5;
        list.push({
          kind: "slider",
          label,
          min: -9,
          max: 9,
          step: 0.01,
          value,
          text: told(value, 2),
          set,
          at: { ...at, y: at.y - lift },
        });
      };
      state.input.forEach((value, i) =>
        number(`input ${i + 1}`, value, `x.${i}`, (to) => pushed({ ...state, input: state.input.with(i, to) }))
      );
      PLACES.forEach((place, i) =>
        number(
          labelOf(place),
          state.numbers[i]!,
          place,
          (to) => pushed({ ...state, numbers: state.numbers.with(i, to) }),
        )
      );
      return list;
    },
  };

  /** One step downhill of the network as it stands. */
  function descended(state: NetworkState): NetworkState {
    const { quantities } = computeNetwork(state.numbers, state.input, label, "step", state.rate);
    const numbers = quantities.map(({ value }) => value);
    return {
      ...state,
      numbers,
      losses: [...state.losses, computeNetwork(numbers, state.input, label, stage, state.rate).loss],
    };
  }
}

/** In words: "weight from the first input to the second hidden unit". */
function labelOf(place: string): string {
  const [head, to, from] = place.split("."), layer = Number(head![1]);
  const where = `${NAMES[Number(to)]} ${layer === 1 ? "hidden unit" : "class"}`;
  return head![0] === "b"
    ? `bias of the ${where}`
    : `weight from the ${NAMES[Number(from)]} ${layer === 1 ? "input" : "hidden unit"} to the ${where}`;
}

/** A number as people type it: with a comma, with a real minus sign. */
function numberIn(text: string): number {
  return text.trim() === "" ? NaN : Number(text.trim().replace(",", ".").replace("−", "-"));
}

/** Two decimals are enough. */
function isRight(text: string, value: number): boolean {
  return Math.abs(numberIn(text) - value) <= 0.0051;
}

function judge(text: string, value: number): string {
  const given = numberIn(text);
  if (text.trim() === "") return "";
  if (Number.isNaN(given)) return `"${text}" is no number`;
  if (isRight(text, -value)) return "✗ the right size, and the wrong sign";
  return `✗ not ${told(given, 2)}${Math.abs(given - value) < 0.05 ? ", but near: two decimals are enough" : ""}`;
}

/**
 * The small network of chapters 03 to 08 as a picture that answers: drag its numbers, walk through its arithmetic, fill it in.
 *
 * @param stage What the chapter computes.
 * @param example The network and its example; that of the course where nothing is said.
 * @throws {TypeError} If the network has other sizes.
 *
 * @example
 * ```ts
 * import { assertStringIncludes } from "@std/assert";
 *
 * assertStringIncludes(networkView("forward").still.caption, "It gives the true class 0.537");
 * ```
 */
export function networkView(stage: Stage, example: SmallExample = SMALL_EXAMPLE): Answering {
  assertSmall(example);
  const { network, input, label } = example;
  return answering("network", networkViewOf, { numbers: numbersOf(network), input, label, stage });
}
