/**
 * The two parts of the workshop that draw from a generator: starting weights and mini-batches.
 *
 * @module
 */
import { type Random, seededRandom } from "../../random.ts";
import { type AnyFunction, defineExercise, type Judgement } from "../exercise.ts";
import { right, wrong } from "../open/judgement.ts";
import { display, isList, same } from "../same.ts";
import { plainBatches, plainInit, type PlainLayer, startLimit } from "./plain.ts";
import { compareTensor } from "./tensors.ts";

/** What an attempt gives: twice with the same seed, and once with another. */
interface Draws {
  readonly own: unknown;
  readonly again: unknown;
  readonly other: unknown;
  /** How far the orders of four digits are from being equally likely. */
  readonly bias?: number;
}

/** Runs an attempt that draws, so that one sees where its numbers come from. */
function drawThrice(attempt: AnyFunction, given: unknown[], random: Random): Draws | null {
  const others = [structuredClone(given), structuredClone(given)] as const; // whatever the first call does to its own
  const own = attempt(...given, random.copy!()), again = attempt(...others[0], random.copy!());
  if (own instanceof Promise) return own as never; // what it is then is said as everywhere
  return own === null && again === null ? null : { own, again, other: attempt(...others[1], seededRandom(-1)) };
}

/** Where the numbers come from, if that is not as it should be. */
function sourceFault({ own, again, other }: Draws): string | null {
  if (!same(own, again)) {
    return "The same seed gives other numbers each time: all chance must come from random(), not from Math.random().";
  }
  return same(own, other) ? "Another seed gives the same: nothing is drawn from random()." : null;
}

/** Starting weights. */
export const INIT = defineExercise({
  id: "init",
  task:
    "Return a list of layers { weights, bias } for these sizes, such as [784, 32, 10]: weights with one list per unit, drawn row by row with random(), uniform between −ε and ε, ε = √(6 / (inputs + units)); biases 0.",
  probes: [[[3, 2, 4], seededRandom(2)], [[2, 2], seededRandom(1)], [[4, 4, 4], seededRandom(6)], [
    [60, 40, 10],
    seededRandom(3),
  ]],
  family: (draw, size) => [
    draw.list(2 + draw.whole(0, 2), () => draw.whole(1, 3 + 2 * size)),
    seededRandom(draw.whole(0, 9999)),
  ],
  run: (attempt: AnyFunction, sizes: number[], random: Random) => drawThrice(attempt, [sizes], random),
  solve: (sizes: number[], random: Random) => plainInit(sizes, random),
  judge: judgeInit,
  mistakes: {},
  // with all that is given: the types of the others are taken from here, too
  shown: (sizes: number[], _random: Random) => `sizes ${sizes.join("-")}`,
  hints: [
    "Between two neighbouring sizes there is one layer: sizes[l] inputs, sizes[l + 1] units.",
    "random() lies between 0 and 1; 2 · random() − 1 lies between −1 and 1.",
    "Array.from({ length: n }, () => …) calls its function once for each entry.",
  ],
  solution: `function init(sizes: number[], random: () => number): Layer[] {
  return sizes.slice(1).map((units, l) => {
    const inputs = sizes[l]!, limit = Math.sqrt(6 / (inputs + units));
    const row = () => Array.from({ length: inputs }, () => (2 * random() - 1) * limit);
    return { weights: Array.from({ length: units }, row), bias: Array.from({ length: units }, () => 0) };
  });
}`,
});

