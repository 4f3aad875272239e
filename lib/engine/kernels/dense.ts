/**
 * Dense products, transposing, summing.
 */
import { madd, VECTOR } from "./vectors";

/** Of B, so many rows and columns are copied together at a time: they stay in the second-level cache. */
const DEEP: i32 = 512, WIDE: i32 = 64;

/**
 * `C[i] = bias + Σₖ A[i, k] · B[k]`, `[m × k] · [k × n]`: matmul. A's element (i, k) is at `i · aRow + k · aCol` bytes,
 * and one of the two is 4; so with B: the same function multiplies by a matrix and by its transpose.
 *
 * A is copied four rows at a time, side by side, B in panels of eight columns, side by side: each is gone over in the order
 * in which it lies, whatever its strides. The sum over k is made in one order, so any blocks give the same bytes.
 *
 * @param bCols Columns that B has: where it lies transposed, those up to n, a multiple of four, are taken as zeros.
 * @param stride Numbers in a row of C.
 * @param bias What each row of C starts from; 0 for zeros, 1 to add to what C holds.
 * @param panel Room for `DEEP` rows of `WIDE` numbers, or for as many as B has.
 * @param packed Room for `m · k` numbers, m and k rounded up to fours.
 */
export function product(
  a: usize, aRow: usize, aCol: usize, b: usize, bRow: usize, bCol: usize, bCols: i32, c: usize, stride: i32,
  m: i32, n: i32, k: i32, bias: usize, panel: usize, packed: usize,
): void {
  const bytes = <usize> stride << 2, group = <usize> k << 4;
  for (let i = 0, to = packed; i < m; i += 4, to += group, a += aRow << 2) {
    if (aCol == 4) packRows(a, aRow, min(4, m - i), k, to, 16);
    else packColumns(a, aCol, k, to);
  }
  for (let top = 0, start = bias; top < k || !top; top += DEEP, start = 1) {
    const depth = min(DEEP, k - top), across = <usize> depth << 5, rows = b + <usize> top * bRow;
    for (let left = 0; left < n; left += WIDE) {
      const right = min(n, left + WIDE);
      if (bCol == 4) packPanels(rows + (<usize> left << 2), bRow, depth, right - left, panel, across);
      else for (let j = left; j < right; j += 4) {
        const to = panel + <usize> (j - left >> 3) * across + (<usize> (j & 4) << 2);
        packRows(rows + <usize> j * bCol, bCol, min(4, bCols - j), depth, to, 32);
      }
      for (let j = left, p = panel; j < right; j += 8, p += across) {
        const offset = <usize> j << 2, from = start > 1 ? start + offset : start, four = right - j < 8;
        for (let i = 0, x = packed + (<usize> top << 4), target = c + offset; i < m; i += 4, x += group, target += bytes << 2) {
          if (four) tile4x1(x, p, target, bytes, min(4, m - i), depth, from);
          else tile4x2(x, p, target, bytes, min(4, m - i), depth, from);
        }
      }
    }
  }
}

/** Up to four rows of k numbers, to k times four, `step` bytes from one four to the next; missing rows as zeros. */
export function packRows(r0: usize, row: usize, rows: i32, k: i32, to: usize, step: usize): void {
  const none = f32x4.splat(0), r1 = r0 + row, r2 = r1 + row, r3 = r2 + row;
  for (let p: usize = 0, end = <usize> k << 2; p < end; p += 16, to += step << 2) {
    const x0 = rows > 0 ? v128.load(r0 + p) : none, x1 = rows > 1 ? v128.load(r1 + p) : none;
    const x2 = rows > 2 ? v128.load(r2 + p) : none, x3 = rows > 3 ? v128.load(r3 + p) : none;
    const low01 = v128.shuffle<f32>(x0, x1, 0, 4, 1, 5), low23 = v128.shuffle<f32>(x2, x3, 0, 4, 1, 5);
    const high01 = v128.shuffle<f32>(x0, x1, 2, 6, 3, 7), high23 = v128.shuffle<f32>(x2, x3, 2, 6, 3, 7);
    v128.store(to, v128.shuffle<f32>(low01, low23, 0, 1, 4, 5));
    if (end - p > 4) v128.store(to + step, v128.shuffle<f32>(low01, low23, 2, 3, 6, 7));
    if (end - p > 8) v128.store(to + 2 * step, v128.shuffle<f32>(high01, high23, 0, 1, 4, 5));
    if (end - p > 12) v128.store(to + 3 * step, v128.shuffle<f32>(high01, high23, 2, 3, 6, 7));
  }
}

