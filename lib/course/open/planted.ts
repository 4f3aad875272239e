/**
 * A mistake that the reader plants, with the check that finds it.
 *
 * @module
 */
import { defineExercise, type Judgement } from "../exercise.ts";
import { display } from "../same.ts";
import { seededRandom } from "../../random.ts";
import { isJudgement, numbersOf, partsOf, right, wrong } from "./judgement.ts";

type Softmax = (logits: number[]) => number[];

/** Softmax of one column in three styles; a check must let all of them pass. */
const SOUND: readonly Softmax[] = [
  (logits) => {
    const largest = Math.max(...logits), raised = logits.map((z) => Math.exp(z - largest));
    const total = raised.reduce((a, b) => a + b);
    return raised.map((value) => value / total);
  },
  (logits) => {
    const largest = Math.max(...logits);
    const log = largest + Math.log(logits.reduce((sum, z) => sum + Math.exp(z - largest), 0));
    return logits.map((z) => Math.exp(z - log));
  },
  (logits) => logits.map((z) => 1 / logits.reduce((sum, other) => sum + Math.exp(other - z), 0)),
];

/** Mistakes of others, to see what a check is worth. */
const OTHERS: Readonly<Record<string, Softmax>> = {
  "overflows for logits of 1000": (logits) => {
    const total = logits.reduce((sum, z) => sum + Math.exp(z), 0);
    return logits.map((z) => Math.exp(z) / total);
  },
  "never divides": (logits) => logits.map((z) => Math.exp(z - Math.max(...logits))),
  "shares out without exp": (logits) => logits.map((z) => z / logits.reduce((a, b) => a + b, 0)),
  "takes 2 in place of e": (logits) => {
    const raised = logits.map((z) => 2 ** (z - Math.max(...logits))), total = raised.reduce((a, b) => a + b);
    return raised.map((value) => value / total);
  },
};

/** Plant a quiet mistake, and write the check that finds it. */
export const PLANT = defineExercise({
  id: "14c",
  task:
    "Plant a mistake of your own, and write the check that finds it: return { buggy, check }. buggy takes a list of logits and is a softmax with a mistake that nobody sees: what it returns are probabilities still, from 0 to 1 and with the sum 1. check takes any softmax and returns null if it is sound, otherwise one sentence.",
  probes: [[]],
  solve: () => ({
    buggy: (logits: number[]) => SOUND[0]!(logits.map((z) => z / 2)),
    check: (softmax: Softmax) => {
      const [first, second] = softmax([0, 1]);
      return Math.abs(second! / first! - Math.E) < 1e-9 ? null : "one logit more is not e times as likely";
    },
  }),
  judge: (result: unknown) => judgePlanted(result),
  mistakes: {},
  hints: [
    "What could be wrong with a softmax whose results still sum to 1? The base, the sign, the order, one class treated otherwise …",
    "A check knows something that must hold for every softmax: of logits 0 and 1, the second is e times as likely.",
    "Compare with a tolerance, such as 1e-9: two sound ones may differ in the last digit.",
  ],
  solution: `function planted() {
  const buggy = (logits: number[]) => {
    const raised = logits.map((z) => Math.exp((z - Math.max(...logits)) / 2)); // half as sure as it should be
    const total = raised.reduce((a, b) => a + b, 0);
    return raised.map((value) => value / total);
  };
  const check = (softmax: (logits: number[]) => number[]) => {
    const [first, second] = softmax([0, 1]);
    return Math.abs(second! / first! - Math.E) < 1e-9 ? null : "one logit more is not e times as likely";
  };
  return { buggy, check };
}`,
});

/** Lists of logits on which a planted mistake is looked for; some are large. */
function logitsToTry(): number[][] {
  const random = seededRandom(14);
  return Array.from({ length: 60 }, (_, i) => {
    const lifted = i % 6 === 5 ? 1000 : 0;
    return Array.from({ length: 2 + i % 9 }, () => lifted + Math.round(100 * (random() - 0.5)) / 10);
  });
}

function judgePlanted(result: unknown): Judgement {
  const parts = partsOf(result, ["buggy", "check"]);
  if (isJudgement(parts)) return parts;
  for (const name of ["buggy", "check"]) {
    if (typeof parts[name] !== "function") return wrong(`${name} should be a function, got ${display(parts[name])}.`);
  }
  const { buggy, check } = parts as { buggy: Softmax; check: (softmax: Softmax) => unknown };
  let differs = false;
  for (const logits of logitsToTry()) {
    const given = buggy([...logits]), list = numbersOf(given, `buggy(${display(logits)})`, logits.length);
    if (isJudgement(list)) return list;
    const sum = list.reduce((a, b) => a + b);
    if (list.some((p) => p < 0 || p > 1) || Math.abs(sum - 1) > 1e-9) {
      return wrong(
        `buggy(${display(logits)}) gives ${display(list)}, no probabilities with the sum 1: anybody sees that.`,
      );
    }
    const sound = SOUND[0]!(logits);
    differs ||= list.some((p, k) => Math.abs(p - sound[k]!) > 1e-6);
  }
  if (!differs) {
    return wrong("buggy gives what softmax gives, for every list of logits that was tried: where is the mistake?");
  }
  for (const [i, sound] of SOUND.entries()) {
    const said = outcome(check, sound), style = i ? ", one that is written in another style" : "";
    if (said !== null) {
      return wrong(
        `Your check refuses a sound softmax${style}: it ${
          said instanceof Thrown ? `throws ${said.text}` : `says ${display(said)}`
        }.`,
      );
    }
  }
  const disguised: Softmax = (logits) => buggy(logits); // a check must look at results, not at who it is
  const said = outcome(check, disguised);
  if (said instanceof Thrown) return wrong(`For buggy your check throws ${said.text}; let it return a sentence.`);
  if (said === null) return wrong("Your check lets your own mistake pass: it returns null for buggy.");
  if (typeof said !== "string" || said.trim() === "") {
    return wrong(`For buggy your check should return a sentence, got ${display(said)}.`);
  }
  const found = Object.entries(OTHERS).filter(([, other]) => outcome(check, other) !== null).map(([name]) => name);
  return right(
    `Right: your check says "${said}" to your mistake, and lets three sound ones pass. ` +
      `It also finds ${found.length} of ${Object.keys(OTHERS).length} mistakes of others${
        found.length ? `: one that ${found.join(", one that ")}` : ""
      }.`,
  );
}

/** What a check says, an error included. */
function outcome(check: (softmax: Softmax) => unknown, softmax: Softmax): unknown {
  try {
    return check(softmax);
  } catch (error) {
    return new Thrown(`${error}`);
  }
}

/** What a check threw instead of saying it. */
class Thrown {
  constructor(readonly text: string) {}
}