function judgeInit(draws: unknown, sizes: number[], random: Random): Judgement {
  const { own } = draws as Draws, layers = own as PlainLayer[], wanted = plainInit(sizes, random.copy!());
  if (!isList(own)) return wrong(`Not yet. A list of layers is asked for, got ${display(own)}.`);
  if (own.length !== wanted.length) {
    return wrong(
      `Not yet. For ${sizes.length} sizes there are ${wanted.length} layers between them, got ${own.length}.`,
    );
  }
  for (const [l, { weights, bias }] of wanted.entries()) {
    const layer = layers[l], inputs = sizes[l]!, units = sizes[l + 1]!, limit = startLimit(inputs, units);
    if (typeof layer !== "object" || layer === null || !("weights" in layer && "bias" in layer)) {
      return wrong(`Not yet. Layer ${l + 1} should be { weights, bias }, got ${display(layer)}.`);
    }
    const biasVerdict = compareTensor(`b${l + 1}`, layer.bias, bias);
    if (biasVerdict.status !== "exact") return wrong(`Not yet. ${biasVerdict.text}. The biases begin at 0.`);
    const shape = compareTensor(`W${l + 1}`, layer.weights, weights).text;
    if (/asked for|shape|undefined|NaN/.test(shape)) {
      const turned = inputs !== units && compareTensor("", layer.weights, weights[0]!.map(() => bias)).text;
      const transposed = turned && !/asked for|shape/.test(turned)
        ? " One list per unit, with one number per input."
        : "";
      return wrong(`Not yet. ${shape}.${transposed}`);
    }
    const numbers = Array.from(layer.weights, (row) => Array.from(row)).flat();
    const fault = numbers.length > 1 ? spreadFault(numbers, limit) : null;
    if (fault) return wrong(`Not yet. W${l + 1}: ${fault}`);
  }
  const source = sourceFault(draws as Draws);
  if (source) return wrong(`Not yet. ${source}`);
  const [mine, theirs] = [layers, wanted].map((net) =>
    Array.from(net, ({ weights }) => Array.from(weights, (row) => Array.from(row)))
  );
  if (layers.length > 1 && same(mine![0], mine![1])) {
    return wrong("Not yet. Two layers begin with the same weights: draw anew for each.");
  }
  const ratio = mine!.flat(2)[0]! / theirs!.flat(2)[0]!,
    scaled = theirs!.map((net) => net.map((row) => row.map((w) => ratio * w)));
  if (same(mine, scaled) && Math.abs(Math.abs(ratio) - 1) > 1e-9) {
    return wrong(`Not yet. Every weight is ${ratio.toFixed(4)} times what it should be: ε is √(6 / (inputs + units)).`);
  }
  return right(
    same(mine, theirs)
      ? "Right: the very numbers that the library draws."
      : same(mine, scaled)
      ? "Right. (Each with its sign turned beside the library's; as good.)"
      : "Right. (Drawn in another order than the library's, row by row; so the numbers are others, and as good.)",
  );
}

function spreadFault(numbers: readonly number[], limit: number): string | null {
  const largest = Math.max(...numbers.map(Math.abs)), place = `ε is ${limit.toFixed(3)} here`;
  if (largest === 0) return "all weights are 0. Then all units compute the same and learn the same, for ever.";
  if (numbers.every((w) => w === numbers[0])) return "all weights are equal: draw anew for each.";
  if (largest > limit * (1 + 1e-9)) return `a weight of ${largest.toFixed(3)} lies outside of ±ε; ${place}.`;
  if (numbers.length < 60) return null; // too few to see more
  if (Math.min(...numbers) >= 0) return "no weight is below 0: uniform between −ε and ε.";
  if (Math.max(...numbers) <= 0) return "no weight is above 0: uniform between −ε and ε.";
  const spread = Math.sqrt(numbers.reduce((sum, w) => sum + w * w, 0) / numbers.length) / (limit / Math.sqrt(3));
  if (new Set(numbers).size < numbers.length / 2) return "most weights are equal to others: draw anew for each.";
  const chance = 6 * Math.sqrt(0.2 / numbers.length); // six standard deviations of what a fair draw gives
  const middle = numbers.reduce((sum, w) => sum + w, 0) / numbers.length / limit;
  if (Math.abs(middle) > 6 / Math.sqrt(3 * numbers.length) || spread > 1 + chance) {
    return "not uniform: one side, or the ends, come up more often than the rest.";
  }
  return spread < 1 - chance ? `the weights reach only ${largest.toFixed(3)} to each side; ${place}.` : null;
}

const FAIR = 4, TRIES = 2400; // 24 orders of four digits, a hundred of each

/** χ² of how often each order of four digits comes up: about 23 where all are equally likely. */
function biasOf(attempt: AnyFunction): number {
  const counts = new Map<string, number>();
  for (let seed = 0; seed < TRIES; seed++) {
    const order = String(attempt(FAIR, FAIR, seededRandom(seed)));
    counts.set(order, (counts.get(order) ?? 0) + 1);
  }
  const each = TRIES / 24, found = [...counts.values()].reduce((sum, count) => sum + (count - each) ** 2 / each, 0);
  return found + (24 - counts.size) * each;
}

