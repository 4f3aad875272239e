/**
 * Random inputs for exercises: the same seed, the same inputs.
 *
 * @module
 */
import { type Random, seededRandom } from "../random.ts";

/** Draws the parts of an input. */
export interface Draw {
  /** A whole number from `low` to `high`, both included. */
  whole(low: number, high: number): number;
  /** A number from −5 to 5 with one decimal, now and then exactly 0. */
  number(): number;
  /** A number between 0 and 1, with two decimals, neither of them included. */
  share(): number;
  /** One of some things. */
  pick<T>(from: readonly T[]): T;
  /** A list of `count` things. */
  list<T>(count: number, make: (i: number) => T): T[];
}

/** What draws from a generator. */
export function drawFrom(random: Random): Draw {
  const whole = (low: number, high: number) => low + Math.floor(random() * (high - low + 1));
  return {
    whole,
    number: () => whole(0, 9) === 0 ? 0 : whole(-50, 50) / 10,
    share: () => whole(1, 99) / 100,
    pick: (from) => from[whole(0, from.length - 1)]!,
    list: (count, make) => Array.from({ length: count }, (_, i) => make(i)),
  };
}

/**
 * Inputs of a family, small ones first, so that the first on which an attempt fails is easy to follow.
 *
 * @param family Makes an input's arguments; `size` grows from 1 to 6.
 * @param seed Other seeds, other inputs.
 * @param count How many.
 */
export function inputsOf<Given extends unknown[]>(
  family: (draw: Draw, size: number) => Given,
  seed: number,
  count: number,
): Given[] {
  const draw = drawFrom(seededRandom(seed));
  return Array.from({ length: count }, (_, i) => family(draw, 1 + Math.floor(6 * i / count)));
}