/** Four rows that lie as columns: they are side by side already. */
// @ts-ignore: decorator
@inline
export function packColumns(a: usize, aCol: usize, k: i32, to: usize): void {
  for (const end = to + (<usize> k << 4); to < end; to += 16, a += aCol) v128.store(to, v128.load(a));
}

/** Rows of `width` numbers to panels of eight, `across` bytes from one to the next; the last may hold four. */
export function packPanels(from: usize, row: usize, k: i32, width: i32, panel: usize, across: usize): void {
  for (const end = panel + (<usize> k << 5); panel < end; panel += 32, from += row) {
    let x = from, to = panel;
    for (const whole = from + (<usize> width >> 3 << 5); x < whole; x += 32, to += across) {
      v128.store(to, v128.load(x));
      v128.store(to, v128.load(x, 16), 16);
    }
    if (width & 4) v128.store(to, v128.load(x));
  }
}

/** Four rows, side by side, times a panel; of which the first `rows` are kept. */
// @ts-ignore: decorator
@inline
export function tile4x2(a: usize, panel: usize, c: usize, bytes: usize, rows: i32, k: i32, bias: usize): void {
  const c1 = rows > 1 ? c + bytes : c, c2 = rows > 2 ? c1 + bytes : c, c3 = rows > 3 ? c2 + bytes : c, zero = f32x4.splat(0);
  let x00 = zero, x01 = zero, x10 = zero, x11 = zero, x20 = zero, x21 = zero, x30 = zero, x31 = zero;
  if (bias > 1) {
    x00 = x10 = x20 = x30 = v128.load(bias);
    x01 = x11 = x21 = x31 = v128.load(bias, 16);
  } else if (bias) {
    x00 = v128.load(c); x01 = v128.load(c, 16); x10 = v128.load(c1); x11 = v128.load(c1, 16);
    x20 = v128.load(c2); x21 = v128.load(c2, 16); x30 = v128.load(c3); x31 = v128.load(c3, 16);
  }
  for (const end = a + (<usize> k << 4); a < end; a += 16, panel += 32) {
    const four = v128.load(a), b0 = v128.load(panel), b1 = v128.load(panel, 16);
    let v = v128.shuffle<f32>(four, four, 0, 0, 0, 0);
    x00 = madd(v, b0, x00);
    x01 = madd(v, b1, x01);
    v = v128.shuffle<f32>(four, four, 1, 1, 1, 1);
    x10 = madd(v, b0, x10);
    x11 = madd(v, b1, x11);
    v = v128.shuffle<f32>(four, four, 2, 2, 2, 2);
    x20 = madd(v, b0, x20);
    x21 = madd(v, b1, x21);
    v = v128.shuffle<f32>(four, four, 3, 3, 3, 3);
    x30 = madd(v, b0, x30);
    x31 = madd(v, b1, x31);
  }
  if (rows > 3) { v128.store(c3, x30); v128.store(c3, x31, 16); }
  if (rows > 2) { v128.store(c2, x20); v128.store(c2, x21, 16); }
  if (rows > 1) { v128.store(c1, x10); v128.store(c1, x11, 16); }
  v128.store(c, x00);
  v128.store(c, x01, 16);
}