/** The digits' numbers in random order, cut into batches. */
export const MINI_BATCHES = defineExercise({
  id: "miniBatches",
  task:
    "Return the numbers 0 … count − 1 in random order (with random()), cut into lists of batchSize; the last list may be shorter.",
  probes: [
    [4, 2, seededRandom(1)],
    [7, 3, seededRandom(2)],
    [40, 40, seededRandom(4)],
    [FAIR, FAIR, seededRandom(5)],
    [1, 5, seededRandom(3)],
  ],
  family: (draw, size) => [draw.whole(2, 5 + 12 * size), draw.whole(1, 8), seededRandom(draw.whole(0, 9999))],
  run: (attempt: AnyFunction, count: number, batchSize: number, random: Random) => {
    const draws = drawThrice(attempt, [count, batchSize], random);
    return draws && count === FAIR && batchSize === FAIR ? { ...draws, bias: biasOf(attempt) } : draws;
  },
  solve: (count: number, batchSize: number, random: Random) => plainBatches(count, batchSize, random),
  judge: judgeBatches,
  mistakes: {},
  shown: (count: number, batchSize: number, _random: Random) => `count ${count}, batchSize ${batchSize}`,
  hints: [
    "First a list of the numbers 0 … count − 1, then shuffle it, then cut it.",
    "A fair shuffle: from the last place to the second, exchange it with a place chosen among those up to it, Math.floor(random() * (i + 1)).",
    "order.slice(start, start + batchSize), for start = 0, batchSize, 2 · batchSize …",
  ],
  solution: `function miniBatches(count: number, batchSize: number, random: () => number) {
  const order = Array.from({ length: count }, (_, i) => i), batches: number[][] = [];
  for (let i = count - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  for (let start = 0; start < count; start += batchSize) batches.push(order.slice(start, start + batchSize));
  return batches;
}`,
});

function judgeBatches(draws: unknown, count: number, batchSize: number, random: Random): Judgement {
  const { own } = draws as Draws, where = `Not yet. For count ${count} and batchSize ${batchSize}`;
  if (!isList(own) || !Array.from(own).every(isList)) {
    return wrong(`${where}: a list of lists is asked for, got ${display(own)}.`);
  }
  const batches = Array.from(own as ArrayLike<ArrayLike<number>>, (batch) => Array.from(batch)), all = batches.flat();
  const seen = new Set(all), strange = all.find((i) => !Number.isInteger(i) || i < 0 || i >= count);
  if (strange !== undefined) {
    return wrong(`${where}: ${display(strange)} is no digit's number; they go from 0 to ${count - 1}.`);
  }
  if (seen.size < all.length) return wrong(`${where}: a digit occurs twice in an epoch; each has one turn.`);
  const missing = Array.from({ length: count }, (_, i) => i).filter((i) => !seen.has(i));
  if (missing.length) {
    const last = missing.length === count % batchSize ? " Is the last, shorter batch dropped?" : "";
    return wrong(`${where}: ${missing.length} of the ${count} digits are in no batch.${last}`);
  }
  const sizes = batches.map(({ length }) => length), full = sizes.slice(0, -1).every((size) => size === batchSize);
  if (!full || sizes.at(-1)! > batchSize || sizes.at(-1) === 0) {
    return wrong(`${where}: every batch but the last should have ${batchSize}, got batches of ${sizes.join(", ")}.`);
  }
  if (count > 20) {
    const source = sourceFault(draws as Draws);
    if (all.every((i, place) => i === place)) {
      return wrong(`${where}: the digits are in order; each epoch needs a new random one.`);
    }
    if (source) return wrong(`Not yet. ${source}`);
    const near = all.filter((i, place) => Math.abs(i - place) <= 1).length;
    if (near > count / 2) {
      return wrong(
        `${where}: most digits stand where they stood: shuffle all of them, not only batches or neighbours.`,
      );
    }
  }
  if ((draws as Draws).bias! > 75) { // 23 and seven and a half standard deviations
    return wrong(
      "Not yet. Of four digits some orders come up much more often than others: no fair shuffle. " +
        "(sort with random() - 0.5 is none, nor is one that leaves a place out.)",
    );
  }
  return right(
    same(own, plainBatches(count, batchSize, random.copy!()))
      ? "Right: the very batches that the library makes."
      : "Right. (Shuffled in another way than the library's; so the batches are others, and as good.)",
  );
}
