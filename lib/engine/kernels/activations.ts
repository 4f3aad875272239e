/**
 * Activations and what they do to the gradient.
 */
import { madd, rowOf, total4, VECTOR } from "./vectors";

/** The numbers of eˣ, in memory: V8 would build each constant anew, by three instructions, wherever it is used. */
const EXP = memory.data<f32>([
  88, -80, 1.44269504088896341, -0.693359375, 2.12194440e-4, // limits, 1 / ln 2, −ln 2 in two parts
  1.9875691500e-4, 1.3981999507e-3, 8.3334519073e-3, 4.1665795894e-2, 1.6666665459e-1, 5.0000001201e-1, 1,
], 16);

/** eˣ in four lanes, to about one part in 10⁷; x is cut at −80 and 88, so no result is denormal or infinite. */
// @ts-ignore: decorator
@inline
function exp4(x: v128): v128 { // after S. Moshier's Cephes: eˣ = 2ⁿ · eʳ with |r| ≤ ln 2 / 2
  x = f32x4.pmax(f32x4.pmin(x, v128.load_splat<f32>(EXP)), v128.load_splat<f32>(EXP, 4)); // one instruction each; NaN stays NaN
  const n = f32x4.nearest(f32x4.mul(x, v128.load_splat<f32>(EXP, 8)));
  const r = madd(n, v128.load_splat<f32>(EXP, 16), madd(n, v128.load_splat<f32>(EXP, 12), x));
  let y = madd(v128.load_splat<f32>(EXP, 20), r, v128.load_splat<f32>(EXP, 24));
  y = madd(y, r, v128.load_splat<f32>(EXP, 28));
  y = madd(y, r, v128.load_splat<f32>(EXP, 32));
  y = madd(y, r, v128.load_splat<f32>(EXP, 36));
  y = madd(y, r, v128.load_splat<f32>(EXP, 40));
  const one = v128.load_splat<f32>(EXP, 44);
  y = f32x4.add(madd(y, f32x4.mul(r, r), r), one);
  // 2ⁿ: n into the place of a Float32's exponent, beside that of 1
  return f32x4.mul(y, i32x4.add(i32x4.shl(i32x4.trunc_sat_f32x4_s(n), 23), one));
}

/** ln x in four lanes for x from 1 to 2. */
// @ts-ignore: decorator
@inline
function log4(x: v128): v128 { // after S. Moshier's Cephes
  const large = f32x4.gt(x, f32x4.splat(1.41421356));
  const f = f32x4.sub(v128.bitselect(f32x4.mul(x, f32x4.splat(0.5)), x, large), f32x4.splat(1));
  const e = v128.and(large, f32x4.splat(1)), square = f32x4.mul(f, f);
  let y = madd(f32x4.splat(7.0376836292e-2), f, f32x4.splat(-1.1514610310e-1));
  y = madd(y, f, f32x4.splat(1.1676998740e-1));
  y = madd(y, f, f32x4.splat(-1.2420140846e-1));
  y = madd(y, f, f32x4.splat(1.4249322787e-1));
  y = madd(y, f, f32x4.splat(-1.6668057665e-1));
  y = madd(y, f, f32x4.splat(2.0000714765e-1));
  y = madd(y, f, f32x4.splat(-2.4999993993e-1));
  y = madd(y, f, f32x4.splat(3.3333331174e-1));
  y = madd(e, f32x4.splat(-2.12194440e-4), f32x4.mul(y, f32x4.mul(square, f)));
  y = madd(square, f32x4.splat(-0.5), y);
  return madd(e, f32x4.splat(0.693359375), f32x4.add(f, y));
}

/** `max(z, 0)` in place; `count` is a multiple of four. */
export function relu(z: usize, count: i32): void {
  const zero = f32x4.splat(0);
  for (let end = z + (<usize> count << 2); z < end; z += VECTOR) v128.store(z, f32x4.pmax(v128.load(z), zero));
}

/** Blame passes where the unit was on: `dA ⊙ [a > 0]`, in place. */
export function reluDerivative(dA: usize, a: usize, count: i32): void {
  const zero = f32x4.splat(0);
  for (let end = dA + (<usize> count << 2); dA < end; dA += VECTOR, a += VECTOR) {
    v128.store(dA, v128.and(v128.load(dA), f32x4.gt(v128.load(a), zero)));
  }
}

/** `1 / (1 + e⁻ᶻ)` in place. */
export function sigmoid(z: usize, count: i32): void {
  const one = f32x4.splat(1);
  for (let end = z + (<usize> count << 2); z < end; z += VECTOR) {
    v128.store(z, f32x4.div(one, f32x4.add(one, exp4(f32x4.neg(v128.load(z))))));
  }
}

