/**
 * Convolution and pooling, forward and back.
 *
 * A picture lies row by row with its border of zeros, the channels of a pixel side by side: so one row of a window is `run`
 * numbers in a row, and the next place's window begins `step` bytes further on. Way back only the winner of each pool is to
 * blame, and of these only what the bend let through: about one sum in eight; they are listed once, filter by filter, and both
 * gradients go over that list.
 */
import { packColumns, packPanels, packRows, tile4x2 } from "./dense";
import { madd, VECTOR } from "./vectors";

/**
 * `Z = W · patches + b` and the largest of each pool, for `count` pictures: a dense product whose rows are the windows of four
 * places side by side, copied once for all filters.
 *
 * @param x The pictures, `xRow` bytes each; `pitch` bytes from row to row, `step` from place to place.
 * @param run Numbers in one row of the window, which has `size` rows.
 * @param rows Rows of the sums, `cols` their columns.
 * @param stride Filters, a multiple of eight: numbers in a row of the weights and of the bias.
 * @param out Where the pooled sums go, `outRow` bytes for each picture, `outPitch` for each row.
 * @param winners Where the winning window begins in its picture, in bytes: as many u32 as there are pooled sums.
 * @param blank Whether windows without ink are looked for: they pay in the pictures, not in what filters make of them.
 * @param sums Room for `stride` sums of each place in a row of pools.
 * @param panel Room for the weights.
 * @param packed Room for four windows.
 */
export function convolve(
  x: usize, xRow: usize, count: i32, pitch: usize, step: usize, run: i32, size: i32, rows: i32, cols: i32,
  weights: usize, stride: i32, bias: usize, pool: i32, out: usize, outRow: usize, outPitch: usize, winners: usize,
  blank: bool, sums: usize, panel: usize, packed: usize,
): void {
  const bytes = <usize> stride << 2, numbers = size * run, across = <usize> numbers << 5;
  packPanels(weights, bytes, numbers, stride, panel, across);
  for (let e = 0; e < count; e++, x += xRow, out += outRow) {
    for (let top = 0, to = out; top < rows; top += pool, to += outPitch, winners += <usize> (cols / pool) * bytes) {
      for (let dy = 0, z = sums, row = x + <usize> top * pitch; dy < pool; dy++, row += pitch) {
        for (let c = 0; c < cols; c += 4) {
          const four = min(4, cols - c), at = row + <usize> c * step, end = z + <usize> four * bytes;
          if (blank && isBlank(at, pitch, run + (four - 1) * <i32> (step >> 2), size)) {
            for (; z < end; z += bytes) memory.copy(z, bias, bytes); // the bias alone
            continue;
          }
          packWindows(at, pitch, step, run, size, four, packed);
          for (let offset: usize = 0, p = panel; offset < bytes; offset += 32, p += across) {
            tile4x2(packed, p, z + offset, bytes, four, numbers, bias + offset);
          }
          z = end;
        }
      }
      largest(sums, cols, bytes, pool, <usize> top * pitch, pitch, step, to, winners);
    }
  }
}

/** Whether `width` numbers (and up to three more) of `size` rows are all 0. */
// @ts-ignore: decorator
@inline
function isBlank(at: usize, pitch: usize, width: i32, size: i32): bool {
  for (let dy = 0; dy < size; dy++, at += pitch) {
    let ink = v128.load(at);
    for (let p: usize = VECTOR; p < <usize> width << 2; p += VECTOR) ink = v128.or(ink, v128.load(at + p));
    if (v128.any_true(ink)) return false;
  }
  return true;
}

/** The windows of up to four places, number by number side by side. */
// @ts-ignore: decorator
@inline
function packWindows(at: usize, pitch: usize, step: usize, run: i32, size: i32, places: i32, to: usize): void {
  for (let dy = 0; dy < size; dy++, at += pitch, to += <usize> run << 4) {
    if (step == 4) packColumns(at, 4, run, to); // the next place is the next number
    else packRows(at, step, places, run, to, 16);
  }
}

