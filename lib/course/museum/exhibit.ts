/**
 * What an exhibit of the bug museum is: a published mistake that runs, its repair, and the check that tells them apart.
 *
 * @module
 */
import type { Digits } from "../../data/digits.ts";

/** A version of a piece of code: each exhibit's has arguments and results of its own. */
// deno-lint-ignore no-explicit-any -- see above
export type Version = (...args: any[]) => any;

/** Digits to measure an effect on. */
export interface Material {
  /** To learn from. */
  readonly train: Digits;
  /** To be read. */
  readonly test: Digits;
}

/** What a mistake costs. */
export interface Effect {
  /** What is measured, with its unit. */
  readonly what: string;
  /** Measures it; the same material and seed of the starting weights give the same number. */
  readonly measure: (material: Material, seed: number) => Promise<number>;
}

/** One mistake: published by a tutorial, invited by one, or common elsewhere. */
export interface Exhibit {
  /** Its number, such as "05"; "A1" and on for those of others. */
  readonly id: string;
  /** A few words. */
  readonly title: string;
  /** Who published it: tutorials by number. */
  readonly madeBy?: string;
  /** Who did not make it, but leads others to it: by a format, by a text, or by doing a thing in two ways. */
  readonly invitedBy?: string;
  /** Where else it is found. */
  readonly elsewhere?: string;
  /** Whether anybody notices: `loud` stops or prints nonsense, `silent` does neither, `words` is wrong text beside right code. */
  readonly noise: "silent" | "loud" | "loud, then silent" | "words";
  /** What happens, one or two sentences. */
  readonly story: string;
  /** The chapter that meets it, if one does. */
  readonly chapter?: number;
  /** The mistake. */
  readonly buggy: Version;
  /** The repair: takes and gives the same. */
  readonly fixed: Version;
  /** Null if a version passes, otherwise what is wrong with it. */
  readonly check: (version: Version) => string | null;
  /** What it costs, where that is a number. */
  readonly effect?: Effect;
}

/** Null if all is well, otherwise the sentence. */
export function unless(well: boolean, sentence: string): string | null {
  return well ? null : sentence;
}
