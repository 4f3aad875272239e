/**
 * How far to go along a direction: a step that lowers the function enough and flattens its slope enough.
 *
 * @see Moré and Thuente, "Line search algorithms with guaranteed sufficient decrease" (1994)
 * @module
 */

/** The function along the direction: its value and its slope at a step. */
export type AlongLine = (step: number) => { value: number; slope: number };

/** Where a search ended. */
export interface LineSearchResult {
  /** The step, 0 if none was found. */
  readonly step: number;
  /** How often the function was looked at. */
  readonly evaluations: number;
  /** Whether a step was found: both conditions hold, or the value is lower and no room is left to look for better. */
  readonly found: boolean;
}

const SUFFICIENT_DECREASE = 1e-3, CURVATURE = 0.9; // the strong Wolfe conditions, as in L-BFGS-B
const SHORTEST_INTERVAL = 0.1; // relative width at which the search takes what it has
const MOST_EVALUATIONS = 20;

interface Trial {
  step: number;
  value: number;
  slope: number;
}

/**
 * Finds a step with `f(s) ≤ f(0) + 10⁻³ s f'(0)` and `|f'(s)| ≤ 0.9 |f'(0)|` (the strong Wolfe conditions).
 *
 * @param along The function along the direction; its slope at 0 must be negative. Where it is not finite, steps are halved.
 * @param start Value and slope at step 0.
 * @param first The step to try first.
 * @param longest No step beyond this is tried.
 * @returns The step, or `found: false` where rounding or the function allows none.
 */
export function lineSearch(
  along: AlongLine,
  start: { value: number; slope: number },
  first: number,
  longest: number,
): LineSearchResult {
  const line = SUFFICIENT_DECREASE * start.slope;
  let best: Trial = { step: 0, ...start }, other: Trial = { step: 0, ...start };
  let bracketed = false, noRoom = false, step = Math.min(first, longest);
  let low = 0, high = step + 4 * step, width = longest, widthBefore = 2 * width;
  for (let evaluations = 1; evaluations <= MOST_EVALUATIONS; evaluations++) {
    const { value, slope } = along(step);
    if (!Number.isFinite(value) || !Number.isFinite(slope)) { // no curve leads through infinity: half way back
      if (step > best.step) longest = step;
      noRoom = best.step > 0 && Math.abs(step - best.step) <= SHORTEST_INTERVAL * step; // the edge is near enough
      step = noRoom ? best.step : best.step + (step - best.step) / 2;
      continue;
    }
    const enough = start.value + step * line;
    const atLimit = step === longest && value <= enough && slope <= line;
    const wolfe = value <= enough && Math.abs(slope) <= CURVATURE * -start.slope;
    if (wolfe || atLimit) return { step, evaluations, found: true };
    if (noRoom) return { step, evaluations, found: value < start.value }; // lower, if not flat enough: good enough

    // Far from enough decrease, the search works on the function less its line, where a minimum is sure to exist.
    const tilted = value <= best.value && value > enough;
    const tilt = ({ step, value, slope }: Trial): Trial =>
      tilted ? { step, value: value - step * line, slope: slope - line } : { step, value, slope };
    const back = ({ step, value, slope }: Trial): Trial =>
      tilted ? { step, value: value + step * line, slope: slope + line } : { step, value, slope };
    const next = narrow(tilt(best), tilt(other), tilt({ step, value, slope }), bracketed, low, high);
    [best, other, step, bracketed] = [back(next.best), back(next.other), next.step, next.bracketed];

    if (bracketed) {
      if (Math.abs(other.step - best.step) >= 0.66 * widthBefore) step = best.step + 0.5 * (other.step - best.step);
      widthBefore = width;
      width = Math.abs(other.step - best.step);
      [low, high] = [Math.min(best.step, other.step), Math.max(best.step, other.step)];
    } else {
      [low, high] = [step + 1.1 * (step - best.step), step + 4 * (step - best.step)];
    }
    step = Math.min(Math.max(step, 0), longest);
    noRoom = bracketed && (step <= low || step >= high || high - low <= SHORTEST_INTERVAL * high);
    if (noRoom) step = best.step;
  }
  return { step: 0, evaluations: MOST_EVALUATIONS, found: false };
}

