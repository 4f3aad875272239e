/**
 * Chapter 08: Update and train.
 *
 * @module
 */
import type { Chapter } from "../chapter.ts";

/** The chapter. */
export const CHAPTER: Chapter = {
  name: "08_update_and_train",
  title: "Update and train",
  short: "train",
  idea: "many small steps downhill",
  minutes: 15,
  guesses: ["08-accuracy", "08-rate"],
  exercises: [{
    id: "08a",
    task: "Return new weights one step downhill; leave the old ones as they are.",
    probes: [[[1], [2], 0.5], [[1, -2, 3], [0.5, 0.25, -1], 0.1], [[0, 4], [3, -3], 2]],
    solve: (weights: number[], gradients: number[], learningRate: number) =>
      weights.map((w, i) => w - learningRate * gradients[i]!),
    mistakes: [
      {
        says: "Uphill: the gradient points to more loss, so it is subtracted.",
        attempt: (weights: number[], gradients: number[], learningRate: number) =>
          weights.map((w, i) => w + learningRate * gradients[i]!),
      },
      {
        says: "The learning rate is missing: the step would be the whole gradient.",
        attempt: (weights: number[], gradients: number[]) => weights.map((w, i) => w - gradients[i]!),
      },
      {
        says: "That is the step; subtract it from the weights.",
        attempt: (_: number[], gradients: number[], learningRate: number) => gradients.map((g) => learningRate * g),
      },
      {
        says: "Dividing by the learning rate makes small rates take giant steps: multiply.",
        attempt: (weights: number[], gradients: number[], learningRate: number) =>
          weights.map((w, i) => w - gradients[i]! / learningRate),
      },
    ],
    hints: ["W ← W − α dW.", "weights.map gives a new list.", "w − learningRate · gradients[i]"],
    solution:
      "function step(weights: number[], gradients: number[], learningRate: number) {\n  return weights.map((w, i) => w - learningRate * gradients[i]!);\n}",
  }, {
    id: "08b",
    task: "Return the index of the largest of the probabilities; of equals, the first.",
    probes: [[[0.1, 0.9]], [[0.3, 0.5, 0.2]], [[0.4, 0.4, 0.2]], [[0.2, 0.1, 0.25, 0.25, 0.2]]],
    solve: (p: number[]) => p.indexOf(Math.max(...p)),
    mistakes: [
      {
        says: "That is the largest probability itself; its index is asked for.",
        attempt: (p: number[]) => Math.max(...p),
      },
      {
        says: "Of equals you take the last; argmax takes the first.",
        attempt: (p: number[]) => p.lastIndexOf(Math.max(...p)),
      },
      { says: "Classes are counted from 0.", attempt: (p: number[]) => p.indexOf(Math.max(...p)) + 1 },
      {
        says:
          "You round first: where no probability passes ½, every digit becomes class 0. Tutorial 003 loses points by this.",
        attempt: (p: number[]) => Math.max(0, p.findIndex((value) => value > 0.5)),
      },
    ],
    hints: ["Find the largest, then where it is.", "Math.max(...p) is the largest.", "p.indexOf(Math.max(...p))"],
    solution: "function argmax(p: number[]) {\n  return p.indexOf(Math.max(...p));\n}",
  }],
};
