/**
 * The engine's kernels: the few loops in which training spends its time, for WebAssembly with 128-bit vectors.
 *
 * AssemblyScript, built by tools/build_kernels.ts. Everything is Float32 in one memory; pointers are byte addresses.
 * A batch is stored row by row, one example per row, and every row is padded with zeros to its stride, a
 * multiple of four numbers: four numbers are one vector. Each function says what the plain code in lib/network does in its place.
 */

const VECTOR: i32 = 16; // bytes
const BLOCK_ROWS: i32 = 128; // rows whose entries stay in the cache while the columns are gone through

/** `a · b + c`, in one rounding where the machine has such an instruction. */
// @ts-ignore: decorator
@inline
function madd(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, b, c);
  return f32x4.add(f32x4.mul(a, b), c);
}

// ---- sparse product: only inked pixels are multiplied ---------------------------------------------------------------

/**
 * `out[r] = init + factor · Σ value · weights[index]` over the entries of row r: the first layer's W·x, and on
 * transposed entries its weight gradient. Row r has the entries from `starts[r]` to `starts[r + 1]`.
 *
 * An entry is one number that is not 0, with its row in `weights`. Narrow, it takes 4 bytes: a grey level (a whole
 * number to 255, of which the upper half of a Float32 is enough) and a 16-bit row. Wide, it takes 8: any Float32 and a
 * 32-bit row. Half the bytes is twice the speed where the examples do not fit into the cache.
 *
 * @param rows Names the rows to take, or is 0 for `first … last − 1`.
 * @param width Columns to compute, a multiple of four up to `stride`.
 * @param bias What each row starts from: 0 for zeros, 1 for what `out` holds, else the address of a row.
 */
export function sparseProduct(
  wide: bool, starts: usize, entries: usize, rows: usize, first: i32, last: i32,
  weights: usize, stride: i32, width: i32, factor: f32, bias: usize, out: usize,
): void {
  if (wide) sparse<u64>(starts, entries, rows, first, last, weights, stride, width, factor, bias, out);
  else sparse<u32>(starts, entries, rows, first, last, weights, stride, width, factor, bias, out);
}

function sparse<E>(
  starts: usize, entries: usize, rows: usize, first: i32, last: i32,
  weights: usize, stride: i32, width: i32, factor: f32, bias: usize, out: usize,
): void {
  for (let block = first; block < last; block += BLOCK_ROWS) {
    const end = min(last, block + BLOCK_ROWS);
    for (let column = 0; column < width;) {
      const rest = width - column;
      if (rest == 28) { // 25 units, as in tutorials 002 and 003: all in one go
        sparseColumns<E, Seven>(starts, entries, rows, first, block, end, weights, stride, column, factor, bias, out);
        column += 28;
      } else if (rest >= 32) {
        sparseColumns<E, Eight>(starts, entries, rows, first, block, end, weights, stride, column, factor, bias, out);
        column += 32;
      } else if (rest >= 16) {
        sparseColumns<E, Four>(starts, entries, rows, first, block, end, weights, stride, column, factor, bias, out);
        column += 16;
      } else if (rest == 12) { // ten units, as in tutorials 000 and 001
        sparseColumns<E, Three>(starts, entries, rows, first, block, end, weights, stride, column, factor, bias, out);
        column += 12;
      } else {
        sparseColumns<E, One>(starts, entries, rows, first, block, end, weights, stride, column, factor, bias, out);
        column += 4;
      }
    }
  }
}

// How many vectors a function handles at once, as a type: the compiler keeps only the lines for that many.
@unmanaged class One { a: u8 }
@unmanaged class Three { a: u8; b: u8; c: u8 }
@unmanaged class Four { a: u8; b: u8; c: u8; d: u8 }
@unmanaged class Eight { a: u8; b: u8; c: u8; d: u8; e: u8; f: u8; g: u8; h: u8 }
@unmanaged class Seven { a: u8; b: u8; c: u8; d: u8; e: u8; f: u8; g: u8 }

// @ts-ignore: decorator
@inline
function valueAt<E>(p: usize): v128 {
  if (sizeof<E>() == 4) return i32x4.shl(v128.load_splat<u32>(p), 16);
  return v128.load_splat<u32>(p);
}

