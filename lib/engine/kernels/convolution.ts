/**
 * Convolution and pooling, forward and back.
 *
 * A picture lies row by row with its border of zeros, the channels of a pixel side by side: so one row of a window is `run`
 * numbers in a row, and the next place's window begins `step` bytes further on. No patch is ever copied. Way back only the
 * winner of each pool is to blame, and of these only what the bend let through: about one sum in eight; they are listed once,
 * filter by filter, and both gradients go over that list.
 */
import { madd, VECTOR } from "./vectors";

/**
 * `Z = W · patches + b` and the largest of each pool, for `count` pictures, eight filters at a time.
 *
 * @param x The pictures, `xRow` bytes each; `pitch` bytes from row to row, `step` from place to place.
 * @param run Numbers in one row of the window, which has `size` rows.
 * @param rows Rows of the sums, `cols` their columns.
 * @param stride Filters, a multiple of eight: numbers in a row of the weights and of the bias.
 * @param out Where the pooled sums go, `outRow` bytes for each picture, `outPitch` for each row.
 * @param winners Where the winning window begins in its picture, in bytes: as many u32 as there are pooled sums.
 * @param blank Whether windows without ink are looked for: they pay in the pictures, not in what filters make of them.
 * @param z Room for eight sums of each place of a picture.
 * @param panel Room for eight columns of the weights.
 */
export function convolve(
  x: usize, xRow: usize, count: i32, pitch: usize, step: usize, run: i32, size: i32, rows: i32, cols: i32,
  weights: usize, stride: i32, bias: usize, pool: i32, out: usize, outRow: usize, outPitch: usize, winners: usize,
  blank: bool, z: usize, panel: usize,
): void {
  const bytes = <usize> stride << 2, places = <usize> ((rows / pool) * (cols / pool)), numbers = size * run;
  for (let offset: usize = 0; offset < bytes; offset += 32) {
    for (let k = 0, from = weights + offset, to = panel; k < numbers; k++, from += bytes, to += 32) {
      v128.store(to, v128.load(from));
      v128.store(to, v128.load(from, 16), 16);
    }
    for (let e = 0; e < count; e++) {
      const picture = x + <usize> e * xRow;
      for (let y = 0, sums = z; y < rows; y++, sums += <usize> cols << 5) {
        const row = picture + <usize> y * pitch;
        if (cols < 4) {
          for (let c = 0; c < cols; c++) one(row + <usize> c * step, pitch, run, size, panel, bias + offset, sums + (<usize> c << 5));
          continue;
        }
        for (let c = 0; c < cols; c += 4) {
          const first = <usize> min(c, cols - 4), at = row + first * step; // the last four overlap those before: the same sums again
          if (blank && isBlank(at, pitch, run + <i32> (3 * step >> 2), size)) leave(bias + offset, sums + (first << 5));
          else four(at, step, pitch, run, size, panel, bias + offset, sums + (first << 5));
        }
      }
      largest(z, rows, cols, pool, pitch, step, out + <usize> e * outRow + offset, bytes, outPitch, winners + <usize> e * places * bytes + offset);
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

/** Four places without ink: the bias alone. */
// @ts-ignore: decorator
@inline
function leave(bias: usize, sums: usize): void {
  const b0 = v128.load(bias), b1 = v128.load(bias, 16);
  for (const end = sums + 128; sums < end; sums += 32) {
    v128.store(sums, b0);
    v128.store(sums, b1, 16);
  }
}

/** Four places side by side, times eight filters. */
// @ts-ignore: decorator
@inline
function four(x: usize, step: usize, pitch: usize, run: i32, size: i32, panel: usize, bias: usize, sums: usize): void {
  let x00 = v128.load(bias), x01 = v128.load(bias, 16);
  let x10 = x00, x11 = x01, x20 = x00, x21 = x01, x30 = x00, x31 = x01;
  const step2 = step + step, step3 = step2 + step, length = <usize> run << 2;
  for (let dy = 0; dy < size; dy++, x += pitch) {
    for (let a = x, end = x + length; a < end; a += 4, panel += 32) {
      const b0 = v128.load(panel), b1 = v128.load(panel, 16);
      let v = v128.load_splat<f32>(a);
      x00 = madd(v, b0, x00);
      x01 = madd(v, b1, x01);
      v = v128.load_splat<f32>(a + step);
      x10 = madd(v, b0, x10);
      x11 = madd(v, b1, x11);
      v = v128.load_splat<f32>(a + step2);
      x20 = madd(v, b0, x20);
      x21 = madd(v, b1, x21);
      v = v128.load_splat<f32>(a + step3);
      x30 = madd(v, b0, x30);
      x31 = madd(v, b1, x31);
    }
  }
  v128.store(sums, x00); v128.store(sums, x01, 16); v128.store(sums, x10, 32); v128.store(sums, x11, 48);
  v128.store(sums, x20, 64); v128.store(sums, x21, 80); v128.store(sums, x30, 96); v128.store(sums, x31, 112);
}

// @ts-ignore: decorator
@inline
function one(x: usize, pitch: usize, run: i32, size: i32, panel: usize, bias: usize, sums: usize): void {
  let x0 = v128.load(bias), x1 = v128.load(bias, 16);
  for (let dy = 0; dy < size; dy++, x += pitch) {
    for (let a = x, end = x + (<usize> run << 2); a < end; a += 4, panel += 32) {
      const v = v128.load_splat<f32>(a);
      x0 = madd(v, v128.load(panel), x0);
      x1 = madd(v, v128.load(panel, 16), x1);
    }
  }
  v128.store(sums, x0);
  v128.store(sums, x1, 16);
}

/** The largest of each pool, of equals the first, and where its window begins. */
// @ts-ignore: decorator
@inline
function largest(
  z: usize, rows: i32, cols: i32, pool: i32, pitch: usize, step: usize, out: usize, bytes: usize, outPitch: usize, winners: usize,
): void {
  for (let top = 0; top < rows; top += pool, out += outPitch) {
    for (let left = 0, to = out; left < cols; left += pool, to += bytes, winners += bytes) {
      let best0 = v128.load(z + (<usize> (top * cols + left) << 5)), best1 = v128.load(z + (<usize> (top * cols + left) << 5), 16);
      let from0 = i32x4.splat(<i32> (<usize> top * pitch + <usize> left * step)), from1 = from0;
      for (let dy = 0; dy < pool; dy++) {
        for (let dx = 0; dx < pool; dx++) {
          const at = z + (<usize> ((top + dy) * cols + left + dx) << 5), s0 = v128.load(at), s1 = v128.load(at, 16);
          const place = i32x4.splat(<i32> (<usize> (top + dy) * pitch + <usize> (left + dx) * step));
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
