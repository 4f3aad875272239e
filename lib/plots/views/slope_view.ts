/**
 * One weight of the small network: the loss along it, the slope by the chain rule, and by brute force with a step h.
 *
 * @module
 */
import { COLOURS } from "../figure.ts";
import { drawing, words } from "../svg.ts";
import { Chart, PANEL_WIDTH } from "./chart.ts";
import { assertSmall, computeNetwork, numbersOf, SMALL_EXAMPLE, type SmallExample } from "./network_numbers.ts";
import { type Answering, answering, told, type View } from "./view.ts";

/** The network, its example, and which of its numbers is moved. */
export interface SlopeValues {
  readonly numbers: readonly number[];
  readonly input: readonly number[];
  readonly label: number;
}

/** The weight, and the power of ten of the step. */
export interface SlopeState {
  readonly w: number;
  readonly power: number;
}

/** Both slopes. */
export interface SlopeAnswer {
  readonly loss: number;
  /** L(w + h) and L(w − h). */
  readonly above: number;
  readonly below: number;
  readonly measured: number;
  readonly byRule: number;
}

const LOW = -4, HIGH = 5;

/** The view of one weight. */
export function slopeViewOf({ numbers, input, label }: SlopeValues): View<SlopeState, SlopeAnswer> {
  const at = (w: number) => computeNetwork(numbers.with(0, w), input, label, "product", 1); // the first of the twelve
  const lossAt = (w: number) => at(w).loss, start = { w: numbers[0]!, power: 0 };
  const curve = Array.from({ length: 181 }, (_, i) => LOW + i / 180 * (HIGH - LOW)).map((w) => [w, lossAt(w)] as const);
  const top = Math.max(...curve.map(([, loss]) => loss)) * 1.05;
  return {
    start,
    answer: ({ w, power }) => {
      const h = 10 ** power, above = lossAt(w + h), below = lossAt(w - h);
      return { loss: lossAt(w), above, below, measured: (above - below) / (2 * h), byRule: at(w).numbers["dw1.0.0"]! };
    },
    draw: ({ w, power }, { loss, above, below, measured, byRule }) => {
      const h = 10 ** power, ends = [w - 1.6, w + 1.6];
      const chart = new Chart({
        title: "The loss along one weight",
        x: [LOW, HIGH],
        y: [0, top],
        xName: "the weight w",
        yName: "loss (nats)",
      });
      chart.line(curve, COLOURS.main)
        .line(ends.map((x) => [x, loss + byRule * (x - w)]), COLOURS.right, { dashed: true })
        .line(ends.map((x) => [x, (above + below) / 2 + measured * (x - w)]), COLOURS.second)
        .legend([["chain rule", COLOURS.right], ["through w ± h", COLOURS.second]])
        .dot(w - h, below, COLOURS.second, "", 4)
        .dot(w + h, above, COLOURS.second, "", 4)
        .dot(w, loss, COLOURS.ink, `w = ${told(w, 2)}`);
      const digits = Math.min(17, Math.max(6, 4 - power)),
        row = (y: number, name: string, value: string, colour: string = COLOURS.ink) => [
          words(8, y, name, { size: 12 }),
          words(PANEL_WIDTH - 20, y, value, { anchor: "end", size: 12, colour, bold: colour !== COLOURS.ink }),
        ];
      const parts = [
        ...row(30, `L(w + h), h = 1e${told(power, 0)}`, told(above, digits)),
        ...row(54, "L(w − h)", told(below, digits)),
        ...row(86, "(L(w + h) − L(w − h)) / 2h", told(measured, 10), COLOURS.second),
        ...row(110, "by the chain rule", told(byRule, 10), COLOURS.right),
        ...row(142, "difference", Math.abs(measured - byRule).toExponential(1).replace("e-", "e−")),
      ];
      return [chart.picture(`The loss along the weight, at ${told(w, 2)}: ${told(loss)}.`), {
        ...drawing(PANEL_WIDTH, 160, parts),
        caption: `Brute force ${told(measured, 6)}, chain rule ${told(byRule, 6)}.`,
      }];
    },
    say: ({ w, power }, { loss, measured, byRule }) =>
      `At w = ${told(w, 2)} the loss is ${told(loss)}; brute force with h = 1e${told(power, 0)} measures the slope ${
        told(measured, 4)
      }, the chain rule says ${told(byRule, 4)}.${byRule === 0 ? " The unit is silent here: the loss is flat." : ""}`,
    controls: (state) => [
      {
        kind: "slider",
        label: "weight w",
        ...{ min: LOW, max: HIGH, step: 0.01, value: state.w },
        text: told(state.w, 2),
        set: (w) => ({ ...state, w }),
      },
      {
        kind: "slider",
        label: "step h",
        ...{ min: -15, max: 0, step: 1, value: state.power },
        text: `1e${told(state.power, 0)}`,
        set: (power) => ({ ...state, power }),
      },
      { kind: "button", label: "Start again", act: () => start },
    ],
    point: (state, panel, x, _, phase) =>
      panel === 0 && phase !== "hover"
        ? {
          ...state,
          w: Number(new Chart({ title: "", x: [LOW, HIGH], y: [0, 1], xName: "", yName: "" }).valueAt(x).toFixed(2)),
        }
        : state,
  };
}

/**
 * The loss along the weight from the first input to the first hidden unit, its tangent, and the two points at ± h.
 *
 * @param example A network and its example; those of the course where nothing is said.
 * @throws {TypeError} If the network has other sizes.
 */
export function slopeView(example: SmallExample = SMALL_EXAMPLE): Answering {
  assertSmall(example);
  const { network, input, label } = example;
  return answering("slope", slopeViewOf, { numbers: numbersOf(network), input, label });
}
