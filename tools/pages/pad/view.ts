/**
 * What the pad shows of a network: its answers, what it sees, its hidden units.
 *
 * @module
 */
/// <reference lib="dom" />
import { UNSURE_BELOW } from "../../../lib/evaluation/metrics.ts";
import type { Reading } from "../../../lib/tutorials/classify.ts";
import { readDigits } from "../../../lib/tutorials/read_digits.ts";
import type { GreyImage } from "../../../lib/images/grey_image.ts";
import { layersText, type Network, outputsOf, pooledSize, sizesOf } from "../../../lib/network/network.ts";
import { byId } from "../page_script.ts";
import type { PadNetwork } from "./pad_network.ts";
import { BOARD, type Stroke } from "./strokes.ts";

/** A probability in words. */
export const percent = (p: number) =>
  p > 0.999 ? "over 99.9 %" : p > 0.99 ? `${(100 * p).toFixed(1)} %` : `${Math.round(100 * p)} %`;

/** A colour of the style sheet, light or dark. */
export function colour(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
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

/** The 28 × 28 pixels as the network gets them; what a 400-input network does not see is blue. */
export function drawSeen(network: Network, pixels: Uint8Array): void {
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

/** The hidden units, brighter the more they say. */
export function drawLayers(network: Network, reading: Reading | null): void {
  const layers = byId("layers"), hidden = network.layers.slice(0, -1);
  while (layers.childElementCount > hidden.length) layers.lastElementChild!.remove();
  hidden.forEach((layer, l) => {
    const { activation, convolution, weights: { rows: filters } } = layer, units = outputsOf(layer);
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
    const { values, columns } = convolution
      ? sideBySide(a, pooledSize(convolution), filters)
      : { values: a, columns: Math.min(32, units) };
    drawNumbers(canvas, values.map((value) => value / largest), columns);
    canvas.style.width = `${16 * Math.min(32, columns)}px`;
    const what = convolution ? `units in ${filters} maps` : "units";
    text.textContent = `Hidden layer ${l + 1}: ${count} of ${units} ${what} ${
      activation === "sigmoid" ? "say more yes than no" : "are on"
    }`;
    canvas.setAttribute("aria-label", `The ${units} ${what} of hidden layer ${l + 1}, ${count} of them lit`);
  });
}

/** The maps of a convolution, eight in a row. */
function sideBySide(a: Float64Array, { rows, cols }: { rows: number; cols: number }, filters: number) {
  const across = Math.min(8, filters), columns = across * cols;
  const values = new Float64Array(Math.ceil(filters / across) * rows * columns);
  a.forEach((value, i) => {
    const filter = i % filters, place = Math.floor(i / filters), row = Math.floor(filter / across) * rows;
    values[(row + Math.floor(place / cols)) * columns + (filter % across) * cols + place % cols] = value;
  });
  return { values, columns };
}

/** Ten bars, one for each digit. */
export function showBars(network: Network, reading: Reading | null): void {
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

type Context = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

/** Draws strokes in the context's colour. */
export function paint(context: Context, side: number, strokes: readonly Stroke[]): void {
  const scale = side / BOARD;
  context.lineCap = context.lineJoin = "round";
  for (const { points, width } of strokes) {
    context.lineWidth = width * scale;
    context.beginPath();
    const [first] = points;
    context.moveTo(first!.x * scale, first!.y * scale);
    context.lineTo(first!.x * scale + 0.01, first!.y * scale); // a line of no length would leave no dot
    for (const { x, y } of points.slice(1)) context.lineTo(x * scale, y * scale);
    context.stroke();
  }
}

/** The board: a photo or strokes, and the pen where it is led by keys. */
export function drawBoard(
  board: HTMLCanvasElement,
  strokes: readonly Stroke[],
  photo: ImageBitmap | undefined,
  keyPen: { readonly x: number; readonly y: number; readonly down: boolean } | null,
): void {
  const context = board.getContext("2d")!, side = board.width;
  context.clearRect(0, 0, side, side);
  if (photo) {
    const { width, height } = photo, scale = side / Math.max(width, height);
    context.drawImage(
      photo,
      (side - width * scale) / 2,
      (side - height * scale) / 2,
      width * scale,
      height * scale,
    );
  }
  context.strokeStyle = colour("--ink");
  paint(context, side, strokes);
  if (!keyPen) return;
  const x = keyPen.x * side / BOARD, y = keyPen.y * side / BOARD;
  context.lineWidth = 3;
  context.strokeStyle = context.fillStyle = colour("--accent");
  context.beginPath();
  context.arc(x, y, 13, 0, 2 * Math.PI);
  if (keyPen.down) context.fill();
  context.stroke();
}

/** Ten empty bars. */
export function makeBars(): void {
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
}

/** A card for each network, to choose which one is looked into. */
export function makeCards(
  networks: readonly (PadNetwork & { readonly network: Network })[],
  chosen: number,
  onChoose: (index: number) => void,
): void {
  networks.forEach(({ id, title, about, accuracy, examples, network }, i) => {
    const label = document.createElement("label"),
      input = document.createElement("input"),
      text = document.createElement("span");
    const name = document.createElement("strong"),
      small = document.createElement("small"),
      output = document.createElement("output");
    label.className = "network";
    Object.assign(input, { type: "radio", name: "network", value: id, checked: i === chosen });
    input.addEventListener("change", () => {
      onChoose(i);
    });
    name.textContent = title;
    small.textContent = `${layersText(network)}, ${about}; reads ${(100 * accuracy).toFixed(1)} % of ${
      examples.toLocaleString("en")
    } unseen digits`;
    text.append(name, small);
    output.append(document.createElement("span"), document.createElement("small"));
    label.append(input, text, output);
    byId("networks").append(label);
  });
}

const INK_SIDE = 140; // pixels in which the strokes are measured: five for each one of the 28
const inkCanvas = new OffscreenCanvas(INK_SIDE, INK_SIDE);
const inkContext = inkCanvas.getContext("2d", { willReadFrequently: true })!;

/** The ink of the strokes, whatever colour they have on the screen. */
export function inkOf(strokes: readonly Stroke[]): GreyImage {
  inkContext.clearRect(0, 0, INK_SIDE, INK_SIDE);
  paint(inkContext, INK_SIDE, strokes);
  const { data } = inkContext.getImageData(0, 0, INK_SIDE, INK_SIDE);
  return {
    width: INK_SIDE,
    height: INK_SIDE,
    data: Float64Array.from({ length: INK_SIDE ** 2 }, (_, i) => data[4 * i + 3]!),
  };
}

/** What is written, once the pen rests, if it is more than one digit; nothing otherwise. */
export function numberOn(network: Network, strokes: readonly Stroke[]): string {
  const { width, height, data } = inkOf(strokes);
  const found = readDigits(network, { width, height, data: data.map((ink) => 255 - ink) });
  return found.rows.flat().length > 1 ? found.text.replaceAll("\n", " / ") : "";
}

/** What a network says, as a sentence. */
export function verdict(reading: Reading | null, onPhoto: boolean): string {
  if (!reading) return onPhoto ? "No ink was found on this photo." : "Nothing drawn yet.";
  const { digit, probability, runnerUp, runnerUpProbability } = reading;
  const other = `${runnerUp} (${percent(runnerUpProbability)})`;
  if (probability < UNSURE_BELOW) return `Not sure: ${digit} with ${percent(probability)}, or ${other}`;
  return `${digit} with ${percent(probability)}${runnerUpProbability < 0.005 ? "" : `; next ${other}`}`;
}
