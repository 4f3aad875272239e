/**
 * Mistakes around the network: training it, using it.
 *
 * @module
 */
import { preparePhoto, preparePhotoRaw } from "../../images/prepare_photo.ts";
import { defaultSchedule } from "../../training/loop.ts";
import { stepsPerEpoch } from "../../training/batches.ts";
import { lostByConstantCost } from "./effects.ts";
import { type Exhibit, unless } from "./exhibit.ts";

/** Exhibits on training and using. */
export const TRAINING_EXHIBITS: readonly Exhibit[] = [
  {
    id: "09",
    title: "light and dark swapped, whatever it shows",
    madeBy: "004",
    noise: "silent",
    chapter: 13,
    story:
      "Every photo is inverted, also one that is light on dark already; then paper is ink and ink is paper. The reason given, that the reader of images swaps light and dark, is not so: MNIST's ink is light, a photo's is dark.",
    buggy: preparePhotoRaw,
    fixed: (image: Parameters<typeof preparePhoto>[0]) => preparePhoto(image).prepared,
    check: (prepare) => {
      const data = new Float64Array(56 * 56).fill(20); // chalk on a board
      for (let y = 10; y < 46; y++) data.fill(240, 56 * y + 26, 56 * y + 31);
      const pixels: Uint8Array = prepare({ width: 56, height: 56, data }),
        blank = pixels.filter((grey) => grey === 0).length;
      return unless(blank > 500, `of chalk on a board it makes a picture with ${blank} blank pixels of 784`);
    },
  },
  {
    id: "10",
    title: "36 is not 36",
    madeBy: "004",
    noise: "words",
    chapter: 12,
    story:
      "The log counts 1,688 steps, the text explains them as batches of 36 of 60,000. They are batches of 32 of 54,000: a tenth is kept back.",
    buggy: () => stepsPerEpoch(60_000, 36),
    fixed: () => stepsPerEpoch(54_000, 32),
    check: (steps) => unless(steps() === 1688, `explains ${steps().toLocaleString("en")} steps, the log has 1,688`),
  },
  {
    id: "15",
    title: "two numbers in the other order",
    invitedBy: "000 and 001 together",
    noise: "silent",
    chapter: 8,
    story:
      "One takes (iterations, alpha), the other (alpha, iterations). Called in the wrong order, the loop runs for 0.1 iterations: in JavaScript once, in Python not at all, with an error.",
    buggy: () => {
      const train = (alpha: number, iterations: number) => {
        let steps = 0;
        for (let i = 0; i < iterations; i++) steps++;
        return alpha > 0 ? steps : 0;
      };
      return train(500, 0.1); // written for the other tutorial
    },
    fixed: () => {
      const train = ({ alpha, iterations }: { alpha: number; iterations: number }) => {
        let steps = 0;
        for (let i = 0; i < iterations; i++) steps++;
        return alpha > 0 ? steps : 0;
      };
      return train({ iterations: 500, alpha: 0.1 }); // names have no order
    },
    check: (run) => unless(run() === 500, `500 updates were wanted, ${run()} made`),
  },
  {
    id: "16",
    title: "names that nobody defined",
    madeBy: "000, 002",
    noise: "loud",
    chapter: 8,
    story:
      "The listing calls functions that it never shows: accuracy, predictions, sigmoidGradient. As printed, it stops.",
    buggy: new Function("p", "return make_predictions(p)") as (p: number[]) => number,
    fixed: (p: number[]) => argmax(p),
    check: (run) => {
      try {
        return unless(run([0.2, 0.8]) === 1, "gives another answer");
      } catch (error) {
        return (error as Error).message;
      }
    },
  },
  {
    id: "18",
    title: "the last state is never shown",
    madeBy: "000, 001",
    noise: "silent",
    chapter: 8,
    story:
      "000 prints every hundredth iteration, 001 every tenth, both before the update: what the last updates brought is never in the log, and 000 quotes an accuracy that it does not print.",
    buggy: (iterations: number) => steps(iterations).filter((i) => i % 100 === 0),
    fixed: (iterations: number) => [...steps(iterations).filter(defaultSchedule), iterations],
    check: (log) => unless(log(1000).includes(1000), `of 1,000 iterations the last one logged is ${log(1000).at(-1)}`),
  },
  {
    id: "25",
    title: "movement",
    madeBy: "004",
    noise: "words",
    chapter: 12,
    story: "Adam is adaptive moment estimation: a moment is a mean of powers. Nothing moves.",
    buggy: () => "adaptive movement estimation",
    fixed: () => "adaptive moment estimation",
    check: (name) => unless(name().includes(" moment "), `expands Adam to “${name()}”`),
  },
  {
    id: "26",
    title: "an optimiser that looks at a constant",
    madeBy: "003",
    noise: "silent",
    chapter: 11,
    story:
      "The cost ignores the weights it is asked about and uses the stored ones. L-BFGS finds a flat hill and stops; the weights that the article praises had been trained elsewhere.",
    buggy: (stored: number[]) => (_asked: number[]) => stored.reduce((sum, w) => sum + w * w, 0),
    fixed: () => (asked: number[]) => asked.reduce((sum, w) => sum + w * w, 0),
    check: (make) => {
      const cost = make([3, 4]);
      return unless(cost([3, 4]) !== cost([0, 0]), `the cost is ${cost([3, 4])} wherever it is asked`);
    },
    effect: { what: "points of accuracy lost", measure: lostByConstantCost },
  },
  {
    id: "27",
    title: "an assignment inside a comment",
    madeBy: "003",
    noise: "silent",
    chapter: 11,
    story:
      "As printed, the line that stores W2 has slipped to the end of a comment: a given W2 is accepted and forgotten.",
    buggy: (W1: number, _W2: number) => {
      const self = { W1, W2: NaN };
      return self; // keep the given weights self.W2 = W2
    },
    fixed: (W1: number, W2: number) => ({ W1, W2 }),
    check: (configure) => unless(configure(1, 2).W2 === 2, `W2 was given as 2 and is ${configure(1, 2).W2}`),
  },
];

function argmax(p: readonly number[]): number {
  return p.indexOf(Math.max(...p));
}

function steps(iterations: number): number[] {
  return Array.from({ length: iterations }, (_, i) => i);
}