// @ts-ignore: decorator
@inline
function indexAt<E>(p: usize): u32 {
  if (sizeof<E>() == 4) return <u32> load<u16>(p, 2);
  return load<u32>(p, 4);
}

// @ts-ignore: decorator
@inline
function rowOf(rows: usize, r: i32): i32 {
  return rows ? load<i32>(rows + ((<usize> r) << 2)) : r;
}

/**
 * `N` vectors of columns at a time. Up to four have two sums each, one for every other entry, so that additions need not
 * wait for each other. More have enough to do meanwhile; they add up 16 entries at a time, as shorter sums round less.
 * (With one sum for a whole row, 112 steps of tutorial 004 left a ReLU on the wrong side of 0.)
 */
function sparseColumns<E, N>(
  starts: usize, entries: usize, rows: usize, first: i32, from: i32, to: i32,
  weights: usize, stride: i32, column: i32, factor: f32, bias: usize, out: usize,
): void {
  const bytes = <usize> stride << 2, offset = <usize> column << 2, base = weights + offset, f = f32x4.splat(factor);
  for (let r = from; r < to; r++) {
    const row = starts + ((<usize> rowOf(rows, r)) << 2);
    const end = entries + <usize> load<u32>(row, 4) * sizeof<E>();
    const target = out + <usize> (r - first) * bytes + offset;
    const zero = f32x4.splat(0);
    let p = entries + <usize> load<u32>(row) * sizeof<E>(), b = bias > 1 ? bias + offset : bias ? target : 0;
    do {
      let c0 = zero, c1 = zero, c2 = zero, c3 = zero, c4 = zero, c5 = zero, c6 = zero, c7 = zero, stop = end;
      if (offsetof<N>() <= 4) {
        let d0 = zero, d1 = zero, d2 = zero, d3 = zero;
        for (; p + sizeof<E>() < end; p += 2 * sizeof<E>()) {
          const v = valueAt<E>(p), w = base + <usize> indexAt<E>(p) * bytes;
          const u = valueAt<E>(p + sizeof<E>()), x = base + <usize> indexAt<E>(p + sizeof<E>()) * bytes;
          c0 = madd(v, v128.load(w), c0);
          if (offsetof<N>() > 1) c1 = madd(v, v128.load(w, 16), c1);
          if (offsetof<N>() > 2) c2 = madd(v, v128.load(w, 32), c2);
          if (offsetof<N>() > 3) c3 = madd(v, v128.load(w, 48), c3);
          d0 = madd(u, v128.load(x), d0);
          if (offsetof<N>() > 1) d1 = madd(u, v128.load(x, 16), d1);
          if (offsetof<N>() > 2) d2 = madd(u, v128.load(x, 32), d2);
          if (offsetof<N>() > 3) d3 = madd(u, v128.load(x, 48), d3);
        }
        c0 = f32x4.add(c0, d0);
        if (offsetof<N>() > 1) c1 = f32x4.add(c1, d1);
        if (offsetof<N>() > 2) c2 = f32x4.add(c2, d2);
        if (offsetof<N>() > 3) c3 = f32x4.add(c3, d3);
      } else {
        stop = min(end, p + 16 * sizeof<E>());
      }
      for (; p < stop; p += sizeof<E>()) {
        const v = valueAt<E>(p), w = base + <usize> indexAt<E>(p) * bytes;
        c0 = madd(v, v128.load(w), c0);
        if (offsetof<N>() > 1) c1 = madd(v, v128.load(w, 16), c1);
        if (offsetof<N>() > 2) c2 = madd(v, v128.load(w, 32), c2);
        if (offsetof<N>() > 3) c3 = madd(v, v128.load(w, 48), c3);
        if (offsetof<N>() > 4) c4 = madd(v, v128.load(w, 64), c4);
        if (offsetof<N>() > 5) c5 = madd(v, v128.load(w, 80), c5);
        if (offsetof<N>() > 6) c6 = madd(v, v128.load(w, 96), c6);
        if (offsetof<N>() > 7) c7 = madd(v, v128.load(w, 112), c7);
      }
      v128.store(target, madd(c0, f, b ? v128.load(b) : zero));
      if (offsetof<N>() > 1) v128.store(target, madd(c1, f, b ? v128.load(b, 16) : zero), 16);
      if (offsetof<N>() > 2) v128.store(target, madd(c2, f, b ? v128.load(b, 32) : zero), 32);
      if (offsetof<N>() > 3) v128.store(target, madd(c3, f, b ? v128.load(b, 48) : zero), 48);
      if (offsetof<N>() > 4) v128.store(target, madd(c4, f, b ? v128.load(b, 64) : zero), 64);
      if (offsetof<N>() > 5) v128.store(target, madd(c5, f, b ? v128.load(b, 80) : zero), 80);
      if (offsetof<N>() > 6) v128.store(target, madd(c6, f, b ? v128.load(b, 96) : zero), 96);
      if (offsetof<N>() > 7) v128.store(target, madd(c7, f, b ? v128.load(b, 112) : zero), 112);
      b = target;
    } while (p < end);
  }
}

