/**
 * The reader's network, trained: the parts that are right are theirs, the others the tested ones.
 *
 * @module
 */
import { type Digits, slice } from "../../data/digits.ts";
import { drawDigits, DRAWN_SEED } from "../../data/drawn_digits.ts";
import { examplesOf } from "../../data/examples.ts";
import { accuracy } from "../../evaluation/metrics.ts";
import { mostLikely } from "../../network/forward.ts";
import { fromRows, toRows } from "../../matrix.ts";
import { type Random, seededRandom } from "../../random.ts";
import type { Exercise } from "../exercise.ts";
import { checkAttempt } from "../judge.ts";
import { BACKWARD } from "./backward_part.ts";
import { INIT, MINI_BATCHES } from "./chance_parts.ts";
import { FORWARD } from "./forward_part.ts";
import { TRAIN } from "./loop_part.ts";
import { type Parts, plainInit, type PlainLayer, plainTrain, type Table, TESTED, type TrainingPlan } from "./plain.ts";
import { LOSS, UPDATE } from "./step_parts.ts";

/** The parts, in the order in which they are written. */
export const PARTS: readonly Exercise[] = [INIT, FORWARD, LOSS, BACKWARD, UPDATE, MINI_BATCHES, TRAIN];

/** What a reader has written, by the parts' names; null where there is nothing yet. */
export type Own = Readonly<Record<string, unknown>>;

/** How all train: 784-16-10, five epochs, mini-batches of 16. */
export const WORKSHOP_PLAN = { sizes: [784, 16, 10], epochs: 5, batchSize: 16, rate: 0.1, lambda: 0, seed: 1 } as const;

/** How many of the digits are kept for the test. */
export const UNSEEN = 1000;

/** The workshop's digits: a thousand for the test, then 3,000 to learn from; the first of those that the notebooks draw. */
export function workshopDigits(): Digits {
  return drawDigits(UNSEEN + 3000, DRAWN_SEED);
}

/** The names of the parts of a reader's that are right. */
export function rightParts(own: Own): string[] {
  return PARTS.filter((part) => checkAttempt(part, own[part.id] ?? null).status === "right").map(({ id }) => id);
}

/** A network after some epochs. */
export interface Epoch {
  /** How many epochs. */
  readonly epoch: number;
  /** The network. */
  readonly layers: PlainLayer[];
  /** Its loss on the digits that it learns from. */
  readonly loss: number;
  /** Share of the unseen digits that it reads. */
  readonly accuracy: number;
}

/**
 * Trains epoch by epoch, so that whoever looks on can draw.
 *
 * @param own The reader's parts.
 * @param theirs Which of them are used; the tested ones stand in for the others.
 * @param set The first thousand are the test.
 */
export function* trainOwn(own: Own, theirs: readonly string[], set: Digits): Generator<Epoch> {
  const { sizes, seed, epochs, ...rest } = WORKSHOP_PLAN, random = seededRandom(seed);
  const use = <T>(name: string, tested: T): T => theirs.includes(name) ? own[name] as T : tested;
  const names = Object.keys(TESTED) as (keyof Parts)[];
  const parts = Object.fromEntries(names.map((name) => [name, use(name, TESTED[name])])) as unknown as Parts;
  const init: (sizes: readonly number[], random: Random) => PlainLayer[] = use("init", plainInit);
  const loss = use("loss", LOSS.solve as (p: Table, y: number[], layers: PlainLayer[], lambda: number) => number);
  const train: typeof plainTrain = use("train", plainTrain);
  const [test, lesson] = [slice(set, 0, UNSEEN), slice(set, UNSEEN)].map((digits) => ({
    images: toRows(examplesOf(digits).images),
    labels: Array.from(digits.labels),
  })) as [{ images: Table; labels: number[] }, { images: Table; labels: number[] }];
  let layers = init(sizes, random);
  for (let epoch = 0; epoch <= epochs; epoch++) {
    if (epoch > 0) {
      const plan: TrainingPlan = { epochs: 1, random, ...rest };
      layers = train(layers, lesson.images, lesson.labels, plan, parts);
    }
    const answers = parts.forward(layers, test.images).A.at(-1)!;
    const seen = parts.forward(layers, lesson.images).A.at(-1)!;
    yield {
      epoch,
      layers,
      loss: loss(seen, lesson.labels, layers, rest.lambda),
      accuracy: accuracy(mostLikely(fromRows(answers)), test.labels),
    };
  }
}

/** The largest difference between the numbers of two networks. */
export function largestDifference(a: readonly PlainLayer[], b: readonly PlainLayer[]): number {
  const numbers = (layers: readonly PlainLayer[]) =>
    layers.flatMap(({ weights, bias }) => [...Array.from(weights, (row) => Array.from(row)).flat(), ...bias]);
  const other = numbers(b);
  return numbers(a).reduce((largest, value, i) => Math.max(largest, Math.abs(value - other[i]!)), 0);
}
