/**
 * Cells that run in the page: a kernel in a worker, an editor where one is wanted, outputs as the notebook shows them.
 *
 * @module
 */
/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import type { FromWorker, OwnFile, ToWorker } from "../live/surroundings.ts";
import { load } from "./load.ts";
import { type Bundle, LONGEST_TEXT, outputElement, shortened } from "./outputs.ts";

declare global {
  /** live/kernel_worker.ts as one script. */
  var DIGITS_KERNEL: string | undefined;
  /** Which files there are. */
  var DIGITS_FILE_NAMES: string[] | undefined;
  /** Files that cells read, base64, by their path. */
  var DIGITS_FILES: Record<string, string> | undefined;
  /** editor.ts: an editor around some code. */
  var DIGITS_EDITOR:
    | ((
      place: HTMLElement,
      code: string,
      on: { change(code: string): void; run(): void; label: string },
    ) => { focus(): void })
    | undefined;
}

const PATIENCE = 3000; // milliseconds that a cell has to stop by itself

/** One cell of the page. */
interface Cell {
  readonly section: HTMLElement;
  readonly buttons: Readonly<Record<"run" | "above" | "edit" | "reset", HTMLButtonElement>>;
  readonly status: HTMLElement;
  readonly original: string;
  code: string;
  /** Whether it has run in this kernel. */
  done: boolean;
}

let cells: Cell[] = [];
let kernel: Worker | null = null;
let ready: Promise<void> = Promise.resolve();
const running = new Map<
  number,
  { cell: Cell; fresh: boolean; ids: Map<string, HTMLElement>; end: (error?: string) => void }
>();
let runs = 0;

