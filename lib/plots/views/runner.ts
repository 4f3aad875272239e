/**
 * A network in training beside others: how it stands after each step, by the functions of the course.
 *
 * @module
 */
import { drawDigits } from "../../data/drawn_digits.ts";
import { slice } from "../../data/digits.ts";
import { normalise, oneHot } from "../../data/prepare.ts";
import type { Examples } from "../../data/examples.ts";
import { evaluate } from "../../evaluation/evaluate.ts";
import { backward } from "../../network/backward.ts";
import { forward } from "../../network/forward.ts";
import { glorot, he, initialise, type Initialiser, uniformHalf, zeros } from "../../network/init.ts";
import type { Network } from "../../network/network.ts";
import { withInk } from "../../products.ts";
import { type Random, seededRandom, shuffledIndices } from "../../random.ts";
import { batchOf } from "../../training/batches.ts";
import { adam, momentum, type Optimiser, type OptimiserState, sgd } from "../../training/optimisers.ts";

/** The starts that a lane may have, by name. */
export const STARTS: Readonly<Record<string, Initialiser>> = {
  "He": he,
  "Glorot": glorot,
  "±0.5": uniformHalf,
  "zeros": zeros,
};

const OPTIMISERS: Readonly<Record<string, (rate: number) => Optimiser>> = {
  "plain steps": (rate) => sgd(rate),
  "momentum": (rate) => momentum(rate),
  "Adam": (learningRate) => adam({ learningRate }),
};

/** One network in training. */
export interface Lane {
  /** What the legend calls it. */
  readonly name: string;
  /** How many hidden units. */
  readonly hidden: number;
  /** A key of the starts: He, Glorot, ±0.5, zeros. */
  readonly start: string;
  /** The learning rate. */
  readonly rate: number;
  /** plain steps, momentum or Adam; plain steps where nothing is said. */
  readonly optimiser?: string;
}

/** A lane as it stands. */
export interface Runner {
  readonly lane: Lane;
  readonly network: Network;
  readonly memory: OptimiserState;
  readonly random: Random;
  readonly order: readonly number[];
  readonly at: number;
  /** Loss on what it learns from, share of unseen digits read: after each frame, with its step. */
  readonly history: readonly { readonly step: number; readonly loss: number; readonly read: number }[];
  /** How many hidden units wake for any of the digits that are only read. */
  readonly awake: number;
  /** Whether it ended in what is no number. */
  readonly lost: boolean;
}

/** How many digits are only read. */
export const UNSEEN = 200;

const SEED = 2024;
const sets = new Map<number, { lesson: Examples; unseen: Examples }>(); // drawn once in a page

function setOf(count: number): { lesson: Examples; unseen: Examples } {
  const known = sets.get(count);
  if (known) return known;
  const all = drawDigits(count + UNSEEN, SEED);
  const examples = (from: number, to: number): Examples => {
    const part = slice(all, from, to);
    return { images: withInk(normalise(part)), labels: part.labels };
  };
  const made = { unseen: examples(0, UNSEEN), lesson: examples(UNSEEN, UNSEEN + count) };
  sets.set(count, made);
  return made;
}

function optimiserOf({ optimiser = "plain steps", rate }: Lane): Optimiser {
  return OPTIMISERS[optimiser]!(rate);
}

/**
 * A lane before its first step.
 *
 * @param digits How many drawn digits it learns from.
 * @throws {RangeError} If there is no such start or optimiser.
 */
export function begin(lane: Lane, digits: number): Runner {
  for (
    const [what, name, known] of [
      ["start", lane.start, STARTS],
      ["optimiser", lane.optimiser ?? "plain steps", OPTIMISERS],
    ] as const
  ) {
    if (Object.hasOwn(known, name)) continue;
    throw new RangeError(
      `Cannot train ${lane.name}: ${what} must be one of ${Object.keys(known).join(", ")}, got ${name}`,
    );
  }
  const network = initialise([784, lane.hidden, 10], seededRandom(1), STARTS[lane.start]),
    { lesson, unseen } = setOf(digits);
  const first = { step: 0, loss: evaluate(network, lesson).loss, read: evaluate(network, unseen).accuracy };
  const memory = optimiserOf(lane).init(network), awake = awakeOf(network, unseen);
  return { lane, network, memory, random: seededRandom(7), order: [], at: 0, history: [first], awake, lost: false };
}

function awakeOf(network: Network, { images }: Examples): number {
  const { rows, data } = forward(network, images).activations[1]!;
  return Array.from({ length: rows }, (_, unit) => unit).filter((unit) =>
    data.some((a, i) => i % rows === unit && a > 0)
  ).length;
}

/** Some steps further, by the functions of the course. */
export function advanced(runner: Runner, count: number, step: number, batch: number, digits: number): Runner {
  if (runner.lost) return runner;
  const { lesson, unseen } = setOf(digits), optimiser = optimiserOf(runner.lane), random = runner.random.copy!();
  let { network, memory, order, at } = runner, loss = 0;
  try {
    for (let k = 0; k < count; k++) {
      if (batch < digits && at % digits === 0) [order, at] = [shuffledIndices(digits, random), 0];
      const own = batch < digits ? batchOf(lesson, order.slice(at, at + batch)) : lesson;
      at = Math.min(digits, at + batch);
      const pass = forward(network, own.images);
      ({ network, state: memory } = optimiser.step(network, backward(network, pass, oneHot(own.labels, 10)), memory));
    }
    loss = evaluate(network, lesson).loss;
    const history = [...runner.history, { step, loss, read: evaluate(network, unseen).accuracy }];
    const awake = awakeOf(network, unseen);
    return { ...runner, network, memory, random, order, at: at % digits, history, awake, lost: !Number.isFinite(loss) };
  } catch { // sums that are no numbers any more
    return { ...runner, lost: true };
  }
}
