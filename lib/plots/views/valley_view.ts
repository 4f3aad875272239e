/**
 * Two ways through a curved valley with its contours: plain steps, whose rate can be pushed, and L-BFGS.
 *
 * @module
 */
import { COLOURS } from "../figure.ts";
import { Chart } from "./chart.ts";
import { contour } from "./contours.ts";
import { type Answering, answering, told, type View } from "./view.ts";

/** A place, x and y. */
export type Point = readonly [number, number];

/** L-BFGS' way, and where both begin. */
export interface ValleyValues {
  readonly smart: readonly Point[];
}

/** The rate of the plain steps, and how many of each have been made. */
export interface ValleyState {
  readonly rate: number;
  readonly steps: number;
}

const STEPS = 100, RATES = [0.0005, 0.001, 0.002, 0.003, 0.004, 0.005, 0.006, 0.007, 0.008];

/** Rosenbrock's valley, 100 (y − x²)² + (1 − x)². */
export function valleyAt(x: number, y: number): number {
  return 100 * (y - x * x) ** 2 + (1 - x) ** 2;
}

/** Its slope. */
export function valleySlope(x: number, y: number): Point {
  return [-400 * x * (y - x * x) - 2 * (1 - x), 200 * (y - x * x)];
}

/** The view of the valley. */
export function valleyViewOf(
  { smart }: ValleyValues,
): View<ValleyState, { plain: Point[]; heights: [number, number] }> {
  const box = { x: [-2, 2], y: [-1, 3] } as const;
  const lines = [0.1, 1, 4, 24.2, 100, 400].map((level) => contour(valleyAt, box, 90, level));
  const seen = (way: readonly Point[], steps: number) => way.slice(0, steps + 1);
  return {
    start: { rate: 0.006, steps: STEPS },
    answer: ({ rate, steps }) => {
      const plain: Point[] = [smart[0]!];
      for (let k = 0; k < steps; k++) {
        const [x, y] = plain.at(-1)!, [dx, dy] = valleySlope(x, y);
        plain.push([x - rate * dx, y - rate * dy]);
      }
      const heightOf = (way: readonly Point[]) => valleyAt(...way.at(-1)!);
      return { plain, heights: [heightOf(plain), heightOf(seen(smart, steps))] };
    },
    draw: ({ steps }, { plain, heights }) => {
      const chart = new Chart({ title: "The valley from above", ...box, xName: "x", yName: "y", height: 380 });
      for (const pieces of lines) {
        const path = pieces.map(([a, b]) =>
          `M${chart.x(a[0]).toFixed(1)} ${chart.y(a[1]).toFixed(1)}L${chart.x(b[0]).toFixed(1)} ${
            chart.y(b[1]).toFixed(1)
          }`
        );
        chart.parts.push(`<path d="${path.join("")}" fill="none" stroke="#b7c0cb"/>`);
      }
      const way = seen(smart, steps);
      chart.line(plain, COLOURS.second, { width: 1.5 }).line(way, COLOURS.main)
        .legend([["plain steps", COLOURS.second], ["L-BFGS", COLOURS.main]]);
      way.forEach(([x, y]) => chart.dot(x, y, COLOURS.main, "", 2.5));
      chart.dot(...smart[0]!, COLOURS.ink, "start", 4).dot(1, 1, COLOURS.right, "lowest", 5);
      const low = 1e-9, logOf = (value: number) => Math.log10(Math.max(low, value));
      const heights2 = new Chart({
        title: "How high they stand",
        x: [0, STEPS],
        y: [-9, 3],
        xName: "step",
        yName: "f",
        height: 380,
        yMarks: [-9, -6, -3, 0, 3],
        yText: (power) => power === 0 ? "1" : `1e${told(power, 0)}`,
      });
      heights2.line(plain.map((point, k) => [k, logOf(valleyAt(...point))]), COLOURS.second)
        .line(seen(smart, steps).map((point, k) => [k, logOf(valleyAt(...point))]), COLOURS.main);
      return [
        chart.picture("The two ways over the valley's contours."),
        heights2.picture(`Now at ${told(heights[0], 4)} and ${told(heights[1], 4)}.`),
      ];
    },
    say: ({ rate, steps }, { plain, heights: [slow, quick] }) => {
      const off = plain.some(([x, y]) => !(Math.abs(x) < 1e3 && Math.abs(y) < 1e3));
      return `After ${steps} steps: plain steps with rate ${rate} ${
        off ? "have flown off the wall" : `stand at f = ${told(slow, 4)}`
      }; L-BFGS, which knows no rate, stands at ${
        quick < 1e-4 ? quick.toExponential(0).replace("e-", "e−") : told(quick, 4)
      }${steps >= smart.length - 1 ? `, and was at the bottom after ${smart.length - 1}` : ""}.`;
    },
    controls: (state) => [
      {
        kind: "slider",
        label: "rate of the plain steps",
        ...{ min: 0, max: RATES.length - 1, step: 1, value: RATES.indexOf(state.rate) },
        text: String(state.rate),
        set: (i) => ({ ...state, rate: RATES[i]! }),
      },
      {
        kind: "slider",
        label: "steps",
        ...{ min: 0, max: STEPS, step: 1, value: state.steps },
        set: (steps) => ({ ...state, steps }),
      },
    ],
    pace: 60,
    play: (state) => state.steps >= STEPS ? null : { ...state, steps: state.steps + 1 },
  };
}

/**
 * Plain steps and L-BFGS through Rosenbrock's valley, over its contours.
 *
 * @param smart Where L-BFGS was after each step, the start first.
 */
export function valleyView(smart: readonly (readonly number[])[]): Answering {
  const rounded = smart.map(([x, y]) => [Number(x!.toPrecision(8)), Number(y!.toPrecision(8))] as const);
  return answering("valley", valleyViewOf, { smart: rounded });
}