/** `dA ⊙ a (1 − a)`, in place. */
export function sigmoidDerivative(dA: usize, a: usize, count: i32): void {
  const one = f32x4.splat(1);
  for (let end = dA + (<usize> count << 2); dA < end; dA += VECTOR, a += VECTOR) {
    const x = v128.load(a);
    v128.store(dA, f32x4.mul(v128.load(dA), f32x4.mul(x, f32x4.sub(one, x))));
  }
}

/** tanh, `2 / (1 + e⁻²ᶻ) − 1`, in place. */
export function tanh(z: usize, count: i32): void {
  const one = f32x4.splat(1), two = f32x4.splat(2);
  for (let end = z + (<usize> count << 2); z < end; z += VECTOR) {
    const e = exp4(f32x4.mul(v128.load(z), f32x4.splat(-2)));
    v128.store(z, f32x4.sub(f32x4.div(two, f32x4.add(one, e)), one));
  }
}

/** `dA ⊙ (1 − a²)`, in place. */
export function tanhDerivative(dA: usize, a: usize, count: i32): void {
  const one = f32x4.splat(1);
  for (let end = dA + (<usize> count << 2); dA < end; dA += VECTOR, a += VECTOR) {
    const x = v128.load(a);
    v128.store(dA, f32x4.mul(v128.load(dA), f32x4.sub(one, f32x4.mul(x, x))));
  }
}

/**
 * Dropout in place: each number is kept, times `factor`, or becomes 0. Which, a hash of its own number says: nothing depends on
 * who asks, or in which order.
 *
 * @param first The number of the first example in its batch; each has `places · units` numbers, padded to `stride` for each place.
 * @param key Mixed into every number's hash.
 * @param limit Below it, as an unsigned number, a hash says 0.
 */
export function drop(
  a: usize, first: i32, count: i32, places: i32, units: i32, stride: i32, key: i32, limit: i32, factor: f32,
): void {
  const most = i32x4.splat(limit), mixed = i32x4.splat(key), f = f32x4.splat(factor);
  for (let r = 0, number = first * places * units; r < count * places; r++, number += units) {
    for (let j = 0; j < stride; j += 4, a += VECTOR) {
      let x = v128.xor(mixed, i32x4.add(i32x4.splat(number + j), i32x4(0, 1, 2, 3)));
      x = i32x4.mul(v128.xor(x, i32x4.shr_u(x, 16)), i32x4.splat(<i32> 0x85ebca6b)); // MurmurHash3's last mixing
      x = i32x4.mul(v128.xor(x, i32x4.shr_u(x, 13)), i32x4.splat(<i32> 0xc2b2ae35));
      x = v128.xor(x, i32x4.shr_u(x, 16));
      v128.store(a, v128.and(f32x4.mul(v128.load(a), f), i32x4.ge_u(x, most)));
    }
  }
}

/** All ones in the lanes of a row's vector that hold one of its `classes`. */
// @ts-ignore: decorator
@inline
function lanes(column: i32, classes: i32): v128 {
  return i32x4.gt_s(i32x4.splat(classes - column), i32x4(0, 1, 2, 3));
}

// @ts-ignore: decorator
@inline
function largest4(x: v128): f32 {
  x = f32x4.pmax(x, v128.shuffle<f32>(x, x, 2, 3, 0, 1));
  return f32x4.extract_lane(f32x4.pmax(x, v128.shuffle<f32>(x, x, 1, 0, 3, 2)), 0);
}

/**
 * Softmax over each row of logits, in place; with labels, then `p − y` instead, the gradient of the cross-entropy.
 *
 * @param labels One byte per example, taken at `rows` or from `first`; 0 for probabilities only.
 * @param report 24 bytes where the loss (f64, summed) and the number read correctly (f64) are added; NaN or infinity in
 *   a logit makes the loss NaN. 0 for neither.
 */
