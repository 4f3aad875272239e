/**
 * What the book's pages can do in a browser: plots that answer, code that can be copied, a search, exercises that are
 * checked by the course's own judge. Without scripts the pages read as well: pictures stand in for plots.
 *
 * @module
 */
/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import { exercise } from "../../../lib/course/catalogue.ts";
import type { Verdict } from "../../../lib/course/judge.ts";

interface Place {
  readonly file: string;
  readonly title: string;
  readonly heading: string;
  readonly anchor: string;
  readonly text: string;
}

interface PlotlyLike {
  newPlot(element: HTMLElement, data: unknown, layout: unknown, config: unknown): Promise<unknown>;
}

declare global {
  var DIGITS_PLOTLY: PlotlyLike | undefined;
  var DIGITS_INDEX: Place[] | undefined;
  /** judge_worker.ts as one script. */
  var DIGITS_JUDGE: string;
}

const loads = new Map<string, Promise<void>>();

/** A script of the book, fetched when it is first needed; a plain element, so that it works from disk. */
function load(file: string): Promise<void> {
  const known = loads.get(file);
  if (known) return known;
  const loading = new Promise<void>((resolve, reject) => {
    const script = document.createElement("script");
    script.src = `assets/${file}`;
    script.onload = () => resolve();
    script.onerror = () => {
      loads.delete(file); // perhaps the next time
      reject(new Error(`Cannot load ${file}`));
    };
    document.head.append(script);
  });
  loads.set(file, loading);
  return loading;
}

// ---- plots ----------------------------------------------------------------------------------------------------------

const watcher = new IntersectionObserver((entries) => {
  for (const { isIntersecting, target } of entries) {
    if (!isIntersecting) continue;
    watcher.unobserve(target);
    draw(target as HTMLElement).catch(() => {}); // the picture stays
  }
}, { rootMargin: "300px" });

async function draw(figure: HTMLElement): Promise<void> {
  const { data, layout } = JSON.parse(figure.querySelector("script")!.textContent!),
    image = figure.querySelector("img")!;
  await load("plotly.min.js");
  const box = document.createElement("div");
  box.className = "plot";
  box.setAttribute("role", "img");
  box.setAttribute("aria-label", image.alt);
  box.style.height = `${image.clientHeight || 400}px`;
  image.after(box);
  await globalThis.DIGITS_PLOTLY!.newPlot(
    box,
    data,
    { ...layout, width: undefined, height: undefined, autosize: true },
    {
      displaylogo: false,
      displayModeBar: false,
      responsive: true,
    },
  );
  image.hidden = true;
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

// ---- exercises ------------------------------------------------------------------------------------------------------

/** What was typed is kept in this browser, so that nothing is lost when the page is left. */
function remember(id: string, text?: string): string | null {
  try {
    if (text !== undefined) localStorage.setItem(`digits-${id}`, text);
    return localStorage.getItem(`digits-${id}`);
  } catch {
    return null; // some browsers keep nothing for pages on disk
  }
}

let address: string | undefined;

/** Where the worker's script is: made once, from the text beside this one. */
function judgeAddress(): string {
  return address ??= URL.createObjectURL(new Blob([globalThis.DIGITS_JUDGE], { type: "text/javascript" }));
}

function prepareExercise(box: HTMLElement): void {
  const id = box.dataset.id!, editor = box.querySelector("textarea")!, verdict = box.querySelector("output")!;
  const [check, hint, solution, reset] = box.querySelectorAll("button") as unknown as HTMLButtonElement[],
    stub = editor.value;
  let hints = 0;
  editor.value = remember(id) ?? stub;
  const say = (text: string, status = "") => {
    verdict.textContent = text;
    verdict.className = status.replace(" ", "-");
  };
  let stopRunning = () => {};
  const judge = () => {
    stopRunning();
    const worker = new Worker(judgeAddress());
    const tell = ({ status, message }: Verdict) => {
      stopRunning();
      say(`${{ right: "✓", wrong: "✗", "not tried": "○" }[status]} ${message}`, status);
    };
    const late = setTimeout(() => {
      tell({
        status: "wrong",
        message: "Your function did not come to an end within five seconds, and was stopped: a loop that never ends?",
      });
    }, 5000);
    stopRunning = () => {
      clearTimeout(late);
      worker.terminate();
    };
    worker.onmessage = ({ data }: MessageEvent<Verdict>) => tell(data);
    worker.onerror = (event) => {
      event.preventDefault();
      tell({ status: "wrong", message: `It could not be tried: ${event.message}` });
    };
    say("…", "running");
    worker.postMessage({ id, code: editor.value, name: box.dataset.name });
  };
  check!.addEventListener("click", judge);
  hint!.addEventListener("click", () => {
    const all = exercise(id).hints, next = Math.min(hints++, all.length - 1);
    say(`Hint ${next + 1} of ${all.length}: ${all[next]}`);
  });
  solution!.addEventListener("click", () => say(box.querySelector("template")!.content.textContent!));
  reset!.addEventListener("click", () => {
    editor.value = stub;
    remember(id, stub);
    say("");
  });
  editor.addEventListener("input", () => remember(id, editor.value));
  editor.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey || event.shiftKey)) {
      event.preventDefault();
      judge();
    }
  });
  box.hidden = false;
}

for (const figure of document.querySelectorAll<HTMLElement>("figure.plotted")) watcher.observe(figure);
for (const code of document.querySelectorAll<HTMLElement>("pre.code")) addCopyButton(code);
for (const box of document.querySelectorAll<HTMLElement>(".try")) prepareExercise(box);
const input = document.querySelector<HTMLInputElement>("#search");
if (input) {
  input.hidden = false;
  prepareSearch(input, document.querySelector<HTMLElement>("#found")!);
}
