/**
 * Chapter 05: Loss.
 *
 * @module
 */
import type { Chapter } from "../chapter.ts";
import { sum } from "../lists.ts";

/** The chapter. */
export const CHAPTER: Chapter = {
  name: "05_loss",
  title: "Loss",
  short: "loss",
  idea: 'one number for "how wrong"',
  minutes: 15,
  guesses: ["05-nothing", "05-factor"],
  exercises: [{
    id: "05a",
    task: "Return the mean cross-entropy: probabilities holds one list per digit, labels its true class.",
    probes: [[[[0.5, 0.5]], [0]], [[[0.2, 0.8], [0.7, 0.3]], [1, 1]], [[[0.1, 0.6, 0.3], [0.25, 0.25, 0.5], [
      0.9,
      0.05,
      0.05,
    ]], [0, 2, 0]]],
    solve: (probabilities: number[][], labels: number[]) =>
      sum(probabilities.map((p, j) => -Math.log(p[labels[j]!]!))) / labels.length,
    mistakes: [
      {
        says: "That is the sum; divide by the number of digits, or the loss grows with the batch.",
        attempt: (probabilities: number[][], labels: number[]) =>
          sum(probabilities.map((p, j) => -Math.log(p[labels[j]!]!))),
      },
      {
        says: "The minus is missing: logarithms of probabilities are negative, a loss is not.",
        attempt: (probabilities: number[][], labels: number[]) =>
          sum(probabilities.map((p, j) => Math.log(p[labels[j]!]!))) / labels.length,
      },
      {
        says: "You take the largest probability; the loss asks for that of the true class.",
        attempt: (probabilities: number[][]) =>
          sum(probabilities.map((p) => -Math.log(Math.max(...p)))) / probabilities.length,
      },
      {
        says: "log2 gives bits; the course counts in nats: Math.log.",
        attempt: (probabilities: number[][], labels: number[]) =>
          sum(probabilities.map((p, j) => -Math.log2(p[labels[j]!]!))) / labels.length,
      },
      {
        says: "log10 is another unit; the course counts in nats: Math.log.",
        attempt: (probabilities: number[][], labels: number[]) =>
          sum(probabilities.map((p, j) => -Math.log10(p[labels[j]!]!))) / labels.length,
      },
      {
        says: "1 − p treats a little wrong and hopelessly wrong almost alike; the loss is −log p.",
        attempt: (probabilities: number[][], labels: number[]) =>
          sum(probabilities.map((p, j) => 1 - p[labels[j]!]!)) / labels.length,
      },
      {
        says: "Swapped: probabilities[j] is the digit, [labels[j]] its class.",
        attempt: (probabilities: number[][], labels: number[]) =>
          sum(probabilities.map((_, j) => -Math.log(probabilities[labels[j]!]![j]!))) / labels.length,
      },
      {
        says: "Only the probability of the true class counts, not those of all classes.",
        attempt: (probabilities: number[][], labels: number[]) =>
          sum(probabilities.flat().map((p) => -Math.log(p))) / labels.length,
      },
      {
        says: "You take the logarithm of the mean; take the mean of the logarithms.",
        attempt: (probabilities: number[][], labels: number[]) =>
          -Math.log(sum(probabilities.map((p, j) => p[labels[j]!]!)) / labels.length),
      },
    ],
    hints: [
      "For one digit: −log of the probability of its true class.",
      "p[labels[j]] is that probability.",
      "Sum over digits, divide by how many there are.",
    ],
    solution:
      "function meanLoss(probabilities: number[][], labels: number[]) {\n  let total = 0;\n  for (const [j, p] of probabilities.entries()) total -= Math.log(p[labels[j]!]!);\n  return total / labels.length;\n}",
  }, {
    id: "05b",
    task: "A network gives the true digit probability p. Return its loss for that digit.",
    probes: [[1], [0.92], [0.1], [0.001]],
    solve: (p: number) => -Math.log(p),
    mistakes: [
      {
        says: "1 − p treats a little wrong and hopelessly wrong almost alike; the loss is −log p.",
        attempt: (p: number) => 1 - p,
      },
      { says: "The minus is missing.", attempt: (p: number) => Math.log(p) },
      { says: "log10 is another unit; the course counts in nats: Math.log.", attempt: (p: number) => -Math.log10(p) },
      { says: "log2 gives bits; the course counts in nats: Math.log.", attempt: (p: number) => -Math.log2(p) },
    ],
    hints: ["Certain and right costs 0.", "Use the natural logarithm.", "-Math.log(p)"],
    solution: "function lossOf(p: number) {\n  return -Math.log(p);\n}",
  }, {
    id: "05c",
    task: "Return the loss of one digit from its logits, log(Σ exp(z)) − z[label], also where exp would overflow.",
    probes: [[[0, 0], 0], [[2, -1, 0.5], 2], [[1000, 1001, 999], 1], [[-1000, -1002], 1], [[3, 3, 3, 3], 0], [[
      1000,
      -1000,
    ], 1], [[-1000, 900, 950], 2]],
    solve: (logits: number[], label: number) => {
      const largest = Math.max(...logits);
      return Math.log(logits.reduce((sum, z) => sum + Math.exp(z - largest), 0)) + largest - logits[label]!;
    },
    mistakes: [
      {
        says: "exp(1000) is infinity: take the largest logit away before exp, and add it again after the log.",
        attempt: (logits: number[], label: number) =>
          Math.log(logits.reduce((sum, z) => sum + Math.exp(z), 0)) - logits[label]!,
      },
      {
        says:
          "exp(1000) is infinity, and a probability of 0 has no logarithm: stay with logits, log Σ exp(z) − z[label].",
        attempt: (logits: number[], label: number) =>
          -Math.log(Math.exp(logits[label]!) / logits.reduce((sum, z) => sum + Math.exp(z), 0)),
      },
      {
        says:
          "A probability that rounds to 0 has no logarithm: stay with logits, largest + log Σ exp(z − largest) − z[label].",
        attempt: (logits: number[], label: number) => {
          const e = logits.map((z) => Math.exp(z - Math.max(...logits)));
          return -Math.log(e[label]! / e.reduce((a, b) => a + b));
        },
      },
      {
        says: "The largest logit is nearly log Σ exp, and not quite: the others count, too.",
        attempt: (logits: number[], label: number) => Math.max(...logits) - logits[label]!,
      },
      {
        says: "You take the largest from the label's logit too: add it back once only.",
        attempt: (logits: number[], label: number) => {
          const largest = Math.max(...logits);
          return largest + Math.log(logits.reduce((sum, z) => sum + Math.exp(z - largest), 0)) -
            (logits[label]! - largest);
        },
      },
      {
        says: "log10 is another unit; the course counts in nats: Math.log.",
        attempt: (logits: number[], label: number) => {
          const largest = Math.max(...logits);
          return Math.log10(logits.reduce((sum, z) => sum + Math.exp(z - largest), 0)) + largest - logits[label]!;
        },
      },
      {
        says: "What you took away before exp has to come back after the log.",
        attempt: (logits: number[], label: number) =>
          Math.log(logits.reduce((sum, z) => sum + Math.exp(z - Math.max(...logits)), 0)) - logits[label]!,
      },
      {
        says: "The sign is turned round: the loss is never below 0.",
        attempt: (logits: number[], label: number) => {
          const largest = Math.max(...logits);
          return logits[label]! - largest - Math.log(logits.reduce((sum, z) => sum + Math.exp(z - largest), 0));
        },
      },
      {
        says: "log Σ exp is not Σ log exp: add the exponentials before the log.",
        attempt: (logits: number[], label: number) => logits.reduce((sum, z) => sum + z, 0) - logits[label]!,
      },
    ],
    hints: [
      "log Σ exp(z) = largest + log Σ exp(z − largest).",
      "No exponent is then above 0.",
      "Math.log(sum of Math.exp(z - largest)) + largest - logits[label]",
    ],
    solution:
      "function lossFromLogits(logits: number[], label: number) {\n  const largest = Math.max(...logits);\n  let sum = 0;\n  for (const z of logits) sum += Math.exp(z - largest);\n  return Math.log(sum) + largest - logits[label]!;\n}",
  }],
};
