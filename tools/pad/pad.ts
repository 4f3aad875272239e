/**
 * The drawing pad: reads what is drawn with the course's own code, in the browser.
 *
 * @module
 */
/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import { type Reading, readPicture, UNSURE_BELOW } from "../../lib/course/read_picture.ts";
import { fitDigit, type PhotoStages, preparePhoto, preparePhotoRaw } from "../../lib/images/prepare_photo.ts";
import { brightness, type GreyImage, resize } from "../../lib/images/grey_image.ts";
import type { Network } from "../../lib/network/init.ts";
import { sizesOf } from "../../lib/network/init.ts";
import { networkFromSafetensors } from "../../lib/weights/safetensors.ts";
import type { PadReader } from "./page.ts";
import { BOARD, Drawing, onBoard } from "./strokes.ts";

const INK_SIDE = 140; // pixels in which the strokes are measured: five for each one of the 28
const LARGEST_PHOTO = 1024;

const byId = <T extends HTMLElement>(id: string) => document.getElementById(id) as T;
const percent = (p: number) =>
  p > 0.999 ? "over 99.9 %" : p > 0.99 ? `${(100 * p).toFixed(1)} %` : `${Math.round(100 * p)} %`;

const board = byId<HTMLCanvasElement>("board"),
  pen = byId<HTMLInputElement>("pen"),
  centre = byId<HTMLInputElement>("centre");
const inkCanvas = new OffscreenCanvas(INK_SIDE, INK_SIDE);
const inkContext = inkCanvas.getContext("2d", { willReadFrequently: true })!;
const readers = (JSON.parse(byId("data").textContent!) as PadReader[]).map((reader) => ({
  ...reader,
  network: networkFromSafetensors(Uint8Array.from(atob(reader.weights), (c) => c.charCodeAt(0)), reader.id),
}));

const drawing = new Drawing();
let photo: { bitmap: ImageBitmap; stages: PhotoStages } | null = null;
let chosen = readers.length - 1;
let keyPen: { x: number; y: number; down: boolean } | null = null;
let pixels = new Uint8Array(784), due = false, speaking: ReturnType<typeof setTimeout> | undefined;

// ---- from strokes to pixels -----------------------------------------------------------------------------------------

type Context = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

function paint(context: Context, side: number): void {
  const scale = side / BOARD;
  context.lineCap = context.lineJoin = "round";
  for (const { points, width } of drawing.strokes) {
    context.lineWidth = width * scale;
    context.beginPath();
    const [first] = points;
    context.moveTo(first!.x * scale, first!.y * scale);
    context.lineTo(first!.x * scale + 0.01, first!.y * scale); // a line of no length would leave no dot
    for (const { x, y } of points.slice(1)) context.lineTo(x * scale, y * scale);
    context.stroke();
  }
}

/** The ink of the strokes, whatever colour they have on the screen. */
function inkOfStrokes(): GreyImage {
  inkContext.clearRect(0, 0, INK_SIDE, INK_SIDE);
  paint(inkContext, INK_SIDE);
  const { data } = inkContext.getImageData(0, 0, INK_SIDE, INK_SIDE);
  return {
    width: INK_SIDE,
    height: INK_SIDE,
    data: Float64Array.from({ length: INK_SIDE ** 2 }, (_, i) => data[4 * i + 3]!),
  };
}

function toPixels(): Uint8Array<ArrayBuffer> {
  if (photo) return Uint8Array.from(centre.checked ? photo.stages.prepared : preparePhotoRaw(photo.stages.grey));
  const ink = inkOfStrokes();
  return Uint8Array.from(centre.checked ? fitDigit(ink) : resize(ink, 28, 28).data.map(Math.round));
}

// ---- from pixels to the screen --------------------------------------------------------------------------------------

