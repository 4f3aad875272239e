/**
 * Random numbers that come out the same on every machine: same seed, same digits.
 *
 * @module
 */

import { assertWhole } from "./assert_whole.ts";

/** Draws the next number, uniform in [0, 1). */
export interface Random {
  (): number;
  /** A generator that goes on from here with the same numbers; what {@linkcode seededRandom} returns has it. */
  copy?(): Random;
}

/**
 * A generator of uniform numbers in [0, 1) with 2³² different starts (mulberry32).
 *
 * Only whole-number arithmetic is used, so no machine and no browser rounds differently.
 *
 * @param seed A whole number; 1 and 1 + 2³² are the same seed.
 * @throws {RangeError} If the seed is not a whole number.
 * @see Tommy Ettinger's mulberry32 (2017), public domain
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(seededRandom(42)(), 0.6011037519201636);
 * ```
 */
export function seededRandom(seed: number): Random {
  if (!Number.isInteger(seed)) {
    throw new RangeError(`Cannot seed the generator: seed must be a whole number, got ${seed}`);
  }
  return mulberry32(seed | 0);
}

function mulberry32(state: number): Random {
  const draw = () => {
    state = state + 0x6D2B79F5 | 0;
    let t = Math.imul(state ^ state >>> 15, 1 | state);
    t = t + Math.imul(t ^ t >>> 7, 61 | t) ^ t;
    return ((t ^ t >>> 14) >>> 0) / 2 ** 32;
  };
  return Object.assign(draw, { copy: () => mulberry32(state) });
}

/**
 * One seed from several numbers, so that every one of many things has draws of its own: MurmurHash3's mixing, number by number.
 *
 * @param numbers Whole numbers from 0.
 * @returns A whole number from 0 to below 2³².
 * @see Austin Appleby's MurmurHash3 (2011), public domain
 */
export function mixedSeed(...numbers: number[]): number {
  let hash = 0;
  for (const number of numbers) {
    const k = Math.imul(number, 0xcc9e2d51);
    hash ^= Math.imul(k << 15 | k >>> 17, 0x1b873593);
    hash = Math.imul(hash << 13 | hash >>> 19, 5) + 0xe6546b64 | 0;
  }
  return mix(hash ^ 4 * numbers.length);
}

/** A whole number scattered over 0 to 2³² − 1, one to one: MurmurHash3's last step. */
export function mix(x: number): number {
  x = Math.imul(x ^ x >>> 16, 0x85ebca6b);
  x = Math.imul(x ^ x >>> 13, 0xc2b2ae35);
  return (x ^ x >>> 16) >>> 0;
}

/** A uniform number in [low, high). */
export function uniform(random: Random, low: number, high: number): number {
  return low + (high - low) * random();
}

/**
 * Draws from the standard normal distribution (mean 0, standard deviation 1).
 *
 * Two uniform draws give two normal ones, `√(−2 ln(1−u)) · cos 2πv` and `… · sin 2πv`.
 *
 * @see Box and Muller, "A note on the generation of random normal deviates" (1958)
 */
export function normal(random: Random): Random {
  let spare: number | undefined;
  return () => {
    if (spare !== undefined) {
      const value = spare;
      spare = undefined;
      return value;
    }
    const radius = Math.sqrt(-2 * Math.log(1 - random())), angle = 2 * Math.PI * random();
    spare = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  };
}

/**
 * The numbers 0 … count − 1 in random order, each order equally likely (Fisher–Yates).
 *
 * @param count How many, a whole number from 0.
 * @throws {RangeError} If `count` is not a whole number from 0.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(shuffledIndices(10, seededRandom(7)), [6, 5, 8, 1, 2, 3, 4, 7, 9, 0]);
 * ```
 */
export function shuffledIndices(count: number, random: Random): number[] {
  assertWhole("shuffle", "count", count, 0);
  const order = Array.from({ length: count }, (_, i) => i);
  for (let i = count - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  return order;
}
