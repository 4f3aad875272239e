/**
 * Two tasks about slopes: five of them by hand, and an example that shows nothing.
 *
 * @module
 */
import { defineExercise, type Judgement } from "../exercise.ts";
import { display } from "../same.ts";
import { isJudgement, partsOf, right, wrong } from "./judgement.ts";

/** One slope: what it is, and what comes out where somebody slips. */
interface Slope {
  readonly is: number;
  readonly slips: Readonly<Record<string, number>>;
}

/** The slopes of the network of exercise 06d: x = (2, −1), hidden sums 0.5 and −1.5, blame of the outputs −0.4 and 0.4. */
const SLOPES: Readonly<Record<string, Slope>> = {
  out: {
    is: 0.2,
    slips: {
      "the input of this weight is what the hidden unit gave, 0.5, not x": 0.8,
      "that is the blame of the sum; times what came in": 0.4,
      "that is what came in; times the blame of the sum": 0.5,
      "that is the other output's blame": -0.2,
      "that is the probability, times what came in; the blame is a − y, and this y is 0": 0.6,
    },
  },
  outBias: {
    is: -0.4,
    slips: {
      "the sign is turned: what it said minus what was true, 0.6 − 1": 0.4,
      "that is the probability; the truth is missing, 0.6 − 1": 0.6,
      "a bias has the input 1, not 0.5": -0.2,
    },
  },
  hidden: {
    is: -0.3,
    slips: {
      "the sign is turned": 0.3,
      "only one of the two outputs is counted; both were fed by this unit": -0.2,
      "only one of the two outputs is counted; both were fed by it": -0.1,
      "the second route is subtracted; routes add up, each with its sign": -0.1,
      "the weights out of this unit are 0.5 and −0.25; 1 leads out of the other one": 0.2,
      "the weights are missing": 0,
    },
  },
  weight: {
    is: 0.3,
    slips: {
      "you forgot x: times what came in, −1": -0.3,
      "that is the other input, 2": -0.6,
      "that is the input alone": -1,
      "the blame is that of the sum, not the sum itself": -0.5,
    },
  },
  silent: {
    is: 0,
    slips: {
      "you forgot ReLU's mask: this unit was silent, and whatever its weights do, nothing changes": 0.8,
      "you forgot ReLU's mask, and x: a silent unit takes no blame": 0.4,
    },
  },
};

/** Five slopes, each judged by itself. */
export const FIVE_SLOPES = defineExercise({
  id: "06d",
  task:
    "Five slopes by hand: { out, outBias, hidden, weight, silent }. Write each as a number or as arithmetic; three decimals are enough.",
  probes: [[]],
  solve: () => Object.fromEntries(Object.entries(SLOPES).map(([name, { is }]) => [name, is])),
  judge: (result: unknown) => judgeSlopes(result),
  mistakes: {},
  hints: [
    "Blame first: the outputs' sums have −0.4 and 0.4. Then each line of the chain rule, from right to left.",
    "A weight's slope is the blame of the sum that it feeds, times what came in.",
    "A hidden unit's blame comes back through each weight that leads out of it; a silent unit takes none.",
  ],
  solution: `function fiveSlopes() {
  const hidden = 0.5 * -0.4 + -0.25 * 0.4; // back through both weights
  return { out: 0.4 * 0.5, outBias: 0.6 - 1, hidden, weight: hidden * -1, silent: 0 };
}`,
});

