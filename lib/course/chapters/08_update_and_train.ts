/**
 * Chapter 08: Update and train.
 *
 * @module
 */
import type { Chapter } from "../chapter.ts";
import { defineExercise } from "../exercise.ts";

/** The chapter. */
export const CHAPTER: Chapter = {
  name: "08_update_and_train",
  title: "Update and train",
  short: "train",
  idea: "many small steps downhill",
  minutes: 15,
  guesses: ["08-accuracy", "08-rate"],
  exercises: [
    defineExercise({
      id: "08a",
      task: "Return new weights one step downhill; leave the old ones as they are.",
      probes: [[[1], [2], 0.5], [[1, -2, 3], [0.5, 0.25, -1], 0.1], [[0, 4], [3, -3], 2]],
      family: (draw, size) => {
        const count = draw.whole(1, size);
        return [draw.list(count, draw.number), draw.list(count, draw.number), draw.whole(1, 20) / 10];
      },
      solve: (weights: number[], gradients: number[], learningRate: number) =>
        weights.map((w, i) => w - learningRate * gradients[i]!),
      mistakes: {
        "Uphill: the gradient points to more loss, so it is subtracted.": (weights, gradients, learningRate) =>
          weights.map((w, i) => w + learningRate * gradients[i]!),
        "The learning rate is missing: the step would be the whole gradient.": (weights, gradients) =>
          weights.map((w, i) => w - gradients[i]!),
        "That is the step; subtract it from the weights.": (_, gradients, learningRate) =>
          gradients.map((g) => learningRate * g),
        "Dividing by the learning rate makes small rates take giant steps: multiply.": (
          weights,
          gradients,
          learningRate,
        ) => weights.map((w, i) => w - gradients[i]! / learningRate),
      },
      hints: [
        "W ← W − α dW.",
        "weights.map gives a new list.",
        "Each weight loses the learning rate times its own gradient.",
      ],
      solution:
        "function step(weights: number[], gradients: number[], learningRate: number) {\n  return weights.map((w, i) => w - learningRate * gradients[i]!);\n}",
    }),
    defineExercise({
      id: "08b",
      task: "Return the index of the largest of the probabilities; of equals, the first.",
      probes: [[[0.1, 0.9]], [[0.3, 0.5, 0.2]], [[0.4, 0.4, 0.2]], [[0.2, 0.1, 0.25, 0.25, 0.2]], [[0.9, 9e-8, 1e-7]]],
      family: (draw, size) => [draw.list(draw.whole(1, 1 + size), () => draw.whole(0, 9) / 10)],
      solve: (p: number[]) => p.indexOf(Math.max(...p)),
      mistakes: {
        "That is the largest probability itself; its index is asked for.": (p) => Math.max(...p),
        "Of equals you take the last; argmax takes the first.": (p) => p.lastIndexOf(Math.max(...p)),
        "Classes are counted from 0.": (p) => p.indexOf(Math.max(...p)) + 1,
        "sort() alone sorts as text, 9e-8 after 0.9: use Math.max.": (p) => p.indexOf(p.toSorted().at(-1)!),
        "You compare each with its neighbour; compare with the largest so far.": (p) => {
          let best = 0;
          for (let i = 1; i < p.length; i++) if (p[i]! > p[i - 1]!) best = i;
          return best;
        },
        "You round first: where no probability passes ½, every digit becomes class 0. Tutorial 003 loses points by this.":
          (p) => Math.max(0, p.findIndex((value) => value > 0.5)),
      },
      hints: [
        "Find the largest, then where it is.",
        "Math.max(...p) is the largest.",
        "A list can tell where a value stands: indexOf.",
      ],
      solution: "function argmax(p: number[]) {\n  return p.indexOf(Math.max(...p));\n}",
    }),
    defineExercise({
      id: "08c",
      task:
        "In a bowl, the loss is ½ (c₁ w₁² + c₂ w₂² + …), so the slope along wᵢ is cᵢ wᵢ. Steps with a small rate come nearer to the bottom, from wherever they start; with a large one they run away. Return the rate between the two: the largest that is stable.",
      probes: [[[1]], [[4]], [[1, 10]], [[0.5, 0.25, 2]], [[3, 1, 2, 2.5]], [[9, 10]], [[2, 100]]],
      family: (draw, size) => [draw.list(draw.whole(1, size), () => draw.whole(1, 900) / 10)],
      solve: (curvatures: number[]) => 2 / Math.max(...curvatures),
      mistakes: {
        "That is the fastest along the steepest way: one step and it is at the bottom. Up to twice that, a step goes too far and still comes nearer.":
          (curvatures) => 1 / Math.max(...curvatures),
        "Along the flattest way it is stable, but the steepest way decides: there it runs away first.": (curvatures) =>
          2 / Math.min(...curvatures),
        "The mean does not decide; one steep way is enough to run away.": (curvatures) =>
          2 * curvatures.length / curvatures.reduce((a, b) => a + b),
        "The ways do not add up: each weight has a step of its own. The steepest decides.": (curvatures) =>
          2 / curvatures.reduce((a, b) => a + b),
        "Only the first way is looked at; the steepest decides.": (curvatures) => 2 / curvatures[0]!,
        "sort() alone sorts as text, 10 before 9: use Math.max, or sort((a, b) => a - b).": (curvatures) =>
          2 / curvatures.toSorted().at(-1)!,
        "Upside down: the steeper the bowl, the smaller the rate must be.": [
          (curvatures) => Math.max(...curvatures) / 2,
          (curvatures) => 2 * Math.max(...curvatures),
        ],
      },
      hints: [
        "One weight first: w ← w − α c w, which is (1 − α c) times w.",
        "It comes nearer to 0 while 1 − α c lies between −1 and 1.",
        "So α c may be up to 2, for every weight, also for the one with the largest c.",
      ],
      solution: "function largestRate(curvatures: number[]) {\n  return 2 / Math.max(...curvatures);\n}",
    }),
  ],
};
