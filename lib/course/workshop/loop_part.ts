/**
 * The workshop's loop: it runs among the tested parts, which keep a diary of it.
 *
 * @module
 */
import { seededRandom } from "../../random.ts";
import { type AnyFunction, defineExercise, type Judgement } from "../exercise.ts";
import { right, wrong } from "../open/judgement.ts";
import { display, same } from "../same.ts";
import { said } from "../trial.ts";
import { caseText, drawCase } from "./cases.ts";
import { type Parts, type PlainLayer, plainTrain, type Table, TESTED, type TrainingPlan } from "./plain.ts";

/** What a loop did, call by call. */
interface Log {
  readonly result: unknown;
  readonly threw?: string;
  readonly plans: { count: unknown; batchSize: unknown; random: unknown }[];
  /** The plan's own generator, and how often it was asked outside of miniBatches. */
  readonly chance: { random: unknown; astray: number };
  readonly batches: number[][];
  readonly passes: { layers: unknown; images: unknown; result: unknown }[];
  readonly blames: { pass: unknown; labels: unknown; lambda: unknown }[];
  readonly steps: { layers: unknown; rate: unknown; result: PlainLayer[] }[];
}

/** Runs a loop among the tested parts, which keep a diary. */
function runLoop(attempt: AnyFunction, ...[layers, images, labels, plan]: unknown[]): Log | null {
  const draw = (plan as TrainingPlan).random, chance = { random: null as unknown, astray: 0 };
  let inside = false;
  const random = chance.random = () => {
    if (!inside) chance.astray++;
    return draw();
  };
  const log = { plans: [], batches: [], passes: [], blames: [], steps: [], chance } as unknown as Log;
  const parts: Parts = {
    miniBatches: (count, batchSize, random) => {
      log.plans.push({ count, batchSize, random });
      inside = true;
      const batches = TESTED.miniBatches(count, batchSize, random);
      inside = false;
      log.batches.push(...batches.map((batch) => [...batch]));
      if (log.plans.length > 100) throw new RangeError("the loop does not come to an end: it has begun 100 epochs");
      return batches;
    },
    forward: (layers, images) => {
      const result = TESTED.forward(layers, images);
      log.passes.push({ layers, images, result });
      return result;
    },
    backward: (layers, pass, labels, lambda) => {
      log.blames.push({ pass, labels, lambda });
      return TESTED.backward(layers, pass, labels, lambda);
    },
    update: (layers, gradients, rate) => {
      const result = TESTED.update(layers, gradients, rate);
      log.steps.push({ layers, rate, result });
      return result;
    },
  };
  try {
    const result = attempt(layers, images, labels, { ...plan as TrainingPlan, random }, parts);
    if (result instanceof Promise) return result as never; // what it is then is said as everywhere
    return result === null ? null : { ...log, result };
  } catch (error) { // the diary may say why
    return { ...log, result: null, threw: said(error) };
  }
}

/** The loop. */
export const TRAIN = defineExercise({
  id: "train",
  task:
    "Return the trained layers: for each of plan.epochs, new mini-batches; for each batch, cut its columns out of the images and its labels, go forward, backward, and update. parts holds the four functions to call: forward, backward, update, miniBatches.",
  probes: [trainCase(3, 2, 2, 0.5, 0), trainCase(5, 2, 2, 0.25, 1), trainCase(4, 1, 3, 0.1, 0.5)],
  family: (draw, size) => {
    const { layers, images, labels } = drawCase(draw, size), random = seededRandom(draw.whole(0, 9999));
    const [epochs, batchSize] = [draw.whole(1, 3), draw.whole(1, 4)];
    return [layers, images, labels, {
      epochs,
      batchSize,
      rate: draw.whole(1, 9) / 10,
      lambda: draw.pick([0, 0.5]),
      random,
    }];
  },
  run: runLoop,
  solve: (layers: PlainLayer[], images: Table, labels: number[], plan: TrainingPlan, parts?: Parts) =>
    plainTrain(layers, images, labels, plan, parts),
  judge: judgeTrain,
  mistakes: {},
  shown: (layers: PlainLayer[], images: Table, _labels: number[], { epochs, batchSize }: TrainingPlan) =>
    `${caseText(layers, images)}, ${epochs} epochs, batches of ${batchSize}`,
  hints: [
    "Two loops, one in the other: epochs outside, batches inside. New batches for every epoch.",
    "A batch is a list of digits' numbers: images.map((row) => batch.map((j) => row[j])) cuts out their columns.",
    "What update returns are the layers of the next step; keep them in the variable that forward gets.",
  ],
  solution: `function train(layers: Layer[], images: number[][], labels: number[], plan: Plan, parts: Parts) {
  for (let epoch = 0; epoch < plan.epochs; epoch++) {
    for (const batch of parts.miniBatches(labels.length, plan.batchSize, plan.random)) {
      const some = images.map((row) => batch.map((j) => row[j]!)), truth = batch.map((j) => labels[j]!);
      const pass = parts.forward(layers, some);
      layers = parts.update(layers, parts.backward(layers, pass, truth, plan.lambda), plan.rate);
    }
  }
  return layers;
}`,
});

