/**
 * A cell of the page: its code, its outputs, what it says of itself.
 *
 * @module
 */
/// <reference lib="dom" />
import { keep, kept, onKeptElsewhere } from "../kept.ts";

/** One cell of the page. */
export interface Cell {
  readonly section: HTMLElement;
  readonly buttons: Readonly<Record<"run" | "above" | "edit" | "reset", HTMLButtonElement>>;
  readonly status: HTMLElement;
  readonly original: string;
  code: string;
  /** Whether it has run in this kernel. */
  done: boolean;
}

const nameOf = ({ section }: Cell) => `cell-${document.body.dataset.chapter}-${section.id}`;

/** Keeps what was typed; nothing of a cell that is as it was. */
export function keepCode(cell: Cell, code: string): void {
  keep(nameOf(cell), code === cell.original ? null : code);
}

/** What was typed before, or null. */
export function keptCode(cell: Cell): string | null {
  return kept(nameOf(cell));
}

/** Where another tab writes into the same cell, it is said: what is written last is kept. */
export function heedOtherTabs(cells: readonly Cell[]): void {
  onKeptElsewhere((name) => {
    const cell = cells.find((one) => nameOf(one) === name);
    if (cell) mark(cell, "Another tab changed this cell, too: what is written last is kept.", "");
  });
}

/** The place of its outputs. */
export function outputsOf({ section }: Cell): HTMLElement {
  let box = section.querySelector<HTMLElement>(":scope > .outputs");
  if (!box) section.append(box = Object.assign(document.createElement("div"), { className: "outputs" }));
  return box;
}

/** Puts an output below the others. */
export function append(cell: Cell, element: HTMLElement): void {
  outputsOf(cell).append(element);
}

/** What a guess has veiled is to be seen. */
export function unveil(cell: Cell): void {
  const box = outputsOf(cell);
  box.classList.remove("veiled");
  box.inert = false;
}

/** Says how it stands with the cell. */
export function mark({ status, section }: Cell, text: string, state: "running" | "done" | "failed" | ""): void {
  status.textContent = text;
  section.dataset.state = state;
}

/** A button that does something. */
export function button(label: string, act: () => void): HTMLButtonElement {
  const made = Object.assign(document.createElement("button"), { type: "button", textContent: label });
  made.addEventListener("click", act);
  return made;
}
