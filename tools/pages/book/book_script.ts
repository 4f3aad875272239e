/**
 * What the book's pages can do in a browser: plots that answer, code that can be copied, a search, exercises that are
 * checked by the course's own judge. Without scripts the pages read as well: pictures stand in for plots.
 *
 * @module
 */
/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import { keptOwn } from "../own_network.ts";
import { codeOfCells, prepareCells, setCode } from "./cells.ts";
import { prepareGuesses, showGuesses } from "./guesses.ts";
import { load, type Place, type Plot } from "./load.ts";
import { prepareOwnData } from "./own_data.ts";
import { drawPlot } from "./plots.ts";
import { download, prepareTakingAlong } from "./take_along.ts";

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

// ---- the chapter as a whole -----------------------------------------------------------------------------------------

declare global {
  /** A chapter's notebook, without outputs. */
  var DIGITS_NOTEBOOK: { cells: { id?: string; source: string[] }[] } | undefined;
}

async function downloadNotebook(): Promise<void> {
  const name = document.body.dataset.chapter!, codes = codeOfCells();
  await load(`notebooks/${name}.js`);
  const notebook = structuredClone(globalThis.DIGITS_NOTEBOOK!);
  for (const cell of notebook.cells) {
    const code = codes.get(cell.id ?? "");
    if (code !== undefined) cell.source = code.split(/(?<=\n)/);
  }
  download(`${name}.ipynb`, JSON.stringify(notebook, null, 1), "application/x-ipynb+json");
}

// ---- search ---------------------------------------------------------------------------------------------------------

function prepareSearch(input: HTMLInputElement, list: HTMLElement): void {
  const search = async () => {
    const asked = input.value, words = folded(asked).split(/\s+/).filter((word) => word.length > 1);
    if (words.length) await load("search_index.js");
    if (input.value !== asked) return; // typed on meanwhile
    const found = words.length
      ? globalThis.DIGITS_INDEX!.filter((place) => words.every((word) => holds(place, word)))
        .sort((a, b) => inHeading(b, words) - inHeading(a, words))
      : [];
    list.replaceChildren(
      ...found.slice(0, 12).map((place) => {
        const item = document.createElement("li"),
          link = document.createElement("a"),
          where = document.createElement("span");
        link.href = place.file + place.anchor;
        link.textContent = place.heading || place.title;
        where.textContent = ` ${place.heading && place.heading !== place.title ? `${place.title}: ` : ""}${
          around(place.text, words[0]!)
        }`;
        item.append(link, where);
        return item;
      }),
    );
    list.hidden = words.length === 0;
    if (words.length && !found.length) list.textContent = "Nothing found. Names of things stand in NOTATION.";
  };
  input.addEventListener("input", search);
  document.addEventListener("keydown", (event) => {
    const typing = (event.target as HTMLElement).closest("input, textarea, select, [contenteditable]");
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      input.closest("details")!.open = true;
      input.focus();
    }
  });
  input.closest("nav")!.addEventListener("keydown", (event) => {
    const links = [...list.querySelectorAll("a")], at = links.indexOf(document.activeElement as HTMLAnchorElement);
    if (list.hidden || (at < 0 && document.activeElement !== input)) return;
    const go: Record<string, () => void> = {
      ArrowDown: () => links[Math.min(at + 1, links.length - 1)]?.focus(),
      ArrowUp: () => (links[at - 1] ?? input).focus(),
      Enter: () => links[Math.max(at, 0)]?.click(),
      Escape: () => {
        input.value = "";
        input.focus();
        search();
      },
    };
    if (!go[event.key]) return;
    event.preventDefault();
    go[event.key]!();
  });
}

/** As the search compares: capitals, -ise and -ize, -our and -or, -re and -er are alike. */
function folded(text: string): string {
  return text.toLowerCase().replace(/([iy])z/g, "$1s").replace(/our/g, "or").replace(/tre\b/g, "ter");
}

function holds({ title, heading, text }: Place, word: string): boolean {
  return folded(`${title} ${heading} ${text}`).includes(word);
}

/** Those in whose heading the words stand come first. */
function inHeading({ heading }: Place, words: readonly string[]): number {
  return words.filter((word) => folded(heading).includes(word)).length;
}

/** Some words around the place where the first of them stands. */
function around(text: string, word: string): string {
  const at = Math.max(0, folded(text).indexOf(word) - 25);
  return `${at ? "…" : ""}${text.slice(at, at + 70)}…`;
}

if (matchMedia("(min-width: 640px)").matches) { // on a phone the picture is better than a squeezed plot
  for (const figure of document.querySelectorAll<HTMLElement>("figure.plotted")) watcher.observe(figure);
}
if (document.querySelector(".digits-view")) load("views.js").catch(() => {}); // the pictures stay
for (const code of document.querySelectorAll<HTMLElement>("pre.code")) addCopyButton(code);
prepareCells();
prepareGuesses(setCode);
const workbench = document.querySelector<HTMLElement>(".workbench");
if (workbench) {
  workbench.hidden = false;
  workbench.querySelector(".download")!.addEventListener("click", downloadNotebook);
  prepareOwnData(workbench.querySelector(".digits")!);
  prepareTakingAlong(workbench.querySelector(".written")!);
}
if (location.protocol.startsWith("http")) navigator.serviceWorker?.register("offline.js").catch(() => {});
const guesses = document.querySelector<HTMLElement>("#guesses");
if (guesses) showGuesses(guesses);
const narrow = matchMedia("(max-width: 60rem)"), chapters = document.querySelector<HTMLDetailsElement>(".side details");
if (chapters && narrow.matches) chapters.open = false;
narrow.addEventListener("change", () => chapters!.open = !narrow.matches);
const input = document.querySelector<HTMLInputElement>("#search");
if (input) {
  input.hidden = false;
  prepareSearch(input, document.querySelector<HTMLElement>("#found")!);
}
