/**
 * Controls of views in a page: real inputs with labels. A number that is dragged in the picture has its own, invisible but reached by
 * Tab, moved by the arrow keys, spoken with its label.
 *
 * @module
 */
/// <reference lib="dom" />
import type { Blank, Button, Choice, Control, Slider, Spot } from "./view.ts";

/** A control in the page: its element, and how it takes a new value. */
export interface Live<S> {
  /** What stands in the page. */
  readonly element: HTMLElement;
  /** Takes the control's new value. */
  take(control: Control<S>): void;
}

/** Lays a number's input over the place in the picture where it stands. */
export function place(element: HTMLElement, panel: HTMLElement, { x, y, width, height }: Spot): void {
  const share = (value: number, whole: string | undefined) => `${100 * value / Number(whole)}%`;
  element.style.left = share(x - width / 2, panel.dataset.width);
  element.style.top = share(y - height / 2, panel.dataset.height);
  element.style.width = share(width, panel.dataset.width);
  element.style.height = share(height, panel.dataset.height);
  if (element.parentElement !== panel) panel.append(element);
}

/** Makes the element of a control. */
export function make<S>(control: Control<S>, set: (change: () => S) => void): Live<S> {
  switch (control.kind) {
    case "slider":
      return makeSlider(control, set);
    case "button":
      return makeButton(set);
    case "choice":
      return makeChoice(control, set);
    case "blank":
      return makeBlank(control, set);
  }
}

function makeSlider<S>(first: Slider<S>, set: (change: () => S) => void): Live<S> {
  let now = first;
  const element = document.createElement("label"), input = document.createElement("input");
  const value = document.createElement("span"); // not an output: the input itself tells its value
  input.type = "range";
  input.setAttribute("aria-label", first.label);
  input.addEventListener("input", () => set(() => now.set(Number(input.value))));
  if (first.at) {
    element.className = "spot";
    element.append(input);
    let from: { x: number; value: number } | null = null;
    element.addEventListener("pointerdown", (event) => {
      if (!event.isPrimary || event.button !== 0) return;
      element.setPointerCapture(event.pointerId);
      from = { x: event.clientX, value: now.value };
      input.focus();
      event.preventDefault();
    });
    element.addEventListener("pointermove", (event) => {
      if (!from) return;
      const moved = from.value + Math.round(event.clientX - from.x) * now.step;
      set(() => now.set(Number(Math.min(now.max, Math.max(now.min, moved)).toFixed(6))));
    });
    element.addEventListener("lostpointercapture", () => from = null); // however it ends
    element.title = "Drag to the left or right, or use the arrow keys";
  } else {
    const name = document.createElement("span");
    name.textContent = first.label;
    element.className = "slider";
    value.ariaHidden = "true";
    element.append(name, input, value);
  }
  return {
    element,
    take: (control) => {
      now = control as Slider<S>;
      Object.assign(input, { min: String(now.min), max: String(now.max), step: String(now.step) });
      if (Number(input.value) !== now.value) input.value = String(now.value);
      const text = now.text ?? String(now.value);
      input.setAttribute("aria-valuetext", text);
      value.textContent = text;
    },
  };
}

function makeButton<S>(set: (change: () => S) => void): Live<S> {
  const element = document.createElement("button");
  let now: Button<S>;
  element.type = "button";
  element.addEventListener("click", () => {
    if (!now.off) set(() => now.act());
  });
  return {
    element,
    take: (control) => {
      now = control as Button<S>;
      element.textContent = now.label;
      element.setAttribute("aria-disabled", String(now.off ?? false)); // not `disabled`: that would lose the focus
      if (now.pressed !== undefined) element.setAttribute("aria-pressed", String(now.pressed));
    },
  };
}

function makeChoice<S>(first: Choice<S>, set: (change: () => S) => void): Live<S> {
  const element = document.createElement("label"), name = document.createElement("span");
  const select = document.createElement("select");
  let now = first;
  name.textContent = first.label;
  element.className = "choice";
  element.append(name, select);
  for (const option of first.options) select.append(new Option(option));
  select.addEventListener("change", () => set(() => now.set(select.selectedIndex)));
  return {
    element,
    take: (control) => {
      now = control as Choice<S>;
      select.selectedIndex = now.value;
    },
  };
}

function makeBlank<S>(first: Blank<S>, set: (change: () => S) => void): Live<S> {
  const element = document.createElement("label"), name = document.createElement("span");
  const input = document.createElement("input"), verdict = document.createElement("output");
  let now = first;
  element.className = "blank";
  Object.assign(input, { type: "text", inputMode: "decimal", autocomplete: "off", size: 8 });
  element.append(name, input, verdict);
  const judge = () => set(() => now.set(input.value));
  input.addEventListener("change", judge); // on leaving the field
  input.addEventListener("keydown", (event) => { // JupyterLab keeps Enter from being a change
    if (event.key === "Enter") judge();
  });
  return {
    element,
    take: (control) => {
      now = control as Blank<S>;
      name.textContent = now.label;
      input.setAttribute("aria-label", now.label);
      input.value = now.value;
      verdict.textContent = now.verdict;
    },
  };
}