/**
 * Bytes to narrow entries: 16 pixels at a time are looked at; unless all are paper, each is written, and kept if it is not
 * 0: a branch for each would be mispredicted at every edge of a stroke. Up to 16 entries more than there are get written.
 *
 * @param pixels `count` images of `inputs` bytes; 15 bytes beyond them are read, too.
 * @param starts Where row `r` begins and ends is written, from the first image on; the first one's begin is there.
 */
export function packBytes(pixels: usize, count: i32, inputs: i32, starts: usize, entries: usize): void {
  let out = entries + ((<usize> load<u32>(starts)) << 2);
  const none = i8x16.splat(0), places = i32x4(0, 0x10000, 0x20000, 0x30000);
  for (let r = 0; r < count; r++, pixels += inputs) {
    for (let i = 0; i < inputs; i += 16) {
      let sixteen = v128.load(pixels + <usize> i);
      if (inputs - i < 16) sixteen = v128.and(sixteen, i8x16.lt_s(i8x16(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15), i8x16.splat(<i8> (inputs - i))));
      const ink = i8x16.bitmask(i8x16.ne(sixteen, none));
      if (!ink) continue;
      const low = i16x8.extend_low_i8x16_u(sixteen), high = i16x8.extend_high_i8x16_u(sixteen);
      out = packFour(i32x4.extend_low_i16x8_u(low), ink, i32x4.add(places, i32x4.splat(i << 16)), out);
      out = packFour(i32x4.extend_high_i16x8_u(low), ink >> 4, i32x4.add(places, i32x4.splat((i + 4) << 16)), out);
      out = packFour(i32x4.extend_low_i16x8_u(high), ink >> 8, i32x4.add(places, i32x4.splat((i + 8) << 16)), out);
      out = packFour(i32x4.extend_high_i16x8_u(high), ink >> 12, i32x4.add(places, i32x4.splat((i + 12) << 16)), out);
    }
    store<u32>(starts + ((<usize> r) << 2), <u32> ((out - entries) >> 2), 4);
  }
}

/** Four grey levels: of each one's Float32 the upper half, all its bits that are not 0, below the place in the image. */
// @ts-ignore: decorator
@inline
function packFour(grey: v128, ink: i32, places: v128, out: usize): usize {
  const four = v128.or(i32x4.shr_u(f32x4.convert_i32x4_u(grey), 16), places);
  v128.store_lane<u32>(out, four, 0);
  out += (ink & 1) << 2;
  v128.store_lane<u32>(out, four, 1);
  out += (ink & 2) << 1;
  v128.store_lane<u32>(out, four, 2);
  out += ink & 4;
  v128.store_lane<u32>(out, four, 3);
  return out + ((ink & 8) >> 1);
}

/**
 * Turns rows of entries into columns: afterwards row i of the result lists the examples in which input i is not 0, for
 * the inputs from `from` to `to`. Counting sort: how many of each, where each begins, then every entry to its place.
 */
export function transposeEntries(
  wide: bool, starts: usize, entries: usize, rows: usize, first: i32, last: i32, from: i32, to: i32,
  outStarts: usize, outEntries: usize,
): void {
  if (wide) transposed<u64>(starts, entries, rows, first, last, from, to, outStarts, outEntries);
  else transposed<u32>(starts, entries, rows, first, last, from, to, outStarts, outEntries);
}

