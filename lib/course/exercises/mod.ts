/**
 * All exercises, chapter by chapter.
 *
 * @module
 */
import type { Exercise } from "../exercise.ts";
import { BACKWARD_EXERCISES } from "./backward.ts";
import { DATA_EXERCISES } from "./data.ts";
import { DIALECT_EXERCISES } from "./dialects.ts";
import { EVALUATION_EXERCISES } from "./evaluation.ts";
import { FORWARD_EXERCISES } from "./forward.ts";
import { PHOTO_EXERCISES } from "./photos.ts";

/** Every exercise of the course, in reading order. */
export const EXERCISES: readonly Exercise[] = [
  ...DATA_EXERCISES,
  ...FORWARD_EXERCISES,
  ...BACKWARD_EXERCISES,
  ...EVALUATION_EXERCISES,
  ...DIALECT_EXERCISES,
  ...PHOTO_EXERCISES,
];
