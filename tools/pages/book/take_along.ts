/**
 * What a reader wrote in the book, guesses, code and progress, as one file, for another browser or another day.
 *
 * @module
 */
/// <reference lib="dom" />
import { keep, kept, keptNames } from "../kept.ts";
import { button } from "./cell.ts";

/** Lets the browser save a text as a file. */
export function download(name: string, text: string, type: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
}

/** Puts the button that saves all that was written, and the field that brings it back. */
export function prepareTakingAlong(place: HTMLElement): void {
  const said = document.createElement("output"),
    field = document.createElement("input"),
    label = document.createElement("label");
  Object.assign(field, { type: "file", accept: ".json" });
  label.append("or bring it back ", field);
  const save = button("Save all that you wrote in this book", () => {
    const all = Object.fromEntries(keptNames().map((name) => [name, kept(name)]));
    if (!Object.keys(all).length) return void (said.textContent = "Nothing has been written yet.");
    download("digits-from-scratch.json", JSON.stringify(all, null, 1), "application/json");
  });
  field.addEventListener("change", async () => {
    const [file] = field.files!;
    try {
      const all = Object.entries(JSON.parse(await file!.text()));
      if (!all.length || !all.every(([, text]) => typeof text === "string")) throw new SyntaxError("no texts by name");
      if (!all.every(([name, text]) => keep(name, text as string))) {
        return void (said.textContent = "This browser keeps nothing for pages on disk.");
      }
      location.reload();
    } catch {
      said.textContent = `${file!.name} is no file that was saved here.`;
    }
  });
  place.append(save, label, said);
}
