/**
 * A ball on a hill: one weight, a bowl, and the learning rate between crawling, arriving and flying off.
 *
 * @module
 */
import { matrix } from "../../matrix.ts";
import { update } from "../../network/update.ts";
import { COLOURS } from "../figure.ts";
import { words } from "../svg.ts";
import { Chart } from "./chart.ts";
import { type Answering, answering, told, type View } from "./view.ts";

/** The way so far, and the rate of the next step. */
export interface BallState {
  readonly rate: number;
  /** The weight after each step. */
  readonly way: readonly number[];
}

const FAR = 3, STEPS = 30;

/** The view of the bowl ½ c w². */
export function ballViewOf({ curvature }: { readonly curvature: number }): View<BallState, { losses: number[] }> {
  const heightAt = (w: number) => curvature * w * w / 2;
  const start = { rate: 0.1, way: [-2.5] };
  const curve = Array.from({ length: 121 }, (_, i) => -FAR + i * FAR / 60).map((w) => [w, heightAt(w)] as const);
  /** One step of the library's update on a network of one weight. */
  const stepped = (state: BallState): BallState => {
    const w = state.way.at(-1)!, one = (value: number) => ({ weights: matrix(1, 1, [value]), bias: matrix(1, 1) });
    const { layers } = update(
      { layers: [{ ...one(w), activation: "softmax" }] },
      { layers: [one(curvature * w)] },
      state.rate,
    );
    return { ...state, way: [...state.way, layers[0]!.weights.data[0]!] };
  };
  return {
    start,
    answer: ({ way }) => ({ losses: way.map(heightAt) }),
    draw: ({ way }, { losses }) => {
      const chart = new Chart({
        title: "The hill",
        x: [-FAR, FAR],
        y: [0, heightAt(FAR)],
        xName: "weight w",
        yName: "loss",
      });
      chart.line(curve, COLOURS.quiet).line(way.map((w, i) => [w, losses[i]!]), COLOURS.second, { width: 1 });
      way.slice(0, -1).forEach((w, i) => chart.dot(w, losses[i]!, "#e7b391", "", 3.5));
      chart.dot(way.at(-1)!, losses.at(-1)!, COLOURS.second, `step ${way.length - 1}`, 8);
      const last = Math.max(10, way.length - 1), high = Math.max(heightAt(FAR), ...losses);
      if (Math.abs(way.at(-1)!) > FAR) {
        chart.parts.push(words(370, 46, "off the picture ↑", { anchor: "end", size: 11, colour: COLOURS.wrong }));
      }
      const history = new Chart({
        title: "Its height after each step",
        x: [0, last],
        y: [0, high],
        xName: "step",
        yName: "loss",
      });
      history.line(losses.map((loss, i) => [i, loss]), COLOURS.main);
      losses.forEach((loss, i) => history.dot(i, loss, COLOURS.main, "", 3));
      return [
        chart.picture(`The ball at w = ${told(way.at(-1)!, 2)}.`),
        history.picture(`Loss by steps, now ${told(losses.at(-1)!)}.`),
      ];
    },
    say: ({ rate, way }, { losses }) => {
      const now = losses.at(-1)!, factor = 1 - rate * curvature;
      const kind = now === 0
        ? "It lies at the bottom: the slope is 0 there."
        : Math.abs(factor + 1) < 1e-9
        ? "It jumps across the valley for ever, as high as before."
        : Math.abs(factor) > 1
        ? "Too large: each step lands higher on the other wall."
        : factor < 0
        ? "It jumps across the valley, and each time a little lower."
        : factor < 0.8
        ? "About right: it comes nearer with every step."
        : "Small: it crawls.";
      return `Step ${way.length - 1}, rate ${told(rate, 2)}: w = ${told(way.at(-1)!)}, loss ${
        told(now)
      }. Each step multiplies w by 1 − ${told(rate, 2)} · ${curvature} = ${told(factor, 2)}. ${kind}`;
    },
    controls: (state) => [
      {
        kind: "slider",
        label: "learning rate",
        ...{ min: 0.02, max: 1.2, step: 0.02, value: state.rate },
        text: told(state.rate, 2),
        set: (rate) => ({ ...state, rate }),
      },
      { kind: "button", label: "Put it back", act: () => ({ ...state, way: start.way }) },
    ],
    pace: 200,
    play: (state) => {
      const w = state.way.at(-1)!;
      return state.way.length > STEPS || Math.abs(w) > 1e6 ? null : stepped(state);
    },
    point: (state, panel, x, _, phase) =>
      panel === 0 && phase === "down"
        ? { ...state, way: [new Chart({ title: "", x: [-FAR, FAR], y: [0, 1], xName: "", yName: "" }).valueAt(x)] }
        : state,
  };
}

/** A ball on the hill ½ c w², and a learning rate to drag. */
export function ballView(curvature = 2): Answering {
  return answering("ball", ballViewOf, { curvature });
}
