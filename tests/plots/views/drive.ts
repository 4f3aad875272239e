// Drives a view without a page: pushes its controls by their labels.
import { assert } from "@std/assert";
import type { Answering, Control, Phase, View } from "../../../lib/plots/views/view.ts";
import { VIEWS } from "../../../lib/plots/views/mod.ts";

/** A view and how it stands. */
export interface Driven<S, A> {
  readonly state: S;
  readonly answer: A;
  readonly said: string;
  readonly svg: string;
  /** What a screen reader says of the pictures. */
  readonly captions: string;
  readonly controls: readonly Control<S>[];
  slide(label: string, value: number): void;
  press(label: string): void;
  choose(label: string, option: string): void;
  fill(label: string, text: string): string;
  play(steps: number): void;
  point(panel: number, x: number, y: number, phase: Phase): void;
  key(key: string): void;
}

/** Takes hold of a view. */
export function drive<S, A>(view: View<S, A>): Driven<S, A> {
  let state = view.start;
  const found = <K extends Control<S>["kind"]>(kind: K, label: string) => {
    const all = view.controls(state, view.answer(state));
    const control = all.find((one) => one.kind === kind && one.label === label);
    assert(control, `no ${kind} "${label}" among ${all.map((one) => one.label).join(", ")}`);
    return control as Extract<Control<S>, { kind: K }>;
  };
  return {
    get state() {
      return state;
    },
    get answer() {
      return view.answer(state);
    },
    get said() {
      return view.say(state, view.answer(state));
    },
    get svg() {
      return view.draw(state, view.answer(state)).map(({ svg }) => svg).join("\n");
    },
    get captions() {
      return view.draw(state, view.answer(state)).map(({ caption }) => caption).join("\n");
    },
    get controls() {
      return view.controls(state, view.answer(state));
    },
    slide: (label, value) => state = found("slider", label).set(value),
    press: (label) => {
      const button = found("button", label);
      assert(!button.off, `"${label}" is off`);
      state = button.act();
    },
    choose: (label, option) => {
      const choice = found("choice", label), index = choice.options.indexOf(option);
      assert(index >= 0, `no "${option}" among ${choice.options.join(", ")}`);
      state = choice.set(index);
    },
    fill: (label, text) => {
      state = found("blank", label).set(text);
      const after = view.controls(state, view.answer(state)).find((one) => one.kind === "blank");
      assert(after?.kind === "blank" || view.say(state, view.answer(state)).startsWith("All "), "the blank is gone");
      return after?.kind === "blank" && after.label === label ? after.verdict : "right"; // on to the next, or done
    },
    play: (steps) => {
      for (let k = 0; k < steps; k++) state = view.play!(state) ?? state;
    },
    point: (panel, x, y, phase) => state = view.point!(state, panel, x, y, phase),
    key: (key) => state = view.key!(state, key) ?? state,
  };
}

/** The view that a page would make of what a notebook keeps: its numbers go through JSON. */
// deno-lint-ignore no-explicit-any -- of any kind
export function kept({ view, values }: Answering): View<any, any> {
  return VIEWS[view]!(JSON.parse(JSON.stringify(values)));
}
