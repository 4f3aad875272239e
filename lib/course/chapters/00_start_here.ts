/**
 * Chapter 00: Start here.
 *
 * @module
 */
import type { Chapter } from "../chapter.ts";

/** The chapter. */
export const CHAPTER: Chapter = {
  name: "00_start_here",
  title: "Start here",
  short: "start",
  idea: "the kernel works and this is the map",
  minutes: 5,
  guesses: ["00-accuracy", "00-sure"],
  exercises: [{
    id: "00a",
    task: "Write a function that returns the sum of its two numbers.",
    probes: [[1, 1], [2, 5], [-3, 0.5]],
    solve: (a: number, b: number) => a + b,
    mistakes: [
      { says: "You return 2 whatever comes in; use both arguments.", attempt: () => 2 },
      { says: "You multiply. Add.", attempt: (a: number, b: number) => a * b },
      { says: "You subtract. Add.", attempt: (a: number, b: number) => a - b },
    ],
    hints: ["The function gets a and b.", "In place of null, give back something made of both.", "return a + b;"],
    solution: "function sum(a: number, b: number) {\n  return a + b;\n}",
  }],
};
