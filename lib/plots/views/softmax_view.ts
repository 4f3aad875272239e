/**
 * Three logits to drag: their probabilities, and the tutorials' formula, which breaks when all are large.
 *
 * @module
 */
import { matrix } from "../../matrix.ts";
import { softmax } from "../../network/activations.ts";
import { COLOURS, type Picture } from "../figure.ts";
import { drawing, words } from "../svg.ts";
import { type Answering, answering, told, type View } from "./view.ts";

/** The logits. */
export interface SoftmaxState {
  readonly logits: readonly number[];
  /** What was added to all of them. */
  readonly added: number;
}

/** Both formulas' results. */
export interface SoftmaxAnswer {
  /** eᶻ of each, as the tutorials' formula takes it. */
  readonly exponentials: readonly number[];
  /** eᶻ / Σ eᶻ. */
  readonly naive: readonly number[];
  /** The library's, each column lowered by its largest first. */
  readonly stable: readonly number[];
}

const NAMES = ["first", "second", "third"];

/** The view of some logits. */
export function softmaxViewOf({ logits }: { readonly logits: readonly number[] }): View<SoftmaxState, SoftmaxAnswer> {
  const start = { logits, added: 0 };
  return {
    start,
    answer: ({ logits, added }) => {
      const z = logits.map((logit) => logit + added), exponentials = z.map(Math.exp);
      const sum = exponentials.reduce((a, b) => a + b);
      return {
        exponentials,
        naive: exponentials.map((e) => e / sum),
        stable: [...softmax(matrix(z.length, 1, z)).data],
      };
    },
    draw: ({ logits, added }, { exponentials, naive, stable }) => {
      const rows = logits.map((z, i) => [told(z + added, 2), told(exponentials[i]!, 2), told(naive[i]!)]);
      return [
        tablePanel(["logit z", "exp(z)", "exp(z) / sum"], rows, naive),
        barsOf(stable),
      ];
    },
    say: (_, { naive, stable }) => {
      const bars = `Softmax: ${stable.map((p) => told(p)).join(", ")}, together 1.`;
      if (naive.every(Number.isFinite)) {
        return `${bars} The tutorials' formula says the same; only the differences of the logits count.`;
      }
      return `${bars} The tutorials' formula breaks: ${naive.map((p) => told(p)).join(", ")}.`;
    },
    controls: (state) => [
      ...state.logits.map((value, i) => ({
        kind: "slider" as const,
        label: `${NAMES[i]} logit`,
        ...{ min: -10, max: 10, step: 0.1, value },
        text: told(value + state.added, 1),
        set: (to: number) => ({ ...state, logits: state.logits.with(i, to) }),
      })),
      { kind: "button", label: "+ 1000 to all", act: () => ({ ...state, added: state.added + 1000 }) },
      { kind: "button", label: "− 1000 from all", act: () => ({ ...state, added: state.added - 1000 }) },
      { kind: "button", label: "Start again", act: () => start },
    ],
  };
}

function tablePanel(heads: readonly string[], rows: readonly (readonly string[])[], naive: readonly number[]): Picture {
  const parts = [words(8, 18, "The tutorials' formula", { bold: true, size: 13 })];
  heads.forEach((head, c) =>
    parts.push(words(110 + 120 * c, 46, head, { anchor: "end", size: 11, colour: "#5a6572" }))
  );
  rows.forEach((row, r) =>
    row.forEach((cell, c) => {
      const broken = c > 0 && /NaN|∞/.test(cell);
      parts.push(words(110 + 120 * c, 76 + 30 * r, cell, {
        anchor: "end",
        size: 14,
        colour: broken ? COLOURS.wrong : COLOURS.ink,
        bold: broken,
      }));
    })
  );
  const sum = naive.reduce((a, b) => a + b);
  parts.push(
    words(350, 76 + 30 * rows.length, `together ${told(sum)}`, { anchor: "end", size: 11, colour: "#5a6572" }),
  );
  return { ...drawing(380, 190, parts), caption: rows.map((row) => row.join(", ")).join("; ") };
}

function barsOf(stable: readonly number[]): Picture {
  const parts = [words(8, 18, "Softmax: each lowered by the largest first", { bold: true, size: 13 })];
  stable.forEach((p, i) => {
    const y = 40 + 44 * i;
    parts.push(
      `<rect x="8" y="${y}" width="${Math.max(1, 260 * p).toFixed(1)}" height="30" fill="${COLOURS.main}"/>`,
      words(18 + 260 * p, y + 20, told(p), { size: 14 }),
    );
  });
  return { ...drawing(360, 190, parts), caption: `Bars: ${stable.map((p) => told(p)).join(", ")}.` };
}

/**
 * Three logits to drag, with the bars of softmax, and a button that breaks the naive formula.
 *
 * @throws {TypeError} If there are not three.
 */
export function softmaxView(logits: readonly number[]): Answering {
  if (logits.length !== 3) throw new TypeError(`Cannot draw softmax: needs 3 logits, got ${logits.length}`);
  return answering("softmax", softmaxViewOf, { logits });
}
