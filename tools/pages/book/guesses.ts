/**
 * Guesses in the page: a field in place of the cell, and what follows is veiled until one has guessed or asked to be shown.
 *
 * @module
 */
/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import { keep, kept, keptNames } from "../kept.ts";
import { GUESS_COLOURS, readGuess, scoreGuess } from "../../../lib/course/guess.ts";

/** All guesses that were made and answered on the book's pages, in the chapters' order. */
function answered(): { id: string; guess: string; answer: number }[] {
  return keptNames().flatMap((name) => {
    const id = /^guess-(.+)-answer$/.exec(name)?.[1], guess = id && kept(`guess-${id}`);
    return guess ? [{ id, guess, answer: Number(kept(name)) }] : [];
  }).sort((a, b) => a.id < b.id ? -1 : 1);
}

const WIDTH = 640, ROW = 26, MIDDLE = 380, TENFOLD = 200; // of the picture, in pixels

/** Shows all guesses against the truths as one picture: how many times too large or too small each was. */
export function showGuesses(place: HTMLElement): void {
  const all = answered();
  if (!all.length) return;
  const rows = all.map(({ id, guess, answer }, i) => {
    const { verdict, text } = scoreGuess(guess, answer), ratio = readGuess(guess)! / answer;
    const right = verdict === "close" ? Math.max(-0.1, Math.min(0.1, Math.log10(ratio) || 0)) : Math.log10(ratio);
    const x = MIDDLE + TENFOLD * Math.max(-1, Math.min(1, Number.isNaN(right) ? -1 : right)), y = 30 + ROW * i;
    return `<text x="0" y="${y + 5}">${id.replace(/^(\d\dw?)-(\w+)$/, "$1 $2")}: ${guess}, is ${
      Number(answer.toPrecision(4))
    }</text><line x1="${MIDDLE}" x2="${x}" y1="${y}" y2="${y}" stroke="${GUESS_COLOURS[verdict]}" stroke-width="3"/>` +
      `<circle cx="${x}" cy="${y}" r="6" fill="${GUESS_COLOURS[verdict]}"><title>${text}</title></circle>`;
  });
  const close = all.filter(({ guess, answer }) => scoreGuess(guess, answer).verdict === "close").length;
  const height = 30 + ROW * all.length,
    says = `Of your ${all.length} guesses ${close} came within a tenth of the truth.`;
  const axis = [["a tenth", -1], ["the truth", 0], ["ten times", 1]] as const;
  place.innerHTML =
    `<h2>Your guesses</h2><figure><svg viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${says}">` +
    axis.map(([word, k]) =>
      `<text x="${MIDDLE + k * TENFOLD}" y="10" text-anchor="middle">${word}</text>` +
      `<line x1="${MIDDLE + k * TENFOLD}" x2="${
        MIDDLE + k * TENFOLD
      }" y1="16" y2="${height}" stroke="#8c8c8c" stroke-width="0.5"/>`
    ).join("") + `${rows.join("")}</svg><figcaption>${says}</figcaption></figure>`;
  place.hidden = false;
}

/** The name of the guess that a cell makes or reveals. */
function nameIn(section: HTMLElement, word: "guess" | "reveal"): string | undefined {
  const code = section.querySelector("pre.code code")!.textContent!;
  return new RegExp(`\\b${word}\\(\\s*"([\\w-]+)"`).exec(code)?.[1];
}

/**
 * Makes fields of all guess cells.
 *
 * @param setCode Puts other code into a cell, for when it is run.
 */
export function prepareGuesses(setCode: (section: HTMLElement, code: string) => void): void {
  const sections = [...document.querySelectorAll<HTMLElement>("section.cell")];
  for (const [i, section] of sections.entries()) {
    const id = nameIn(section, "guess"), code = section.querySelector("pre.code code")!.textContent!.trim();
    const revealing = sections.findIndex((one, k) => k > i && nameIn(one, "reveal") === id);
    if (!id || !/^await guess\("[\w-]+", null\);$/.test(code) || revealing < 0) continue;
    prepare(section, id, sections.slice(i + 1, revealing + 1), setCode);
  }
}

function prepare(
  section: HTMLElement,
  id: string,
  following: readonly HTMLElement[],
  setCode: (section: HTMLElement, code: string) => void,
): void {
  const form = document.createElement("form"), field = document.createElement("input");
  const guess = button("That is my guess", "submit"),
    show = button("Show me", "button"),
    said = document.createElement("output");
  Object.assign(field, { type: "text", inputMode: "decimal", autocomplete: "off", size: 9 });
  field.setAttribute("aria-label", "Your guess, a number");
  form.className = "guess";
  form.append(field, guess, show, said);
  section.prepend(form);
  section.classList.add("guessing");
  const boxes = following.flatMap((one) => [...one.querySelectorAll<HTMLElement>(":scope > .outputs")]),
    last = boxes.at(-1);
  const veil = (on: boolean) => {
    for (const box of boxes) {
      box.classList.toggle("veiled", on);
      box.inert = on; // neither read aloud nor reached by keys
    }
    show.hidden = !on;
  };
  const unveil = () => {
    veil(false);
    const text = last?.textContent ?? "", answer = readGuess(/The answer is (-?[\d.,]+\d|\d)/.exec(text)?.[1] ?? null);
    if (answer === null || !field.value) return;
    keep(`guess-${id}-answer`, String(answer));
    const { verdict, text: words } = scoreGuess(field.value, answer), box = document.createElement("p");
    box.className = "score";
    box.style.borderLeftColor = GUESS_COLOURS[verdict];
    box.textContent = words;
    last!.querySelector(".score")?.remove();
    last!.prepend(box);
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (readGuess(field.value) === null) {
      said.textContent = field.value ? `That is no number: ${field.value}` : "Put a number there; a rough one will do.";
      return;
    }
    said.textContent = "Noted. Read on.";
    keep(`guess-${id}`, field.value);
    setCode(section, `await guess(${JSON.stringify(id)}, ${JSON.stringify(field.value)});`);
    unveil();
  });
  show.addEventListener("click", unveil);
  const before = kept(`guess-${id}`);
  veil(before === null);
  if (before === null) return;
  field.value = before;
  setCode(section, `await guess(${JSON.stringify(id)}, ${JSON.stringify(before)});`);
  unveil();
}

function button(label: string, type: "submit" | "button"): HTMLButtonElement {
  return Object.assign(document.createElement("button"), { type, textContent: label });
}