/** The largest of each pool in a row of pools, of equals the first, and where its window begins. */
// @ts-ignore: decorator
@inline
function largest(
  z: usize, cols: i32, bytes: usize, pool: i32, top: usize, pitch: usize, step: usize, to: usize, winners: usize,
): void {
  for (let left = 0; left < cols; left += pool) {
    for (const end = to + bytes, first = z + <usize> left * bytes; to < end; to += 32, winners += 32) {
      const offset = bytes - (end - to);
      let best0 = v128.load(first + offset), best1 = v128.load(first + offset, 16);
      let from0 = i32x4.splat(<i32> (top + <usize> left * step)), from1 = from0;
      for (let dy = 0; dy < pool; dy++) {
        for (let dx = 0; dx < pool; dx++) {
          const at = first + offset + <usize> (dy * cols + dx) * bytes, s0 = v128.load(at), s1 = v128.load(at, 16);
          const place = i32x4.splat(<i32> (top + <usize> dy * pitch + <usize> (left + dx) * step));
          const more0 = f32x4.gt(s0, best0), more1 = f32x4.gt(s1, best1);
          best0 = v128.bitselect(s0, best0, more0);
          best1 = v128.bitselect(s1, best1, more1);
          from0 = v128.bitselect(place, from0, more0);
          from1 = v128.bitselect(place, from1, more1);
        }
      }
      v128.store(to, best0);
      v128.store(to, best1, 16);
      v128.store(winners, from0);
      v128.store(winners, from1, 16);
    }
  }
}

/**
 * Lists who is to blame: for each picture and filter the windows whose sum won and whose blame is not 0, as where the window
 * begins in its picture (u32, bytes) and the blame (f32).
 *
 * @param dZ The blame of the pooled sums, laid out as they are; `rows × cols` of them for each of `filters`.
 * @param lists `rows · cols` entries of eight bytes for each picture and filter.
 * @param counts How many of them are used, u32 each.
 */
export function listBlame(
  dZ: usize, dRow: usize, dPitch: usize, count: i32, rows: i32, cols: i32, filters: i32, stride: i32, winners: usize,
  lists: usize, counts: usize,
): void {
  const bytes = <usize> stride << 2, room = <usize> (rows * cols) << 3;
  for (let e = 0; e < count; e++, dZ += dRow, winners += <usize> (rows * cols) * bytes) {
    for (let f = 0; f < filters; f++, lists += room, counts += 4) {
      let to = lists, winner = winners + (<usize> f << 2);
      for (let y = 0; y < rows; y++) {
        let blame = dZ + <usize> y * dPitch + (<usize> f << 2);
        for (let c = 0; c < cols; c++, blame += bytes, winner += bytes) {
          const value = load<u32>(blame);
          store<u32>(to, load<u32>(winner));
          store<u32>(to, value, 4);
          to += value << 1 ? 8 : 0; // neither 0 nor −0
        }
      }
      store<u32>(counts, <u32> ((to - lists) >> 3));
    }
  }
}

/** How many vectors a function handles at once, as a type. */
@unmanaged class Single { a: u8 }
@unmanaged class Pair { a: u8; b: u8 }
@unmanaged class Quad { a: u8; b: u8; c: u8; d: u8 }
@unmanaged class Octet { a: u8; b: u8; c: u8; d: u8; e: u8; f: u8; g: u8; h: u8 }

/**
 * `dW += Σ blame · window`: for each filter the windows that its list names, of which row `dy` of the window is taken, `width`
 * numbers from its start.
 *
 * Every number has one sum, in the order of the list: so it is the same however a window is cut among workers.
 *
 * @param x The pictures and where in a window the row begins, already added.
 * @param out Where the sums are, `outBytes` for each filter; `add`: to what they are.
 */
export function patchGradient(
  x: usize, xRow: usize, count: i32, filters: i32, lists: usize, room: usize, counts: usize, width: i32, out: usize, outBytes: usize,
  add: bool,
): void {
  if (!add) for (let f = 0; f < filters; f++) memory.fill(out + <usize> f * outBytes, 0, (<usize> width + 3) >> 2 << 4);
  for (let e = 0; e < count; e++, x += xRow) {
    for (let f = 0; f < filters; f++, lists += room, counts += 4) {
      const end = lists + (<usize> load<u32>(counts) << 3), sums = out + <usize> f * outBytes;
      let done = 0;
      for (; width - done > 16; done += 32) gather<Octet>(x + (<usize> done << 2), lists, end, sums + (<usize> done << 2));
      for (; width - done > 8; done += 16) gather<Quad>(x + (<usize> done << 2), lists, end, sums + (<usize> done << 2));
      for (; width - done > 4; done += 8) gather<Pair>(x + (<usize> done << 2), lists, end, sums + (<usize> done << 2));
      for (; width > done; done += 4) gather<Single>(x + (<usize> done << 2), lists, end, sums + (<usize> done << 2));
    }
  }
}

