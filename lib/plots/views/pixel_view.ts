/**
 * A pixel pointed at: its row, its column, its place in the list of all, its grey.
 *
 * @module
 */
import { className, type Digits, pixelsOf } from "../../data/digits.ts";
import { drawPixels } from "../digits.ts";
import { COLOURS } from "../figure.ts";
import { drawing, words } from "../svg.ts";
import { packDigits, type PackedDigits, unpackDigits } from "./packed.ts";
import { type Answering, answering, type View, withArticle } from "./view.ts";

/** Which pixel of which digit. */
export interface PixelState {
  readonly digit: number;
  readonly row: number;
  readonly column: number;
}

/** Where it stands in the list, and how dark it is. */
export interface PixelAnswer {
  readonly place: number;
  readonly grey: number;
}

const ZOOM = 11, EDGE = 30;

/** The view of some digits. */
export function pixelViewOf(values: PackedDigits): View<PixelState, PixelAnswer> {
  const set = unpackDigits(values), { width, height } = set, size = ZOOM * width;
  const inside = (value: number, count: number) => Math.min(count - 1, Math.max(0, Math.floor(value)));
  return {
    start: { digit: 0, row: Math.floor(height / 2), column: Math.floor(width / 2) },
    answer: ({ digit, row, column }) => {
      const place = width * row + column;
      return { place, grey: pixelsOf(set, digit)[place]! };
    },
    draw: ({ digit, row, column }, { place, grey }) => {
      const pixels = pixelsOf(set, digit);
      const picture = [
        `<g transform="translate(${EDGE} ${EDGE})"><rect width="${size}" height="${
          ZOOM * height
        }" fill="#fff" stroke="#c9ced6"/>${drawPixels(pixels, width, ZOOM, { largest: 255 })}</g>`,
        `<rect x="${EDGE}" y="${
          EDGE + ZOOM * row
        }" width="${size}" height="${ZOOM}" fill="${COLOURS.second}" fill-opacity="0.18"/>`,
        `<rect x="${EDGE + ZOOM * column}" y="${
          EDGE + ZOOM * row
        }" width="${ZOOM}" height="${ZOOM}" fill="none" stroke="${COLOURS.second}" stroke-width="3"/>`,
        ...Array.from({ length: height }, (_, r) => r).filter((r) => r % 7 === 0 || r === row).map((r) =>
          words(EDGE - 5, EDGE + ZOOM * (r + 1) - 1, String(r), { anchor: "end", size: 11, bold: r === row })
        ),
        ...Array.from({ length: width }, (_, c) => c).filter((c) => c % 7 === 0 || c === column).map((c) =>
          words(EDGE + ZOOM * (c + 0.5), EDGE - 7, String(c), { anchor: "middle", size: 11, bold: c === column })
        ),
      ];
      const around = Array.from({ length: 9 }, (_, i) => place - 4 + i).filter((i) => i >= 0 && i < pixels.length);
      const list = [
        words(8, 40, "row r", {}),
        words(300, 40, String(row), { anchor: "end", bold: true, size: 15 }),
        words(8, 66, "column c", {}),
        words(300, 66, String(column), { anchor: "end", bold: true, size: 15 }),
        words(8, 100, `place in the list: ${width} · ${row} + ${column}`, {}),
        words(300, 100, String(place), { anchor: "end", bold: true, size: 15, colour: COLOURS.second }),
        words(8, 134, "grey, from 0 (paper) to 255 (ink)", {}),
        words(300, 134, String(grey), { anchor: "end", bold: true, size: 15 }),
        words(8, 180, "the list around it, as the file has it", { size: 11, colour: "#5a6572" }),
        ...around.map((i, k) => {
          const dark = pixels[i]! > 130, shade = 255 - pixels[i]!;
          return `<rect x="${
            8 + 38 * k
          }" y="190" width="36" height="28" fill="rgb(${shade},${shade},${shade})" stroke="${
            i === place ? COLOURS.second : "#c9ced6"
          }" stroke-width="${i === place ? 3 : 1}"/>` +
            words(26 + 38 * k, 209, String(pixels[i]), { anchor: "middle", colour: dark ? "#fff" : COLOURS.ink }) +
            words(26 + 38 * k, 232, String(i), { anchor: "middle", size: 10, colour: "#5a6572" });
        }),
      ];
      return [
        {
          ...drawing(size + EDGE + 8, ZOOM * height + EDGE + 8, picture),
          caption: `Digit ${digit}, row ${row}, column ${column}.`,
        },
        { ...drawing(360, 250, list), caption: `Place ${place}, grey ${grey}.` },
      ];
    },
    say: ({ digit, row, column }, { place, grey }) =>
      `Digit ${digit}, ${
        withArticle(className(set, set.labels[digit]!))
      }: row ${row}, column ${column} is number ${width} · ${row} + ${column} = ${place} of the list, and its grey is ${grey}.`,
    controls: (state) => [
      ...([["row", height], ["column", width]] as const).map(([name, count]) => ({
        kind: "slider" as const,
        label: name,
        ...{ min: 0, max: count - 1, step: 1, value: state[name] },
        set: (value: number) => ({ ...state, [name]: value }),
      })),
      {
        kind: "choice",
        label: "digit",
        options: Array.from(set.labels, (label, i) => `${i}: ${className(set, label)}`),
        value: state.digit,
        set: (digit) => ({ ...state, digit }),
      },
    ],
    point: (state, panel, x, y) =>
      panel === 0
        ? { ...state, row: inside((y - EDGE) / ZOOM, height), column: inside((x - EDGE) / ZOOM, width) }
        : state,
  };
}

/**
 * Point at a pixel of a digit: row, column, place in the list, grey.
 *
 * @param set The digits.
 * @param indices Which of them, the first one shown at first.
 */
export function pixelView(set: Digits, indices: readonly number[]): Answering {
  return answering("pixel", pixelViewOf, packDigits(set, indices));
}
