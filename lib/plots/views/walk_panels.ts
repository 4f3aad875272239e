/**
 * The panels of a digit's way: the image, and the network beside it, forward and back.
 *
 * @module
 */
import { at, type Matrix } from "../../matrix.ts";
import type { ForwardPass } from "../../network/forward.ts";
import type { Network } from "../../network/network.ts";
import type { Blame } from "../../network/blame.ts";
import { drawPixels } from "../digits.ts";
import { COLOURS, type Picture } from "../figure.ts";
import { drawing, signColour, words } from "../svg.ts";
import { told } from "./view.ts";

/** A digit before a network, and the hidden unit that is looked at; −1 for none. */
export interface Walker {
  readonly network: Network;
  /** Grey levels, 0 to 255. */
  readonly ink: ArrayLike<number>;
  readonly unit: number;
  readonly truth: number;
}

const WIDTH = 512, ROW = 27, TOP = 44, CIRCLE = 214, OUT = 306;

/** The hidden unit at a place of the second panel, or null. */
export function unitAt(x: number, y: number, hidden: number, back: boolean): number | null {
  const unit = Math.floor((y - TOP) / ROW);
  return unit >= 0 && unit < hidden && x < (back ? 300 : OUT - 30) ? unit : null;
}

function imagePanel(
  title: string,
  note: string,
  ink: ArrayLike<number>,
  over: ArrayLike<number> | null,
  frame: string,
): Picture {
  const side = Math.round(Math.sqrt(ink.length)), zoom = Math.floor(224 / side), size = zoom * side;
  const image = over
    ? `<g opacity="0.25">${drawPixels(ink, side, zoom, { largest: 255 })}</g><g class="over">${
      drawPixels(over, side, zoom, { signed: true })
    }</g>`
    : drawPixels(ink, side, zoom, { largest: 255 });
  const parts = [
    words(8, 20, title, { size: 13, bold: true }),
    `<g transform="translate(8 ${
      TOP - 8
    })"><rect width="${size}" height="${size}" fill="#fff"/>${image}<rect width="${size}" height="${size}" fill="none" stroke="${frame}" stroke-width="2"/></g>`,
    words(8, TOP + size + 12, note, { size: 11, colour: "#5a6572" }),
  ];
  return { ...drawing(size + 16, TOP + size + 24, parts), caption: `${title}. ${note}` };
}

/** Image, hidden sums, ReLU, logits, probabilities. */
export function walkPanels(
  { network, ink, unit, truth }: Walker,
  { preActivations, logits, probabilities }: Pick<ForwardPass, "preActivations" | "logits" | "probabilities">,
  says: number,
): Picture[] {
  const [{ weights: W1 }, { weights: W2 }] = network.layers as [Network["layers"][0], Network["layers"][0]];
  const sums = preActivations[0]!;
  const over = unit < 0 ? null : Array.from(ink, (grey, p) => at(W1, unit, p) * grey);
  const image = over
    ? imagePanel(`what unit ${unit} sees`, "blue: ink argues for it · red: against", ink, over, COLOURS.second)
    : imagePanel("the image, X", "point at a unit to see what it sees", ink, null, "#c9ced6");
  const largest = sums.data.reduce((most, z) => Math.max(most, Math.abs(z)), 1e-9);
  const strongest = W2.data.reduce((most, w) => Math.max(most, Math.abs(w)), 1e-9);
  const parts = [
    words(8, 20, `${sums.rows} sums Z1, ReLU, A1`, { size: 13, bold: true }),
    words(OUT + 48, 20, "Z2", { anchor: "end", size: 13, bold: true }),
    words(OUT + 56, 20, "probabilities A2", { size: 13, bold: true }),
  ];
  const hidden = sums.rows,
    outputs = probabilities.rows,
    outY = (k: number) => TOP + k * ROW + Math.max(0, hidden - outputs) * ROW / 2;
  for (let i = 0; i < hidden; i++) { // the fan first: everything else lies over it
    const z = sums.data[i]!;
    if (unit >= 0 ? i !== unit : z <= 0) continue;
    for (let k = 0; k < outputs; k++) {
      const w = at(W2, k, i), share = Math.abs(w) / strongest * (unit >= 0 || z > 0 ? 1 : 0);
      const strength = unit >= 0 ? share : share * z / largest;
      if (strength < 0.05) continue;
      parts.push(
        `<line x1="${CIRCLE + 9}" y1="${TOP + i * ROW + 12}" x2="${OUT - 14}" y2="${outY(k) + 12}" stroke="${
          signColour(w)
        }" stroke-opacity="${(unit >= 0 ? 0.25 + 0.75 * share : 0.5 * strength).toFixed(2)}" stroke-width="${
          (unit >= 0 ? 1 + 3 * share : 1.2).toFixed(1)
        }"/>`,
      );
    }
  }
  for (let i = 0; i < hidden; i++) {
    const y = TOP + i * ROW, z = sums.data[i]!, alive = z > 0, length = 50 * Math.abs(z) / largest;
    parts.push(
      ...i === unit ? [`<rect x="2" y="${y}" width="${CIRCLE + 14}" height="24" rx="4" fill="#fdeee4"/>`] : [],
      words(8, y + 17, String(i), { size: 10, colour: "#5a6572" }),
      words(68, y + 17, told(z, 2), { anchor: "end" }),
      `<rect x="${(z < 0 ? 128 - length : 128).toFixed(1)}" y="${y + 4}" width="${
        length.toFixed(1)
      }" height="16" fill="${alive ? COLOURS.main : "#d9a09a"}"/>`,
      `<circle cx="${CIRCLE}" cy="${y + 12}" r="9" fill="${alive ? COLOURS.main : "#fff"}" fill-opacity="${
        alive ? (0.2 + 0.8 * z / largest).toFixed(2) : 1
      }" stroke="${alive ? COLOURS.main : "#b7c0cb"}"/>`,
    );
  }
  for (let k = 0; k < outputs; k++) {
    const y = outY(k), p = probabilities.data[k]!, right = k === truth, chosen = k === says;
    parts.push(
      words(OUT, y + 17, String(k), { anchor: "end", bold: right || chosen }),
      words(OUT + 48, y + 17, told(logits.data[k]!, 2), { anchor: "end", size: 11, colour: "#4a5563" }),
      `<rect x="${OUT + 56}" y="${y + 4}" width="${Math.max(1, 85 * p).toFixed(1)}" height="16" fill="${
        right ? COLOURS.right : chosen ? COLOURS.wrong : "#a9b8c9"
      }"/>`,
      words(
        OUT + 62 + 85 * p,
        y + 17,
        `${told(100 * p, 1)} %${right ? chosen ? " ✓" : " true" : chosen ? " ✗" : ""}`,
        {
          colour: right ? COLOURS.right : chosen ? COLOURS.wrong : COLOURS.ink,
        },
      ),
    );
  }
  return [image, {
    ...drawing(WIDTH, TOP + Math.max(hidden, outputs) * ROW + 8, parts),
    caption: `Sums ${Array.from(sums.data, (z) => told(z, 2)).join(", ")}; probabilities ${
      Array.from(probabilities.data, (p, k) => `${k}: ${told(100 * p, 1)} %`).join(", ")
    }.`,
  }];
}

