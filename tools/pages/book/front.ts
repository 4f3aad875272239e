/**
 * The front page: a pen that writes a digit, three doors, and the chapters with a picture each.
 *
 * @module
 */
import { CHAPTERS } from "../../../lib/course/chapters/mod.ts";
import type { Chapter } from "../../../lib/course/chapter.ts";
import { EXHIBITS } from "../../../lib/course/museum/mod.ts";
import { numberOf } from "../../../lib/course/catalogue.ts";
import { drawDigits } from "../../../lib/data/drawn_digits.ts";
import { examplesOf } from "../../../lib/data/examples.ts";
import { train } from "../../../lib/engine/train.ts";
import { he, initialise } from "../../../lib/network/init.ts";
import { escapeText } from "../../../lib/plots/figure.ts";
import { toPng } from "../../../lib/plots/static.ts";
import { type PadValues, padView, padViewOf } from "../../../lib/plots/views/pad_view.ts";
import { stillOf } from "../../../lib/plots/views/view.ts";
import { seededRandom } from "../../../lib/random.ts";
import { adam } from "../../../lib/training/optimisers.ts";
import type { Notebook } from "../../notebooks/notebook_file.ts";
import { strokesOf } from "./hero_strokes.ts";

/** What stands on the front page, and the pictures that it needs, by their names. */
export interface Front {
  readonly body: string;
  readonly pictures: ReadonlyMap<string, Uint8Array>;
}

/** The chapters in groups, by the number that each begins with. */
const GROUPS: readonly (readonly [from: string, title: string])[] = [
  ["00", "Begin"],
  ["03", "The network"],
  ["06", "Learning"],
  ["09", "Judging"],
  ["10", "Other dialects"],
  ["13", "The world"],
  ["15", "The last mile"],
];

/** A network small enough for the page, trained in seconds on drawn digits. */
async function heroNetwork(): Promise<PadValues> {
  const lesson = drawDigits(6000, 2024), start = initialise([784, 24, 10], seededRandom(1), he);
  const options = {
    epochs: 4,
    optimiser: adam({ learningRate: 0.003 }),
    random: seededRandom(1),
    engine: "fast",
  } as const;
  const { network } = await train(start, examplesOf(lesson), options);
  return padView(network, "6,000 drawn digits", lesson.pixels).values as PadValues;
}

/** The picture of a chapter: its largest one that is no map of the course. */
function pictureOf(notebook: Notebook): Uint8Array | undefined {
  const images = notebook.cells.flatMap((cell) =>
    (cell.outputs ?? []).map(({ data }) => [data?.["image/png"] ?? ""].flat().join("")).filter(Boolean)
  );
  const [, ...others] = images, wide = others.filter((image) => image.length > 6000 && image.length < 90_000);
  const chosen = wide[Math.floor(wide.length / 2)] ?? others[0];
  return chosen ? Uint8Array.fromBase64(chosen) : undefined;
}

/** Builds the front page from the notebooks, with their outputs. */
export async function buildFront(notebooks: ReadonlyMap<string, Notebook>): Promise<Front> {
  const values = await heroNetwork(), pictures = new Map<string, Uint8Array>();
  pictures.set("hero.png", await toPng(stillOf(padViewOf(values), { strokes: strokesOf(7), pen: null }), 2));
  for (const { name } of CHAPTERS) {
    const picture = pictureOf(notebooks.get(`notebooks/${name}.ipynb`) ?? { cells: [] } as unknown as Notebook);
    if (picture) pictures.set(`chapter_${name.split("_")[0]}.png`, picture);
  }
  const json = JSON.stringify(values).replaceAll("<", "\\u003c");
  const body = `<section class="front"><h1>Digits from Scratch</h1>
<p class="lead">How does a network read what you write? Nothing but arithmetic, step by step, and every step can be changed
right here: nothing to install.</p>
<div id="hero"><img src="assets/hero.png" width="640" alt="A 7, as a pen wrote it; the 28 × 28 pixels that a network sees; and ten bars, of which the one for 7 is long.">
<script type="application/json">${json}</script></div>
<p class="doors"><a class="start" href="00_start_here.html">Start <small>5 minutes to a network that learns</small></a>
<a href="draw.html">Draw <small>six networks read along</small></a>
<a href="walk.html">Follow a digit <small>number by number, and back</small></a>
<a href="14_five_networks_and_the_bug_museum.html">The bug museum <small>${
    Object.keys(EXHIBITS).length
  } mistakes that run, and what catches them</small></a></p>
<section id="guesses" hidden></section>
${groups(pictures)}</section><script src="assets/hero.js" defer></script>`;
  return { body, pictures };
}

function groups(pictures: ReadonlyMap<string, Uint8Array>): string {
  const begins = GROUPS.map(([from]) => CHAPTERS.findIndex((chapter) => numberOf(chapter) === from));
  return GROUPS.map(([, title], g) => {
    const own = CHAPTERS.slice(begins[g], begins[g + 1]);
    return `<h2>${title}</h2><ul class="cards">${own.map((chapter) => card(chapter, pictures)).join("")}</ul>`;
  }).join("\n");
}

function card(chapter: Chapter, pictures: ReadonlyMap<string, Uint8Array>): string {
  const number = numberOf(chapter), file = `chapter_${number}.png`;
  const image = pictures.has(file) ? `<img src="assets/${file}" alt="" loading="lazy">` : "";
  return `<li><a href="${chapter.name}.html"><span class="frame">${image}</span><strong>${
    Number.isNaN(Number(number)) ? "" : `${Number(number)} `
  }${escapeText(chapter.title)}</strong><span>${
    escapeText(chapter.idea)
  }</span><small>${chapter.minutes} minutes</small></a></li>`;
}
