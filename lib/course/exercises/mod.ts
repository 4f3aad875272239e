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
import { EXPERIMENT_EXERCISES } from "./experiments.ts";
import { FORWARD_EXERCISES } from "./forward.ts";
import { FURTHER_EXERCISES } from "./further.ts";
import { PHOTO_EXERCISES } from "./photos.ts";

/** Every exercise of the course, in reading order. */
export const EXERCISES: readonly Exercise[] = ([
  ...DATA_EXERCISES,
  ...FORWARD_EXERCISES,
  ...BACKWARD_EXERCISES,
  ...EVALUATION_EXERCISES,
  ...DIALECT_EXERCISES,
  ...FURTHER_EXERCISES,
  ...PHOTO_EXERCISES,
  ...EXPERIMENT_EXERCISES,
] as const).toSorted((a, b) => a.id < b.id ? -1 : 1);
