/**
 * Chapter 16: The last mile.
 *
 * @module
 */
import type { Chapter } from "../chapter.ts";
import { defineExercise } from "../exercise.ts";

/** Which epoch's network is kept: the lowest before `patience` epochs in a row brought nothing. */
function keptEpoch(losses: readonly number[], patience: number, change: { equal?: boolean; late?: number } = {}) {
  let best = 0;
  for (let epoch = 1; epoch < losses.length; epoch++) {
    if (epoch - best > patience + (change.late ?? 0)) break;
    if (change.equal ? losses[epoch]! <= losses[best]! : losses[epoch]! < losses[best]!) best = epoch;
  }
  return best;
}

const lowest = (losses: readonly number[]) => losses.indexOf(Math.min(...losses));

/** The chapter. */
export const CHAPTER: Chapter = {
  name: "16_the_last_mile",
  title: "The last mile",
  short: "last mile",
  idea: "from 97 to 99.5 %: more from the same digits, and what each step costs",
  minutes: 25,
  guesses: ["16-shifted", "16-left"],
  exercises: [
    defineExercise({
      id: "16a",
      task:
        "Early stopping: given the validation loss after each epoch, return the epoch (from 0) whose network is kept: the lowest so far when `patience` epochs in a row have brought no lower one, or at the end of the list.",
      probes: [[[5, 4, 3, 4, 5, 2], 2], [[5, 4, 3, 4, 5, 2], 3], [[3, 3, 3], 1], [[1, 2, 0, 5, 5, 5], 1], [
        [9, 8, 7],
        2,
      ]],
      family: (draw, size) => [
        draw.list(draw.whole(1, 2 + 2 * size), (i) => draw.whole(0, 12) + Math.max(0, 6 - i)),
        draw.whole(1, 4),
      ],
      solve: (losses: number[], patience: number) => keptEpoch(losses, patience),
      mistakes: {
        "You look at the whole list: after the stop there was nothing to see.": (losses) => lowest(losses),
        "That is the epoch at which it stops; the network from before the wait is kept.": (losses, patience) =>
          Math.min(losses.length - 1, keptEpoch(losses, patience) + patience),
        "You wait one epoch too long.": (losses, patience) => keptEpoch(losses, patience, { late: 1 }),
        "You stop one epoch too early.": (losses, patience) => keptEpoch(losses, patience, { late: -1 }),
        "A loss that is only as low as before is no progress: compare with <.": (losses, patience) =>
          keptEpoch(losses, patience, { equal: true }),
        "That is the loss; asked for is its epoch.": (losses, patience) => losses[keptEpoch(losses, patience)],
        "That is the last epoch: the best one before it is kept.": (losses) => losses.length - 1,
      },
      hints: [
        "Remember the best epoch so far; a lower loss makes this one the best.",
        "How long has it been since then? epoch − best.",
        "When that is `patience` after looking at an epoch, stop; return the best.",
      ],
      solution: "function keep(losses: number[], patience: number) {\n  let best = 0;\n" +
        "  for (let epoch = 1; epoch < losses.length; epoch++) {\n" +
        "    if (losses[epoch]! < losses[best]!) best = epoch;\n    else if (epoch - best >= patience) break;\n  }\n  return best;\n}",
    }),
    defineExercise({
      id: "16b",
      task:
        "Dropout: return the activations with those silenced that are not kept, the others made louder so that their sum stays the same on the mean. `share` is the share that is silenced.",
      probes: [[[1, 2, 3, 4], [true, false, true, true], 0.25], [[2, -1, 0.5], [false, true, true], 0.5], [
        [5],
        [true],
        0,
      ]],
      family: (draw, size) => {
        const values = draw.list(draw.whole(1, 2 + size), () => draw.number());
        return [values, values.map(() => draw.whole(0, 2) > 0), draw.pick([0.1, 0.2, 0.25, 0.5, 0.8])];
      },
      solve: (a: number[], kept: boolean[], share: number) => a.map((value, i) => kept[i] ? value / (1 - share) : 0),
      mistakes: {
        "The others are to be louder: divide them by 1 − share.": (a, kept) => a.map((value, i) => kept[i] ? value : 0),
        "That makes them quieter: divide by 1 − share instead of multiplying.": (a, kept, share) =>
          a.map((value, i) => kept[i] ? value * (1 - share) : 0),
        "You divide by the share that is silenced; of the units, 1 − share go on.": (a, kept, share) =>
          a.map((value, i) => kept[i] ? value / share : 0),
        "You silence those that are kept.": (a, kept, share) => a.map((value, i) => kept[i] ? 0 : value / (1 - share)),
        "The list has to stay as long as it was: put a 0 where a unit is silenced.": (a, kept, share) =>
          a.filter((_, i) => kept[i]).map((value) => value / (1 - share)),
        "The silenced ones are not 0 in yours.": (a, kept, share) =>
          a.map((value, i) => kept[i] ? value / (1 - share) : value),
      },
      hints: [
        "A silenced unit gives 0.",
        "If a quarter is silenced, three quarters of the sum are left: what makes it whole again?",
        "Divide the others by 1 − share.",
      ],
      solution: "function dropped(a: number[], kept: boolean[], share: number) {\n" +
        "  return a.map((value, i) => kept[i] ? value / (1 - share) : 0);\n}",
    }),
  ],
};
