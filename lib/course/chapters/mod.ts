/**
 * All chapters, in reading order. Written by "deno task sync" from the files in this folder.
 *
 * @module
 */
import type { Chapter } from "../chapter.ts";
import { CHAPTER as CHAPTER_00 } from "./00_start_here.ts";
import { CHAPTER as CHAPTER_01 } from "./01_meet_the_data.ts";
import { CHAPTER as CHAPTER_02 } from "./02_split_shuffle_normalise.ts";
import { CHAPTER as CHAPTER_03 } from "./03_shapes_and_starting_weights.ts";
import { CHAPTER as CHAPTER_04 } from "./04_forward.ts";
import { CHAPTER as CHAPTER_05 } from "./05_loss.ts";
import { CHAPTER as CHAPTER_06 } from "./06_backprop_by_hand.ts";
import { CHAPTER as CHAPTER_07 } from "./07_backprop_in_matrices.ts";
import { CHAPTER as CHAPTER_08 } from "./08_update_and_train.ts";
import { CHAPTER as CHAPTER_09 } from "./09_evaluate_honestly.ts";
import { CHAPTER as CHAPTER_09w } from "./09w_workshop.ts";
import { CHAPTER as CHAPTER_10 } from "./10_the_sigmoid_network.ts";
import { CHAPTER as CHAPTER_11 } from "./11_a_smarter_step_lbfgs.ts";
import { CHAPTER as CHAPTER_12 } from "./12_deeper_minibatch_adam.ts";
import { CHAPTER as CHAPTER_13 } from "./13_your_own_digit.ts";
import { CHAPTER as CHAPTER_14 } from "./14_five_networks_and_the_bug_museum.ts";
import { CHAPTER as CHAPTER_15 } from "./15_convolution.ts";
import { CHAPTER as CHAPTER_16 } from "./16_the_last_mile.ts";

/** The chapters. */
export const CHAPTERS: readonly Chapter[] = [
  CHAPTER_00,
  CHAPTER_01,
  CHAPTER_02,
  CHAPTER_03,
  CHAPTER_04,
  CHAPTER_05,
  CHAPTER_06,
  CHAPTER_07,
  CHAPTER_08,
  CHAPTER_09,
  CHAPTER_09w,
  CHAPTER_10,
  CHAPTER_11,
  CHAPTER_12,
  CHAPTER_13,
  CHAPTER_14,
  CHAPTER_15,
  CHAPTER_16,
];