/** The way back: what each answer said too much or too little, what reaches each unit, and each pixel. */
export function blamePanels({ network, ink, unit, truth }: Walker, { layers, pixels }: Blame): Picture[] {
  const [hidden, output] = layers as [Matrix, Matrix],
    [, { weights: W2 }] = network.layers as [Network["layers"][0], Network["layers"][0]];
  const own = unit < 0 ? pixels.data : Array.from(ink, (grey) => grey / 255 * hidden.data[unit]!);
  const image = imagePanel(
    unit < 0 ? "blame of the pixels" : `slopes of unit ${unit}'s weights`,
    unit < 0 ? "blue: more ink, more loss · red: less" : "blue: the loss rises with it · red: it falls",
    ink,
    Array.from(own),
    unit < 0 ? "#c9ced6" : COLOURS.second,
  );
  const parts = [
    words(8, 20, `${hidden.rows} hidden units, dZ1`, { size: 13, bold: true }),
    words(320, 20, "dZ2 = A2 − Y", { size: 13, bold: true }),
  ];
  const bars = (dZ: Matrix, x: number, reach: number, names: (i: number) => string) => {
    const largest = dZ.data.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-9);
    dZ.data.forEach((value, i) => {
      const y = TOP + i * ROW, length = reach * Math.abs(value) / largest;
      parts.push(
        words(x - reach - 8, y + 17, names(i), { anchor: "end", size: 11, bold: dZ === output && i === truth }),
        `<rect x="${(value < 0 ? x - length : x).toFixed(1)}" y="${y + 4}" width="${
          length.toFixed(1)
        }" height="16" fill="${signColour(value)}"/>`,
        words(x + reach + 6, y + 17, value === 0 ? "none" : told(value), {
          size: 11,
          colour: value === 0 ? "#6b7683" : COLOURS.ink,
        }),
      );
    });
  };
  if (unit >= 0) {
    parts.push(`<rect x="2" y="${TOP + unit * ROW}" width="240" height="24" rx="4" fill="#fdeee4"/>`);
    const strongest = W2.data.reduce((most, w) => Math.max(most, Math.abs(w)), 1e-9);
    for (let k = 0; k < output.rows; k++) {
      const w = at(W2, k, unit), share = Math.abs(w) / strongest;
      parts.push(
        `<line x1="246" y1="${TOP + unit * ROW + 12}" x2="280" y2="${TOP + k * ROW + 12}" stroke="${
          signColour(w)
        }" stroke-opacity="${(0.2 + 0.8 * share).toFixed(2)}" stroke-width="${(1 + 3 * share).toFixed(1)}"/>`,
      );
    }
  }
  bars(hidden, 130, 55, (i) => `unit ${i}`);
  bars(output, 390, 50, (k) => k === truth ? `true ${k}` : String(k));
  return [image, {
    ...drawing(WIDTH, TOP + Math.max(hidden.rows, output.rows) * ROW + 8, parts),
    caption: `Blame of the hidden units ${Array.from(hidden.data, (v) => told(v)).join(", ")}; of the answers ${
      Array.from(output.data, (v) => told(v)).join(", ")
    }.`,
  }];
}