function trainCase(digits: number, epochs: number, batchSize: number, rate: number, lambda: number): unknown[] {
  const images = [0, 1].map((p) => Array.from({ length: digits }, (_, j) => Math.sin(3 * j + p)));
  const labels = images[0]!.map((_, j) => j % 2);
  return [[{ weights: [[1, -2], [0.5, 3]], bias: [4, -1] }], images, labels, {
    epochs,
    batchSize,
    rate,
    lambda,
    random: seededRandom(digits),
  }];
}

/** What a diary says of a loop: the first call that is not as it should be. */
function judgeTrain(
  diary: unknown,
  start: PlainLayer[],
  images: Table,
  labels: number[],
  { epochs, batchSize, lambda, rate }: TrainingPlan,
): Judgement {
  const { result, threw, plans, batches, passes, blames, steps } = diary as Log, begun = plans.length;
  if (result === undefined) return wrong("Not yet. Your function returns nothing: return the trained layers.");
  if (begun === 0 && !threw && result !== start) {
    return wrong(`Not yet. It returns ${display(result)}, and parts.miniBatches is never called.`);
  }
  if (begun !== epochs && !threw) {
    const why = begun === 0 ? "call parts.miniBatches" : "new batches for each epoch";
    return wrong(`Not yet. miniBatches is called ${times(begun)}; plan.epochs is ${epochs}: ${why}.`);
  }
  const off = plans.find(({ count, batchSize: size }) => count !== labels.length || size !== batchSize);
  if (off) {
    return wrong(
      `Not yet. miniBatches gets ${display(off.count)} and ${display(off.batchSize)}; ` +
        `there are ${labels.length} digits, and plan.batchSize is ${batchSize}.`,
    );
  }
  const { random, astray } = (diary as Log).chance;
  if (plans.some((call) => call.random !== random) || astray > 0) {
    return wrong(
      `Not yet. ${
        astray > 0 ? "plan.random is called outside of miniBatches" : "miniBatches gets another random than plan.random"
      }: then the digits come in another order than the plan's.`,
    );
  }
  const calls = { backward: blames.length, update: steps.length };
  for (const [name, count] of Object.entries(calls)) {
    if (count === batches.length || threw) continue;
    const own = count === 0 ? ` (parts.${name}, that is: not your own)` : "";
    return wrong(
      `Not yet. ${name} is called ${times(count)}${own}; ${epochs} ${epochs === 1 ? "epoch has" : "epochs have"} ` +
        `${batches.length} batches, one step for each.`,
    );
  }
  let current = start;
  for (const [i, batch] of batches.entries()) {
    const blame = blames[i], forward = blame ? passes.find((one) => one.result === blame.pass) : passes[i];
    if (!forward && !blame) break; // it threw before
    const place = `Not yet. In step ${i + 1} of ${batches.length}`, own = batch.map((j) => labels[j]!);
    if (!forward) return wrong(`${place} backward gets something else than what forward returned.`);
    if (!same(forward.images, images.map((row) => batch.map((j) => row[j]!)))) {
      const all = same(forward.images, images) ? " (it gets all digits)" : "";
      return wrong(`${place} forward does not get the columns of its batch, digits ${batch.join(", ")}${all}.`);
    }
    if (!blame) break; // it threw before
    if (!same(blame.labels, own)) {
      return wrong(`${place} backward gets the labels ${display(blame.labels)}; the batch's are ${display(own)}.`);
    }
    if (blame.lambda !== lambda) {
      return wrong(`${place} backward gets ${display(blame.lambda)} for lambda; plan.lambda is ${lambda}.`);
    }
    if (!steps[i]) break;
    if (steps[i].rate !== rate) {
      return wrong(`${place} update gets the rate ${display(steps[i].rate)}; plan.rate is ${rate}.`);
    }
    for (const [name, given] of [["forward", forward.layers], ["update", steps[i].layers]] as const) {
      if (same(given, current)) continue;
      const old = same(given, start)
        ? "the layers of the beginning again: what update returned is lost"
        : "other layers";
      return wrong(`${place} ${name} gets ${old}.`);
    }
    current = steps[i].result;
  }
  if (threw) return wrong(`Not yet. It threw ${threw}.`);
  if (same(result, current)) {
    return right("Right: every batch once in every epoch, each step from where the last one ended.");
  }
  const which = same(result, start) ? "those of the beginning" : "others";
  return wrong(`Not yet. The layers returned are not those after the last step, but ${which}.`);
}

function times(count: number): string {
  return count === 1 ? "once" : count === 0 ? "never" : `${count} times`;
}
