/**
 * The five tutorials as settings of one network: as they were published, and corrected.
 *
 * @module
 */
import { type Digits, slice } from "../data/digits.ts";
import { crop20, digitsToCoursera, unrollByColumns } from "../data/coursera.ts";
import { normalise, split } from "../data/prepare.ts";
import { scalarBias, scalarBiasWrongCount } from "./as_written.ts";
import { UnknownName } from "../errors.ts";
import { backward } from "../network/backward.ts";
import type { Activations } from "../network/network.ts";
import { epsilonUniform, gaussian, glorot, he, type Initialiser, uniformHalf } from "../network/init.ts";
import type { LayerList } from "../network/init_layers.ts";
import type { TrainOptions } from "../training/plan.ts";
import { type Examples, examplesOf } from "../data/examples.ts";

/** `as-written` repeats the published mistakes, `corrected` does not. */
export type Variant = "as-written" | "corrected";

/** Gradient descent over the whole batch. */
export interface DescentMethod {
  /** Which method. */
  readonly kind: "descent";
  /** How many updates. */
  readonly iterations: number;
  /** α. */
  readonly learningRate: number;
  /** λ of the weight penalty. */
  readonly lambda: number;
}

/** L-BFGS over the whole batch. */
export interface LbfgsMethod {
  /** Which method. */
  readonly kind: "lbfgs";
  /** The most iterations. */
  readonly iterations: number;
  /** λ of the weight penalty. */
  readonly lambda: number;
}

/** Adam over shuffled mini-batches. */
export interface AdamMethod {
  /** Which method. */
  readonly kind: "adam";
  /** How many times through all examples. */
  readonly epochs: number;
  /** Examples per update. */
  readonly batchSize: number;
  /** α. */
  readonly learningRate: number;
  /** How α falls while it learns; the same all the time where nothing is said. */
  readonly schedule?: "cosine";
}

/** Parts of a set that share no digit. */
export interface Division {
  /** What the network learns from. */
  readonly train: Digits;
  /** What it is tested on at the end, where there is something left for that. */
  readonly test?: Digits;
  /** What it is looked at with after each epoch, where some is kept back for that. */
  readonly validation?: Digits;
}

/** One tutorial's network and how it is trained. */
export interface Tutorial {
  /** Its number, `000` to `004`. */
  readonly id: string;
  /** What it is. */
  readonly title: string;
  /** Inputs, what each layer gives on, classes. */
  readonly sizes: readonly number[];
  /** Its layers, where some of them are convolutions. */
  readonly layers?: LayerList;
  /** Its activations. */
  readonly activations: Activations;
  /** Where its weights start. */
  readonly initialiser: Readonly<Record<Variant, Initialiser>>;
  /** How it is trained. */
  readonly method: DescentMethod | LbfgsMethod | AdamMethod;
  /** The gradients it follows. */
  readonly gradients: Readonly<Record<Variant, NonNullable<TrainOptions["gradients"]>>>;
  /** True if, as printed, the function that it hands to the optimiser never looks at the weights it is asked about. */
  readonly neverTrains?: boolean;
  /** Which digits of a set it learns from, and which are kept back; none for testing if `test` comes from elsewhere. */
  readonly divide: (set: Digits, variant: Variant, test?: Digits) => Division;
  /** Pictures and labels in the form it takes. */
  readonly examples: (set: Digits) => Examples;
}

const KAGGLE_ROWS = 42_000, COURSERA_ROWS = 5000, TEST_ROWS = 1000;

/** The tutorials keep 1,000 rows back; of fewer than 2,000, a fifth. */
function testRows({ labels: { length } }: Digits): number {
  return length >= 2 * TEST_ROWS ? TEST_ROWS : Math.max(1, Math.floor(length / 5));
}

