/**
 * Which of the inked parts of a picture are the digit: connected pixels, told from specks, ruled lines and shadows.
 *
 * @module
 */
import { type GreyImage, mapPixels } from "./grey_image.ts";

const LIKE_A_DIGIT = 0.5; // of the digit's size: another part so large may be a digit of its own

/** A connected part of the ink. */
export interface Part {
  /** Its number, from 1. */
  label: number;
  /** The ink in it. */
  mass: number;
  /** Its pixels. */
  area: number;
  /** Its leftmost column. */
  left: number;
  /** Its rightmost column. */
  right: number;
  /** Its topmost row. */
  top: number;
  /** Its lowest row. */
  bottom: number;
}

/** Ink of the digit's own parts: its largest one, and what is large enough and near enough to belong to it. */
export function keepDigit(ink: GreyImage, level: number): { digit: GreyImage; others: number } {
  const { width, data } = ink, labels = new Int32Array(data.length), parts = findParts(ink, level, labels);
  const onRim = (part: Part) => rims(part, ink);
  const worth = (part: Part) => part.mass * (onRim(part) ? 0.1 : 1);
  const candidates = parts.filter((part) => !isLine(part, ink)).sort((a, b) => worth(b) - worth(a));
  const [main] = candidates;
  if (!main) return { digit: mapPixels(ink, () => 0), others: 0 };
  const near = 0.35 * Math.max(main.right - main.left, main.bottom - main.top) + 1;
  const gap = (from: number, to: number, otherFrom: number, otherTo: number) =>
    Math.max(0, otherFrom - to, from - otherTo);
  const kept = new Set([main.label]);
  for (const part of candidates.slice(1)) {
    const away = Math.max(
      gap(main.left, main.right, part.left, part.right),
      gap(main.top, main.bottom, part.top, part.bottom),
    );
    if (part.mass >= 0.06 * main.mass && away <= near && !onRim(part)) kept.add(part.label);
  }
  const full = highInk(data, labels, kept);
  const digit = mapPixels(ink, (value, i) => {
    if (!touches(labels, kept, i, width)) return 0; // the soft rim of a stroke is ink, too
    return Math.min(255, 255 * value / full);
  });
  const size = ({ left, right, top, bottom }: Part) => Math.max(right - left, bottom - top) + 1;
  const others =
    candidates.filter((part) => !kept.has(part.label) && onRim(part) === 0 && size(part) >= LIKE_A_DIGIT * size(main))
      .length;
  return { digit, others };
}

/** How many rims of the picture a part touches. */
function rims({ left, right, top, bottom }: Part, { width, height }: GreyImage): number {
  return Number(left === 0) + Number(top === 0) + Number(right === width - 1) + Number(bottom === height - 1);
}

/** Whether it is a ruled line or a shadow, which go from rim to rim. */
export function isLine(part: Part, picture: GreyImage): boolean {
  const wide = part.right - part.left + 1, high = part.bottom - part.top + 1, { width, height } = picture;
  return (wide >= 0.9 * width && high < 0.25 * height) ||
    (high >= 0.9 * height && wide < 0.08 * width && rims(part, picture) > 1);
}

/** How dark the digit's darker half is: this becomes 255. */
function highInk(data: Float64Array, labels: Int32Array, kept: ReadonlySet<number>): number {
  const values = [...data].filter((_, i) => kept.has(labels[i]!)).sort((a, b) => a - b);
  return values[Math.floor(0.6 * values.length)]!;
}

function touches(labels: Int32Array, kept: ReadonlySet<number>, i: number, width: number): boolean {
  const x = i % width;
  return kept.has(labels[i]!) || (x > 0 && kept.has(labels[i - 1]!)) || (x < width - 1 && kept.has(labels[i + 1]!)) ||
    kept.has(labels[i - width] ?? 0) || kept.has(labels[i + width] ?? 0);
}

/** Connected parts of the pixels above the level, corners counted as connected. Labels count from 1. */
export function findParts({ width, height, data }: GreyImage, level: number, labels: Int32Array): Part[] {
  const parts: Part[] = [], waiting: number[] = [];
  for (let start = 0; start < data.length; start++) {
    if (labels[start] || data[start]! < level) continue;
    const part: Part = { label: parts.length + 1, mass: 0, area: 0, left: width, right: 0, top: height, bottom: 0 };
    parts.push(part);
    labels[start] = part.label;
    waiting.push(start);
    while (waiting.length) {
      const i = waiting.pop()!, x = i % width, y = (i - x) / width;
      part.mass += data[i]!;
      part.area++;
      part.left = Math.min(part.left, x), part.right = Math.max(part.right, x);
      part.top = Math.min(part.top, y), part.bottom = Math.max(part.bottom, y);
      for (let v = Math.max(0, y - 1); v <= Math.min(height - 1, y + 1); v++) {
        for (let u = Math.max(0, x - 1); u <= Math.min(width - 1, x + 1); u++) {
          const k = v * width + u;
          if (labels[k] || data[k]! < level) continue;
          labels[k] = part.label;
          waiting.push(k);
        }
      }
    }
  }
  return parts;
}
