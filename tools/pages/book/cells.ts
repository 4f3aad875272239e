/**
 * Cells that run in the page: a kernel in a worker, an editor where one is wanted, outputs as the notebook shows them.
 *
 * @module
 */
/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import { append, button, type Cell, heedOtherTabs, keptCode, mark, outputsOf, unveil } from "./cell.ts";
import { edit, reset } from "./editing.ts";
import type { OwnFile } from "../live/surroundings.ts";
import { prepareExercise } from "./exercises.ts";
import { type FromRun, kernelRuns, killKernel, listen, post, startKernel, type Tried, tryDigits } from "./kernel.ts";
import { type Bundle, LONGEST_TEXT, outputElement, shortened } from "./outputs.ts";

const PATIENCE = 3000; // milliseconds that a cell has to stop by itself

let cells: Cell[] = [];
const running = new Map<
  number,
  { cell: Cell; fresh: boolean; ids: Map<string, HTMLElement>; end: (error?: string) => void }
>();
let runs = 0;

/** As `tryDigits`; what has run belongs to other digits then. */
export async function bringDigits(files: readonly OwnFile[]): Promise<Tried> {
  if (kernelRuns()) endKernel("Other digits: the page's kernel starts again. Run the cells from above.");
  return await tryDigits(files);
}

/** What the cells of this page hold now, by their ids. */
export function codeOfCells(): Map<string, string> {
  return new Map(cells.map(({ section, code }) => [section.id.replace(/^cell-/, ""), code]));
}

/** Ends the kernel; what has run is forgotten, what was typed is not. */
function endKernel(says: string): void {
  killKernel();
  for (const cell of cells) cell.done = false;
  for (const { end } of running.values()) end(says);
}

function hear(message: FromRun): void {
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
      () => {
        const seconds = Math.round((performance.now() - started) / 1000);
        const late = seconds > 4 && cell.section.classList.contains("exercise");
        mark(cell, `running, ${seconds} s${late ? ": a loop that never ends? Press Stop" : ""}`, "running");
      },
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
  const all = button("Run the cells above, and this", () => runThrough(cell));
  box.append("\nThe cells above have not run yet. ", all);
  return box;
}

/** Runs a cell that somebody asked for: whatever a guess has veiled there is to be seen. */
function runAsked(cell: Cell): Promise<boolean> {
  unveil(cell);
  return runCell(cell);
}

/** Runs all cells up to this one that have not run, and this one. */
async function runThrough(cell: Cell): Promise<void> {
  for (const one of cells.slice(0, cells.indexOf(cell) + 1)) {
    if ((!one.done || one === cell) && !await runCell(one)) return;
  }
}

const stopButton = Object.assign(document.createElement("button"), {
  type: "button",
  className: "stop",
  textContent: "Stop",
  hidden: true,
});

/** Asks what runs to stop and keep everything; ends the kernel if it does not. */
function stop(): void {
  if (!kernelRuns()) return;
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

/** Gives every code cell of the page its buttons. */
export function prepareCells(): void {
  listen(hear);
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
        edit: button("Edit", () => edit(cell, runAsked)),
        reset: button("Reset", () => reset(cell)),
      },
    };
    cell.buttons.reset.hidden = true;
    const { run, above, edit: change, reset: back } = cell.buttons;
    bar.append(run, above, change, back, status);
    (section.querySelector("details") ?? section.querySelector("pre.code")!).after(bar);
    const typed = keptCode(cell);
    if (section.classList.contains("exercise")) {
      prepareExercise(cell, () => edit(cell, runAsked, false), (code) => runCell({ ...cell, code }));
    }
    if (typed !== null) {
      cell.code = typed;
      edit(cell, runAsked, false);
    }
    return cell;
  });
  stopButton.addEventListener("click", stop);
  if (!cells.length) return;
  mark(cells[0]!, "Every cell runs here, in the page: Run; or Edit, and Shift-Enter.", "");
  document.body.append(stopButton);
  heedOtherTabs(cells);
}

/** Puts other code into a cell, as if it had been typed. */
export function setCode(section: HTMLElement, code: string): void {
  const cell = cells.find((one) => one.section === section);
  if (cell) cell.code = code;
}
