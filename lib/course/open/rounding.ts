/**
 * Outputs on which tutorial 003's rounding answers something else.
 *
 * @module
 */
import { defineExercise, type Judgement } from "../exercise.ts";
import { isJudgement, numbersOf, partsOf, right, wrong } from "./judgement.ts";

/** Two lists of outputs on which rounding first goes wrong in two ways. */
export const DISAGREE = defineExercise({
  id: "11b",
  task:
    "Tutorial 003 rounds the outputs to 0 or 1 before it looks for the largest. Return two lists of four outputs, each from 0 to 1, for which it answers another class than the largest output: { none, many }. In `none` no output reaches ½; in `many` two of them or more do.",
  probes: [[]],
  solve: () => ({ none: [0.1, 0.2, 0.4, 0.3], many: [0.1, 0.6, 0.9, 0.2] }),
  judge: (result: unknown) => judgeOutputs(result),
  mistakes: {},
  hints: [
    "Round each output by hand: what is left of 0.1, 0.4, 0.3?",
    "Of equal numbers, argmax takes the first.",
    "So put the largest somewhere else than first: behind zeros once, behind another 1 once.",
  ],
  solution: "function disagreeing() {\n  return { none: [0.1, 0.2, 0.4, 0.3], many: [0.1, 0.6, 0.9, 0.2] };\n}",
});

const largest = (values: readonly number[]) => values.indexOf(Math.max(...values));

function judgeOutputs(result: unknown): Judgement {
  const parts = partsOf(result, ["none", "many"]);
  if (isJudgement(parts)) return parts;
  for (const name of ["none", "many"]) {
    const outputs = numbersOf(parts[name], name, 4);
    if (isJudgement(outputs)) return outputs;
    if (outputs.some((a) => a < 0 || a > 1)) return wrong(`${name}: outputs of sigmoids lie between 0 and 1.`);
    const reach = outputs.filter((a) => a >= 0.5).length;
    if (name === "none" && reach > 0) {
      return wrong(`none: no output should reach ½ there; ${reach} of them ${reach > 1 ? "do" : "does"}.`);
    }
    if (name === "many" && reach < 2) {
      return wrong(`many: two outputs or more should reach ½ there; ${reach} of them does.`);
    }
    const top = Math.max(...outputs);
    if (outputs.filter((a) => a === top).length > 1) {
      return wrong(`${name}: two outputs are equally large; let one be the largest.`);
    }
    const plain = largest(outputs), rounded = largest(outputs.map(Math.round));
    if (plain === rounded) {
      return wrong(
        `${name}: both ways answer class ${plain + 1}. Of the rounded numbers the first of the largest counts.`,
      );
    }
  }
  return right("Right: where no output is sure of itself, 003 says class 1; where two are, it says the first of them.");
}
