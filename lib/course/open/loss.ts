/**
 * Two tasks about the loss that have many right answers.
 *
 * @module
 */
import { examplesOf } from "../../data/examples.ts";
import { drawDigits } from "../../data/drawn_digits.ts";
import { defineExercise, type Judgement } from "../exercise.ts";
import { forward } from "../../network/forward.ts";
import { initialise } from "../../network/init.ts";
import { crossEntropy } from "../../network/loss.ts";
import { seededRandom } from "../../random.ts";
import { display } from "../same.ts";
import { isJudgement, numbersOf, partsOf, right, wrong } from "./judgement.ts";

/** Two right predictions, one of which costs ten times as much. */
export const TWO_RIGHT = defineExercise({
  id: "05d",
  task:
    "Two predictions for the same digit, each a list of three probabilities. Both read it rightly, and still one costs ten times as much as the other, or more. Return { cheap, dear } for a digit of the class `label`.",
  probes: [[0], [2], [1]],
  solve: (label: number) => ({ cheap: likely(label, 0.98), dear: likely(label, 0.4) }),
  judge: (result: unknown, label: number) => judgeTwo(result, label),
  mistakes: {},
  hints: [
    "Right only means: the true class has the largest of the three probabilities.",
    "How small can the largest of three probabilities be? And how near to 1?",
    "−log 0.4 is 0.92. Which p costs a tenth of that?",
  ],
  solution: `function twoRight(label: number) {
  const given = (p: number) => [0, 1, 2].map((k) => k === label ? p : (1 - p) / 2);
  return { cheap: given(0.98), dear: given(0.4) };
}`,
});

function likely(label: number, p: number): number[] {
  return [0, 1, 2].map((k) => k === label ? p : (1 - p) / 2);
}

function judgeTwo(result: unknown, label: number): Judgement {
  const parts = partsOf(result, ["cheap", "dear"]);
  if (isJudgement(parts)) return parts;
  const losses: number[] = [];
  for (const name of ["cheap", "dear"]) {
    const given = numbersOf(parts[name], name, 3);
    if (isJudgement(given)) return given;
    const sum = given.reduce((a, b) => a + b), shown = `${name}, ${display(given)},`;
    if (given.some((p) => p < 0 || p > 1)) return wrong(`${shown} has a number that is no probability: from 0 to 1.`);
    if (Math.abs(sum - 1) > 1e-6) {
      return wrong(`${shown} sums to ${Number(sum.toPrecision(4))}; probabilities sum to 1.`);
    }
    if (given.some((p, k) => k !== label && p >= given[label]!)) {
      return wrong(`For label ${label}, ${shown} does not read it: class ${label} must have the largest probability.`);
    }
    losses.push(-Math.log(given[label]!) + 0);
  }
  const [cheap, dear] = losses as [number, number], times = dear / cheap;
  const said = `For label ${label} they cost ${cheap.toFixed(4)} and ${dear.toFixed(4)}`;
  if (times < 0.1) return wrong(`${said}: the names are exchanged, cheap is the dear one.`);
  if (!(times >= 10 * (1 - 1e-9))) return wrong(`${said}: ${times.toFixed(1)} times as much, not ten times yet.`);
  return right(`Right: ${said}. Accuracy calls them the same.`);
}

/** A start that is worse than knowing nothing. */
export const BAD_START = defineExercise({
  id: "05e",
  task:
    "Return a standard deviation for the starting weights of 784-10-10, normal with mean 0, biases 0, with which its loss is above 5 before the first step, and below 10. (Knowing nothing costs 2.3.)",
  probes: [[]],
  solve: () => 0.4,
  judge: (result: unknown) => judgeStart(result),
  mistakes: {},
  hints: [
    "He's start has √(2 / 784), about 0.05, in the first layer. What do its logits look like, large or small?",
    "The loss is large where the network is sure of nonsense: where its logits lie far apart.",
    "Larger weights, larger sums, larger logits: try 0.2, then more.",
  ],
  solution: "function badStart() {\n  return 0.4;\n}",
});

/** What 784-10-10 costs on a hundred drawn digits before the first step. */
export function lossOfStart(deviation: number): number {
  const { images, labels } = examplesOf(drawDigits(100, 5));
  const network = initialise([784, 10, 10], seededRandom(5), ({ normal }) => ({
    weight: () => deviation * normal(),
    bias: () => 0,
  }));
  return crossEntropy(forward(network, images).logits, labels);
}

function judgeStart(result: unknown): Judgement {
  if (typeof result !== "number" || !Number.isFinite(result)) {
    return wrong(`Return a number, the standard deviation; got ${display(result)}.`);
  }
  if (result < 0 || result > 1e6) {
    return wrong(`A standard deviation is not below 0, and this one not above a million.`);
  }
  const loss = lossOfStart(result), said = `With ${result} the start costs ${loss.toFixed(2)} on a hundred digits`;
  if (loss <= 5) {
    return wrong(`${said}: not above 5. Larger weights make larger logits, and so it is surer of nonsense.`);
  }
  if (loss >= 10) return wrong(`${said}: not below 10. A little less.`);
  return right(`Right: ${said}. It is sure, and wrong.`);
}
