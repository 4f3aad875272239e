/**
 * The drawing pad: reads what is drawn with the course's own code, in the browser.
 *
 * @module
 */
/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import { classify } from "../../../lib/tutorials/classify.ts";
import { fitDigit } from "../../../lib/images/fit_digit.ts";
import { type PhotoStages, preparePhoto, preparePhotoRaw } from "../../../lib/images/prepare_photo.ts";
import { resize } from "../../../lib/images/grey_image.ts";
import type { Network } from "../../../lib/network/network.ts";
import { networkFromSafetensors } from "../../../lib/formats/safetensors.ts";
import { fromBase64 } from "../../../lib/plots/views/packed.ts";
import { byId, pageData } from "../page_script.ts";
import { keptOwn } from "../own_network.ts";
import type { PadNetwork } from "./pad_network.ts";
import { prepareCamera } from "./camera.ts";
import { copyPixels, saveBoard } from "./keep.ts";
import { leadByKeys } from "./keys.ts";
import { MOMENTS, showMind, strokesAt } from "./mind.ts";
import { acceptPhotos, greyOf } from "./photo.ts";
import { BOARD, Drawing, pointsOf, type Stroke } from "./strokes.ts";
import {
  drawBoard,
  drawLayers,
  drawSeen,
  inkOf,
  makeBars,
  makeCards,
  numberOn,
  paint,
  percent,
  showBars,
  verdict,
} from "./view.ts";
import { explain } from "./why.ts";

const board = byId<HTMLCanvasElement>("board"),
  pen = byId<HTMLInputElement>("pen"),
  centre = byId<HTMLInputElement>("centre");
const given = pageData<PadNetwork[]>(), own = given.some(({ parts }) => parts) ? null : keptOwn();
const networks = (own ? [...given, own] : given).map((one) => ({
  ...one,
  network: networkFromSafetensors(fromBase64(one.weights), one.id),
}));

const drawing = new Drawing();
let photo: { bitmap: ImageBitmap; stages: PhotoStages } | null = null;
let chosen = given.length - 1;
let moment = MOMENTS; // what is shown: all that was drawn, or less
let ribbonOf: readonly Stroke[] | null = null; // whose changes of mind the ribbon shows
let pixels = new Uint8Array(784), due = false, speaking: ReturnType<typeof setTimeout> | undefined;

// ---- from strokes to pixels -----------------------------------------------------------------------------------------

function toPixels(strokes: readonly Stroke[]): Uint8Array<ArrayBuffer> {
  if (photo) return Uint8Array.from(centre.checked ? photo.stages.prepared : preparePhotoRaw(photo.stages.grey));
  const ink = inkOf(strokes);
  return Uint8Array.from(centre.checked ? fitDigit(ink) : resize(ink, 28, 28).data.map(Math.round));
}

// ---- from pixels to the screen --------------------------------------------------------------------------------------

/** Reads the board with all networks and shows what they say. */
function read(): void {
  due = false;
  performance.mark("read-start");
  const strokes = strokesAt(drawing.strokes, moment);
  pixels = toPixels(strokes);
  const blank = pixels.every((grey) => grey === 0),
    answers = networks.map(({ network }) => blank ? null : classify(network, pixels));
  performance.measure("read", "read-start");
  answers.forEach((answer, i) => {
    const output = byId("networks").querySelectorAll("output")[i]!, [digit, share] = output.children;
    digit!.textContent = answer ? String(answer.digit) : "–";
    share!.textContent = answer ? percent(answer.probability) : "";
  });
  const { network, title } = networks[chosen]!, reading = answers[chosen]!;
  byId("chosen-name").textContent = title;
  byId("digit").textContent = reading ? String(reading.digit) : "–";
  tell(verdict(reading, photo !== null));
  showBars(network, reading);
  drawSeen(network, pixels);
  drawLayers(network, reading);
  drawBoard(board, strokes, photo?.bitmap, keys.pen());
  const empty = !drawing.strokes.length && !photo;
  byId<HTMLButtonElement>("undo").disabled = !drawing.canUndo && !photo;
  for (const id of ["clear", "save", "copy"]) byId<HTMLButtonElement>(id).disabled = empty;
  byId("invitation").hidden = !empty;
  clearTimeout(speaking);
  if (moment < MOMENTS) return; // what was drawn has not changed
  if (drawing.strokes !== ribbonOf) showMind([]);
  explain(network, null, pixels);
  // a reader of screens hears the answer once the pen rests
  speaking = setTimeout(() => {
    if (!photo && pointsOf(drawing.strokes) > MOMENTS / 4) {
      ribbonOf = drawing.strokes;
      showMind(changesOfMind(network));
    }
    const number = empty || photo ? "" : numberOn(network, drawing.strokes);
    if (number) tell(`You wrote ${number}`);
    const strange = explain(network, number ? null : reading, pixels);
    const spoken = `${title}: ${number || verdict(reading, photo !== null)} ${strange}`;
    byId("spoken").textContent = empty ? "" : spoken.trim();
  }, 600);
}

