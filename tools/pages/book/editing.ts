/**
 * Changing a cell: the editor, and the way back.
 *
 * @module
 */
/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import { type Cell, keepCode, mark } from "./cell.ts";
import { load } from "./load.ts";

declare global {
  /** editor.ts: an editor around some code. */
  var DIGITS_EDITOR:
    | ((
      place: HTMLElement,
      code: string,
      on: { change(code: string): void; run(): void; label: string },
    ) => { focus(): void })
    | undefined;
}

/** Puts an editor in the place of the code; Shift-Enter in it runs the cell. */
export async function edit(cell: Cell, run: (cell: Cell) => void, focus = true): Promise<void> {
  cell.buttons.edit.hidden = true;
  try {
    await load("editor.js");
  } catch {
    return void mark(cell, "The editor could not be loaded.", "failed");
  }
  const place = editorPlace(cell);
  cell.buttons.reset.hidden = cell.code === cell.original;
  const editor = globalThis.DIGITS_EDITOR!(place, cell.code, {
    change(text) {
      cell.code = text;
      cell.done = false; // what has run was other code
      keepCode(cell, text);
      cell.buttons.reset.hidden = text === cell.original;
    },
    run: () => run(cell),
    label: `Code of cell ${[...document.querySelectorAll("section.cell")].indexOf(cell.section) + 1}`,
  });
  if (focus) editor.focus();
}

/** The code as it was. */
export function reset(cell: Cell): void {
  cell.code = cell.original;
  cell.done = false;
  keepCode(cell, cell.original);
  cell.section.querySelector(".editor")?.remove();
  for (const shown of cell.section.querySelectorAll<HTMLElement>("pre.code, .copy")) shown.hidden = false;
  cell.buttons.edit.hidden = false;
  cell.buttons.reset.hidden = true;
}

/** The place of its editor, empty; the code makes room for it. */
function editorPlace({ section }: Cell): HTMLElement {
  const code = section.querySelector<HTMLElement>("pre.code")!, copy = code.previousElementSibling;
  let place = section.querySelector<HTMLElement>(".editor");
  if (!place) code.after(place = Object.assign(document.createElement("div"), { className: "editor" }));
  code.hidden = true;
  if (copy?.classList.contains("copy")) (copy as HTMLElement).hidden = true;
  place.replaceChildren();
  return place;
}
