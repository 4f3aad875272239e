/**
 * A third exercise for chapters 03 to 06 and 09.
 *
 * @module
 */
import type { Exercise } from "../exercise.ts";

const sigmoid = (z: number) => 1 / (1 + Math.exp(-z));
const distance = (a: number[], b: number[]) => a.reduce((sum, value, i) => sum + (value - b[i]!) ** 2, 0);
const nearest = (means: number[][], measure: (mean: number[]) => number) => {
  const values = means.map(measure);
  return values.indexOf(Math.min(...values));
};

/** Third exercises. */
export const FURTHER_EXERCISES: readonly Exercise[] = [
  {
    id: "03c",
    task: "Return ε of tutorial 002's code, √6 / √(inputs + units): weights start between −ε and ε.",
    probes: [[400, 25], [25, 10], [1, 5], [784, 128]],
    solve: (inputs: number, units: number) => Math.sqrt(6) / Math.sqrt(inputs + units),
    mistakes: [
      {
        says: "That is what the text of 002 says; its code has it right only for the first layer.",
        attempt: () => 0.12,
      },
      {
        says: "The root goes over the sum, too.",
        attempt: (inputs: number, units: number) => Math.sqrt(6) / (inputs + units),
      },
      {
        says: "Inputs and units are added, not multiplied.",
        attempt: (inputs: number, units: number) => Math.sqrt(6 / (inputs * units)),
      },
      { says: "The units count, too.", attempt: (inputs: number) => Math.sqrt(6 / inputs) },
      {
        says: "6 under the root, not before it.",
        attempt: (inputs: number, units: number) => 6 / Math.sqrt(inputs + units),
      },
    ],
    hints: ["Math.sqrt is the root.", "Add first, then take the root.", "Math.sqrt(6) / Math.sqrt(inputs + units)"],
    solution:
      "function epsilon(inputs: number, units: number) {\n  return Math.sqrt(6) / Math.sqrt(inputs + units);\n}",
  },
  {
    id: "04c",
    task:
      "Return the shape [rows, columns] of the product of two matrices of the given shapes, or an empty list if there is none.",
    probes: [[[10, 784], [784, 5]], [[2, 3], [2, 3]], [[10, 10], [10, 784]], [[1, 4], [4, 1]], [[4, 1], [1, 4]], [[
      784,
      10,
    ], [784, 41]]],
    solve: ([r, k]: number[], [l, c]: number[]) => k === l ? [r!, c!] : [],
    mistakes: [
      {
        says: "The inner numbers must be equal: not every pair has a product.",
        attempt: ([r]: number[], [, c]: number[]) => [r!, c!],
      },
      {
        says: "You compare the outer numbers; the inner ones must be equal.",
        attempt: ([r, k]: number[], [l, c]: number[]) => r === c ? [k!, l!] : [],
      },
      {
        says: "You compare the outer numbers, and keep them; the inner ones must be equal.",
        attempt: ([r]: number[], [, c]: number[]) => r === c ? [r!, c!] : [],
      },
      {
        says: "Where there is no product, return an empty list, [].",
        attempt: ([r, k]: number[], [l, c]: number[]) => k === l ? [r!, c!] : null,
      },
      {
        says: "No product is not a product of shape 0 × 0: return an empty list, [].",
        attempt: ([r, k]: number[], [l, c]: number[]) => k === l ? [r!, c!] : [0, 0],
      },
      {
        says: "Equal shapes are for adding and for ⊙; a product needs equal inner numbers.",
        attempt: ([r, k]: number[], [l, c]: number[]) => r === l && k === c ? [r!, c!] : [],
      },
      {
        says: "The inner numbers vanish: what is left are the outer ones.",
        attempt: ([, k]: number[], [l]: number[]) => k === l ? [k!, l!] : [],
      },
      {
        says: "Rows first: the rows of the left matrix, the columns of the right one.",
        attempt: ([r, k]: number[], [l, c]: number[]) => k === l ? [c!, r!] : [],
      },
    ],
    hints: [
      "[r × k] · [k × c] is [r × c].",
      "If the two inner numbers differ, return [].",
      "left[1] === right[0] ? [left[0], right[1]] : []",
    ],
    solution:
      "function productShape(left: number[], right: number[]) {\n  return left[1] === right[0] ? [left[0], right[1]] : [];\n}",
  },
  {
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
  },
  {
    id: "06c",
    task: "A sigmoid unit gave the activation a = σ(z). Return the slope of the sigmoid there, from a alone.",
    probes: [[0.5], [0.9], [0.1], [0.25]],
    solve: (a: number) => a * (1 - a),
    mistakes: [
      {
        says:
          "a is the activation already: do not take the sigmoid of it once more. (From the sum z, that would be right.)",
        attempt: (a: number) => sigmoid(a) * (1 - sigmoid(a)),
      },
      { says: "That is the activation itself; its slope is asked for.", attempt: (a: number) => a },
      { says: "That is a². One of the two factors is 1 − a.", attempt: (a: number) => a * a },
      { says: "Both factors are needed: a (1 − a).", attempt: (a: number) => 1 - a },
      { says: "That is the slope of ReLU.", attempt: (a: number) => Number(a > 0) },
    ],
    hints: ["The slope of σ is σ(z) (1 − σ(z)).", "And σ(z) is a.", "a * (1 - a)"],
    solution: "function sigmoidPrime(a: number) {\n  return a * (1 - a);\n}",
  },
  {
    id: "09c",
    task:
      "The baseline: return the index of the average picture that is nearest to the given one, by the sum of squared differences.",
    probes: [[[[0, 0], [9, 9]], [8, 7]], [[[9, 9, 9], [1, 0, 1], [0, 5, 0]], [1, 1, 0]], [[[4, 0], [0, 3], [2, 2]], [
      3,
      0,
    ]], [[[5, 5], [0, 4]], [0, 0]]],
    solve: (means: number[][], picture: number[]) => nearest(means, (mean) => distance(mean, picture)),
    mistakes: [
      {
        says: "That is the farthest one.",
        attempt: (means: number[][], picture: number[]) => nearest(means, (mean) => -distance(mean, picture)),
      },
      {
        says: "A product of pixels favours whichever average has most ink; take differences.",
        attempt: (means: number[][], picture: number[]) =>
          nearest(means, (mean) => -mean.reduce((sum, v, i) => sum + v * picture[i]!, 0)),
      },
      {
        says: "Differences of both signs cancel: square them.",
        attempt: (means: number[][], picture: number[]) =>
          nearest(means, (mean) => Math.abs(mean.reduce((sum, v, i) => sum + v - picture[i]!, 0))),
      },
      {
        says: "That is the distance itself; asked for is which one.",
        attempt: (means: number[][], picture: number[]) => Math.min(...means.map((mean) => distance(mean, picture))),
      },
    ],
    hints: [
      "Work out one distance for each average picture.",
      "Σ (a − b)² over the pixels.",
      "distances.indexOf(Math.min(...distances))",
    ],
    solution:
      "function nearestAverage(means: number[][], picture: number[]) {\n  const distances = means.map((mean) => mean.reduce((sum, value, i) => sum + (value - picture[i]!) ** 2, 0));\n  return distances.indexOf(Math.min(...distances));\n}",
  },
];
