// deno-lint-ignore-file no-explicit-any -- works on the untyped private window of plotly.ts
/**
 * What a window without a screen lacks and plotly.js asks for: how large things are.
 *
 * Without sizes plotly.js leaves out the tick labels. Text is measured by average letter widths of
 * DejaVu Sans, which is near enough to place it.
 *
 * @module
 */

import { encode } from "fast-png";

type Box = readonly [left: number, top: number, right: number, bottom: number];
type Affine = readonly [number, number, number, number, number, number];
const IDENTITY: Affine = [1, 0, 0, 1, 0, 0];

/** Gives every element of the window a measurable size, and its canvases something to paint on. */
export function addMeasures(window: any): void {
  const canvases = new WeakMap();
  window.URL.createObjectURL ??= () => "";
  window.HTMLCanvasElement.prototype.getContext = function (kind: string) {
    if (kind !== "2d") return null;
    if (!canvases.has(this)) canvases.set(this, drawingContext(this));
    return canvases.get(this);
  };
  window.HTMLCanvasElement.prototype.toDataURL = function () {
    return this.getContext("2d").toDataURL();
  };
  window.SVGElement.prototype.getBBox = function () {
    return rectangle(boxOf(this));
  };
  window.SVGElement.prototype.getComputedTextLength = function () {
    return rectangle(boxOf(this)).width;
  };
  window.Element.prototype.getBoundingClientRect = function () {
    return rectangle(onScreen(this));
  };
}

/** As much of a canvas as plotly.js paints a heat map with. */
function drawingContext({ width, height }: { width: number; height: number }) {
  let pixels = new Uint8ClampedArray(width * height * 4);
  return {
    fillStyle: "",
    measureText: (text: string) => ({ width: textWidth(text, 12) }),
    createImageData: (w: number, h: number) => ({ data: new Uint8ClampedArray(w * h * 4) }),
    putImageData: (image: { data: Uint8ClampedArray<ArrayBuffer> }) => void (pixels = image.data),
    fillRect(x: number, y: number, w: number, h: number) {
      const [r = 0, g = 0, b = 0, opacity = 1] = (this.fillStyle.match(/[\d.]+/g) ?? []).map(Number);
      for (let row = y; row < y + h; row++) {
        for (let col = x; col < x + w; col++) pixels.set([r, g, b, opacity * 255], (row * width + col) * 4);
      }
    },
    toDataURL: () => "data:image/png;base64," + encode({ data: pixels, width, height, channels: 4 }).toBase64(),
  };
}

function textWidth(text: string, size: number): number {
  const share = (letter: string) =>
    /[ilj.,:;'|! ]/.test(letter)
      ? 0.32
      : /[mwMW%@]/.test(letter)
      ? 0.88
      : /[A-Z]/.test(letter)
      ? 0.66
      : /\d/.test(letter)
      ? 0.6
      : 0.57;
  return [...text].reduce((sum, letter) => sum + share(letter), 0) * size;
}

function compose(m: Affine, n: Affine): Affine {
  return [
    m[0] * n[0] + m[2] * n[1],
    m[1] * n[0] + m[3] * n[1],
    m[0] * n[2] + m[2] * n[3],
    m[1] * n[2] + m[3] * n[3],
    m[0] * n[4] + m[2] * n[5] + m[4],
    m[1] * n[4] + m[3] * n[5] + m[5],
  ];
}

/** The `transform` attribute as a matrix: translate, scale and rotate are all that plotly.js writes. */
function transformOf(element: any): Affine {
  const text: string = element.getAttribute("transform") ?? "";
  let result = IDENTITY;
  for (const [, name, list] of text.matchAll(/(\w+)\(([^)]*)\)/g)) {
    const [x = 0, y = 0, z = 0] = list!.split(/[ ,]+/).map(Number);
    if (name === "translate") result = compose(result, [1, 0, 0, 1, x, y]);
    if (name === "scale") result = compose(result, [x, 0, 0, y || x, 0, 0]);
    if (name === "rotate") {
      const cos = Math.cos(x * Math.PI / 180), sin = Math.sin(x * Math.PI / 180);
      const turned = compose([1, 0, 0, 1, y, z], [cos, sin, -sin, cos, 0, 0]);
      result = compose(result, compose(turned, [1, 0, 0, 1, -y, -z]));
    }
  }
  return result;
}

function join(a: Box | null, b: Box | null): Box | null {
  if (!a || !b) return a ?? b;
  return [Math.min(a[0], b[0]), Math.min(a[1], b[1]), Math.max(a[2], b[2]), Math.max(a[3], b[3])];
}

function moved(m: Affine, [left, top, right, bottom]: Box): Box {
  const corners = [[left, top], [right, top], [left, bottom], [right, bottom]] as const;
  const xs = corners.map(([x, y]) => m[0] * x + m[2] * y + m[4]);
  const ys = corners.map(([x, y]) => m[1] * x + m[3] * y + m[5]);
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
}

const attribute = (element: any, name: string) => parseFloat(element.getAttribute?.(name)) || 0;

function inherited(element: any, css: string, name: string): string | undefined {
  for (let e = element; e?.getAttribute; e = e.parentNode) {
    const value = e.style?.[css] || e.getAttribute(name);
    if (value) return value;
  }
}

/** The box of an element in its own coordinates. */
function boxOf(element: any): Box | null {
  const name = element.nodeName?.toLowerCase();
  if (element.style?.display === "none") return null;
  if (name === "rect" || name === "image") {
    const x = attribute(element, "x"), y = attribute(element, "y");
    return [x, y, x + attribute(element, "width"), y + attribute(element, "height")];
  }
  if (name === "text") return textBox(element);
  let box: Box | null = null;
  for (const child of element.children ?? []) {
    const inner = boxOf(child);
    if (inner) box = join(box, moved(transformOf(child), inner));
  }
  return box;
}

function textBox(element: any): Box | null {
  const size = parseFloat(inherited(element, "fontSize", "font-size") ?? "12");
  const anchor = inherited(element, "textAnchor", "text-anchor");
  const spans = [...element.querySelectorAll("tspan.line")], lines = spans.length ? spans : [element];
  let box: Box | null = null;
  lines.forEach((line: any, i: number) => {
    const width = textWidth(line.textContent ?? "", size);
    const start = attribute(line, "x") || attribute(element, "x");
    const x = start - (anchor === "end" ? width : anchor === "middle" ? width / 2 : 0);
    const y = attribute(element, "y") + i * size * 1.3;
    box = join(box, [x, y - size * 0.93, x + width, y + size * 0.24]);
  });
  return box;
}

function onScreen(element: any): Box | null {
  let box = boxOf(element);
  for (let e = element; box && e?.getAttribute; e = e.parentNode) box = moved(transformOf(e), box);
  return box;
}

function rectangle(box: Box | null) {
  const [left, top, right, bottom] = box ?? [0, 0, 0, 0];
  return { x: left, y: top, left, top, right, bottom, width: right - left, height: bottom - top };
}
