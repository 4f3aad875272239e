/**
 * The settings of experiments: what one training is told.
 *
 * @module
 */
import { sha256 } from "../sha256.ts";
import {
  epsilonUniform,
  gaussian,
  glorot,
  he,
  type Initialiser,
  scaledGaussian,
  uniformHalf,
  zeros,
} from "../network/init.ts";
import type { LayerList } from "../network/init_layers.ts";
import type { Activation, Activations } from "../network/network.ts";
import type { Loss } from "../network/loss.ts";
import type { Variant } from "../tutorials/tutorials.ts";

/** One training. A tutorial brings its own network and method; without one, they are said here. */
export interface Settings {
  /** Learn from so many digits only, the first ones. */
  readonly rows?: number;
  /** Keep so many of them back, the last ones, to choose by. */
  readonly validation?: number;
  /** Learn from changed copies besides: `shift` (four, by one pixel), `turn` (two, by ten degrees), `shift+turn` or `none`. */
  readonly augment?: string;
  /** Seed of the starting weights and of shuffling; 1 where nothing is said. */
  readonly seed?: number;
  /** A tutorial's number; it brings its own network and method. */
  readonly tutorial?: string;
  /** Of a tutorial; `corrected` where nothing is said. */
  readonly variant?: Variant;
  /** Units of the hidden layers, such as `[10]` or `[128, 128]`; `[]` for none, which is softmax regression. */
  readonly hidden?: readonly number[];
  /** Convolutions before them: for each how many filters, the window's side, the pool's (1) and the padding (0): `[[16, 5, 2]]`. */
  readonly filters?: readonly (readonly number[])[];
  /** How the hidden layers bend: relu (where nothing is said), sigmoid or tanh. */
  readonly activation?: string;
  /** cross-entropy after softmax (where nothing is said), logistic or squared-error after sigmoids. */
  readonly loss?: string;
  /** The start; of a tutorial another than its own. */
  readonly init?: string;
  /** descent (over all digits), lbfgs, sgd, momentum or adam (in mini-batches). */
  readonly optimiser?: string;
  /** Learning rate; not for lbfgs. */
  readonly rate?: number;
  /** How the rate falls: constant (where nothing is said), linear or cosine, to 0 at the end. */
  readonly schedule?: string;
  /** Momentum's β; 0.9 where nothing is said. */
  readonly beta?: number;
  /** Adam's β₁; 0.9. */
  readonly beta1?: number;
  /** Adam's β₂; 0.999. */
  readonly beta2?: number;
  /** Adam's ε; 1e-7. */
  readonly epsilon?: number;
  /** λ of the weight penalty `λ / 2m · Σ W²`, m the number of digits learned from; 0 where nothing is said. */
  readonly lambda?: number;
  /** Digits per mini-batch, or `all`; 32 where nothing is said. */
  readonly batch?: number | "all";
  /** Updates, for descent and lbfgs. */
  readonly iterations?: number;
  /** Times through all digits, for mini-batches. */
  readonly epochs?: number;
  /** True to learn from other pictures of the same digits in each epoch: shifted, turned, scaled and bent. */
  readonly distort?: boolean;
  /** Share of the hidden units that are silenced in each step. */
  readonly dropout?: number;
  /** Stop when so many epochs in a row have brought the validation part nothing, and take the best network. */
  readonly patience?: number;
}

/** The starts by name. */
export const INITIALISERS: Readonly<Record<string, Initialiser>> = {
  uniformHalf,
  epsilonUniform,
  gaussian,
  scaledGaussian,
  he,
  glorot,
  zeros,
};

/** What a loss's name stands for, and which last layer it needs. */
export const LOSSES: Readonly<Record<string, { readonly loss: Loss; readonly output: Activation }>> = {
  "cross-entropy": { loss: "cross-entropy", output: "softmax" },
  logistic: { loss: "cross-entropy", output: "sigmoid" },
  "squared-error": { loss: "squared-error", output: "sigmoid" },
};

/** The activations of a network with these settings. */
export function activationsOf({ activation = "relu", loss = "cross-entropy" }: Settings): Required<Activations> {
  return { hidden: activation as Activation, output: LOSSES[loss]!.output };
}

/** The layers of a network with these settings. */
export function layersOf({ filters = [], hidden }: Settings, inputs: number): LayerList {
  const windows = filters.map(([filters, size, pool = 1, padding = 0]) => ({
    filters: filters!,
    size: size!,
    pool,
    padding,
  }));
  return [inputs, ...windows, ...hidden!, 10];
}

/**
 * The same name for the same settings on the same digits, whatever the settings' order and wherever the digits lie.
 *
 * @param content What {@linkcode contentOf} says of the digits.
 */
export async function trialId(settings: Settings, content: string): Promise<string> {
  const sorted = Object.entries(settings).toSorted(([a], [b]) => a < b ? -1 : 1);
  return (await sha256(JSON.stringify([content, sorted]))).toHex().slice(0, 12);
}