export function softmax(
  z: usize, count: i32, classes: i32, stride: i32, labels: usize, rows: usize, first: i32, report: usize,
): void {
  const low = f32x4.splat(-3.0e38);
  let loss: f64 = 0, right: f64 = 0;
  for (let r = 0; r < count; r++, z += <usize> stride << 2) {
    let peak = low;
    for (let j = 0; j < classes; j += 4) {
      peak = f32x4.pmax(peak, v128.bitselect(v128.load(z + (<usize> j << 2)), low, lanes(j, classes)));
    }
    const largest = largest4(peak), shift = f32x4.splat(largest);
    const label = labels ? <i32> load<u8>(labels + rowOf(rows, first + r)) : 0;
    const own = labels ? load<f32>(z + (<usize> label << 2)) : <f32> 0;
    if (report && own == largest) { // of equals, the first is the answer
      let before = 0;
      while (before < label && load<f32>(z + (<usize> before << 2)) < largest) before++;
      if (before == label) right += 1;
    }
    let sum = f32x4.splat(0);
    for (let j = 0; j < classes; j += 4) {
      const at = z + (<usize> j << 2), e = v128.and(exp4(f32x4.sub(v128.load(at), shift)), lanes(j, classes));
      v128.store(at, e);
      sum = f32x4.add(sum, e);
    }
    const total = total4(sum), factor = f32x4.splat(1 / total);
    for (let j = 0; j < classes; j += 4) {
      const at = z + (<usize> j << 2);
      v128.store(at, f32x4.mul(v128.load(at), factor));
    }
    if (report) loss += Math.log(<f64> total) + (<f64> largest - <f64> own);
    if (labels) {
      const at = z + (<usize> label << 2);
      store<f32>(at, load<f32>(at) - 1);
    }
  }
  if (report) {
    store<f64>(report, load<f64>(report) + loss);
    store<f64>(report, load<f64>(report, 8) + right, 8);
  }
}

/** Whether the label's sum is the largest of a row; of equals, the first is the answer. */
function isLargest(z: usize, label: i32, classes: i32): bool {
  const own = load<f32>(z + (<usize> label << 2));
  for (let j = 0; j < classes; j++) {
    const other = load<f32>(z + (<usize> j << 2));
    if (other > own || (other == own && j < label)) return false;
  }
  return true;
}

/** As {@link softmax}, for sigmoid outputs and the logistic loss: each output is a yes-or-no question of its own. */
export function logistic(
  z: usize, count: i32, classes: i32, stride: i32, labels: usize, rows: usize, first: i32, report: usize,
): void {
  const one = f32x4.splat(1), zero = f32x4.splat(0);
  let loss: f64 = 0, right: f64 = 0;
  for (let r = 0; r < count; r++, z += <usize> stride << 2) {
    const label = labels ? <i32> load<u8>(labels + rowOf(rows, first + r)) : 0;
    if (report) {
      const own = load<f32>(z + (<usize> label << 2));
      if (isLargest(z, label, classes)) right += 1;
      let cost = zero;
      for (let j = 0; j < classes; j += 4) { // max(z, 0) + ln(1 + e^−|z|)
        const x = v128.load(z + (<usize> j << 2));
        const y = f32x4.add(f32x4.pmax(x, zero), log4(f32x4.add(one, exp4(f32x4.neg(f32x4.abs(x))))));
        cost = f32x4.add(cost, v128.and(y, lanes(j, classes)));
      }
      loss += <f64> total4(cost) - <f64> own;
    }
    for (let j = 0; j < classes; j += 4) {
      const at = z + (<usize> j << 2);
      const a = f32x4.div(one, f32x4.add(one, exp4(f32x4.neg(v128.load(at)))));
      v128.store(at, v128.and(a, lanes(j, classes)));
    }
    if (labels) {
      const at = z + (<usize> label << 2);
      store<f32>(at, load<f32>(at) - 1);
    }
  }
  if (report) {
    store<f64>(report, load<f64>(report) + loss);
    store<f64>(report, load<f64>(report, 8) + right, 8);
  }
}

/** As {@link logistic}, for half the squared error: with labels `(a − y) a (1 − a)`, its gradient. */
export function squaredError(
  z: usize, count: i32, classes: i32, stride: i32, labels: usize, rows: usize, first: i32, report: usize,
): void {
  const one = f32x4.splat(1);
  let loss: f64 = 0, right: f64 = 0;
  for (let r = 0; r < count; r++, z += <usize> stride << 2) {
    const label = labels ? <i32> load<u8>(labels + rowOf(rows, first + r)) : 0;
    if (report && isLargest(z, label, classes)) right += 1;
    sigmoid(z, (classes + 3) & ~3);
    let squares = f32x4.splat(0);
    for (let j = 0; j < classes; j += 4) {
      const at = z + (<usize> j << 2), a = v128.load(at);
      const y = v128.and(i32x4.eq(i32x4.splat(label - j), i32x4(0, 1, 2, 3)), one);
      const error = v128.and(f32x4.sub(a, y), lanes(j, classes));
      squares = f32x4.add(squares, f32x4.mul(error, error));
      const blame = f32x4.mul(error, f32x4.mul(a, f32x4.sub(one, a)));
      v128.store(at, labels ? blame : v128.and(a, lanes(j, classes)));
    }
    loss += <f64> total4(squares) / 2;
  }
  if (report) {
    store<f64>(report, load<f64>(report) + loss);
    store<f64>(report, load<f64>(report, 8) + right, 8);
  }
}
