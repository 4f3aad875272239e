/**
 * A cell of the page: its code, its outputs, what it says of itself.
 *
 * @module
 */
/// <reference lib="dom" />

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

/** What was typed is kept in this browser; some keep nothing for pages on disk. */
export function kept(cell: Cell, code?: string): string | null {
  const key = `digits-cell-${document.body.dataset.chapter}-${cell.section.id}`;
  try {
    if (code === cell.original) localStorage.removeItem(key);
    else if (code !== undefined) localStorage.setItem(key, code);
    return localStorage.getItem(key);
  } catch {
    return null;
  }
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
