/**
 * How a network changed its mind while the digit was drawn: a ribbon of its answers, and a slider back through them.
 *
 * @module
 */
/// <reference lib="dom" />
import { byId } from "../page_script.ts";
import { firstPoints, pointsOf, type Stroke } from "./strokes.ts";

/** How many moments of the drawing are looked at. */
export const MOMENTS = 60;

/** Nothing is written where a colour is narrower than this, in pixels. */
const NARROW = 14;

/** The strokes as they were at a moment of the drawing. */
export function strokesAt(strokes: readonly Stroke[], moment: number): readonly Stroke[] {
  return moment === MOMENTS ? strokes : firstPoints(strokes, Math.ceil(pointsOf(strokes) * moment / MOMENTS));
}

/** Shows the ribbon for the answers at some moments; hides it where there are none. */
export function showMind(answers: readonly number[]): void {
  byId("mind").hidden = answers.length === 0;
  if (!answers.length) return;
  const canvas = byId<HTMLCanvasElement>("mind-ribbon"), context = canvas.getContext("2d")!;
  const width = canvas.width = canvas.clientWidth * devicePixelRatio,
    height = canvas.height = canvas.clientHeight * devicePixelRatio,
    step = width / answers.length;
  const runs: { digit: number; from: number; to: number }[] = [];
  answers.forEach((digit, i) => {
    const last = runs.at(-1);
    if (last?.digit === digit) last.to = i + 1;
    else runs.push({ digit, from: i, to: i + 1 });
  });
  context.font = `${height * 0.7}px system-ui, sans-serif`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  for (const { digit, from, to } of runs) {
    context.fillStyle = `hsl(${36 * digit} 60% 80%)`;
    context.fillRect(from * step, 0, (to - from) * step, height);
    context.fillStyle = "#1d2733";
    if ((to - from) * step >= NARROW) context.fillText(String(digit), (from + to) / 2 * step, height / 2 + 1);
  }
  byId("mind-said").textContent = runs.length === 1
    ? `It said ${runs[0]!.digit} all the while.`
    : `While you drew it said ${runs.map(({ digit }) => digit).join(", ")}.`;
}
