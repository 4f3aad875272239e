/**
 * What the book's pages can do in a browser: plots that answer, code that can be copied, a search, exercises that are
 * checked by the course's own judge. Without scripts the pages read as well: pictures stand in for plots.
 *
 * @module
 */
/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import { keptOwn } from "../own_network.ts";
import { prepareCells, setCode } from "./cells.ts";
import { prepareExercise } from "./exercises.ts";
import { prepareGuesses } from "./guesses.ts";
import { load, type Place, type Plot } from "./load.ts";
import { drawPlot } from "./plots.ts";
import { prepareTraining } from "./train_yours.ts";

// ---- plots ----------------------------------------------------------------------------------------------------------

const watcher = new IntersectionObserver((entries) => {
  for (const { isIntersecting, target } of entries) {
    if (!isIntersecting) continue;
    watcher.unobserve(target);
    draw(target as HTMLElement).catch(() => {}); // the picture stays
  }
}, { rootMargin: "300px" });

async function draw(figure: HTMLElement): Promise<void> {
  const { data, layout } = withOwn(JSON.parse(figure.querySelector("script")!.textContent!)),
    image = figure.querySelector("img")!;
  const box = document.createElement("div");
  image.after(box);
  await drawPlot(box, { data, layout }, image.alt, image.clientHeight || 400);
  image.hidden = true;
}

/** Chapter 14's chart of the tutorials on drawn digits, with the reader's own network below them. */
function withOwn({ data, layout }: Plot): Plot {
  const own = layout.meta === "tutorials" ? keptOwn() : null;
  if (!own) return { data, layout };
  const { tickvals, ticktext, range } = layout.yaxis!;
  const dot = { type: "scatter", mode: "markers", name: own.title, x: [100 * own.accuracy], y: [0], showlegend: false };
  return {
    data: [...data, { ...dot, marker: { color: "#d1662b", size: 11 } }],
    layout: {
      ...layout,
      yaxis: {
        ...layout.yaxis,
        tickvals: [...tickvals, 0],
        ticktext: [...ticktext, own.title],
        range: [-0.6, range[1]!],
      },
    },
  };
}

// ---- copying --------------------------------------------------------------------------------------------------------

function addCopyButton(code: HTMLElement): void {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy";
  button.textContent = "Copy";
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(code.querySelector("code")!.textContent!);
      button.textContent = "Copied";
    } catch {
      button.textContent = "Select and copy by hand";
    }
    setTimeout(() => button.textContent = "Copy", 2000);
  });
  code.before(button);
}

// ---- search ---------------------------------------------------------------------------------------------------------

function prepareSearch(input: HTMLInputElement, list: HTMLElement): void {
  const search = async () => {
    const asked = input.value, words = asked.toLowerCase().split(/\s+/).filter((word) => word.length > 1);
    if (words.length) await load("search_index.js");
    if (input.value !== asked) return; // typed on meanwhile
    const found = words.length
      ? globalThis.DIGITS_INDEX!.filter((place) => words.every((word) => holds(place, word)))
      : [];
    list.replaceChildren(
      ...found.slice(0, 12).map((place) => {
        const item = document.createElement("li"),
          link = document.createElement("a"),
          where = document.createElement("span");
        link.href = place.file + place.anchor;
        link.textContent = place.heading || place.title;
        where.textContent = ` ${place.title}`;
        item.append(link, where);
        return item;
      }),
    );
    list.hidden = words.length === 0;
    if (words.length && !found.length) list.textContent = "Nothing found";
  };
  input.addEventListener("input", search);
}

function holds({ title, heading, text }: Place, word: string): boolean {
  return `${title} ${heading} ${text}`.toLowerCase().includes(word);
}

if (matchMedia("(min-width: 640px)").matches) { // on a phone the picture is better than a squeezed plot
  for (const figure of document.querySelectorAll<HTMLElement>("figure.plotted")) watcher.observe(figure);
}
if (document.querySelector(".digits-view")) load("views.js").catch(() => {}); // the pictures stay
for (const code of document.querySelectorAll<HTMLElement>("pre.code")) addCopyButton(code);
for (const box of document.querySelectorAll<HTMLElement>(".try")) prepareExercise(box);
prepareCells();
prepareGuesses(setCode);
for (const box of document.querySelectorAll<HTMLElement>(".train-yours")) prepareTraining(box);
const input = document.querySelector<HTMLInputElement>("#search");
if (input) {
  input.hidden = false;
  prepareSearch(input, document.querySelector<HTMLElement>("#found")!);
}