function judgeSlopes(result: unknown): Judgement {
  const parts = partsOf(result, Object.keys(SLOPES));
  if (isJudgement(parts)) return parts;
  const near = (a: unknown, b: number) => typeof a === "number" && Math.abs(a - b) <= 5e-4;
  const wrongOnes = Object.entries(SLOPES).filter(([name, { is }]) => !near(parts[name], is));
  const allTurned = wrongOnes.every(([name, { is }]) => near(parts[name], -is)); // uphill and downhill, throughout
  const lines = Object.entries(SLOPES).map(([name, { is, slips }]) => {
    const said = parts[name];
    if (near(said, is)) return `✓ ${name}: ${Number(is.toFixed(4))}`;
    if (typeof said !== "number" || Number.isNaN(said)) return `✗ ${name}: a number is asked for, got ${display(said)}`;
    const slip = Object.entries(slips).find(([, value]) => near(said, value))?.[0];
    const turned = is !== 0 && near(said, -is) ? "the sign is turned" : undefined;
    const follows = name === "weight" && near(parts.hidden, -said) ? "it follows from your `hidden`" : undefined;
    const why = (allTurned ? turned : undefined) ?? follows ?? slip ?? turned;
    return `✗ ${name}: ${display(said)} is not it${why ? `; ${why}` : ""}`;
  });
  const good = lines.length - wrongOnes.length;
  return { right: good === lines.length, text: `${good} of ${lines.length}.\n${lines.join("\n")}` };
}

/** What somebody may take for the slope along w of ½ (relu(w x + b) − y)². */
const CLAIMED: Readonly<Record<string, (w: number, x: number, b: number, y: number) => number>> = {
  "which forgets ReLU's mask": (w, x, b, y) => (Math.max(0, w * x + b) - y) * x,
  "which forgets x": (w, x, b, y) => (Math.max(0, w * x + b) - y) * Number(w * x + b > 0),
  "which multiplies by relu's value in place of its slope": (w, x, b, y) => {
    const a = Math.max(0, w * x + b);
    return (a - y) * a * x;
  },
  "which masks by x": (w, x, b, y) => (Math.max(0, w * x + b) - y) * Math.max(0, x),
};

/** One example on which four wrong gradients pass the check. */
export const BLIND_SPOT = defineExercise({
  id: "06e",
  task:
    "One unit, a = relu(w x + b), with the loss ½ (a − y)². Four wrong gradients for w: one forgets ReLU's mask, one forgets x, one multiplies by ReLU's value in place of its slope, one masks by x in place of the sum. Return numbers { w, x, b, y } on which the gradient check passes all four, although the slope is not 0.",
  probes: [[]],
  solve: () => ({ w: 0.5, x: 1, b: 0.5, y: 3 }),
  judge: (result: unknown) => judgeBlindSpot(result),
  mistakes: {},
  hints: [
    "Take them one by one: for which x does it not matter that x is forgotten?",
    "The mask does nothing where the unit is awake.",
    "ReLU's value does as well as its slope where the value is 1. What does that say of w + b?",
  ],
  solution: "function blindSpot() {\n  return { w: 0.5, x: 1, b: 0.5, y: 3 };\n}",
});

function judgeBlindSpot(result: unknown): Judgement {
  const names = ["w", "x", "b", "y"], parts = partsOf(result, names);
  if (isJudgement(parts)) return parts;
  const bad = names.find((name) => typeof parts[name] !== "number" || !(Math.abs(parts[name] as number) <= 1000));
  if (bad) return wrong(`${bad} should be a number from −1000 to 1000, got ${display(parts[bad])}.`);
  const [w, x, b, y] = names.map((name) => parts[name]) as [number, number, number, number], h = 1e-5;
  const lossAt = (weight: number) => (Math.max(0, weight * x + b) - y) ** 2 / 2;
  const measured = (lossAt(w + h) - lossAt(w - h)) / (2 * h);
  if (Math.abs(measured) < 1e-3) {
    return wrong(`The measured slope is ${measured.toFixed(6)}: there is nothing to check.`);
  }
  const kink = Math.abs(w * x + b) <= h * Math.abs(x);
  if (kink) return wrong("At ReLU's kink, w x + b = 0, there is no one slope: go a little away from it.");
  for (const [says, gradient] of Object.entries(CLAIMED)) {
    const claimed = gradient(w, x, b, y),
      error = Math.abs(claimed - measured) / (Math.abs(claimed) + Math.abs(measured));
    if (!(error < 1e-6)) {
      return wrong(
        `The gradient ${says} is caught here: it claims ${claimed.toFixed(4)}, measured is ${measured.toFixed(4)}.`,
      );
    }
  }
  return right(
    `Right: measured ${
      measured.toFixed(4)
    }, and all four claim the same. A check is only as good as its example; random numbers make better ones than nice numbers.`,
  );
}