// @ts-ignore: decorator
@inline
function gather<N>(x: usize, list: usize, end: usize, sums: usize): void {
  const zero = f32x4.splat(0);
  let s0 = v128.load(sums), s1 = zero, s2 = zero, s3 = zero, s4 = zero, s5 = zero, s6 = zero, s7 = zero;
  if (offsetof<N>() > 1) s1 = v128.load(sums, 16);
  if (offsetof<N>() > 2) { s2 = v128.load(sums, 32); s3 = v128.load(sums, 48); }
  if (offsetof<N>() > 4) { s4 = v128.load(sums, 64); s5 = v128.load(sums, 80); s6 = v128.load(sums, 96); s7 = v128.load(sums, 112); }
  for (; list < end; list += 8) {
    const at = x + <usize> load<u32>(list), v = v128.load_splat<f32>(list, 4);
    s0 = madd(v, v128.load(at), s0);
    if (offsetof<N>() > 1) s1 = madd(v, v128.load(at, 16), s1);
    if (offsetof<N>() > 2) {
      s2 = madd(v, v128.load(at, 32), s2);
      s3 = madd(v, v128.load(at, 48), s3);
    }
    if (offsetof<N>() > 4) {
      s4 = madd(v, v128.load(at, 64), s4);
      s5 = madd(v, v128.load(at, 80), s5);
      s6 = madd(v, v128.load(at, 96), s6);
      s7 = madd(v, v128.load(at, 112), s7);
    }
  }
  v128.store(sums, s0);
  if (offsetof<N>() > 1) v128.store(sums, s1, 16);
  if (offsetof<N>() > 2) { v128.store(sums, s2, 32); v128.store(sums, s3, 48); }
  if (offsetof<N>() > 4) { v128.store(sums, s4, 64); v128.store(sums, s5, 80); v128.store(sums, s6, 96); v128.store(sums, s7, 112); }
}

/**
 * The way back through the window: every listed window of `dX` gets its blame times the filter's weights, `dX += blame · W`.
 *
 * @param dX Zeroed here, `xRow` bytes for each picture.
 * @param weights Transposed: `size · run` numbers for each filter; `run` is a multiple of eight.
 */
export function spreadBlame(
  dX: usize, xRow: usize, count: i32, pitch: usize, run: i32, size: i32, filters: i32, lists: usize, room: usize, counts: usize,
  weights: usize,
): void {
  const length = <usize> run << 2;
  memory.fill(dX, 0, <usize> count * xRow);
  for (let e = 0; e < count; e++, dX += xRow) {
    for (let f = 0, w = weights; f < filters; f++, lists += room, counts += 4) {
      const end = lists + (<usize> load<u32>(counts) << 3);
      for (let dy = 0, row = dX; dy < size; dy++, row += pitch, w += length) {
        let done: usize = 0;
        for (; length - done >= 128; done += 128) scatter<Octet>(row + done, lists, end, w + done);
        for (; length - done >= 64; done += 64) scatter<Quad>(row + done, lists, end, w + done);
        for (; length > done; done += 32) scatter<Pair>(row + done, lists, end, w + done);
      }
    }
  }
}

// @ts-ignore: decorator
@inline
function scatter<N>(dX: usize, list: usize, end: usize, w: usize): void {
  const zero = f32x4.splat(0), w0 = v128.load(w), w1 = v128.load(w, 16);
  let w2 = zero, w3 = zero, w4 = zero, w5 = zero, w6 = zero, w7 = zero;
  if (offsetof<N>() > 2) { w2 = v128.load(w, 32); w3 = v128.load(w, 48); }
  if (offsetof<N>() > 4) { w4 = v128.load(w, 64); w5 = v128.load(w, 80); w6 = v128.load(w, 96); w7 = v128.load(w, 112); }
  for (; list < end; list += 8) {
    const at = dX + <usize> load<u32>(list), v = v128.load_splat<f32>(list, 4);
    v128.store(at, madd(v, w0, v128.load(at)));
    v128.store(at, madd(v, w1, v128.load(at, 16)), 16);
    if (offsetof<N>() > 2) {
      v128.store(at, madd(v, w2, v128.load(at, 32)), 32);
      v128.store(at, madd(v, w3, v128.load(at, 48)), 48);
    }
    if (offsetof<N>() > 4) {
      v128.store(at, madd(v, w4, v128.load(at, 64)), 64);
      v128.store(at, madd(v, w5, v128.load(at, 80)), 80);
      v128.store(at, madd(v, w6, v128.load(at, 96)), 96);
      v128.store(at, madd(v, w7, v128.load(at, 112)), 112);
    }
  }
}

/** `db`: the sum of each filter's blame over all pictures. `add`: to what `out` holds. */
export function sumBlame(lists: usize, room: usize, counts: usize, count: i32, filters: i32, out: usize, add: bool): void {
  if (!add) memory.fill(out, 0, <usize> filters << 2);
  for (let e = 0; e < count; e++) {
    for (let f = 0; f < filters; f++, lists += room, counts += 4) {
      const to = out + (<usize> f << 2);
      let sum: f32 = 0;
      for (let p = lists, end = lists + (<usize> load<u32>(counts) << 3); p < end; p += 8) sum += load<f32>(p, 4);
      store<f32>(to, load<f32>(to) + sum);
    }
  }
}
