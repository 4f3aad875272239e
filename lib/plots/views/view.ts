/**
 * Pictures that answer: numbers that can be pushed, and pictures that follow.
 *
 * A view is a set of pure functions around a state: what is computed from it (by the functions of this library, none of its own), the
 * pictures of that, one sentence, and what may be changed. So a test can push a number without a browser, and the same functions
 * make the still picture that stands where scripts do not run. `page.ts`, `mount.ts` and `controls.ts` alone know a page.
 *
 * @module
 */
import type { Picture } from "../figure.ts";
import { drawing } from "../svg.ts";

/** A number between two ends. */
export interface Slider<S> {
  readonly kind: "slider";
  /** What is set; no two controls of a view have the same label. */
  readonly label: string;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly value: number;
  /** The value in words, with its unit; the number where nothing is said. */
  readonly text?: string;
  /** The state with another value. */
  set(value: number): S;
  /** Where in a picture the number stands: there it is dragged, and has no line of its own. */
  readonly at?: Spot;
}

/** A place in the picture with this index, in its pixels; x and y are the middle. */
export interface Spot {
  readonly panel: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Something to do. */
export interface Button<S> {
  readonly kind: "button";
  readonly label: string;
  /** What it is called where its label changes, so that it stays the same button, and keeps the focus. */
  readonly id?: string;
  /** Whether it cannot be done now. */
  readonly off?: boolean;
  /** Whether it is switched on, for buttons that stay. */
  readonly pressed?: boolean;
  act(): S;
}

/** One of several. */
export interface Choice<S> {
  readonly kind: "choice";
  readonly label: string;
  readonly options: readonly string[];
  readonly value: number;
  set(index: number): S;
}

/** A number to fill in, judged at once. */
export interface Blank<S> {
  readonly kind: "blank";
  readonly label: string;
  /** As with a button. */
  readonly id?: string;
  readonly value: string;
  /** What the judge says of it. */
  readonly verdict: string;
  set(text: string): S;
}

/** What may be changed. */
export type Control<S> = Slider<S> | Button<S> | Choice<S> | Blank<S>;

/** A picture that answers. */
export interface View<S = unknown, A = unknown> {
  /** How it stands at first. */
  readonly start: S;
  /** All that is computed from the state. */
  answer(state: S): A;
  /** The pictures, from left to right; on a narrow screen one below the other. */
  draw(state: S, answer: A): readonly Picture[];
  /** One sentence with the numbers that matter. */
  say(state: S, answer: A): string;
  /** What may be changed, in the order in which it is reached. */
  controls(state: S, answer: A): readonly Control<S>[];
  /** Where it moves by itself: the next state, or null at the end; played only when the reader asks for it. */
  play?(state: S): S | null;
  /** Milliseconds between two states of the play; as fast as the page can where nothing is said. */
  readonly pace?: number;
  /** What one state of it is; "One step" where nothing is said. */
  readonly stepName?: string;
  /** Where a finger or the mouse points at a picture, in its pixels. */
  point?(state: S, panel: number, x: number, y: number, phase: Phase): S;
  /** What a key does, where the first picture has the focus; null if nothing. */
  key?(state: S, key: string): S | null;
}

/** How something points: pressed, pressed and moving, let go; or a mouse that only passes. */
export type Phase = "down" | "move" | "up" | "hover";

/** A view by name with its numbers: what a notebook shows, and keeps. */
export interface Answering {
  /** Which view of `mod.ts`. */
  readonly view: string;
  /** Its numbers, as JSON keeps them. */
  readonly values: unknown;
  /** The picture where scripts do not run, with the sentence as its caption. */
  readonly still: Picture;
}

/** A maker of views. */
// deno-lint-ignore no-explicit-any -- a catalogue holds makers of all kinds; each checks its own numbers
export type ViewMaker<V = any> = (values: V) => View<any, any>;

/** A view with its still picture; of another state than the first, if one is given. */
export function answering<V>(view: string, make: ViewMaker<V>, values: V, state?: unknown): Answering {
  return { view, values, still: stillOf(make(values), state) };
}

const WIDEST = 780, GAP = 20;

/** A view as one picture, as it stands at first where nothing is said. */
export function stillOf<S, A>(view: View<S, A>, state = view.start): Picture {
  const answer = view.answer(state);
  return { ...sideBySide(view.draw(state, answer)), caption: view.say(state, answer) };
}

/** Pictures side by side, in as many rows as they need. */
export function sideBySide(pictures: readonly Picture[]): { svg: string; width: number; height: number } {
  let x = 0, y = 0, row = 0, width = 0;
  const parts = pictures.map((picture) => {
    if (x > 0 && x + picture.width > WIDEST) [x, y, row] = [0, y + row + GAP, 0];
    const part = picture.svg.replace("<svg ", `<svg x="${x}" y="${y}" `);
    x += picture.width + GAP;
    row = Math.max(row, picture.height);
    width = Math.max(width, x - GAP);
    return part;
  });
  return drawing(width, y + row, parts);
}

/** A number as these pictures write it: a real minus sign, as many decimals as asked, and what overflowed as what it is. */
export function told(value: number, decimals = 3): string {
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "−∞";
  const text = Math.abs(value) >= 1e7 ? value.toExponential(1) : value.toFixed(decimals);
  return /^-[0.]*$/.test(text) ? text.slice(1) : text.replaceAll("-", "−");
}

/** The same in brackets if negative, for the middle of a sum. */
export function inBrackets(value: number, decimals = 3): string {
  const text = told(value, decimals);
  return text.startsWith("−") ? `(${text})` : text;
}

/** A name with its article: a 7, an 8. */
export function withArticle(name: string): string {
  return `${/^[aeio8]/i.test(name) ? "an" : "a"} ${name}`;
}

/** Words as they begin a sentence. */
export function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
