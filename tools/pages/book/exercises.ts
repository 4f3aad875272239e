/**
 * Exercises in the page: the notebook's own cell, open for writing, with help at hand.
 *
 * @module
 */
/// <reference lib="dom" />
import { button, type Cell } from "./cell.ts";

/**
 * Makes an exercise of a cell: Run judges it, as in the notebook; hints and the solution come from there, too.
 *
 * @param open Puts the editor in the place of the code.
 * @param ask Runs other code in this cell's place.
 */
export function prepareExercise(cell: Cell, open: () => void, ask: (code: string) => void): void {
  const id = /\bcheck\("(\w+)"/.exec(cell.original)![1]!, { run, edit } = cell.buttons;
  run.textContent = "Check";
  edit.before(
    button("Hint", () => ask(`await lib.hint("${id}");`)),
    button("Solution", () => ask(`await lib.solution("${id}");`)),
  );
  const near = new IntersectionObserver((entries) => {
    if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
    near.disconnect();
    open();
  }, { rootMargin: "300px" }); // the editor is fetched when an exercise comes near
  near.observe(cell.section);
}
