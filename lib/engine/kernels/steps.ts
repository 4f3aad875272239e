/**
 * The steps of the optimisers.
 */
import { madd, total4, VECTOR } from "./vectors";

/** `y ← y + factor · x`: a plain step (factor −α/m), and the weight penalty's part of a gradient. */
export function addScaled(y: usize, x: usize, count: i32, factor: f32): void {
  const f = f32x4.splat(factor);
  for (let end = y + (<usize> count << 2); y < end; y += VECTOR, x += VECTOR) {
    v128.store(y, f32x4.add(v128.load(y), f32x4.mul(f, v128.load(x))));
  }
}

/** `Σ x²`, in double. */
export function sumOfSquares(x: usize, count: i32): f64 {
  let sum: f64 = 0;
  for (let end = x + (<usize> count << 2); x < end; x += VECTOR) {
    const v = v128.load(x);
    sum += <f64> total4(f32x4.mul(v, v));
  }
  return sum;
}

/** Momentum: `v ← β v + factor · g`, `w ← w − α v`. */
export function momentum(w: usize, g: usize, v: usize, count: i32, rate: f32, beta: f32, factor: f32): void {
  const a = f32x4.splat(rate), b = f32x4.splat(beta), f = f32x4.splat(factor);
  for (let end = w + (<usize> count << 2); w < end; w += VECTOR, g += VECTOR, v += VECTOR) {
    const velocity = f32x4.add(f32x4.mul(b, v128.load(v)), f32x4.mul(f, v128.load(g)));
    v128.store(v, velocity);
    v128.store(w, f32x4.sub(v128.load(w), f32x4.mul(a, velocity)));
  }
}

/**
 * Adam in Keras' form: `m ← β₁ m + (1−β₁) g`, `v ← β₂ v + (1−β₂) g²`, `w ← w − αₜ m / (√v + ε)`.
 *
 * `1 − β` comes from outside, where it is computed in double and divided by what the gradient is a sum of. Means that have faded below 10⁻³⁰ become 0: as denormal
 * numbers they would make every later step twice as slow.
 */
export function adam(
  w: usize, g: usize, m: usize, v: usize, count: i32,
  rate: f32, beta1: f32, rest1: f32, beta2: f32, rest2: f32, epsilon: f32,
): void {
  const a = f32x4.splat(rate), b1 = f32x4.splat(beta1), r1 = f32x4.splat(rest1), b2 = f32x4.splat(beta2);
  const r2 = f32x4.splat(rest2), e = f32x4.splat(epsilon), tiny = f32x4.splat(1e-30);
  for (let end = w + (<usize> count << 2); w < end; w += VECTOR, g += VECTOR, m += VECTOR, v += VECTOR) {
    const gradient = v128.load(g);
    let mean = madd(b1, v128.load(m), f32x4.mul(r1, gradient));
    let square = madd(b2, v128.load(v), f32x4.mul(r2, f32x4.mul(gradient, gradient)));
    mean = v128.and(mean, f32x4.gt(f32x4.abs(mean), tiny));
    square = v128.and(square, f32x4.gt(square, tiny));
    v128.store(m, mean);
    v128.store(v, square);
    v128.store(w, f32x4.sub(v128.load(w), f32x4.div(f32x4.mul(a, mean), f32x4.add(f32x4.sqrt(square), e))));
  }
}
