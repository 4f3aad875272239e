/**
 * What a probability costs: a point to push along −log p, with real digits where a network puts them.
 *
 * @module
 */
import { className, type Digits, pixelsOf } from "../../data/digits.ts";
import { matrix } from "../../matrix.ts";
import { lossPerExample } from "../../network/loss.ts";
import { drawPixels } from "../digits.ts";
import { COLOURS } from "../figure.ts";
import { drawing, words } from "../svg.ts";
import { Chart } from "./chart.ts";
import { packDigits, type PackedDigits, unpackDigits } from "./packed.ts";
import { type Answering, answering, capital, told, type View, withArticle } from "./view.ts";

/** Some digits, what the network gave to their true class, and what it said. */
export interface LossValues {
  readonly digits: PackedDigits;
  readonly given: readonly number[];
  readonly said: readonly number[];
}

/** Where the point is. */
export interface LossState {
  /** The probability given to the truth. */
  readonly p: number;
  /** Which digit has it, or −1. */
  readonly digit: number;
}

const SMALLEST = 0.0001, TOP = 9.4;
/** A probability, also a tiny one. */
const small = (p: number) => p < 0.001 ? p.toPrecision(2).replace("e-", "e−") : told(p, 4);
const costOf = (p: number) => lossPerExample(matrix(1, 1, [p]), [0])[0]!;

/** The view of some digits on the curve. */
export function lossViewOf({ digits, given, said }: LossValues): View<LossState, { loss: number; slope: number }> {
  const set = unpackDigits(digits);
  const curve = Array.from({ length: 200 }, (_, i) => SMALLEST * (1 / SMALLEST) ** (i / 199));
  return {
    start: { p: given[0]!, digit: 0 },
    answer: ({ p }) => ({ loss: costOf(p), slope: -1 / p }),
    draw: ({ p, digit }, { loss, slope }) => {
      const chart = new Chart({
        title: "−log p",
        x: [0, 1],
        y: [0, TOP],
        xName: "p, given to the true digit",
        yName: "loss (nats)",
      });
      const tangent = [p - 0.12, p + 0.12].map((x) => [x, loss + slope * (x - p)] as const);
      chart.line(curve.map((q) => [q, costOf(q)]), COLOURS.main).line(tangent, COLOURS.quiet, { dashed: true }).legend([
        ["tangent", COLOURS.quiet],
      ]);
      given.forEach((q, i) => { // its place on the curve, and the digit beside it
        chart.dot(q, costOf(q), COLOURS.main, "", 2.5);
        const zoom = 22 / set.width,
          high = zoom * set.height,
          x = Math.min(344, chart.x(q) + 5),
          y = chart.y(costOf(q)) - high - 4;
        chart.parts.push(
          `<g transform="translate(${x.toFixed(1)} ${y.toFixed(1)})"><rect width="22" height="${
            high.toFixed(1)
          }" fill="#fff" stroke="${
            i === digit ? COLOURS.second : said[i] === set.labels[i] ? COLOURS.right : COLOURS.wrong
          }" stroke-width="${i === digit ? 3 : 1.2}"/>${
            drawPixels(pixelsOf(set, i), set.width, zoom, { largest: 255 })
          }</g>`,
        );
      });
      chart.dot(p, loss, COLOURS.second);
      const zoom = 140 / set.width, right = digit >= 0 && said[digit] === set.labels[digit];
      const parts = digit < 0
        ? [
          words(8, 40, `p = ${small(p)}`, { size: 16, bold: true }),
          words(8, 70, `costs ${told(loss)}`, { size: 16 }),
        ]
        : [
          `<g transform="translate(8 12)">${drawPixels(pixelsOf(set, digit), set.width, zoom, { largest: 255 })}</g>`,
          `<rect x="8" y="12" width="140" height="${(zoom * set.height).toFixed(1)}" fill="none" stroke="${
            right ? COLOURS.right : COLOURS.wrong
          }" stroke-width="3"/>`,
          words(160, 40, withArticle(className(set, set.labels[digit]!)), { size: 16, bold: true }),
          words(160, 66, `${right ? "✓" : "✗"} it says ${className(set, said[digit]!)}`, {
            colour: right ? COLOURS.right : COLOURS.wrong,
            size: 14,
          }),
          words(160, 92, `and gives the truth ${small(p)}`, { size: 13 }),
          words(160, 118, `costs ${told(loss)}`, { size: 16, bold: true }),
        ];
      parts.push(words(8, 184, `slope of the loss here: −1 / p = ${told(slope, 1)}`, { size: 12, colour: "#4a5563" }));
      return [chart.picture(`The curve; the point at p = ${told(p)}, loss ${told(loss)}.`), {
        ...drawing(370, 200, parts),
        caption: digit < 0
          ? `p ${told(p)}`
          : `${capital(withArticle(className(set, set.labels[digit]!)))}, read as ${className(set, said[digit]!)}.`,
      }];
    },
    say: ({ p, digit }, { loss }) =>
      `${
        digit < 0
          ? "A network"
          : `${capital(withArticle(className(set, set.labels[digit]!)))}, read as ${
            className(set, said[digit]!)
          }: the network`
      } gives the true digit ${small(p)}, and that costs −log ${small(p)} = ${told(loss)}${
        Math.abs(p - 0.1) < 1e-9 ? ", the price of knowing nothing" : ""
      }.`,
    controls: (state) => [
      {
        kind: "slider",
        label: "probability of the truth",
        ...{ min: SMALLEST, max: 1, step: 0.0001, value: state.p },
        text: told(state.p, 4),
        set: (p) => ({ p, digit: -1 }),
      },
      {
        kind: "choice",
        label: "digit",
        options: [
          "none",
          ...Array.from(
            set.labels,
            (label, i) => `${withArticle(className(set, label))} that costs ${told(costOf(given[i]!), 2)}`,
          ),
        ],
        value: state.digit + 1,
        set: (i) => i === 0 ? { ...state, digit: -1 } : { p: given[i - 1]!, digit: i - 1 },
      },
      { kind: "button", label: "Knows nothing: 0.1", act: () => ({ p: 0.1, digit: -1 }) },
    ],
    point: (state, panel, x, _, phase) => {
      if (panel !== 0 || phase === "up" || phase === "hover") return state;
      const chart = new Chart({ title: "", x: [0, 1], y: [0, TOP], xName: "", yName: "" });
      const p = Math.max(SMALLEST, chart.valueAt(x)), near = given.findIndex((q) => Math.abs(chart.x(q) - x) < 5);
      return near >= 0 ? { p: given[near]!, digit: near } : { p, digit: -1 };
    },
  };
}

/**
 * Digits on the curve of the loss, and a point to push along it.
 *
 * @param set The digits.
 * @param indices Which of them.
 * @param given For each, the probability that the network gives to its label.
 * @param said For each, what it says.
 */
export function lossView(
  set: Digits,
  indices: readonly number[],
  given: readonly number[],
  said: readonly number[],
): Answering {
  const values = {
    digits: packDigits(set, indices),
    given: given.map((p) => Number(p.toPrecision(6))),
    said: [...said],
  };
  return answering("loss", lossViewOf, values);
}
