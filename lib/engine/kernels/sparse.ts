/**
 * Sparse products: only inked pixels are multiplied.
 */
import { madd, rowOf } from "./vectors";

const BLOCK_ROWS: i32 = 128; // rows whose entries stay in the cache while the columns are gone through

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

/**
 * Entries back to pictures, with whatever border a convolution wants.
 *
 * @param places Where each input goes in its picture, u32 each, in bytes.
 * @param out The pictures, `outRow` bytes each, zeroed here.
 */
export function unpack(
  wide: bool, starts: usize, entries: usize, rows: usize, first: i32, count: i32, factor: f32, places: usize, out: usize, outRow: usize,
): void {
  if (wide) unpacked<u64>(starts, entries, rows, first, count, factor, places, out, outRow);
  else unpacked<u32>(starts, entries, rows, first, count, factor, places, out, outRow);
}

function unpacked<E>(
  starts: usize, entries: usize, rows: usize, first: i32, count: i32, factor: f32, places: usize, out: usize, outRow: usize,
): void {
  memory.fill(out, 0, <usize> count * outRow);
  for (let r = 0; r < count; r++, out += outRow) {
    const row = starts + ((<usize> rowOf(rows, first + r)) << 2), end = entries + <usize> load<u32>(row, 4) * sizeof<E>();
    for (let p = entries + <usize> load<u32>(row) * sizeof<E>(); p < end; p += sizeof<E>()) {
      const value = sizeof<E>() == 4 ? reinterpret<f32>(load<u32>(p) << 16) : load<f32>(p);
      store<f32>(out + <usize> load<u32>(places + ((<usize> indexAt<E>(p)) << 2)), factor * value);
    }
  }
}
