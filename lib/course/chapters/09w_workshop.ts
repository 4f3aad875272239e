/**
 * The workshop after chapter 09: the whole machine, written by the reader.
 *
 * @module
 */
import type { Chapter } from "../chapter.ts";
import { BACKWARD } from "../workshop/backward_part.ts";
import { INIT, MINI_BATCHES } from "../workshop/chance_parts.ts";
import { FORWARD } from "../workshop/forward_part.ts";
import { TRAIN } from "../workshop/loop_part.ts";
import { LOSS, UPDATE } from "../workshop/step_parts.ts";

/** The chapter. */
export const CHAPTER: Chapter = {
  name: "09w_workshop",
  title: "The workshop",
  short: "workshop",
  idea: "the whole machine, written by you",
  minutes: 60,
  guesses: [],
  exercises: [INIT, FORWARD, LOSS, BACKWARD, UPDATE, MINI_BATCHES, TRAIN],
};
