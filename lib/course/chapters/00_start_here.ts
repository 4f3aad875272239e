/**
 * Chapter 00: Start here.
 *
 * @module
 */
import type { Chapter } from "../chapter.ts";
import { defineExercise } from "../exercise.ts";

/** The chapter. */
export const CHAPTER: Chapter = {
  name: "00_start_here",
  title: "Start here",
  short: "start",
  idea: "a first network learns, and the map of the course",
  minutes: 5,
  guesses: ["00-accuracy", "00-sure"],
  exercises: [defineExercise({
    id: "00a",
    task: "Write a function that returns the sum of its two numbers.",
    probes: [[1, 1], [2, 5], [-3, 0.5]],
    family: (draw) => [draw.number(), draw.number()],
    solve: (a: number, b: number) => a + b,
    mistakes: {
      "You return 2 whatever comes in; use both arguments.": () => 2,
      "You multiply. Add.": (a, b) => a * b,
      "You subtract. Add.": (a, b) => a - b,
    },
    hints: [
      "The function gets a and b.",
      "In place of null, give back something made of both.",
      "After return come the two, with a + between them.",
    ],
    solution: "function sum(a: number, b: number) {\n  return a + b;\n}",
  })],
};
