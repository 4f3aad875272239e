/**
 * Where we are: one strip with all chapters.
 *
 * @module
 */
import { numberOf } from "./catalogue.ts";
import { CHAPTERS } from "./chapters/mod.ts";
import { COLOURS, escapeText, type Picture } from "../plots/figure.ts";
import { drawing } from "../plots/svg.ts";

/**
 * The strip of all chapters, done ones outlined, the current one filled.
 *
 * @param current The chapter's number; `"09w"` is the workshop.
 * @throws {RangeError} If there is no such chapter.
 */
export function courseMap(current: number | string): Picture {
  const number = String(current).padStart(2, "0"),
    place = CHAPTERS.findIndex((chapter) => numberOf(chapter) === number);
  const last = Number(numberOf(CHAPTERS.at(-1)!));
  if (place < 0) throw new RangeError(`Cannot draw the map: chapter must be from 0 to ${last}, got ${current}`);
  const step = 58, width = step * CHAPTERS.length, height = 62, y = 20;
  const stations = CHAPTERS.map((chapter, i) => {
    const x = step / 2 + i * step, here = i === place, done = i < place;
    const { short } = chapter, label = Number(numberOf(chapter));
    const fill = here ? COLOURS.main : done ? "#cfe0f3" : "#fff";
    return `<circle cx="${x}" cy="${y}" r="${here ? 13 : 10}" fill="${fill}" stroke="${
      here || done ? COLOURS.main : "#b7c0cb"
    }" stroke-width="2"/>` +
      `<text x="${x}" y="${y + 4}" font-size="11" fill="${here ? "#fff" : COLOURS.ink}">${
        Number.isNaN(label) ? "✎" : label
      }</text>` +
      `<text x="${x}" y="${y + 34}" font-size="11" fill="${here ? COLOURS.main : "#66717e"}">${
        escapeText(short)
      }</text>`;
  });
  const line = `<line x1="${step / 2}" y1="${y}" x2="${
    width - step / 2
  }" y2="${y}" stroke="#b7c0cb" stroke-width="2"/>`;
  return {
    ...drawing(width, height, ['<g text-anchor="middle">', line, ...stations, "</g>"]),
    caption: `You are in ${
      Number.isNaN(Number(current))
        ? "the workshop"
        : `chapter ${Number(current)} of ${last}: ${CHAPTERS[place]!.short}`
    }.`,
  };
}
