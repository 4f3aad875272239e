/**
 * Views in a page: controls, pictures that follow, pointer, keyboard, dark and light. What is pushed is drawn with the next frame.
 *
 * Everything stands in a shadow root, so that the style of a notebook and of a view leave each other alone.
 *
 * @module
 */
/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import type { Picture } from "../figure.ts";
import { type Live, make, place } from "./controls.ts";
import type { Control, Phase, View } from "./view.ts";
import { STYLE } from "./style.ts";

/** Makes a view live inside an element of the page; the state can be read from the element as `answers`, for tests. */
export function mount<S, A>(host: HTMLElement, view: View<S, A>): void {
  const root = host.attachShadow({ mode: "open" });
  host.dataset.lmSuppressShortcuts = "true"; // JupyterLab: what is typed here is no command of the notebook
  root.adoptedStyleSheets = [sheetOf(STYLE)]; // a page's policy may allow no style element
  root.innerHTML =
    '<div class="view"><div class="panels"></div><p class="say" role="status"></p><div class="controls"></div></div>';
  const panels = root.querySelector<HTMLElement>(".panels")!, said = root.querySelector<HTMLElement>(".say")!;
  const controls = root.querySelector<HTMLElement>(".controls")!, frame = root.querySelector<HTMLElement>(".view")!;
  const live = new Map<string, Live<S>>();
  let state = view.start, waiting = false, playing = false, timer: ReturnType<typeof setTimeout> | undefined;

  const set = (change: () => S) => {
    try {
      const next = change();
      if (next === state) return;
      state = next;
    } catch (error) {
      failed(error);
    }
    redraw();
  };
  const redraw = () => {
    if (waiting) return;
    waiting = true; // once a frame, however fast the mouse
    requestAnimationFrame(render);
  };
  const render = () => {
    waiting = false;
    try {
      const answer = view.answer(state);
      Object.assign(host, { answers: { state, answer } });
      drawPanels(view.draw(state, answer));
      arrange(view.controls(state, answer));
      const text = view.say(state, answer);
      if (said.textContent !== text) said.textContent = text;
    } catch (error) {
      failed(error);
    }
    if (playing) timer ??= setTimeout(advance, view.pace ?? 0); // one at a time: what else is pushed does not hurry it
  };
  const failed = (error: unknown) => { // a view says what overflowed; this is for what nobody foresaw
    said.textContent = `This cannot be computed: ${(error as Error).message}`;
    playing = false;
  };
  const play = (on: boolean) => {
    playing = on;
    said.ariaLive = on ? "off" : "polite"; // nobody can listen to sixty sentences a second
    redraw();
  };
  const advance = () => {
    timer = undefined;
    if (!playing) return;
    const before = state;
    set(() => (host.isConnected ? view.play!(state) : null) ?? state);
    if (state === before) play(false);
  };

  const drawPanels = (pictures: readonly Picture[]) => {
    while (panels.children.length > pictures.length) panels.lastElementChild!.remove();
    pictures.forEach((picture, i) => {
      const panel = panels.children[i] as HTMLElement ?? panels.appendChild(newPanel(i));
      const svg = new DOMParser().parseFromString(picture.svg, "image/svg+xml").documentElement;
      svg.setAttribute("role", "img");
      svg.setAttribute("aria-label", picture.caption);
      panel.style.maxWidth = `${picture.width}px`;
      panel.dataset.width = String(picture.width);
      panel.dataset.height = String(picture.height);
      panel.querySelector("svg")?.remove();
      panel.prepend(svg);
    });
  };
  const newPanel = (index: number) => {
    const panel = document.createElement("div");
    panel.className = "panel";
    const pointed = (event: PointerEvent, phase: Phase) => {
      const box = panel.getBoundingClientRect(), zoom = Number(panel.dataset.width) / box.width;
      const [x, y] = [(event.clientX - box.left) * zoom, (event.clientY - box.top) * zoom];
      set(() => view.point!(state, index, x, y, phase));
    };
    if (view.point) {
      panel.classList.add("pointed");
      panel.addEventListener("pointerdown", (event) => {
        if (!event.isPrimary || event.button !== 0) return; // neither a second finger nor a menu
        if (event.target instanceof HTMLElement && event.target.closest(".spot")) return;
        panel.setPointerCapture(event.pointerId);
        pointed(event, "down");
      });
      panel.addEventListener("pointermove", (event) => {
        if (panel.hasPointerCapture(event.pointerId)) pointed(event, "move");
        else if (event.pointerType === "mouse") pointed(event, "hover");
      });
      panel.addEventListener("lostpointercapture", (event) => pointed(event, "up")); // however it ends
    }
    if (view.key && index === 0) {
      panel.classList.add("keyed");
      panel.tabIndex = 0;
      panel.setAttribute("role", "application");
      panel.setAttribute(
        "aria-label",
        "A board to draw on: arrow keys move the pen, the space bar lifts it or sets it down",
      );
      panel.addEventListener("keydown", (event) => {
        if (event.altKey || event.ctrlKey || event.metaKey || event.key === "Tab") return;
        const next = view.key!(state, event.key);
        if (next === null) return;
        event.preventDefault();
        set(() => next);
      });
    }
    return panel;
  };

  const arrange = (wanted: readonly Control<S>[]) => {
    const all: readonly Control<S>[] = view.play ? [...wanted, ...playControls()] : wanted;
    const nameOf = (control: Control<S>) => `${control.kind} ${"id" in control && control.id || control.label}`;
    const names = new Set(all.map(nameOf));
    for (const [name, { element }] of live) {
      if (names.has(name)) continue;
      element.remove();
      live.delete(name);
    }
    let before: Element | null = null;
    for (const control of all) {
      const name = nameOf(control), spot = control.kind === "slider" ? control.at : undefined;
      let made = live.get(name);
      if (!made) live.set(name, made = make(control, set));
      made.take(control);
      const { element } = made;
      if (spot) place(element, panels.children[spot.panel] as HTMLElement, spot);
      else {
        const next: Element | null = before ? before.nextElementSibling : controls.firstElementChild;
        if (next !== element) controls.insertBefore(element, next);
        before = element;
      }
    }
  };
  const playControls = (): Control<S>[] => [
    { kind: "button", id: "play", label: playing ? "Pause" : "Play", act: () => (play(!playing), state) },
    { kind: "button", label: view.stepName ?? "One step", off: playing, act: () => view.play!(state) ?? state },
  ];

  redraw();
  shade(frame, host);
  shaded.add(new WeakRef(frame));
  host.addEventListener("pointerenter", () => shade(frame, host)); // a theme's style sheet may come late
}