const kaggle = {
  sizes: [784, 10, 10],
  activations: {},
  initialiser: both(uniformHalf),
  divide: (set: Digits, _variant: Variant, test?: Digits) => {
    const rows = slice(set, 0, Math.min(KAGGLE_ROWS, set.labels.length));
    return test ? { train: rows, test } : split(rows, testRows(rows));
  },
  examples: examplesOf,
};
const coursera = {
  sizes: [400, 25, 10],
  activations: { hidden: "sigmoid", output: "sigmoid" } as const,
  gradients: both(backward),
  /** The first 5,000 are the lesson; what the source has besides is the test part. */
  divide: (set: Digits, _variant: Variant, elsewhere?: Digits): Division => {
    const train = slice(set, 0, Math.min(COURSERA_ROWS, set.labels.length));
    const test = elsewhere ?? set.test ?? (set.labels.length > COURSERA_ROWS ? slice(set, COURSERA_ROWS) : undefined);
    return { train, ...test && { test } };
  },
  examples: (set: Digits) => ({
    images: unrollByColumns(normalise(crop20(set)), 20),
    labels: digitsToCoursera(set.labels),
  }),
};

/** The tutorials by number. */
export const TUTORIALS: Readonly<Record<string, Tutorial>> = {
  "000": {
    ...kaggle,
    id: "000",
    title: "NumPy article on Kaggle's train.csv",
    method: { kind: "descent", iterations: 1000, learningRate: 0.1, lambda: 0 },
    gradients: { "as-written": scalarBias, corrected: backward },
  },
  "001": {
    ...kaggle,
    id: "001",
    title: "NumPy notebook after Samson Zhang",
    method: { kind: "descent", iterations: 500, learningRate: 0.1, lambda: 0 },
    gradients: { "as-written": scalarBiasWrongCount, corrected: backward },
  },
  "002": {
    ...coursera,
    id: "002",
    title: "article on Andrew Ng's fourth exercise, by gradient descent",
    initialiser: both(epsilonUniform),
    method: { kind: "descent", iterations: 800, learningRate: 0.8, lambda: 1 },
  },
  "003": {
    ...coursera,
    id: "003",
    title: "class Neural_Network on the same exercise, by L-BFGS",
    initialiser: { "as-written": gaussian, corrected: epsilonUniform },
    method: { kind: "lbfgs", iterations: 20, lambda: 0.1 },
    neverTrains: true,
  },
  "004": {
    id: "004",
    title: "Keras on mnist.npz, by Adam",
    sizes: [784, 128, 128, 10],
    activations: {},
    initialiser: both(glorot),
    method: { kind: "adam", epochs: 3, batchSize: 32, learningRate: 0.001 },
    gradients: both(backward),
    /** As written, Keras keeps the last tenth back for validation: 54,000 of 60,000 are left, 1688 batches of 32. */
    divide: (set: Digits, variant: Variant, elsewhere?: Digits) => {
      const own = elsewhere ?? set.test, { train, test } = own ? { train: set, test: own } : split(set, testRows(set));
      if (variant === "corrected") return { train, test };
      const kept = Math.floor(0.9 * train.labels.length);
      return { train: slice(train, 0, kept), validation: slice(train, kept), test };
    },
    examples: examplesOf,
  },
};

/** Chapter 15's network: no tutorial's, but what 004 ends by wishing for. */
export const CONVOLUTIONAL: Tutorial = {
  ...TUTORIALS["004"]!,
  id: "15",
  title: "convolutional network: 16 and 32 filters of 5 × 5, then 128 units, by Adam",
  layers: [784, { filters: 16, size: 5, pool: 2 }, { filters: 32, size: 5, pool: 2 }, 128, 10],
  sizes: [784, 12 * 12 * 16, 4 * 4 * 32, 128, 10],
  initialiser: both(he),
  method: { kind: "adam", epochs: 5, batchSize: 64, learningRate: 0.003, schedule: "cosine" },
};

/** All networks that are trained by name: the tutorials' and chapter 15's. */
export const NETWORKS: Readonly<Record<string, Tutorial>> = { ...TUTORIALS, [CONVOLUTIONAL.id]: CONVOLUTIONAL };

/**
 * The tutorial with this number, or chapter 15's network for `15`.
 *
 * @throws {UnknownName} If there is none.
 */
export function tutorial(id: string): Tutorial {
  const found = Object.hasOwn(NETWORKS, id) ? NETWORKS[id] : undefined;
  if (!found) {
    const names = Object.keys(TUTORIALS).join(", ");
    throw new UnknownName(`Cannot find tutorial "${id}": must be one of ${names}, or 15 for chapter 15's network`);
  }
  return found;
}

function both<T>(value: T): Readonly<Record<Variant, T>> {
  return { "as-written": value, corrected: value };
}