function colour(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

function drawBoard(): void {
  const context = board.getContext("2d")!, side = board.width;
  context.clearRect(0, 0, side, side);
  if (photo) {
    const { width, height } = photo.bitmap, scale = side / Math.max(width, height);
    context.drawImage(
      photo.bitmap,
      (side - width * scale) / 2,
      (side - height * scale) / 2,
      width * scale,
      height * scale,
    );
  }
  context.strokeStyle = colour("--ink");
  paint(context, side);
  if (!keyPen) return;
  const x = keyPen.x * side / BOARD, y = keyPen.y * side / BOARD;
  context.lineWidth = 3;
  context.strokeStyle = context.fillStyle = colour("--accent");
  context.beginPath();
  context.arc(x, y, 13, 0, 2 * Math.PI);
  if (keyPen.down) context.fill();
  context.stroke();
}

/** A little picture, one pixel for each number from 0 to 1. */
function drawNumbers(canvas: HTMLCanvasElement, values: ArrayLike<number>, columns: number): void {
  const rows = Math.ceil(values.length / columns), context = canvas.getContext("2d")!;
  canvas.width = columns, canvas.height = rows;
  const image = context.createImageData(columns, rows), from = parse(colour("--panel")), to = parse(colour("--accent"));
  for (let i = 0; i < values.length; i++) {
    for (let c = 0; c < 3; c++) image.data[4 * i + c] = from[c]! + (to[c]! - from[c]!) * values[i]!;
    image.data[4 * i + 3] = 255;
  }
  context.putImageData(image, 0, 0);
}

function parse(hex: string): number[] {
  const full = hex.length === 4 ? [...hex.slice(1)].map((c) => c + c) : hex.slice(1).match(/../g)!;
  return full.map((c) => parseInt(c, 16));
}

function drawSeen(network: Network): void {
  const canvas = byId<HTMLCanvasElement>("seen"),
    context = canvas.getContext("2d")!,
    image = context.createImageData(28, 28);
  const cropped = sizesOf(network)[0] === 400;
  pixels.forEach((grey, i) => {
    const x = i % 28, y = Math.floor(i / 28), outside = cropped && (x < 4 || x > 23 || y < 4 || y > 23);
    image.data.set(outside ? [70, 100, 140, 255] : [grey, grey, grey, 255], 4 * i);
  });
  context.putImageData(image, 0, 0);
  byId("seen-caption").textContent = cropped
    ? "What it sees: the middle 20 × 20 pixels, ink as large numbers."
    : "What it sees: 28 × 28 pixels, ink as large numbers.";
}

function drawLayers(network: Network, reading: Reading | null): void {
  const layers = byId("layers"), hidden = network.layers.slice(0, -1);
  while (layers.childElementCount > hidden.length) layers.lastElementChild!.remove();
  hidden.forEach(({ weights: { rows: units }, activation }, l) => {
    if (!layers.children[l]) {
      const box = document.createElement("div"), canvas = document.createElement("canvas");
      box.className = "layer";
      canvas.setAttribute("role", "img");
      box.append(document.createElement("p"), canvas);
      layers.append(box);
    }
    const [text, canvas] = layers.children[l]!.children as unknown as [HTMLParagraphElement, HTMLCanvasElement];
    const a = reading ? reading.pass.activations[l + 1]!.data : new Float64Array(units),
      on = activation === "sigmoid" ? 0.5 : 0;
    const largest = activation === "sigmoid" ? 1 : Math.max(1e-9, ...a), count = a.filter((value) => value > on).length;
    const columns = units > 32 ? 32 : units;
    drawNumbers(canvas, a.map((value) => value / largest), columns);
    canvas.style.width = `${16 * columns}px`;
    text.textContent = `Hidden layer ${l + 1}: ${count} of ${units} units ${
      activation === "sigmoid" ? "say more yes than no" : "are on"
    }`;
    canvas.setAttribute("aria-label", `The ${units} units of hidden layer ${l + 1}, ${count} of them lit`);
  });
}

function showBars(network: Network, reading: Reading | null): void {
  [...byId("bars").children].forEach((bar, digit) => {
    const p = reading?.probabilities[digit] ?? 0;
    bar.classList.toggle("best", reading?.digit === digit);
    (bar.children[1]!.firstElementChild as HTMLElement).style.transform = `scaleX(${p})`;
    bar.children[2]!.textContent = reading ? percent(p) : "";
  });
  byId("bars-note").textContent = network.layers.at(-1)!.activation === "sigmoid"
    ? "Ten separate yes-or-no answers: they need not add up to 100 %."
    : "Ten shares of one certainty: they add up to 100 %.";
}

function verdict(reading: Reading | null): string {
  if (!reading) return photo ? "No ink was found on this photo." : "Nothing drawn yet.";
  const { digit, probability, runnerUp, runnerUpProbability } = reading;
  const other = `${runnerUp} (${percent(runnerUpProbability)})`;
  return probability < UNSURE_BELOW
    ? `Not sure: ${digit} with ${percent(probability)}, or ${other}`
    : `${digit} with ${percent(probability)}; next ${other}`;
}

/** Reads the board with all networks and shows what they say. */
function read(): void {
  due = false;
  performance.mark("read-start");
  pixels = toPixels();
  const blank = pixels.every((grey) => grey === 0),
    answers = readers.map(({ network }) => blank ? null : readPicture(network, pixels));
  performance.measure("read", "read-start");
  answers.forEach((answer, i) => {
    const output = byId("networks").querySelectorAll("output")[i]!, [digit, share] = output.children;
    digit!.textContent = answer ? String(answer.digit) : "–";
    share!.textContent = answer ? percent(answer.probability) : "";
  });
  const { network, title } = readers[chosen]!, reading = answers[chosen]!;
  byId("chosen-name").textContent = title;
  byId("digit").textContent = reading ? String(reading.digit) : "–";
  for (const id of ["verdict", "brief"]) byId(id).textContent = verdict(reading);
  showBars(network, reading);
  drawSeen(network);
  drawLayers(network, reading);
  drawBoard();
  const empty = !drawing.strokes.length && !photo;
  byId<HTMLButtonElement>("undo").disabled = !drawing.canUndo && !photo;
  for (const id of ["clear", "save", "copy"]) byId<HTMLButtonElement>(id).disabled = empty;
  byId("invitation").hidden = !empty;
  clearTimeout(speaking); // a reader of screens hears the answer once the pen rests
  speaking = setTimeout(() => byId("spoken").textContent = empty ? "" : `${title}: ${verdict(reading)}`, 600);
}

/** Once a frame is enough. */
function changed(): void {
  if (due) return;
  due = true;
  requestAnimationFrame(read);
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
  keyPen = null;
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

const STEPS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};
board.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const step = STEPS[event.key], key = event.key.toLowerCase();
  if (!step && ![" ", "u", "c", "escape"].includes(key)) return;
  event.preventDefault();
  keyPen ??= { x: BOARD / 2, y: BOARD / 2, down: false };
  if (step) {
    const size = event.shiftKey ? 2 : 10;
    Object.assign(keyPen, onBoard({ x: keyPen.x + size * step[0], y: keyPen.y + size * step[1] }));
    if (keyPen.down) drawing.moveTo(keyPen);
  } else if (key === " ") {
    if (event.repeat) return;
    keyPen.down = !keyPen.down;
    if (keyPen.down) {
      forgetPhoto();
      drawing.begin(keyPen, penWidth());
    }
    say(keyPen.down ? "Pen down" : "Pen up");
  } else if (key === "u") undo();
  else if (key === "c") clear();
  else keyPen.down = false;
  changed();
});
board.addEventListener("blur", () => {
  keyPen = null;
  changed();
});
document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z") {
    event.preventDefault();
    undo();
  }
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
  if (keyPen) keyPen.down = false;
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