/** What was typed is kept in this browser; some keep nothing for pages on disk. */
function kept(cell: Cell, code?: string): string | null {
  const key = `digits-cell-${document.body.dataset.chapter}-${cell.section.id}`;
  try {
    if (code === cell.original) localStorage.removeItem(key);
    else if (code !== undefined) localStorage.setItem(key, code);
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function startKernel(): Promise<void> {
  if (kernel) return ready;
  return ready = (async () => {
    await load("kernel.js");
    const address = URL.createObjectURL(new Blob([globalThis.DIGITS_KERNEL!], { type: "text/javascript" }));
    const worker = kernel = new Worker(address);
    await new Promise<void>((resolve, reject) => {
      worker.onerror = (event) => {
        event.preventDefault();
        reject(new Error(`The page's kernel did not start: ${event.message || "this browser is too old for it"}`));
      };
      worker.onmessage = () => resolve();
    });
    worker.onmessage = ({ data }: MessageEvent<FromWorker>) => hear(data);
    if (brought.length) post({ kind: "data", files: brought });
  })();
}

let brought: readonly OwnFile[] = [], judged: ((said: Extract<FromWorker, { kind: "data" }>) => void) | undefined;

/**
 * Files that cells are to load their digits from, from the next kernel on; without any, drawn ones.
 *
 * @returns What was found in them, or why they cannot be used.
 */
export async function bringDigits(files: readonly OwnFile[]): Promise<{ digits: string | null; error?: string }> {
  if (kernel) endKernel("Other digits: the page's kernel starts again. Run the cells from above.");
  brought = files;
  const said = new Promise<Extract<FromWorker, { kind: "data" }>>((resolve) => judged = resolve);
  await startKernel();
  if (!files.length) return { digits: null };
  const { digits, error } = await said;
  if (error) brought = [];
  return { digits, ...error && { error } };
}

/** Files that were found right before: used when the kernel starts. */
export function useDigits(files: readonly OwnFile[]): void {
  brought = files;
}

/** What the cells of this page hold now, by their ids. */
export function codeOfCells(): Map<string, string> {
  return new Map(cells.map(({ section, code }) => [section.id.replace(/^cell-/, ""), code]));
}

/** Ends the kernel; what has run is forgotten, what was typed is not. */
function endKernel(says: string): void {
  kernel?.terminate();
  kernel = null;
  for (const cell of cells) cell.done = false;
  for (const { end } of running.values()) end(says);
}

function post(message: ToWorker): void {
  kernel!.postMessage(message);
}

function hear(message: FromWorker): void {
  if (message.kind === "file") return void fetchFile(message.path);
  if (message.kind === "data") return judged?.(message);
  const run = running.get(message.run);
  if (!run) return;
  const { cell, ids } = run;
  if (run.fresh) { // only now: until something comes, the old outputs stand
    outputsOf(cell).replaceChildren();
    run.fresh = false;
  }
  if (message.kind === "done") {
    if (message.value) append(cell, outputElement({ "text/plain": message.value }));
    return run.end(message.error);
  }
  if (message.type === "stream") {
    const text = String(message.message.text), last = outputsOf(cell).lastElementChild;
    if (!last?.classList.contains("stream")) {
      append(cell, Object.assign(outputElement({ "text/plain": text }), { className: "stream" }));
    } else if (last.textContent!.length < LONGEST_TEXT) last.append(shortened(text));
    return;
  }
  const { data, transient } = message.message as { data: Bundle; transient?: { display_id?: string } };
  const element = outputElement(data), id = transient?.display_id;
  const shown = id ? ids.get(id) : undefined;
  if (shown) shown.replaceWith(element);
  else append(cell, element);
  if (id) ids.set(id, element);
}

async function fetchFile(path: string): Promise<void> {
  const name = path.replaceAll("/", "_");
  if (globalThis.DIGITS_FILE_NAMES!.includes(path)) await load(`files/${name}.js`).catch(() => {});
  const text = globalThis.DIGITS_FILES?.[path];
  const bytes = text === undefined ? null : await unpacked(Uint8Array.from(atob(text), (char) => char.charCodeAt(0)));
  if (kernel) post({ kind: "file", path, bytes });
}

async function unpacked(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

function outputsOf({ section }: Cell): HTMLElement {
  let box = section.querySelector<HTMLElement>(":scope > .outputs");
  if (!box) section.append(box = Object.assign(document.createElement("div"), { className: "outputs" }));
  return box;
}

function append(cell: Cell, element: HTMLElement): void {
  outputsOf(cell).append(element);
}

/** Runs a cell; resolves when it has ended, and says whether well. */
async function runCell(cell: Cell): Promise<boolean> {
  const setUp = cells.find(({ section }) => section.classList.contains("setup"));
  mark(cell, "waiting …", "running");
  try {
    await startKernel();
  } catch (error) {
    mark(cell, (error as Error).message, "failed");
    return false;
  }
  if (setUp && !setUp.done && setUp !== cell && !await runCell(setUp)) return false;
  const number = ++runs, started = performance.now();
  return await new Promise<boolean>((resolve) => {
    const ticking = setInterval(
      () => mark(cell, `running, ${Math.round((performance.now() - started) / 1000)} s`, "running"),
      1000,
    );
    mark(cell, "running …", "running");
    stopButton.hidden = false;
    const end = (error?: string) => {
      clearInterval(ticking);
      running.delete(number);
      if (!running.size) stopButton.hidden = true;
      if (run.fresh) outputsOf(cell).replaceChildren();
      cell.section.classList.add("yours");
      cell.done = !error;
      const seconds = (performance.now() - started) / 1000;
      mark(
        cell,
        error ? "" : `your own output, ${seconds < 10 ? seconds.toFixed(1) : Math.round(seconds)} s`,
        error ? "failed" : "done",
      );
      if (error) {
        unveil(cell);
        append(cell, failure(cell, error));
      }
      resolve(!error);
    };
    const run = { cell, fresh: true, ids: new Map<string, HTMLElement>(), end };
    running.set(number, run);
    post({ kind: "run", run: number, code: cell.code });
  });
}

/** What went wrong, and where a name comes from that is not there yet. */
function failure(cell: Cell, error: string): HTMLElement {
  const box = document.createElement("pre");
  box.className = "error";
  box.textContent = error;
  const above = cells.slice(0, cells.indexOf(cell)).filter(({ done }) => !done);
  if (!/ReferenceError|is not defined/.test(error) || !above.length) return box;
  const button = Object.assign(document.createElement("button"), {
    type: "button",
    textContent: "Run the cells above, and this",
  });
  button.addEventListener("click", () => runThrough(cell));
  box.append("\nThe cells above have not run yet. ", button);
  return box;
}

/** Runs a cell that somebody asked for: whatever a guess has veiled there is to be seen. */
function runAsked(cell: Cell): Promise<boolean> {
  unveil(cell);
  return runCell(cell);
}

function unveil(cell: Cell): void {
  const box = outputsOf(cell);
  box.classList.remove("veiled");
  box.inert = false;
}

/** Runs all cells up to this one that have not run, and this one. */
async function runThrough(cell: Cell): Promise<void> {
  for (const one of cells.slice(0, cells.indexOf(cell) + 1)) {
    if ((!one.done || one === cell) && !await runCell(one)) return;
  }
}

function mark({ status, section }: Cell, text: string, state: "running" | "done" | "failed" | ""): void {
  status.textContent = text;
  section.dataset.state = state;
}

const stopButton = Object.assign(document.createElement("button"), {
  type: "button",
  className: "stop",
  textContent: "Stop",
  hidden: true,
});

/** Asks what runs to stop and keep everything; ends the kernel if it does not. */
function stop(): void {
  if (!kernel) return;
  post({ kind: "stop" });
  const first = [...running.keys()][0];
  setTimeout(() => {
    if (first !== undefined && running.has(first)) {
      endKernel(
        "It did not stop by itself, so the page's kernel was ended and a new one waits. What you typed is still there; run the cells above again.",
      );
    }
  }, PATIENCE);
}

function button(label: string, act: () => void): HTMLButtonElement {
  const made = Object.assign(document.createElement("button"), { type: "button", textContent: label });
  made.addEventListener("click", act);
  return made;
}

/** Gives every code cell of the page its buttons. */
export function prepareCells(): void {
  cells = [...document.querySelectorAll<HTMLElement>("section.cell")].map((section): Cell => {
    const bar = Object.assign(document.createElement("div"), { className: "bar" });
    const status = Object.assign(document.createElement("span"), { className: "status" });
    status.setAttribute("role", "status");
    const original = section.querySelector("pre.code code")!.textContent!;
    const cell: Cell = {
      ...{ section, status, original, code: original, done: false },
      buttons: {
        run: button("Run", () => runAsked(cell)),
        above: button("Run above", () => runThrough(cell)),
        edit: button("Edit", () => edit(cell)),
        reset: button("Reset", () => reset(cell)),
      },
    };
    cell.buttons.reset.hidden = true;
    const { run, above, edit: change, reset: back } = cell.buttons;
    bar.append(run, above, change, back, status);
    (section.querySelector("details") ?? section.querySelector("pre.code")!).after(bar);
    const typed = kept(cell);
    if (typed !== null) {
      cell.code = typed;
      edit(cell, false);
    }
    return cell;
  });
  stopButton.addEventListener("click", stop);
  if (cells.length) document.body.append(stopButton);
}

/** Puts other code into a cell, as if it had been typed. */
export function setCode(section: HTMLElement, code: string): void {
  const cell = cells.find((one) => one.section === section);
  if (cell) cell.code = code;
}

/** Puts an editor in the place of the code. */
async function edit(cell: Cell, focus = true): Promise<void> {
  const code = cell.section.querySelector<HTMLElement>("pre.code")!;
  cell.buttons.edit.hidden = true;
  try {
    await load("editor.js");
  } catch {
    return void mark(cell, "The editor could not be loaded.", "failed");
  }
  let place = cell.section.querySelector<HTMLElement>(".editor");
  if (!place) {
    place = Object.assign(document.createElement("div"), { className: "editor" });
    code.after(place);
  }
  code.hidden = true;
  const copy = code.previousElementSibling as HTMLElement | null;
  if (copy?.classList.contains("copy")) copy.hidden = true;
  place.replaceChildren();
  cell.buttons.reset.hidden = cell.code === cell.original;
  const editor = globalThis.DIGITS_EDITOR!(place, cell.code, {
    change(text) {
      cell.code = text;
      kept(cell, text);
      cell.buttons.reset.hidden = text === cell.original;
    },
    run: () => void runAsked(cell),
    label: `Code of cell ${cells.indexOf(cell) + 1}`,
  });
  if (focus) editor.focus();
}

/** The code as it was. */
function reset(cell: Cell): void {
  cell.code = cell.original;
  kept(cell, cell.original);
  cell.section.querySelector(".editor")?.remove();
  cell.section.querySelector<HTMLElement>("pre.code")!.hidden = false;
  cell.buttons.edit.hidden = false;
  cell.buttons.reset.hidden = true;
}