/** One safeguarded step of interpolation: the new interval and the next step to try. */
function narrow(best: Trial, other: Trial, now: Trial, bracketed: boolean, low: number, high: number) {
  const opposite = now.slope * Math.sign(best.slope) < 0;
  let step: number;
  if (now.value > best.value) { // higher: a minimum lies between
    const [cubic, quadratic] = [cubicStep(best, now), quadraticStep(best, now)];
    step = Math.abs(cubic - best.step) < Math.abs(quadratic - best.step) ? cubic : cubic + (quadratic - cubic) / 2;
    return { best, other: now, step, bracketed: true };
  }
  if (opposite) { // lower, and the slope has turned: a minimum lies between
    const [cubic, secant] = [cubicStep(now, best), secantStep(now, best)];
    step = Math.abs(cubic - now.step) > Math.abs(secant - now.step) ? cubic : secant;
    return { best: now, other: best, step, bracketed: true };
  }
  if (Math.abs(now.slope) < Math.abs(best.slope)) { // lower, and flatter: the minimum may lie beyond
    const [cubic, secant] = [cubicBeyond(best, now, low, high), secantStep(now, best)];
    if (bracketed) {
      step = Math.abs(cubic - now.step) < Math.abs(secant - now.step) ? cubic : secant;
      const limit = now.step + 0.66 * (other.step - now.step);
      step = now.step > best.step ? Math.min(limit, step) : Math.max(limit, step);
    } else {
      step = Math.abs(cubic - now.step) > Math.abs(secant - now.step) ? cubic : secant;
      step = Math.max(low, Math.min(high, step));
    }
  } else if (bracketed) {
    step = cubicStep(now, other);
  } else {
    step = high; // lower, and no flatter: far ahead
  }
  return { best: now, other, step, bracketed };
}

/** The minimum of the cubic through two trials, seen from the first. */
function cubicStep(a: Trial, b: Trial): number {
  const theta = 3 * (a.value - b.value) / (b.step - a.step) + a.slope + b.slope;
  const size = Math.max(Math.abs(theta), Math.abs(a.slope), Math.abs(b.slope));
  const root = size * Math.sqrt(Math.max(0, (theta / size) ** 2 - a.slope / size * (b.slope / size)));
  const gamma = b.step < a.step ? -root : root;
  const share = (gamma - a.slope + theta) / (gamma - a.slope + gamma + b.slope);
  return a.step + share * (b.step - a.step);
}

/** The same where the minimum may lie beyond both, or nowhere: then the far end of the interval. */
function cubicBeyond(a: Trial, b: Trial, low: number, high: number): number {
  const theta = 3 * (a.value - b.value) / (b.step - a.step) + a.slope + b.slope;
  const size = Math.max(Math.abs(theta), Math.abs(a.slope), Math.abs(b.slope));
  const root = size * Math.sqrt(Math.max(0, (theta / size) ** 2 - a.slope / size * (b.slope / size)));
  const gamma = b.step > a.step ? -root : root;
  const share = (gamma - b.slope + theta) / (gamma + (a.slope - b.slope) + gamma);
  if (share < 0 && gamma !== 0) return b.step + share * (a.step - b.step);
  return b.step > a.step ? high : low;
}

function quadraticStep(a: Trial, b: Trial): number {
  return a.step + a.slope / ((a.value - b.value) / (b.step - a.step) + a.slope) / 2 * (b.step - a.step);
}

function secantStep(a: Trial, b: Trial): number {
  return a.step + a.slope / (a.slope - b.slope) * (b.step - a.step);
}
