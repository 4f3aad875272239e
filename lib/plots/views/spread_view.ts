/**
 * How widely starting weights spread: the first layer's sums, and how sure a network is that has learned nothing.
 *
 * @module
 */
import { className, type Digits } from "../../data/digits.ts";
import { normalise } from "../../data/prepare.ts";
import { forward } from "../../network/forward.ts";
import { initialise } from "../../network/init.ts";
import { crossEntropy } from "../../network/loss.ts";
import type { Network } from "../../network/network.ts";
import { seededRandom } from "../../random.ts";
import { COLOURS } from "../figure.ts";
import { barsPanel, Chart } from "./chart.ts";
import { packDigits, type PackedDigits, unpackDigits } from "./packed.ts";
import { type Answering, answering, told, type View, withArticle } from "./view.ts";

/** What is computed from a spread. */
export interface SpreadAnswer {
  /** The first layer's sums of all digits. */
  readonly sums: Float64Array;
  /** Their standard deviation. */
  readonly width: number;
  /** What it gives to each class for the digit looked at. */
  readonly probabilities: readonly number[];
  /** How much it gives to its favourite, in the mean of all digits. */
  readonly sure: number;
  readonly loss: number;
}

/** The view of some digits before a network that has learned nothing. */
export function spreadViewOf(digits: PackedDigits): View<{ power: number; digit: number }, SpreadAnswer> {
  const set = unpackDigits(digits), X = normalise(set);
  const unit = initialise([X.rows, 10, 10], seededRandom(1), ({ normal }) => ({ weight: normal, bias: () => 0 }));
  const marks = { [`√(2 / ${X.rows}), as He`]: Math.sqrt(2 / X.rows), "as ±0.5": 1 / Math.sqrt(12) };
  /** The first layer with this deviation; the second as He has it, so that one thing is changed. */
  const scaled = (deviation: number): Network => ({
    layers: unit.layers.map((layer, l) => {
      const { rows, cols, data } = layer.weights, factor = l ? Math.sqrt(2 / cols) : deviation;
      return { ...layer, weights: { rows, cols, data: data.map((w) => factor * w) } };
    }),
  });
  return {
    start: { power: Math.log10(1 / Math.sqrt(12)), digit: 0 },
    answer: ({ power, digit }) => {
      const { preActivations: [z], logits, probabilities } = forward(scaled(10 ** power), X);
      const favourites = Array.from(
        { length: X.cols },
        (_, j) => Math.max(...probabilities.data.subarray(10 * j, 10 * j + 10)),
      );
      const sums = z!.data, mean = sums.reduce((a, b) => a + b) / sums.length;
      return {
        sums,
        width: Math.sqrt(sums.reduce((sum, value) => sum + (value - mean) ** 2, 0) / sums.length),
        probabilities: [...probabilities.data.subarray(10 * digit, 10 * digit + 10)],
        sure: favourites.reduce((a, b) => a + b) / favourites.length,
        loss: crossEntropy(logits, set.labels),
      };
    },
    draw: ({ digit }, { sums, probabilities }) => {
      const far = 10, bins = new Array<number>(41).fill(0);
      for (const z of sums) bins[Math.min(40, Math.max(0, Math.round((z + far) / far * 20)))]! += 1;
      const chart = new Chart({
        title: "The first layer's sums",
        x: [-far - 0.25, far + 0.25],
        y: [0, Math.max(...bins) * 1.1],
        xName: "z (beyond ± 10: at the ends)",
        yName: "number of sums",
        xMarks: [-10, -5, 0, 5, 10],
      });
      bins.forEach((count, i) =>
        chart.bar(-far - 0.25 + i / 2, -far + 0.25 + i / 2, count, i === 0 || i === 40 ? COLOURS.wrong : COLOURS.main)
      );
      const truth = set.labels[digit]!;
      return [
        chart.picture("A histogram of the sums."),
        barsPanel(probabilities, { title: `what it says of ${withArticle(className(set, truth))}, unlearned`, truth }),
      ];
    },
    say: ({ power }, { width, sure, loss }) =>
      `Standard deviation of the first layer's weights ${told(10 ** power, 4)}: the sums spread by ${
        told(width, 2)
      }; it gives its favourite ${told(100 * sure, 0)} % in the mean of ${X.cols} digits, and the loss is ${
        told(loss, 2)
      } (knowing nothing: 2.30). ${
        sure > 0.35 ? "It is sure of nonsense." : sure < 0.12 ? "It says next to nothing, about anything." : ""
      }`.trim(),
    controls: (state) => [
      {
        kind: "slider",
        label: "standard deviation of the weights",
        ...{ min: -3, max: 0.3, step: 0.01, value: state.power },
        text: told(10 ** state.power, 3),
        set: (power) => ({ ...state, power }),
      },
      ...Object.entries(marks).map(([name, deviation]) => ({
        kind: "button" as const,
        label: `${name}: ${told(deviation, 3)}`,
        act: () => ({ ...state, power: Math.log10(deviation) }),
      })),
      {
        kind: "choice",
        label: "digit",
        options: Array.from(set.labels, (label, i) => `${i}: ${withArticle(className(set, label))}`),
        value: state.digit,
        set: (digit) => ({ ...state, digit }),
      },
    ],
  };
}

/** The spread of the starting weights to drag, the sums and the answers that come of it. */
export function spreadView(set: Digits, indices: readonly number[]): Answering {
  return answering("spread", spreadViewOf, packDigits(set, indices));
}
