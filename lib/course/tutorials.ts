/**
 * The tutorials as settings of one network: as they were published, and corrected.
 *
 * @module
 */
import type { Digits } from "../data/digits.ts";
import { slice } from "../data/digits.ts";
import { type Split, split } from "../data/prepare.ts";
import { matrix } from "../matrix.ts";
import { backward, type Gradients } from "../network/backward.ts";
import { type Initialiser, uniformHalf } from "../network/init.ts";
import type { DescentOptions } from "../training/gradient_descent.ts";

/** `as-written` repeats the published mistakes, `corrected` does not. */
export type Variant = "as-written" | "corrected";

/** One tutorial's network and how it is trained. */
export interface Tutorial {
  /** Its number, `000` to `004`. */
  readonly id: string;
  /** What it is. */
  readonly title: string;
  /** Inputs, hidden units, classes. */
  readonly sizes: readonly number[];
  /** Where its weights start. */
  readonly initialiser: Initialiser;
  /** α. */
  readonly learningRate: number;
  /** How many updates it makes. */
  readonly iterations: number;
  /** How many digits of its file it uses, and how many of these it keeps back as the test part. */
  readonly rows: {
    /** The size of Kaggle's train.csv. */
    readonly total: number;
    /** The first ones are the test part. */
    readonly test: number;
  };
  /** The gradients it follows. */
  readonly gradients: Readonly<Record<Variant, NonNullable<DescentOptions["gradients"]>>>;
}

/** The tutorials by number. */
export const TUTORIALS: Readonly<Record<string, Tutorial>> = Object.fromEntries(
  [
    {
      ...common("000", "NumPy article: 784-10-10, ReLU and softmax"),
      iterations: 1000,
      gradients: { "as-written": scalarBias, corrected: backward },
    },
    {
      ...common("001", "NumPy notebook after Samson Zhang: 784-10-10, ReLU and softmax"),
      iterations: 500,
      gradients: { "as-written": scalarBiasWrongCount, corrected: backward },
    },
  ].map((tutorial: Tutorial) => [tutorial.id, tutorial]),
);

function common(id: string, title: string) {
  return {
    id,
    title,
    sizes: [784, 10, 10],
    initialiser: uniformHalf,
    learningRate: 0.1,
    rows: { total: 42_000, test: 1000 },
  };
}

/**
 * The tutorial with this number.
 *
 * @throws {RangeError} If there is none.
 */
export function tutorial(id: string): Tutorial {
  const found = TUTORIALS[id];
  if (!found) {
    throw new RangeError(`Cannot find tutorial "${id}": must be one of ${Object.keys(TUTORIALS).join(", ")}`);
  }
  return found;
}

/**
 * Divides a set as the tutorial divides its file: the first 1,000 digits test, the next 41,000 train.
 * A smaller set gives fewer training digits.
 */
export function splitLike({ rows }: Tutorial, set: Digits): Split {
  return split(slice(set, 0, Math.min(rows.total, set.labels.length)), rows.test);
}

/**
 * What 000 and 001 do to the bias gradients: they sum over all units at once, and give each unit that one number.
 *
 * At the output every column of A − Y sums to 0, so there the number is always 0 and the biases never move.
 */
export function scalarBias(...pass: Parameters<typeof backward>): Gradients {
  return {
    layers: backward(...pass).layers.map(({ weights, bias }) => {
      const sum = bias.data.reduce((a, b) => a + b, 0);
      return { weights, bias: matrix(bias.rows, 1, bias.data.map(() => sum)) };
    }),
  };
}

/** What 001 does besides: it divides by m of the whole file, 42,000, although it trains on 41,000. */
export function scalarBiasWrongCount(...pass: Parameters<typeof backward>): Gradients {
  const examples = pass[2].cols, factor = examples / (examples + common("", "").rows.test);
  return {
    layers: scalarBias(...pass).layers.map(({ weights, bias }) => ({
      weights: { ...weights, data: weights.data.map((value) => value * factor) },
      bias: { ...bias, data: bias.data.map((value) => value * factor) },
    })),
  };
}
