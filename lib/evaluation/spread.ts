/**
 * The same training with other seeds: how far the results lie apart.
 *
 * An interval says what other digits would change; it knows nothing of other starting weights. For an accuracy that a training
 * produced, the spread over seeds belongs beside it.
 *
 * @module
 */

/** Mean and range of some results. */
export interface Spread {
  /** How many results. */
  readonly seeds: number;
  /** Their mean. */
  readonly mean: number;
  /** The lowest. */
  readonly low: number;
  /** The highest. */
  readonly high: number;
}

/**
 * The mean of some numbers; NaN of none.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(mean([1, 2, 6]), 3);
 * ```
 */
export function mean(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0) / values.length;
}

/**
 * Mean and range of results that differ in their seed.
 *
 * @throws {RangeError} If there is none.
 */
export function spreadOf(values: readonly number[]): Spread {
  if (values.length === 0) throw new RangeError("Cannot take the spread of no results: needs at least one");
  return { seeds: values.length, mean: mean(values), low: Math.min(...values), high: Math.max(...values) };
}

/**
 * A trained accuracy as it should always be printed: the mean, of how many digits, over how many seeds, and how far they range.
 *
 * @param examples How many digits each was measured on.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(spreadText(spreadOf([0.847, 0.833, 0.867]), 10_000), "84.9 % of 10,000 (3 seeds, 83.3–86.7)");
 * ```
 */
export function spreadText({ seeds, mean, low, high }: Spread, examples: number): string {
  const percent = (value: number) => (100 * value).toFixed(1), range = `, ${percent(low)}–${percent(high)}`;
  return `${percent(mean)} % of ${examples.toLocaleString("en")} (${seeds} seed${seeds > 1 ? `s${range}` : ""})`;
}

/**
 * Runs the same with the seeds 1, 2, 3 … and takes mean and range of what comes out.
 *
 * @param count How many seeds, from 1.
 * @param run Trains with a seed and returns an accuracy.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(await overSeeds(3, (seed) => seed / 10), spreadOf([0.1, 0.2, 0.3]));
 * ```
 */
export async function overSeeds(count: number, run: (seed: number) => number | Promise<number>): Promise<Spread> {
  const values: number[] = [];
  for (let seed = 1; seed <= count; seed++) values.push(await run(seed));
  return spreadOf(values);
}
