/**
 * The one file that knows the notebook: showing, waiting until it is shown, the stop button.
 *
 * The Deno kernel can lose an output that is not awaited, and it ends, with all its state, when the stop
 * button is pressed. Everything here awaits what it shows, and the stop button only sets a flag that
 * training looks at. Outside a notebook the same functions print plain text.
 *
 * @module
 */
import { format } from "../format.ts";
import { type Matrix, shape } from "../matrix.ts";
import { escapeText, type Figure, type Picture } from "../plots/figure.ts";
import type { Answering } from "../plots/views/view.ts";
import { denoTooOld } from "./deno_version.ts";

/**
 * Pauses, and their milliseconds, in which the kernel sends an output: another of its threads does that, and puts it below
 * the cell that runs by then. With none, "Run All" on a busy machine put an output below the next cell; with a single one
 * of 10, nbclient lost one of 480. Several short ones tell how busy the machine is: there each ends late, and a long one follows.
 */
const PAUSES = 5, PAUSE = 3, LATE = 10, LONG_PAUSE = 150;

/** An output in several forms, by media type; a front end shows the best that it can. */
export type Bundle = Record<string, unknown>;
type Jupyter = typeof Deno.jupyter;

const jupyter: Jupyter | null = (() => {
  try {
    return Deno.jupyter;
  } catch { // reading Deno.jupyter throws outside a kernel
    return null;
  }
})();

/** The project's own runner draws pictures itself: with plotly.js loaded once, and only those that stay. */
const drawnLater = jupyter !== null && Deno.env.get("DIGITS_PICTURES") === "later";

let stopPressed = false;
if (jupyter) {
  Deno.addSignalListener("SIGINT", () => { // without a listener, the stop button would end the kernel
    stopPressed = true;
  });
}

const version = globalThis.Deno?.version.deno; // none in a browser
let tooOld = version ? denoTooOld(version) : null;
// a kernel of Deno 2.8 shows no error, so there the first output is preceded by this one
if (tooOld && !(jupyter && version!.startsWith("2.8."))) throw new Error(tooOld);