let opened = 0;

async function open(file: File): Promise<void> {
  const call = ++opened;
  try {
    const bitmap = await createImageBitmap(file, { imageOrientation: "from-image" });
    if (call !== opened) return bitmap.close(); // another one was opened meanwhile
    const scale = Math.min(1, LARGEST_PHOTO / Math.max(bitmap.width, bitmap.height));
    const width = Math.max(1, Math.round(bitmap.width * scale)),
      height = Math.max(1, Math.round(bitmap.height * scale));
    const context = new OffscreenCanvas(width, height).getContext("2d")!;
    context.fillStyle = "#fff"; // what is transparent lies over white
    context.fillRect(0, 0, width, height);
    context.drawImage(bitmap, 0, 0, width, height);
    const { data } = context.getImageData(0, 0, width, height);
    const grey = Float64Array.from(
      { length: width * height },
      (_, i) => brightness(data[4 * i]!, data[4 * i + 1]!, data[4 * i + 2]!),
    );
    liftPen();
    drawing.clear();
    forgetPhoto();
    photo = { bitmap, stages: preparePhoto({ width, height, data: grey }) };
    say(photo.stages.blank ? `${file.name}: no ink was found` : file.name);
  } catch {
    say(`Cannot read “${file.name}” as an image: must be PNG, JPEG or another kind that this browser shows`);
  }
  changed();
}

