/**
 * Three labels that are wrong.
 *
 * @module
 */
import { defineExercise, type Judgement } from "../exercise.ts";
import { display, isList } from "../same.ts";
import { suspects, trueLabels } from "../suspects.ts";
import { right, wrong } from "./judgement.ts";

/** Find three wrong labels among twelve. */
export const RELABEL = defineExercise({
  id: "09d",
  task:
    "Three of the twelve digits above bear a wrong label. Return their numbers with what they are, as in { 0: 7, 5: 1, 11: 4 }.",
  probes: [[]],
  solve: () => Object.fromEntries(trueLabels()),
  judge: (result: unknown) => judgeLabels(result),
  mistakes: {},
  hints: [
    "Cover the labels with your hand and read the twelve aloud.",
    "An odd way of writing is not yet a wrong label: could the writer have meant what the label says?",
    "Where label and picture disagree, say what the picture is: the number before the colon, what it is behind it.",
  ],
  solution: "function relabel() {\n  return { 4: 7, 6: 3, 8: 9 };\n}",
});

function judgeLabels(result: unknown): Judgement {
  if (typeof result !== "object" || result === null || isList(result)) {
    return wrong(`Return an object such as { 0: 7, 5: 1, 11: 4 }; got ${display(result)}.`);
  }
  const entries = result instanceof Map ? [...result] : Object.entries(result), truth = trueLabels();
  const { labels } = suspects();
  for (const [key, said] of entries) {
    const number = Number(key), label = labels[number];
    if (label === undefined) {
      return wrong(`There is no picture ${key}: they are numbered from 0 to ${labels.length - 1}.`);
    }
    if (typeof said !== "number") return wrong(`Picture ${key}: a number is asked for, got ${display(said)}.`);
    if (!truth.has(number)) return wrong(`Picture ${key} is oddly written, perhaps; but its writer meant a ${label}.`);
    if (said === label) return wrong(`Picture ${key} bears the label ${label} already; what is it really?`);
    if (said !== truth.get(number)) {
      return wrong(`Picture ${key} bears a wrong label, indeed; but it is no ${display(said)}.`);
    }
  }
  const found = new Set(entries.map(([key]) => Number(key))).size; // a Map may hold both 4 and "4"
  if (found < truth.size) return wrong(`${found} of ${truth.size} found: look on.`);
  return right(
    "Right: all three. Data sets that everyone uses hold such labels, too; a perfect reader cannot reach 100 %.",
  );
}
