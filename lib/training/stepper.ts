/**
 * Who does the arithmetic of a training: looks at examples, steps, and says how the network stands.
 *
 * The loop in `loop.ts` asks for nothing else. Here is the plain one, the code that the notebooks show; the engine's does the same
 * sooner.
 *
 * @module
 */
import type { Examples } from "../data/examples.ts";
import { oneHot } from "../data/prepare.ts";
import { evaluate, measurePass, type Measures } from "../evaluation/evaluate.ts";
import { type Matrix, matrix } from "../matrix.ts";
import { withInk } from "../products.ts";
import { distortionRandom, type SeededDistortions, squareDistorter } from "../data/distort.ts";
import { dropMasks, type Dropout } from "../network/dropout.ts";
import { BACKWARD, type Gradients } from "../network/backward.ts";
import { assertInputs, forward, type ForwardPass } from "../network/forward.ts";
import { assertLabels, assertLoss, type Loss, weightPenalty } from "../network/loss.ts";
import { type Network, sizesOf } from "../network/network.ts";
import { batchOf, stepsPerEpoch } from "./batches.ts";
import type { Optimiser, OptimiserState } from "./optimisers.ts";

/** A network at work. */
export interface Stepper extends AsyncDisposable {
  /** In which order examples are taken: a look takes those that stand at `from` up to `from + size`. */
  readonly order: Uint32Array;
  /**
   * Looks at some examples and works out their gradients.
   *
   * @param report Whether to say what was seen: the mean loss, with the weight penalty, and the accuracy, before the step.
   */
  look(from: number, size: number, report: boolean): Measures | null;
  /** Takes the step that the last look asks for. */
  step(): void;
  /** How the network stands: on all it learns from, with the weight penalty, or on the test part, without. */
  measure(part: "train" | "test"): Measures;
  /** The network as it stands. */
  network(): Network;
  /** What the optimiser remembers. */
  state(): OptimiserState;
}

/** What a stepper is made with. */
export interface StepperOptions {
  /** What to do with each gradient. */
  readonly optimiser: Optimiser;
  /** What it remembers, where a training goes on. */
  readonly state?: OptimiserState;
  /** Examples per look; all of them are looked at as they lie, without copying. */
  readonly batchSize: number;
  /** λ of the weight penalty `λ / 2m · Σ W²`, m the number of all examples. */
  readonly lambda?: number;
  /** What is lowered; the cross-entropy where nothing is said. */
  readonly loss?: Loss;
  /** Silences hidden units, in each step others; with mini-batches. */
  readonly dropout?: Dropout;
  /** Learns from other pictures of the same digits in each epoch; with mini-batches. No copy is kept. */
  readonly distortions?: SeededDistortions;
  /** Examples that are only measured. */
  readonly test?: Examples;
  /**
   * The gradients to follow; those of the loss unless a lesson wants to see what a wrong one does. Its λ is the training's times batch over
   * m, so that divided by the batch it is the same for all.
   */
  readonly gradients?: (network: Network, pass: ForwardPass, targets: Matrix, lambda?: number) => Gradients;
}

/** Makes a stepper. */
export type OpenStepper = (start: Network, examples: Examples, options: StepperOptions) => Promise<Stepper>;

/** The plain stepper: `forward`, `backward` and the optimiser's step, in Float64. */
export const plainStepper: OpenStepper = (start, examples, options) => {
  const {
    optimiser,
    batchSize,
    lambda = 0,
    test,
    dropout,
    distortions,
    loss = "cross-entropy",
    gradients = BACKWARD[loss],
  } = options;
  const count = examples.images.cols;
  const classes = sizesOf(start).at(-1)!;
  assertInputs(start.layers[0]!, examples.images, 0);
  assertLoss(loss, start.layers.at(-1)!.activation);
  assertLabels(examples.labels, { rows: classes, cols: count }); // here: a batch's copy would make 3 of 3.7
  const order = Uint32Array.from({ length: count }, (_, i) => i);
  const inked = ({ images, labels }: Examples) => ({ images: withInk(images), labels }); // once: only inked pixels are multiplied
  const all = inked(examples), unseen = test && inked(test);
  let network = start;
  let state = options.state ?? optimiser.init(start);
  let batch: Examples = all;
  let pass: ForwardPass | undefined;
  const distort = distortions && distortsBatches(examples, distortions);
  const penalised = (measures: Measures) => ({
    ...measures,
    loss: measures.loss + weightPenalty(network, lambda, count),
  });
  return Promise.resolve({
    order,
    look(from, size, report) {
      const chosen = order.subarray(from, from + size);
      batch = batchSize >= count && !distort && !dropout ? all : batchOf(all, chosen);
      if (distort) batch = distort(batch, chosen, Math.floor(state.steps / stepsPerEpoch(count, batchSize)));
      pass = forward(network, batch.images, dropout && dropMasks(network, size, dropout, state.steps));
      return report ? penalised(measurePass(network, pass, batch.labels, loss)) : null;
    },
    step() {
      const share = batch.labels.length / count; // `backward` divides λ by the batch, and it is meant for all
      const slopes = gradients(network, pass!, oneHot(batch.labels, classes), lambda * share);
      ({ network, state } = optimiser.step(network, slopes, state));
    },
    measure: (part) => part === "test" ? evaluate(network, unseen!, loss) : penalised(evaluate(network, all, loss)),
    network: () => network,
    state: () => state,
    [Symbol.asyncDispose]: () => Promise.resolve(),
  });
};

/** Makes other pictures of a batch's digits, which are named by their numbers. */
function distortsBatches({ images: { rows } }: Examples, distortions: SeededDistortions) {
  const distort = squareDistorter(rows, distortions);
  return ({ images, labels }: Examples, which: ArrayLike<number>, epoch: number): Examples => {
    const changed = matrix(rows, images.cols);
    for (let j = 0; j < images.cols; j++) {
      const from = j * rows, to = from + rows;
      const random = distortionRandom(distortions.seed, epoch, which[j]!);
      distort(images.data.subarray(from, to), changed.data.subarray(from, to), random);
    }
    return { images: withInk(changed), labels };
  };
}
