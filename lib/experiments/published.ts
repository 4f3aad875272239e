/**
 * What others published about digits and networks as ours, in settings that can be run again.
 *
 * @module
 */
import type { Settings } from "./settings.ts";

/** A published accuracy, and the settings that it belongs to. */
export interface Published {
  /** Who, and where. */
  readonly source: string;
  /** The network and its training, in words. */
  readonly what: string;
  /** The settings without a seed; of a tutorial, which one. */
  readonly settings: Settings;
  /** The published accuracy, 0 to 1. */
  readonly accuracy: number;
  /** On which part it was measured. */
  readonly part: "test" | "validation";
  /** How the published number came about, or what is different here. */
  readonly note: string;
}

const sigmoids = { activation: "sigmoid", validation: 10_000, optimiser: "sgd", batch: 10 } as const;
const nielsen1 = { ...sigmoids, loss: "squared-error", init: "gaussian", rate: 3, epochs: 30 } as const;
const nielsen3 = { ...sigmoids, loss: "logistic", init: "gaussian", rate: 0.5, epochs: 30 } as const;
const nielsen5 = { ...sigmoids, loss: "logistic", init: "scaledGaussian", rate: 0.1, lambda: 5, epochs: 30 } as const;
const lecun = { loss: "squared-error", init: "scaledGaussian", optimiser: "sgd", batch: 10, epochs: 20 } as const;

const [BEST, LAST] = ["the best of its epochs", "after the last epoch"];
const OURS = "rate, batch and epochs are ours: the paper does not give them";

/** Results on MNIST from books, papers and documentation. */
export const PUBLISHED: readonly Published[] = [
  {
    ...{
      source: "Nielsen 2015, chapter 1",
      what: "30 sigmoids, squared error, rate 3",
      settings: { ...nielsen1, hidden: [30] },
    },
    ...{ accuracy: 0.9542, part: "test", note: BEST },
  },
  {
    ...{
      source: "Nielsen 2015, chapter 1",
      what: "100 sigmoids, squared error, rate 3",
      settings: { ...nielsen1, hidden: [100] },
    },
    ...{ accuracy: 0.9659, part: "test", note: BEST },
  },
  {
    ...{
      source: "Nielsen 2015, chapter 3",
      what: "30 sigmoids, cross-entropy, rate 0.5",
      settings: { ...nielsen3, hidden: [30] },
    },
    ...{ accuracy: 0.9549, part: "test", note: BEST },
  },
  {
    ...{
      source: "Nielsen 2015, chapter 3",
      what: "100 sigmoids, cross-entropy, rate 0.5",
      settings: { ...nielsen3, hidden: [100] },
    },
    ...{ accuracy: 0.9682, part: "test", note: BEST },
  },
  {
    ...{
      source: "Nielsen 2015, chapter 3",
      what: "the 30, with λ = 5",
      settings: { ...nielsen3, hidden: [30], lambda: 5 },
    },
    ...{ accuracy: 0.9649, part: "test", note: BEST },
  },
  {
    ...{
      source: "Nielsen 2015, chapter 3",
      what: "the 100, with λ = 5",
      settings: { ...nielsen3, hidden: [100], lambda: 5 },
    },
    ...{ accuracy: 0.9792, part: "validation", note: LAST },
  },
  {
    ...{ source: "Nielsen 2015, chapter 3", what: "100, rate 0.1, λ = 5, 60 epochs" },
    ...{ settings: { ...nielsen3, hidden: [100], rate: 0.1, lambda: 5, epochs: 60 } },
    ...{ accuracy: 0.9804, part: "validation", note: LAST },
  },
  ...([[1, 0.9648], [2, 0.9690], [3, 0.9657], [4, 0.9653]] as const).map(([layers, accuracy]): Published => ({
    ...{ source: "Nielsen 2015, chapter 5", what: `${layers} × 30 sigmoids, λ = 5`, accuracy, part: "validation" },
    ...{ settings: { ...nielsen5, hidden: Array(layers).fill(30) }, note: LAST },
  })),
  {
    ...{
      source: "LeCun et al. 1998",
      what: "no hidden layer, squared error",
      settings: { ...lecun, hidden: [], rate: 0.1 },
    },
    ...{ accuracy: 0.88, part: "test", note: `linear outputs there, sigmoids here; ${OURS}` },
  },
  {
    ...{ source: "LeCun et al. 1998", what: "300 hidden, squared error", accuracy: 0.953, part: "test", note: OURS },
    settings: { ...lecun, hidden: [300], activation: "tanh", rate: 0.1 },
  },
  {
    ...{
      source: "LeCun et al. 1998",
      what: "300-100 hidden, squared error",
      accuracy: 0.9695,
      part: "test",
      note: OURS,
    },
    settings: { ...lecun, hidden: [300, 100], activation: "tanh", rate: 0.1 },
  },
  {
    ...{ source: "Simard et al. 2003", what: "800 hidden, cross-entropy", accuracy: 0.984, part: "test" },
    settings: { hidden: [800], init: "he", optimiser: "sgd", rate: 0.1, epochs: 20 },
    note: `ReLU here; ${OURS}`,
  },
  {
    ...{ source: "Rashid 2016", what: "200 sigmoids, squared error, one by one", accuracy: 0.9711, part: "test" },
    settings: {
      ...{ hidden: [200], activation: "sigmoid", loss: "squared-error", init: "scaledGaussian" },
      ...{ optimiser: "sgd", rate: 0.1, batch: 1, epochs: 5 },
    },
    note: "no biases, and pixels from 0.01, there",
  },
  {
    ...{
      source: "TensorFlow, MNIST for beginners, 2015",
      what: "softmax regression from zeros",
      accuracy: 0.92,
      part: "test",
    },
    settings: { hidden: [], init: "zeros", optimiser: "sgd", rate: 0.5, batch: 100, epochs: 2, validation: 5000 },
    note: "“around 92 %” after 1,000 updates; 1,100 here",
  },
  {
    ...{
      source: "TensorFlow, Keras quickstart, 2019",
      what: "128 hidden, Adam, 5 epochs",
      accuracy: 0.98,
      part: "test",
    },
    settings: { hidden: [128], init: "glorot", optimiser: "adam", epochs: 5 },
    note: "“∼98 %”, with dropout there",
  },
];
