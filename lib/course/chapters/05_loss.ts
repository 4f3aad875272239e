/**
 * Chapter 05: Loss.
 *
 * @module
 */
import type { Chapter } from "../chapter.ts";
import { defineExercise } from "../exercise.ts";
import { sum } from "../lists.ts";
import { BAD_START, TWO_RIGHT } from "../open/loss.ts";

/** The chapter. */
export const CHAPTER: Chapter = {
  name: "05_loss",
  title: "Loss",
  short: "loss",
  idea: 'one number for "how wrong"',
  minutes: 15,
  guesses: ["05-nothing", "05-factor"],
  exercises: [
    defineExercise({
      id: "05a",
      task: "Return the mean cross-entropy: probabilities holds one list per digit, labels its true class.",
      probes: [[[[0.5, 0.5]], [0]], [[[0.2, 0.8], [0.7, 0.3]], [1, 1]], [[[0.1, 0.6, 0.3], [0.25, 0.25, 0.5], [
        0.9,
        0.05,
        0.05,
      ]], [0, 2, 0]], [[[1, 0], [1e-12, 1]], [0, 0]]],
      family: (draw, size) => {
        const classes = draw.whole(2, 2 + Math.ceil(size / 2)), digits = draw.whole(1, size);
        const column = () => {
          const shares = draw.list(classes, () => draw.whole(1, 9));
          return shares.map((share) => share / sum(shares));
        };
        return [draw.list(digits, column), draw.list(digits, () => draw.whole(0, classes - 1))];
      },
      solve: (probabilities: number[][], labels: number[]) =>
        sum(probabilities.map((p, j) => -Math.log(p[labels[j]!]!))) / labels.length,
      mistakes: {
        "That is the sum; divide by the number of digits, or the loss grows with the batch.": (probabilities, labels) =>
          sum(probabilities.map((p, j) => -Math.log(p[labels[j]!]!))),
        "The minus is missing: logarithms of probabilities are negative, a loss is not.": (probabilities, labels) =>
          sum(probabilities.map((p, j) => Math.log(p[labels[j]!]!))) / labels.length,
        "You take the largest probability; the loss asks for that of the true class.": (probabilities) =>
          sum(probabilities.map((p) => -Math.log(Math.max(...p)))) / probabilities.length,
        "log2 gives bits; the course counts in nats: Math.log.": (probabilities, labels) =>
          sum(probabilities.map((p, j) => -Math.log2(p[labels[j]!]!))) / labels.length,
        "log10 is another unit; the course counts in nats: Math.log.": (probabilities, labels) =>
          sum(probabilities.map((p, j) => -Math.log10(p[labels[j]!]!))) / labels.length,
        "1 − p treats a little wrong and hopelessly wrong almost alike; the loss is −log p.": (probabilities, labels) =>
          sum(probabilities.map((p, j) => 1 - p[labels[j]!]!)) / labels.length,
        "Swapped: probabilities[j] is the digit, [labels[j]] its class.": (probabilities, labels) =>
          sum(probabilities.map((_, j) => -Math.log(probabilities[labels[j]!]![j]!))) / labels.length,
        "Only the probability of the true class counts, not those of all classes.": (probabilities, labels) =>
          sum(probabilities.flat().map((p) => -Math.log(p))) / labels.length,
        "You take the logarithm of the mean; take the mean of the logarithms.": (probabilities, labels) =>
          -Math.log(sum(probabilities.map((p, j) => p[labels[j]!]!)) / labels.length),
      },
      hints: [
        "For one digit: −log of the probability of its true class.",
        "p[labels[j]] is that probability.",
        "Sum over digits, divide by how many there are.",
      ],
      solution:
        "function meanLoss(probabilities: number[][], labels: number[]) {\n  let total = 0;\n  for (const [j, p] of probabilities.entries()) total -= Math.log(p[labels[j]!]!);\n  return total / labels.length;\n}",
    }),
    defineExercise({
      id: "05b",
      task: "A network gives the true digit probability p. Return its loss for that digit.",
      probes: [[1], [0.92], [0.1], [0.001]],
      family: (draw) => [draw.share()],
      solve: (p: number) => -Math.log(p),
      mistakes: {
        "1 − p treats a little wrong and hopelessly wrong almost alike; the loss is −log p.": (p) => 1 - p,
        "The minus is missing.": (p) => Math.log(p),
        "log10 is another unit; the course counts in nats: Math.log.": (p) => -Math.log10(p),
        "log2 gives bits; the course counts in nats: Math.log.": (p) => -Math.log2(p),
      },
      hints: [
        "Certain and right costs 0.",
        "Use the natural logarithm.",
        "Logarithms of probabilities are negative, a loss is not.",
      ],
      solution: "function lossOf(p: number) {\n  return -Math.log(p);\n}",
    }),
    defineExercise({
      id: "05c",
      task: "Return the loss of one digit from its logits, log(Σ exp(z)) − z[label], also where exp would overflow.",
      probes: [[[0, 0], 0], [[2, -1, 0.5], 2], [[1000, 1001, 999], 1], [[-1000, -1002], 1], [[3, 3, 3, 3], 0], [[
        1000,
        -1000,
      ], 1], [[-1000, 900, 950], 2]],
      family: (draw, size) => {
        const lifted = draw.pick([0, 0, 0, 1000, -1000]), classes = draw.whole(2, 1 + size);
        const logits = draw.list(classes, () => lifted + draw.number() + draw.pick([0, 0, 0, 0, lifted]));
        return [logits, draw.whole(0, classes - 1)];
      },
      solve: (logits: number[], label: number) => {
        const largest = Math.max(...logits);
        return Math.log(logits.reduce((sum, z) => sum + Math.exp(z - largest), 0)) + largest - logits[label]!;
      },
      mistakes: {
        "exp(1000) is infinity: take the largest logit away before exp, and add it again after the log.": (
          logits,
          label,
        ) => Math.log(logits.reduce((sum, z) => sum + Math.exp(z), 0)) - logits[label]!,
        "exp(1000) is infinity, and a probability of 0 has no logarithm: stay with logits, log Σ exp(z) − z[label].": (
          logits,
          label,
        ) => -Math.log(Math.exp(logits[label]!) / logits.reduce((sum, z) => sum + Math.exp(z), 0)),
        "Where logits lie far apart, an exponential rounds to 0 or to infinity, and so does the loss: largest + log Σ exp(z − largest) − z[label] never does.":
          (logits, label) => {
            const e = logits.map((z) => Math.exp(z - Math.max(...logits)));
            return -Math.log(e[label]! / e.reduce((a, b) => a + b));
          },
        "The largest logit is nearly log Σ exp, and not quite: the others count, too.": (logits, label) =>
          Math.max(...logits) - logits[label]!,
        "You take the largest from the label's logit too: add it back once only.": (logits, label) => {
          const largest = Math.max(...logits);
          return largest + Math.log(logits.reduce((sum, z) => sum + Math.exp(z - largest), 0)) -
            (logits[label]! - largest);
        },
        "log10 is another unit; the course counts in nats: Math.log.": (logits, label) => {
          const largest = Math.max(...logits);
          return Math.log10(logits.reduce((sum, z) => sum + Math.exp(z - largest), 0)) + largest - logits[label]!;
        },
        "What you took away before exp has to come back after the log.": (logits, label) =>
          Math.log(logits.reduce((sum, z) => sum + Math.exp(z - Math.max(...logits)), 0)) - logits[label]!,
        "The sign is turned round: the loss is never below 0.": (logits, label) => {
          const largest = Math.max(...logits);
          return logits[label]! - largest - Math.log(logits.reduce((sum, z) => sum + Math.exp(z - largest), 0));
        },
        "log Σ exp is not Σ log exp: add the exponentials before the log.": (logits, label) =>
          logits.reduce((sum, z) => sum + z, 0) - logits[label]!,
      },
      hints: [
        "log Σ exp(z) = largest + log Σ exp(z − largest).",
        "No exponent is then above 0.",
        "What is taken away inside exp is added again outside the log; then the label's logit is subtracted.",
      ],
      solution:
        "function lossFromLogits(logits: number[], label: number) {\n  const largest = Math.max(...logits);\n  let sum = 0;\n  for (const z of logits) sum += Math.exp(z - largest);\n  return Math.log(sum) + largest - logits[label]!;\n}",
    }),
    TWO_RIGHT,
    BAD_START,
  ],
};