/** The first entry of a row whose index is not below `index`: they are in order. */
function entryFrom<E>(p: usize, end: usize, index: u32): usize {
  if (!index) return p;
  while (p < end) {
    const middle = p + ((end - p) / sizeof<E>() >> 1) * sizeof<E>();
    if (indexAt<E>(middle) < index) p = middle + sizeof<E>();
    else end = middle;
  }
  return p;
}

function transposed<E>(
  starts: usize, entries: usize, rows: usize, first: i32, last: i32, from: i32, to: i32, outStarts: usize, outEntries: usize,
): void {
  memory.fill(outStarts + ((<usize> from) << 2), 0, (<usize> (to - from) + 1) << 2);
  for (let r = first; r < last; r++) {
    const row = starts + ((<usize> rowOf(rows, r)) << 2), end = entries + <usize> load<u32>(row, 4) * sizeof<E>();
    for (let p = entryFrom<E>(entries + <usize> load<u32>(row) * sizeof<E>(), end, from); p < end; p += sizeof<E>()) {
      const index = indexAt<E>(p), place = outStarts + ((<usize> index) << 2);
      if (index >= <u32> to) break;
      store<u32>(place, load<u32>(place) + 1);
    }
  }
  let sum: u32 = 0;
  for (let i = from; i <= to; i++) { // from counts to beginnings
    const place = outStarts + ((<usize> i) << 2), count = load<u32>(place);
    store<u32>(place, sum);
    sum += count;
  }
  for (let r = first; r < last; r++) {
    const row = starts + ((<usize> rowOf(rows, r)) << 2), end = entries + <usize> load<u32>(row, 4) * sizeof<E>();
    for (let p = entryFrom<E>(entries + <usize> load<u32>(row) * sizeof<E>(), end, from); p < end; p += sizeof<E>()) {
      const index = indexAt<E>(p), place = outStarts + ((<usize> index) << 2), at = load<u32>(place);
      if (index >= <u32> to) break;
      store<u32>(place, at + 1);
      const target = outEntries + <usize> at * sizeof<E>();
      if (sizeof<E>() == 4) store<u32>(target, (load<u32>(p) & 0xffff) | (<u32> (r - first) << 16));
      else {
        store<u32>(target, load<u32>(p));
        store<u32>(target, <u32> (r - first), 4);
      }
    }
  }
  for (let i = to; i > from; i--) { // every beginning has become the next one: shift back
    const place = outStarts + ((<usize> i) << 2);
    store<u32>(place, load<u32>(place - 4));
  }
  store<u32>(outStarts + ((<usize> from) << 2), 0);
}

/** Copies the rows that a list names, `bytes` each, side by side: a batch of examples without zeros. */
export function gather(from: usize, rows: usize, count: i32, bytes: i32, out: usize): void {
  for (let r = 0; r < count; r++, out += bytes) memory.copy(out, from + <usize> load<u32>(rows + ((<usize> r) << 2)) * bytes, bytes);
}

// ---- dense product --------------------------------------------------------------------------------------------------

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

// ---- activations ----------------------------------------------------------------------------------------------------

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
export function reluSlope(dA: usize, a: usize, count: i32): void {
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
export function sigmoidSlope(dA: usize, a: usize, count: i32): void {
  const one = f32x4.splat(1);
  for (let end = dA + (<usize> count << 2); dA < end; dA += VECTOR, a += VECTOR) {
    const x = v128.load(a);
    v128.store(dA, f32x4.mul(v128.load(dA), f32x4.mul(x, f32x4.sub(one, x))));
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
function total4(x: v128): f32 {
  x = f32x4.add(x, v128.shuffle<f32>(x, x, 2, 3, 0, 1));
  return f32x4.extract_lane(f32x4.add(x, v128.shuffle<f32>(x, x, 1, 0, 3, 2)), 0);
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
      let better = false;
      for (let j = 0; j < classes; j++) {
        const other = load<f32>(z + (<usize> j << 2));
        if (other > own || (other == own && j < label)) better = true;
      }
      if (!better) right += 1;
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

// ---- steps ----------------------------------------------------------------------------------------------------------

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