/** The same with the first four columns of a panel. */
// @ts-ignore: decorator
@inline
function tile4x1(a: usize, panel: usize, c: usize, bytes: usize, rows: i32, k: i32, bias: usize): void {
  const c1 = rows > 1 ? c + bytes : c, c2 = rows > 2 ? c1 + bytes : c, c3 = rows > 3 ? c2 + bytes : c;
  let x0 = f32x4.splat(0), x1 = x0, x2 = x0, x3 = x0;
  if (bias > 1) x0 = x1 = x2 = x3 = v128.load(bias);
  else if (bias) { x0 = v128.load(c); x1 = v128.load(c1); x2 = v128.load(c2); x3 = v128.load(c3); }
  for (const end = a + (<usize> k << 4); a < end; a += 16, panel += 32) {
    const four = v128.load(a), b0 = v128.load(panel);
    x0 = madd(v128.shuffle<f32>(four, four, 0, 0, 0, 0), b0, x0);
    x1 = madd(v128.shuffle<f32>(four, four, 1, 1, 1, 1), b0, x1);
    x2 = madd(v128.shuffle<f32>(four, four, 2, 2, 2, 2), b0, x2);
    x3 = madd(v128.shuffle<f32>(four, four, 3, 3, 3, 3), b0, x3);
  }
  if (rows > 3) v128.store(c3, x3);
  if (rows > 2) v128.store(c2, x2);
  if (rows > 1) v128.store(c1, x1);
  v128.store(c, x0);
}

/**
 * `out[c, r] = in[r, c]`, each with rows of its own stride, for the rows from `first` to `last` of `in`, both multiples of
 * four (or `last` its end): four by four numbers at a time. Rows of `in` beyond its end are taken as zeros.
 */
export function transpose(from: usize, rows: i32, first: i32, last: i32, cols: i32, stride: i32, out: usize, outStride: i32): void {
  const bytes = <usize> stride << 2, outBytes = <usize> outStride << 2, zero = f32x4.splat(0);
  for (let r = first; r < last; r += 4) {
    for (let c = 0; c < cols; c += 4) {
      const at = from + <usize> r * bytes + ((<usize> c) << 2), rest = rows - r;
      const a = v128.load(at), b = rest > 1 ? v128.load(at + bytes) : zero;
      const d = rest > 2 ? v128.load(at + 2 * bytes) : zero, e = rest > 3 ? v128.load(at + 3 * bytes) : zero;
      const ab = v128.shuffle<f32>(a, b, 0, 4, 1, 5), de = v128.shuffle<f32>(d, e, 0, 4, 1, 5);
      const AB = v128.shuffle<f32>(a, b, 2, 6, 3, 7), DE = v128.shuffle<f32>(d, e, 2, 6, 3, 7);
      const to = out + <usize> c * outBytes + ((<usize> r) << 2);
      v128.store(to, v128.shuffle<f32>(ab, de, 0, 1, 4, 5));
      if (c + 1 < cols) v128.store(to + outBytes, v128.shuffle<f32>(ab, de, 2, 3, 6, 7));
      if (c + 2 < cols) v128.store(to + 2 * outBytes, v128.shuffle<f32>(AB, DE, 0, 1, 4, 5));
      if (c + 3 < cols) v128.store(to + 3 * outBytes, v128.shuffle<f32>(AB, DE, 2, 3, 6, 7));
    }
  }
}

/** `out = Σ` of the rows: the bias gradient. `add`: to what `out` holds. */
export function columnSum(from: usize, rows: i32, stride: i32, out: usize, add: bool): void {
  const bytes = <usize> stride << 2;
  for (let column: usize = 0; column < bytes; column += VECTOR) {
    let sum = add ? v128.load(out + column) : f32x4.splat(0);
    for (let r = 0, p = from + column; r < rows; r++, p += bytes) sum = f32x4.add(sum, v128.load(p));
    v128.store(out + column, sum);
  }
}
