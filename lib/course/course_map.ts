/**
 * Where we are: one strip with all chapters.
 *
 * @module
 */
import { CHAPTERS } from "./chapters/mod.ts";
import { COLOURS, escapeText, type Picture } from "../plots/figure.ts";
import { drawing } from "../plots/svg.ts";

/**
 * The strip of all chapters, done ones outlined, the current one filled.
 *
 * @param current The chapter's number, counted from 0.
 * @throws {RangeError} If there is no such chapter.
 */
export function courseMap(current: number): Picture {
  if (CHAPTERS[current] === undefined) {
    throw new RangeError(`Cannot draw the map: chapter must be from 0 to ${CHAPTERS.length - 1}, got ${current}`);
  }
  const step = 58, width = step * CHAPTERS.length, height = 62, y = 20;
  const stations = CHAPTERS.map(({ short }, i) => {
    const x = step / 2 + i * step, here = i === current, done = i < current;
    const fill = here ? COLOURS.main : done ? "#cfe0f3" : "#fff";
    return `<circle cx="${x}" cy="${y}" r="${here ? 13 : 10}" fill="${fill}" stroke="${
      here || done ? COLOURS.main : "#b7c0cb"
    }" stroke-width="2"/>` +
      `<text x="${x}" y="${y + 4}" font-size="11" fill="${here ? "#fff" : COLOURS.ink}">${i}</text>` +
      `<text x="${x}" y="${y + 34}" font-size="11" fill="${here ? COLOURS.main : "#66717e"}">${
        escapeText(short)
      }</text>`;
  });
  const line = `<line x1="${step / 2}" y1="${y}" x2="${
    width - step / 2
  }" y2="${y}" stroke="#b7c0cb" stroke-width="2"/>`;
  return {
    ...drawing(width, height, ['<g text-anchor="middle">', line, ...stations, "</g>"]),
    caption: `You are in chapter ${current} of ${CHAPTERS.length - 1}: ${CHAPTERS[current].short}.`,
  };
}
