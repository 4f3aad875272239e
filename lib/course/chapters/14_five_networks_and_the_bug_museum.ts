/**
 * Chapter 14: Five networks and the bug museum.
 *
 * @module
 */
import type { Chapter } from "../chapter.ts";
import { defineExercise } from "../exercise.ts";
import { PLANT } from "../open/planted.ts";

const spread = (p: number, n: number) => 1.96 * Math.sqrt(p * (1 - p) / n);

function apart(p: number, q: number, n: number): boolean {
  return Math.abs(p - q) > 1.96 * Math.sqrt((p * (1 - p) + q * (1 - q)) / n);
}

function lost(m: number, parts: number[][]): number[] {
  const all = new Set(parts.flat());
  return Array.from({ length: m }, (_, row) => row).filter((row) => !all.has(row));
}

/** The chapter. */
export const CHAPTER: Chapter = {
  name: "14_five_networks_and_the_bug_museum",
  title: "Five networks and the bug museum",
  short: "museum",
  idea: "same data, same ruler; which mistakes matter",
  minutes: 25,
  guesses: ["14-silent", "14-dearest", "14-published"],
  exercises: [
    defineExercise({
      id: "14a",
      task:
        "Return true if two accuracies p and q, each on n digits of its own, differ by more than chance would have it: by more than 1.96 standard deviations of the difference.",
      probes: [[0.8, 0.9, 50], [0.8, 0.9, 1000], [0.871, 0.885, 1000], [0.97, 0.975, 10000], [0.5, 0.52, 4000], [
        0.5,
        0.5001,
        4000,
      ], [0.9, 0.87, 1000]],
      family: (
        draw,
      ) => [draw.whole(40, 99) / 100, draw.whole(40, 99) / 100, draw.pick([5, 6, 10, 50, 200, 1000, 10_000])],
      solve: apart,
      mistakes: {
        "You use the spread of one accuracy alone; the difference of two varies more: add their variances.": (
          p,
          q,
          n,
        ) => Math.abs(p - q) > spread(p, n),
        "Intervals that overlap may belong to different accuracies: adding both half-widths asks for too much. Add the variances, then take the root.":
          (p, q, n) => Math.abs(p - q) > spread(p, n) + spread(q, n),
        "The sign is lost: q may also be smaller than p.": (p, q, n) =>
          q - p > 1.96 * Math.sqrt((p * (1 - p) + q * (1 - q)) / n),
        "Any difference counts in yours, even one that is mere luck.": (p, q) => p !== q,
        "Divide by n inside the root: the spread shrinks as the root of n.": (p, q, n) =>
          Math.abs(p - q) > 1.96 * Math.sqrt(p * (1 - p) + q * (1 - q)) / n,
      },
      hints: [
        "The variance of one accuracy is p (1 − p) / n. Variances add, also for a difference.",
        "The standard deviation is the root of their sum.",
        "Is the difference, whatever its sign, larger than 1.96 of these?",
      ],
      solution:
        "function different(p: number, q: number, n: number) {\n  return Math.abs(p - q) > 1.96 * Math.sqrt((p * (1 - p) + q * (1 - q)) / n);\n}",
    }),
    defineExercise({
      id: "14b",
      task: "A check for the museum: return the rows from 0 to m − 1 that are in none of the parts.",
      probes: [[4, [[1], [2, 3]]], [5, [[0, 1, 2], [3, 4]]], [6, [[0], [2], [5, 4]]], [3, [[], []]], [4, [
        [3, 1],
        [1, 0],
        [2],
      ]]],
      family: (draw, size) => {
        const m = draw.whole(1, 1 + size);
        return [m, draw.list(draw.whole(1, 3), () => draw.list(draw.whole(0, size), () => draw.whole(0, m - 1)))];
      },
      solve: lost,
      mistakes: {
        "That is how many are lost; which ones they are is asked for.": (m, parts) => lost(m, parts).length,
        "Row 0 counts, too: 001 lost exactly that one.": (m, parts) => lost(m, parts).filter(Boolean),
        "Only the first part is looked at.": (m, parts) => lost(m, parts.slice(0, 1)),
        "Those are the rows that are in two parts; asked for are those in none.": (m, parts) =>
          Array.from({ length: m }, (_, row) => row).filter((row) => parts.flat().filter((r) => r === row).length > 1),
      },
      hints: [
        "Put all parts into one set.",
        "new Set(parts.flat())",
        "Go through all rows from 0 to m − 1, and keep those that the set does not have.",
      ],
      solution:
        "function lostRows(m: number, parts: number[][]) {\n  const all = new Set(parts.flat());\n  return Array.from({ length: m }, (_, row) => row).filter((row) => !all.has(row));\n}",
    }),
    PLANT,
  ],
};
