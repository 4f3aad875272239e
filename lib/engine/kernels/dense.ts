/**
 * Dense products, transposing, summing.
 */
import { madd, VECTOR } from "./vectors";

/**
 * `C[i] = bias + Σₖ A[i, k] · B[k]`, `[m × k] · [k × n]`: matmul. A's element (i, k) is at `i · aRow + k · aCol` bytes,
 * and one of the two is 4: so the same function multiplies by A and by its transpose. Eight columns of B at a time are copied together (`panel`,
 * 32 bytes for each k), four rows of A at a time go over them.
 *
 * @param n Columns of B and C in numbers, a multiple of four; both have rows of `stride` numbers.
 * @param bias What each row of C starts from; 0 for zeros, 1 to add to what C holds.
 * @param packed Room for `m · k` numbers: rows of A that lie behind each other are copied four at a time, side by side.
 */
export function product(
  a: usize, aRow: usize, aCol: usize, b: usize, c: usize, stride: i32, m: i32, n: i32, k: i32, bias: usize, panel: usize,
  packed: usize,
): void {
  const bytes = <usize> stride << 2, together = aCol == 4 && n >= 8;
  if (together) for (let i = 0; i + 4 <= m; i += 4) packRows(a + <usize> i * aRow, aRow, k, packed + (<usize> (i * k) << 2));
  for (let j = 0; j < n; j += 8) {
    const offset = <usize> j << 2;
    if (n - j >= 8) {
      for (let p = 0, from = b + offset, to = panel; p < k; p++, from += bytes, to += 32) {
        v128.store(to, v128.load(from));
        v128.store(to, v128.load(from, 16), 16);
      }
      let i = 0;
      for (; i + 4 <= m; i += 4) {
        const target = c + <usize> i * bytes + offset;
        if (together) tile4x2(packed + (<usize> (i * k) << 2), 16, target, bytes, k, bias, offset, panel);
        else tile4x2(a + <usize> i * aRow, aCol, target, bytes, k, bias, offset, panel);
      }
      for (; i < m; i++) tile1x2(a + <usize> i * aRow, aCol, c + <usize> i * bytes + offset, k, bias, offset, panel);
    } else {
      for (let i = 0; i < m; i++) tile1x1(a + <usize> i * aRow, aCol, b + offset, bytes, c + <usize> i * bytes + offset, k, bias, offset);
    }
  }
}

/** Four rows of k numbers, to k times four. */
// @ts-ignore: decorator
@inline
function packRows(a0: usize, aRow: usize, k: i32, to: usize): void {
  const a1 = a0 + aRow, a2 = a1 + aRow, a3 = a2 + aRow;
  let p: usize = 0;
  for (const whole = (<usize> k & ~3) << 2; p < whole; p += 16, to += 64) {
    const r0 = v128.load(a0 + p), r1 = v128.load(a1 + p), r2 = v128.load(a2 + p), r3 = v128.load(a3 + p);
    const low01 = v128.shuffle<f32>(r0, r1, 0, 4, 1, 5), low23 = v128.shuffle<f32>(r2, r3, 0, 4, 1, 5);
    const high01 = v128.shuffle<f32>(r0, r1, 2, 6, 3, 7), high23 = v128.shuffle<f32>(r2, r3, 2, 6, 3, 7);
    v128.store(to, v128.shuffle<f32>(low01, low23, 0, 1, 4, 5));
    v128.store(to, v128.shuffle<f32>(low01, low23, 2, 3, 6, 7), 16);
    v128.store(to, v128.shuffle<f32>(high01, high23, 0, 1, 4, 5), 32);
    v128.store(to, v128.shuffle<f32>(high01, high23, 2, 3, 6, 7), 48);
  }
  for (const end = <usize> k << 2; p < end; p += 4, to += 16) {
    store<f32>(to, load<f32>(a0 + p));
    store<f32>(to, load<f32>(a1 + p), 4);
    store<f32>(to, load<f32>(a2 + p), 8);
    store<f32>(to, load<f32>(a3 + p), 12);
  }
}

// @ts-ignore: decorator
@inline
function initial(bias: usize, target: usize, column: usize): usize {
  return bias == 1 ? target : bias + column;
}

/** Four rows, whose numbers for one k are side by side, times eight columns. */
// @ts-ignore: decorator
@inline
function tile4x2(a: usize, aCol: usize, c: usize, bytes: usize, k: i32, bias: usize, offset: usize, panel: usize): void {
  const c1 = c + bytes, c2 = c1 + bytes, c3 = c2 + bytes, zero = f32x4.splat(0);
  let x00 = zero, x01 = zero, x10 = zero, x11 = zero, x20 = zero, x21 = zero, x30 = zero, x31 = zero;
  if (bias > 1) {
    x00 = x10 = x20 = x30 = v128.load(bias + offset);
    x01 = x11 = x21 = x31 = v128.load(bias + offset, 16);
  } else if (bias) {
    x00 = v128.load(c); x01 = v128.load(c, 16); x10 = v128.load(c1); x11 = v128.load(c1, 16);
    x20 = v128.load(c2); x21 = v128.load(c2, 16); x30 = v128.load(c3); x31 = v128.load(c3, 16);
  }
  for (let p = panel, end = panel + (<usize> k << 5); p < end; p += 32, a += aCol) {
    const four = v128.load(a), b0 = v128.load(p), b1 = v128.load(p, 16);
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
  v128.store(c, x00); v128.store(c, x01, 16); v128.store(c1, x10); v128.store(c1, x11, 16);
  v128.store(c2, x20); v128.store(c2, x21, 16); v128.store(c3, x30); v128.store(c3, x31, 16);
}

// @ts-ignore: decorator
@inline
function tile1x2(a: usize, aCol: usize, c: usize, k: i32, bias: usize, offset: usize, panel: usize): void {
  let x0 = f32x4.splat(0), x1 = x0;
  if (bias) {
    const from = initial(bias, c, offset);
    x0 = v128.load(from);
    x1 = v128.load(from, 16);
  }
  for (let p = panel, end = panel + (<usize> k << 5); p < end; p += 32, a += aCol) {
    const v = v128.load_splat<f32>(a);
    x0 = madd(v, v128.load(p), x0);
    x1 = madd(v, v128.load(p, 16), x1);
  }
  v128.store(c, x0);
  v128.store(c, x1, 16);
}

// @ts-ignore: decorator
@inline
function tile1x1(a: usize, aCol: usize, b: usize, bytes: usize, c: usize, k: i32, bias: usize, offset: usize): void {
  let x = bias ? v128.load(initial(bias, c, offset)) : f32x4.splat(0);
  for (let p = 0; p < k; p++, a += aCol, b += bytes) x = madd(v128.load_splat<f32>(a), v128.load(b), x);
  v128.store(c, x);
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
