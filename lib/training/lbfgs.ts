/**
 * L-BFGS: steps that know the bend of the hill, from a memory of the last few.
 *
 * @see Nocedal, "Updating quasi-Newton matrices with limited storage" (1980)
 * @see Liu and Nocedal, "On the limited memory BFGS method for large scale optimization" (1989)
 * @module
 */
import { NotFinite } from "../errors.ts";
import { lineSearch } from "./line_search.ts";
import type { Objective } from "./objective.ts";

/** How {@linkcode minimise} goes about it; the defaults are SciPy's. */
export interface LbfgsOptions {
  /** The most iterations. */
  readonly maxIterations?: number;
  /** The most looks at the function. */
  readonly maxEvaluations?: number;
  /** How many steps are remembered. */
  readonly memory?: number;
  /** Done when no entry of the gradient is larger than this. */
  readonly gradientTolerance?: number;
  /** Done when the value falls by less than this share. */
  readonly reductionTolerance?: number;
  /** Called, and awaited, after each iteration; return true to stop here and keep everything. */
  readonly onIteration?: (report: IterationReport) => boolean | void | Promise<boolean | void>;
}

/** What an iteration reports. */
export interface IterationReport {
  /** How many iterations are done. */
  readonly iteration: number;
  /** How often the function was looked at. */
  readonly evaluations: number;
  /** The value now. */
  readonly value: number;
  /** The largest entry of the gradient, without its sign. */
  readonly largestGradient: number;
  /** The point. */
  readonly x: Float64Array;
}

/** Where {@linkcode minimise} ended, and why. */
export interface Minimum extends IterationReport {
  /** Whether it ended because it was done. */
  readonly converged: boolean;
  /** Why it ended, one sentence. */
  readonly message: string;
}

/**
 * Lowers a function by L-BFGS with a strong-Wolfe line search.
 *
 * Each direction is the gradient, bent by the last `memory` pairs of `s` (how far it went) and `y` (how the gradient
 * changed on the way): the two-loop recursion. Nothing as large as a matrix is ever stored.
 *
 * @param objective Value and gradient at a point.
 * @param start Where to begin; left as it is.
 * @param options Limits and tolerances.
 * @returns The best point found, its value, and why the search ended. A line search that cannot go on ends it with
 *   the best point kept.
 * @throws {RangeError} If the value or the gradient at the start is not finite.
 * @see notebooks/11_a_smarter_step_lbfgs.ipynb
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 *
 * const bowl = (x: Float64Array) => ({ value: x[0]! ** 2 + 10 * x[1]! ** 2, gradient: Float64Array.of(2 * x[0]!, 20 * x[1]!) });
 * const { value, converged } = await minimise(bowl, Float64Array.of(3, -2));
 * assert(converged && value < 1e-10);
 * ```
 */
export async function minimise(
  objective: Objective,
  start: Float64Array,
  options: LbfgsOptions = {},
): Promise<Minimum> {
  const { maxIterations = 15_000, maxEvaluations = 15_000, memory = 10 } = options;
  const { gradientTolerance = 1e-5, reductionTolerance = 2.22e-9, onIteration } = options;
  let x = start.slice(), { value, gradient } = objective(x), evaluations = 1, iteration = 0;
  if (!Number.isFinite(value) || !gradient.every(Number.isFinite)) {
    throw new NotFinite(`Cannot minimise: value and gradient at the start must be finite, got ${value}`);
  }
  let pairs: Pair[] = [];
  const report = (): IterationReport => ({ iteration, evaluations, value, largestGradient: largest(gradient), x });
  const end = (converged: boolean, message: string): Minimum => ({ ...report(), converged, message });

  while (true) {
    if (largest(gradient) <= gradientTolerance) return end(true, "Converged: the gradient is as good as 0");
    if (iteration >= maxIterations) return end(false, `Stopped: the limit of ${maxIterations} iterations is reached`);
    if (evaluations >= maxEvaluations) {
      return end(false, `Stopped: the limit of ${maxEvaluations} evaluations is reached`);
    }

    const direction = bendGradient(gradient, pairs).map((d) => -d), downhill = dot(gradient, direction);
    let reached = { x, value, gradient };
    const search = downhill < 0
      ? lineSearch(
        (step) => {
          const tried = x.map((xi, i) => xi + step * direction[i]!);
          reached = { x: tried, ...objective(tried) };
          return { value: reached.value, slope: dot(reached.gradient, direction) };
        },
        { value, slope: downhill },
        pairs.length === 0 ? 1 / Math.sqrt(dot(direction, direction)) : 1, // one unit long where no bend is known
        1e10,
      )
      : { found: false, evaluations: 0, step: 0 };
    evaluations += search.evaluations;
    if (!search.found) {
      if (pairs.length === 0) {
        return end(false, "Stopped: no step along the gradient lowers the value; is the gradient that of the value?");
      }
      pairs = []; // the memory may mislead: forget it, and try the gradient itself
      continue;
    }
    const pair = { s: reached.x.map((xi, i) => xi - x[i]!), y: reached.gradient.map((g, i) => g - gradient[i]!) };
    const curvature = dot(pair.s, pair.y), before = value;
    if (curvature > Number.EPSILON * -downhill * search.step) pairs = [...pairs, { ...pair, curvature }].slice(-memory);
    ({ x, value, gradient } = reached);
    iteration++;
    if (await onIteration?.(report()) === true) return end(false, "Stopped on request");
    if (before - value <= reductionTolerance * Math.max(Math.abs(before), Math.abs(value), 1)) {
      return end(true, "Converged: the value hardly falls any more");
    }
  }
}

/** One remembered step. */
export interface Pair {
  /** How far it went. */
  readonly s: Float64Array;
  /** How the gradient changed on the way. */
  readonly y: Float64Array;
  /** `s · y`, above 0: the bend along the step. */
  readonly curvature: number;
}

/**
 * The two-loop recursion: the gradient times an estimate of the inverse of the second derivatives, from remembered steps.
 *
 * @param gradient The slopes here.
 * @param pairs The last few steps, oldest first.
 * @returns A vector whose opposite is the direction to go; the gradient itself where nothing is remembered.
 * @see Nocedal and Wright, Numerical Optimization (2006), algorithm 7.4
 */
export function bendGradient(gradient: Float64Array, pairs: readonly Pair[]): Float64Array {
  const q = gradient.slice(), shares: number[] = [];
  for (let i = pairs.length - 1; i >= 0; i--) { // newest first
    const { s, y, curvature } = pairs[i]!;
    shares[i] = dot(s, q) / curvature;
    for (let k = 0; k < q.length; k++) q[k]! -= shares[i]! * y[k]!;
  }
  const newest = pairs.at(-1), scale = newest ? newest.curvature / dot(newest.y, newest.y) : 1;
  for (let k = 0; k < q.length; k++) q[k]! *= scale;
  for (const [i, { s, y, curvature }] of pairs.entries()) { // oldest first
    const correction = shares[i]! - dot(y, q) / curvature;
    for (let k = 0; k < q.length; k++) q[k]! += correction * s[k]!;
  }
  return q;
}

/** The sum of products `Σ aᵢ bᵢ`. */
export function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

function largest(values: Float64Array): number {
  return values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}