/** Lets the stop button, timers and outputs have their turn; call it once per step of a long loop. */
export function tick(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** Whether the stop button was pressed since the last training began. */
export function stopRequested(): boolean {
  return stopPressed;
}

/** Forgets that the stop button was pressed; each training begins with this. */
export function resetStop(): void {
  stopPressed = false;
}

/** Whether this code runs in a notebook. */
export function inNotebook(): boolean {
  return jupyter !== null;
}

/**
 * Sends an output to the notebook and waits until it is on its way; outside a notebook, prints its plain text.
 *
 * @param kind `display_data`, or `update_display_data` for one that is shown already.
 * @param data The output in its forms.
 * @param displayId A name by which it can be updated.
 */
export async function broadcast(kind: string, data: Bundle, displayId?: string, metadata = {}): Promise<void> {
  if (!jupyter) {
    if (kind === "display_data") console.log(data["text/plain"]);
    return;
  }
  if (tooOld) {
    const warning = { data: { "text/plain": tooOld }, metadata: {}, transient: {} };
    tooOld = null;
    await jupyter.broadcast("display_data", warning);
  }
  await jupyter.broadcast(kind, { data, metadata, transient: displayId ? { display_id: displayId } : {} });
  const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
  const begun = performance.now();
  for (let i = 0; i < PAUSES; i++) await pause(PAUSE);
  if (performance.now() - begun > PAUSES * PAUSE + LATE) await pause(LONG_PAUSE);
}

/**
 * Shows a figure, a picture, or a picture that answers: interactive where the front end can, as a PNG everywhere else.
 *
 * @param shown What a function of `plots/` returned.
 */
export async function show(shown: Figure | Picture | Answering): Promise<void> {
  if ("view" in shown) await showView(shown);
  else await showAs("display_data", shown);
}

/** Shows a figure or a picture, or puts it in the place of another, under a name. */
export async function showAs(
  kind: string,
  shown: Figure | Picture,
  displayId?: string,
  ...quality: [zoom?: number, colours?: number]
): Promise<void> {
  const { width, height } = "svg" in shown ? shown : shown.layout;
  const png = { alt: shown.caption, width, height }; // what a screen reader says; and two dots for each pixel of the page
  await broadcast(kind, await bundle(shown, ...quality), displayId, jupyter ? { "image/png": png } : {});
}

/**
 * A picture that answers: the still picture, small, as an output of its own, and then a place with its numbers, which the script that
 * {@linkcode letPicturesAnswer} has shown brings to life, hiding the still one. Two outputs, because GitHub and others take every tag out
 * of an HTML output but leave pictures alone; no script in the second, because they would print it.
 */
async function showView({ view, values, still }: Answering): Promise<void> {
  await showAs("display_data", still, undefined, 1, 16);
  const json = escapeText(JSON.stringify(values)), { width, height } = still;
  const hint = "This picture answers, where scripts may run: run the first cell of the chapter, or trust the notebook.";
  await broadcast("display_data", {
    "text/html":
      `<div class="digits-view" data-view="${view}" data-still="${width} ${height}" data-values="${json}">${hint}</div>`,
    "text/plain": jupyter ? hint : "",
  });
}

/**
 * Shows, once in a notebook, the script behind its pictures that answer: this library's own functions, made for pages. It stands in the
 * set-up cell, so that no other cell repeats it, and whoever runs a cell has it.
 */
export async function letPicturesAnswer(): Promise<void> {
  await broadcast("display_data", {
    "application/javascript": await Deno.readTextFile(new URL("../plots/views/views.js", import.meta.url)),
    "text/plain": "Some pictures of this chapter answer: drag their numbers, or use the arrow keys.",
  });
}

/**
 * Writes a figure or a picture to a PNG file.
 *
 * @param shown What a function of `plots/` returned.
 * @param path Where to; a relative path starts at the notebook.
 */
export async function savePicture(shown: Figure | Picture, path: string | URL): Promise<void> {
  const { toPng } = await import("../plots/static.ts");
  await Deno.writeFile(path, await toPng(shown));
}

/** The PNG, with two dots for each pixel where nothing is said, for the screens of today; or what our runner needs to draw it. */
async function still(shown: Figure | Picture, zoom = 2, colours?: number): Promise<Bundle> {
  if (drawnLater) {
    return { "application/vnd.digits.picture+json": { ..."svg" in shown && { svg: shown.svg }, zoom, colours } };
  }
  const { toPng } = await import("../plots/static.ts"); // late: plotly is large
  return { "image/png": (await toPng(shown, zoom, colours)).toBase64() };
}

/** A figure or a picture in all its forms: Plotly, PNG and one sentence. */
async function bundle(shown: Figure | Picture, ...quality: [zoom?: number, colours?: number]): Promise<Bundle> {
  if (!jupyter) return { "text/plain": shown.caption };
  const plotly = "data" in shown
    ? { "application/vnd.plotly.v1+json": { data: shown.data, layout: shown.layout, config: { displaylogo: false } } }
    : {};
  return { ...plotly, ...await still(shown, ...quality), "text/plain": shown.caption };
}

/** Prints one line: text as it is, other values in short form. */
export async function log(...values: unknown[]): Promise<void> {
  const text = values.map((value) => typeof value === "string" ? value : format(value)).join(" ");
  await broadcast("display_data", { "text/plain": text });
}

/**
 * Shows rows as a table.
 *
 * @param rows Objects with the same keys; the keys become the header.
 */
export async function table(rows: readonly Readonly<Record<string, string | number>>[]): Promise<void> {
  const names = Object.keys(rows[0] ?? {});
  const cells = rows.map((row) => names.map((name) => String(row[name] ?? "")));
  const widths = names.map((name, c) => Math.max(name.length, ...cells.map((row) => row[c]!.length)));
  const line = (row: readonly string[]) => row.map((cell, c) => cell.padEnd(widths[c]!)).join("  ").trimEnd();
  const tag = (name: string, row: readonly string[]) =>
    `<tr>${row.map((cell) => `<${name} style="text-align:left">${escapeText(cell)}</${name}>`).join("")}</tr>`;
  await broadcast("display_data", {
    "text/html": `<table><thead>${tag("th", names)}</thead><tbody>${
      cells.map((row) => tag("td", row)).join("")
    }</tbody></table>`,
    "text/plain": [line(names), ...cells.map(line)].join("\n"),
  });
}

/**
 * The shapes of some matrices, read from the values themselves, so that they cannot go stale.
 *
 * @param matrices By the names they have in the formulas.
 */
export async function shapes(matrices: Readonly<Record<string, Matrix>>): Promise<void> {
  await table(
    Object.entries(matrices).map(([name, m]) => ({
      name,
      "shape (rows × columns)": shape(m),
      numbers: m.data.length.toLocaleString("en"),
      "first values": Array.from(m.data.subarray(0, 3), (value) => String(Number(value.toFixed(4)))).join(", ") +
        (m.data.length > 3 ? ", …" : ""),
    })),
  );
}
