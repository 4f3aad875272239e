/**
 * The front page's pen: it writes a digit by itself, and a network reads it stroke by stroke, until somebody takes
 * the pen; each of the ten once, and only while it is in sight.
 *
 * @module
 */
/// <reference lib="dom" />
import { followTheme, mount } from "../../../lib/plots/views/mount.ts";
import { type PadState, type PadValues, padViewOf } from "../../../lib/plots/views/pad_view.ts";
import { type Point, strokesOf } from "./hero_strokes.ts";
import { sideBySide } from "../../../lib/plots/views/view.ts";

const ORDER = [7, 2, 8, 5, 3, 9, 4, 0, 6, 1], PAUSE = 1600; // milliseconds

begin();

function begin(): void {
  const hero = document.querySelector<HTMLElement>("#hero")!;
  const view = padViewOf(JSON.parse(hero.querySelector("script")!.textContent!) as PadValues);
  const stage = document.createElement("div"), says = document.createElement("p");
  const take = Object.assign(document.createElement("button"), { type: "button", textContent: "Take the pen" });
  stage.className = "stage";
  says.className = "says";
  const draw = (strokes: readonly (readonly Point[])[]) => {
    const state: PadState = { strokes, pen: null }, answer = view.answer(state);
    stage.innerHTML = sideBySide(view.draw(state, answer)).svg;
    const share = answer.probabilities?.[answer.says] ?? 0;
    says.textContent = answer.probabilities
      ? `${answer.says}, ${Math.min(99, Math.round(100 * share))} % sure`
      : "a network waits";
  };
  take.addEventListener("click", () => {
    const host = document.createElement("div");
    hero.replaceChildren(host);
    mount(host, view);
    requestAnimationFrame(() => host.shadowRoot!.querySelector<HTMLElement>("[tabindex]")?.focus()); // once it is drawn
  });
  hero.replaceChildren(stage, says, take);
  followTheme();
  if (matchMedia("(prefers-reduced-motion: reduce)").matches) return draw(strokesOf(ORDER[0]!));
  let turn = 0, done = 0, strokes = strokesOf(ORDER[0]!), rest = 0, inSight = false, next = 0;
  const go = () => {
    cancelAnimationFrame(next); // one at a time
    if (inSight && turn < ORDER.length) next = requestAnimationFrame(frame); // each digit once: nothing moves for ever
  };
  const frame = (now: number) => {
    if (now >= rest) write(now);
    go();
  };
  const write = (now: number) => {
    const total = strokes.reduce((sum, stroke) => sum + stroke.length, 0);
    let left = ++done;
    draw(strokes.flatMap((stroke) => {
      const part = stroke.slice(0, Math.max(0, left));
      left -= stroke.length;
      return part.length ? [part] : [];
    }));
    if (done < total) return;
    rest = now + PAUSE;
    done = 0;
    if (++turn < ORDER.length) strokes = strokesOf(ORDER[turn]!);
  };
  new IntersectionObserver(([entry]) => { // what is taken out of the page, as by who takes the pen, is out of sight, too
    inSight = entry!.isIntersecting;
    go();
  }).observe(stage);
}