/** The frames of all views of the page, as long as they live: their paper follows the page's. */
const shaded = new Set<WeakRef<HTMLElement>>();

/** Turns a view's paper over where what lies behind it is dark. */
function shade(frame: HTMLElement, host: Element): void {
  frame.classList.toggle("dark", isDark(host));
}

/** Follows the theme of the page from now on; `page.ts` asks for it once. */
export function followTheme(): void {
  const all = () => {
    for (const reference of shaded) {
      const frame = reference.deref(), root = frame?.getRootNode();
      if (!frame) shaded.delete(reference);
      else if (root instanceof ShadowRoot) shade(frame, root.host);
    }
  };
  const watcher = new MutationObserver(all);
  for (const element of [document.documentElement, document.body]) watcher.observe(element, { attributes: true });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", all);
}

/** A style sheet that is made once. */
export function sheetOf(text: string): CSSStyleSheet {
  const sheet = sheets.get(text) ?? new CSSStyleSheet();
  if (!sheets.has(text)) sheet.replaceSync(text);
  sheets.set(text, sheet);
  return sheet;
}

const sheets = new Map<string, CSSStyleSheet>();

/** Whether the nearest thing behind an element that has a colour is dark. */
function isDark(element: Element): boolean {
  for (let at: Element | null = element; at; at = at.parentElement) {
    const [r, g, b, alpha = 1] = (getComputedStyle(at).backgroundColor.match(/[\d.]+/g) ?? []).map(Number);
    if (r !== undefined && alpha > 0.5) return 0.3 * r + 0.6 * g! + 0.1 * b! < 128;
  }
  return false;
}