byId<HTMLInputElement>("file").addEventListener("change", ({ target }) => {
  const input = target as HTMLInputElement, file = input.files?.[0];
  if (file) open(file);
  input.value = ""; // so that the same file can be opened again
});
const frame = byId("frame");
for (const kind of ["dragover", "dragleave", "drop"] as const) {
  document.addEventListener(kind, (event) => {
    event.preventDefault(); // a file dropped beside the board must not replace the page
    frame.classList.toggle("over", kind === "dragover");
    const file = kind === "drop" ? event.dataTransfer?.files[0] : undefined;
    if (file) open(file);
  });
}

byId("save").addEventListener("click", async () => {
  const canvas = new OffscreenCanvas(BOARD, BOARD), context = canvas.getContext("2d")!;
  context.fillStyle = "#fff";
  context.fillRect(0, 0, BOARD, BOARD);
  context.strokeStyle = "#000";
  if (photo) context.drawImage(board, 0, 0, BOARD, BOARD);
  else paint(context, BOARD);
  const link = document.createElement("a");
  link.href = URL.createObjectURL(await canvas.convertToBlob({ type: "image/png" }));
  link.download = "digit.png";
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  say("Saved as digit.png");
});
byId("copy").addEventListener("click", async () => {
  try {
    await navigator.clipboard.writeText([...pixels].join(","));
    say("Copied: 784 numbers from 0 to 255, row by row");
  } catch {
    say("Cannot copy: this browser does not let a page write to the clipboard");
  }
});
byId("undo").addEventListener("click", undo);
byId("clear").addEventListener("click", clear);
centre.addEventListener("change", changed);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", changed);

// ---- what is made once ----------------------------------------------------------------------------------------------

byId("lesson").textContent = readers.at(-1)!.lesson;
for (let digit = 0; digit < 10; digit++) {
  const item = document.createElement("li"),
    track = document.createElement("span"),
    name = document.createElement("span");
  const share = document.createElement("span");
  name.textContent = String(digit);
  track.className = "track";
  track.append(document.createElement("span"));
  share.className = "share";
  item.append(name, track, share);
  byId("bars").append(item);
}
readers.forEach(({ id, title, about, accuracy, examples, network }, i) => {
  const label = document.createElement("label"),
    input = document.createElement("input"),
    text = document.createElement("span");
  const name = document.createElement("strong"),
    small = document.createElement("small"),
    output = document.createElement("output");
  label.className = "network";
  Object.assign(input, { type: "radio", name: "network", value: id, checked: i === chosen });
  input.addEventListener("change", () => {
    chosen = i;
    changed();
  });
  name.textContent = title;
  small.textContent = `${sizesOf(network).join("-")}, ${about}; reads ${(100 * accuracy).toFixed(1)} % of ${
    examples.toLocaleString("en")
  } unseen digits`;
  text.append(name, small);
  output.append(document.createElement("span"), document.createElement("small"));
  label.append(input, text, output);
  byId("networks").append(label);
});
read();
