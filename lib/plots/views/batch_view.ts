/**
 * What batch size and rate do to one path: two weights, 48 examples of which each pulls to a place of its own.
 *
 * @module
 */
import { normal, seededRandom, shuffledIndices } from "../../random.ts";
import { stepsPerEpoch } from "../../training/batches.ts";
import { COLOURS } from "../figure.ts";
import { Chart } from "./chart.ts";
import { type Answering, answering, told, type View } from "./view.ts";

type Point = readonly [number, number];

/** What may be pushed. */
export interface BatchState {
  readonly batch: number;
  readonly rate: number;
  readonly epochs: number;
}

const EXAMPLES = 48, BATCHES = [1, 2, 4, 8, 16, 48], BOX = { x: [-3, 3], y: [-3, 3] } as const;
const STEEP: Point = [1, 4]; // the second weight's wall is four times as steep

/** The view of the examples drawn from a seed. */
export function batchViewOf({ seed }: { readonly seed: number }): View<BatchState, { way: Point[]; losses: number[] }> {
  const draw = normal(seededRandom(seed));
  const places = Array.from({ length: EXAMPLES }, (): Point => [0.6 + 0.9 * draw(), -0.4 + 0.6 * draw()]);
  /** The mean over all of ½ Σ steepness · (w − place)², in both weights. */
  const lossAt = ([x, y]: Point) =>
    places.reduce((sum, [px, py]) => sum + (STEEP[0] * (x - px) ** 2 + STEEP[1] * (y - py) ** 2) / 2, 0) / EXAMPLES;
  const best: Point = [0, 1].map((i) =>
    places.reduce((sum, place) => sum + place[i]!, 0) / EXAMPLES
  ) as unknown as Point;
  const floor = lossAt(best), start = { batch: 4, rate: 0.1, epochs: 3 };
  return {
    start,
    answer: ({ batch, rate, epochs }) => {
      const random = seededRandom(seed + 1), way: Point[] = [[-2.5, 2.5]];
      for (let epoch = 0; epoch < epochs; epoch++) {
        const order = shuffledIndices(EXAMPLES, random);
        for (let from = 0; from < EXAMPLES; from += batch) {
          const [x, y] = way.at(-1)!, own = order.slice(from, from + batch).map((i) => places[i]!);
          const slope = (i: 0 | 1, at: number) =>
            own.reduce((sum, place) => sum + STEEP[i] * (at - place[i]), 0) / own.length;
          way.push([x - rate * slope(0, x), y - rate * slope(1, y)]);
        }
      }
      return { way, losses: way.map(lossAt) };
    },
    draw: (_, { way, losses }) => {
      const chart = new Chart({
        title: "Two weights, seen from above",
        ...BOX,
        xName: "first weight",
        yName: "second weight",
        height: 360,
      });
      for (const height of [0.1, 0.5, 1.5, 4, 8, 14]) {
        const ring = Array.from({ length: 73 }, (_, k): Point => {
          const angle = k / 36 * Math.PI;
          return [
            best[0] + Math.sqrt(2 * height / STEEP[0]) * Math.cos(angle),
            best[1] + Math.sqrt(2 * height / STEEP[1]) * Math.sin(angle),
          ];
        });
        chart.line(ring.map(([x, y]) => Math.abs(x) > 3 || Math.abs(y) > 3 ? [NaN, NaN] : [x, y]), "#c9ced6", {
          width: 1,
        });
      }
      places.forEach(([x, y]) => chart.dot(x, y, "#a9b8c9", "", 2.5));
      chart.line(way, COLOURS.second, { width: way.length > 60 ? 0.7 : 1.5 }).dot(...way[0]!, COLOURS.ink, "start", 4)
        .dot(
          ...way.at(-1)!,
          COLOURS.second,
          "",
          5,
        )
        .dot(...best, COLOURS.right, "lowest", 5);
      const curve = new Chart({
        title: "Above the lowest possible loss",
        x: [0, Math.max(10, way.length - 1)],
        y: [-4, 2],
        xName: "update",
        yName: "loss − lowest",
        yMarks: [-4, -3, -2, -1, 0, 1, 2],
        yText: (power) => power === 0 ? "1" : power === 1 ? "10" : `1e${told(power, 0)}`,
        height: 360,
      });
      curve.line(losses.map((loss, k) => [k, Math.log10(Math.max(1e-4, loss - floor))]), COLOURS.main);
      return [chart.picture("The path of the two weights."), curve.picture("The loss after each update.")];
    },
    say: ({ batch, rate, epochs }, { way, losses }) => {
      const over = losses.at(-1)! - floor, updates = way.length - 1, perEpoch = stepsPerEpoch(EXAMPLES, batch);
      const mood = over > losses[0]! - floor
        ? "It flies off: the rate is too large for the steep wall."
        : over > 1
        ? "It is still on its way."
        : batch === EXAMPLES
        ? rate * STEEP[1] > 1
          ? "All agree on one direction, and jump across the valley."
          : "All agree on one direction: a smooth path."
        : over < 0.01
        ? "The small steps average out."
        : "Each batch pulls to a place of its own: near the bottom it dances.";
      const who = batch === EXAMPLES ? `All ${EXAMPLES} examples` : `${batch} of ${EXAMPLES} examples`;
      return `${who} at a time, rate ${told(rate, 2)}: ${perEpoch} ${
        perEpoch === 1 ? "update" : "updates"
      } an epoch, ${updates} in ${epochs}; the loss ends ${told(over)} above the lowest. ${mood}`;
    },
    controls: (state) => [
      {
        kind: "slider",
        label: "batch size",
        ...{ min: 0, max: BATCHES.length - 1, step: 1, value: BATCHES.indexOf(state.batch) },
        text: `${state.batch} of ${EXAMPLES}`,
        set: (i) => ({ ...state, batch: BATCHES[i]! }),
      },
      {
        kind: "slider",
        label: "learning rate",
        ...{ min: 0.02, max: 0.6, step: 0.02, value: state.rate },
        text: told(state.rate, 2),
        set: (rate) => ({ ...state, rate }),
      },
      {
        kind: "slider",
        label: "epochs",
        ...{ min: 1, max: 10, step: 1, value: state.epochs },
        set: (epochs) => ({ ...state, epochs }),
      },
    ],
  };
}

/** One path over a bowl with two weights: batch size, rate and epochs to drag. */
export function batchView(seed: number): Answering {
  return answering("batch", batchViewOf, { seed });
}