/** What a network answered at each moment of the drawing. */
function changesOfMind(network: Network): number[] {
  const answer = (moment: number) => classify(network, toPixels(strokesAt(drawing.strokes, moment))).digit;
  return Array.from({ length: MOMENTS }, (_, k) => answer(k + 1));
}

const past = byId<HTMLInputElement>("mind-at");
past.addEventListener("input", () => {
  moment = Number(past.value);
  requestAnimationFrame(read);
});

/** Once a frame is enough. */
function changed(): void {
  moment = MOMENTS;
  past.value = String(MOMENTS);
  if (due) return;
  due = true;
  requestAnimationFrame(read);
}

/** Says what was read, beside the board and, on a phone, below it. */
function tell(text: string): void {
  for (const id of ["verdict", "brief"]) byId(id).textContent = text;
}

function say(text: string): void {
  byId("message").textContent = text;
}

// ---- pen, mouse, finger, keyboard -----------------------------------------------------------------------------------

function place({ clientX, clientY }: PointerEvent) {
  const { left, top, width } = board.getBoundingClientRect();
  return { x: (clientX - left) / width * BOARD, y: (clientY - top) / width * BOARD };
}

function penWidth({ pointerType, pressure }: { pointerType?: string; pressure?: number } = {}): number {
  return Number(pen.value) * (pointerType === "pen" && pressure ? 0.5 + pressure : 1);
}

let drawingWith: number | null = null;
board.addEventListener("pointerdown", (event) => {
  if (event.button !== 0 || drawingWith !== null) return; // a second finger does not draw
  board.setPointerCapture(event.pointerId);
  drawingWith = event.pointerId;
  keys.leave();
  forgetPhoto();
  drawing.begin(place(event), penWidth(event));
  changed();
});
board.addEventListener("pointermove", (event) => {
  if (event.pointerId !== drawingWith) return;
  const all = event.getCoalescedEvents?.() ?? [];
  for (const one of all.length ? all : [event]) drawing.moveTo(place(one));
  changed();
});
for (const end of ["pointerup", "pointercancel"] as const) {
  board.addEventListener(end, (event) => {
    if (event.pointerId === drawingWith) drawingWith = null;
  });
}

const keys = leadByKeys(board, {
  begin(at) {
    forgetPhoto();
    drawing.begin(at, penWidth());
  },
  moveTo: (at) => drawing.moveTo(at),
  ...{ undo, clear, say, changed },
});
function undo(): void {
  liftPen();
  forgetPhoto();
  drawing.undo();
  changed();
}

/** Without this, a pen that is still down would go on in the stroke before. */
function liftPen(): void {
  drawingWith = null;
  keys.lift();
}

function clear(): void {
  liftPen();
  drawing.clear();
  forgetPhoto();
  say("");
  changed();
}

function forgetPhoto(): void {
  photo?.bitmap.close();
  photo = null;
}

// ---- photos, saving, copying ----------------------------------------------------------------------------------------

acceptPhotos(say, (bitmap, name) => {
  liftPen();
  drawing.clear();
  forgetPhoto();
  photo = { bitmap, stages: preparePhoto(greyOf(bitmap)) };
  say(photo.stages.blank ? `${name}: no ink was found` : name);
  changed();
});

byId("save").addEventListener("click", async () => {
  await saveBoard((context) =>
    photo ? context.drawImage(board, 0, 0, BOARD, BOARD) : paint(context, BOARD, drawing.strokes)
  );
  say("Saved as digit.png");
});
byId("copy").addEventListener("click", async () => say(await copyPixels(pixels)));
byId("undo").addEventListener("click", undo);
byId("clear").addEventListener("click", clear);
centre.addEventListener("change", changed);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", changed);

// ---- the camera -----------------------------------------------------------------------------------------------------

prepareCamera({
  network: () => networks[chosen]!.network,
  say,
  onRead: ({ text, rows }) => {
    tell(text ? `The camera shows ${text.replaceAll("\n", " / ")}` : "No digit seen.");
    byId("digit").textContent = rows.flat().length === 1 ? text : "…";
  },
  onEnd: changed,
});

// ---- what is made once ----------------------------------------------------------------------------------------------

byId("trained-on").textContent = given.findLast(({ parts }) => !parts)!.trainedOn;
makeBars();
makeCards(networks, chosen, (i) => {
  chosen = i;
  changed();
});
read();
