/**
 * What all compute kernels share.
 */

/** Bytes of a vector. */
export const VECTOR: i32 = 16;

/** `a · b + c`, in one rounding where the machine has such an instruction. */
// @ts-ignore: decorator
@inline
export function madd(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, b, c);
  return f32x4.add(f32x4.mul(a, b), c);
}

// @ts-ignore: decorator
@inline
export function rowOf(rows: usize, r: i32): i32 {
  return rows ? load<i32>(rows + ((<usize> r) << 2)) : r;
}

// @ts-ignore: decorator
@inline
export function total4(x: v128): f32 {
  x = f32x4.add(x, v128.shuffle<f32>(x, x, 2, 3, 0, 1));
  return f32x4.extract_lane(f32x4.add(x, v128.shuffle<f32>(x, x, 1, 0, 3, 2)), 0);
}
