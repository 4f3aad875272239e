/**
 * Sparse matrices (compressed sparse columns, CSC), and products with them.
 *
 * They look only at the numbers that are not 0: four in five pixels of a digit are blank.
 *
 * @module
 */

/**
 * The numbers of a matrix that are not 0, column by column: the inked pixels of each picture. In the usual words of CSC,
 * `starts` is indptr, `rows` indices and `values` data.
 */
export interface SparseColumns {
  /** Column c has the entries from `starts[c]` to `starts[c + 1]`. */
  readonly starts: Uint32Array;
  /** The row of each entry. */
  readonly rows: Uint32Array;
  /** Its value. */
  readonly values: Float64Array;
}

/** Lists what is not 0 (or, with `zerosToo`, everything) in `rows * cols` numbers, column after column. */
export function sparseColumnsOf(data: Float64Array, rows: number, cols: number, zerosToo = false): SparseColumns {
  let count = zerosToo ? data.length : 0;
  for (let i = 0; !zerosToo && i < data.length; i++) if (data[i] !== 0) count++;
  const starts = new Uint32Array(cols + 1), places = new Uint32Array(count), values = new Float64Array(count);
  let entry = 0;
  for (let c = 0; c < cols; c++) {
    for (let r = 0; r < rows; r++) {
      const value = data[c * rows + r]!;
      if (value === 0 && !zerosToo) continue;
      places[entry] = r;
      values[entry++] = value;
    }
    starts[c + 1] = entry;
  }
  return { starts, rows: places, values };
}

/** The entries of some columns, in that order. */
export function someColumns({ starts, rows, values }: SparseColumns, which: ArrayLike<number>): SparseColumns {
  const own = new Uint32Array(which.length + 1);
  for (let j = 0; j < which.length; j++) own[j + 1] = own[j]! + starts[which[j]! + 1]! - starts[which[j]!]!;
  const some = { starts: own, rows: new Uint32Array(own.at(-1)!), values: new Float64Array(own.at(-1)!) };
  for (let j = 0; j < which.length; j++) {
    const from = starts[which[j]!]!, to = starts[which[j]! + 1]!;
    some.rows.set(rows.subarray(from, to), own[j]!);
    some.values.set(values.subarray(from, to), own[j]!);
  }
  return some;
}

const AT_ONCE = 5; // rows whose sums stay in registers while a picture's ink is gone through

/** Column c of C is the sum of A's columns at the inked places of column c, each times its ink. */
export function timesSparse(
  A: Float64Array,
  { starts, rows: places, values }: SparseColumns,
  rows: number,
  C: Float64Array,
): void {
  for (let c = 0; c + 1 < starts.length; c++) {
    const first = starts[c]!, last = starts[c + 1]!;
    let i = 0;
    for (; i + AT_ONCE <= rows; i += AT_ONCE) {
      let s0 = 0, s1 = 0, s2 = 0, s3 = 0, s4 = 0;
      for (let e = first; e < last; e++) {
        const from = places[e]! * rows + i, value = values[e]!;
        s0 += A[from]! * value;
        s1 += A[from + 1]! * value;
        s2 += A[from + 2]! * value;
        s3 += A[from + 3]! * value;
        s4 += A[from + 4]! * value;
      }
      const to = c * rows + i;
      C[to] = s0, C[to + 1] = s1, C[to + 2] = s2, C[to + 3] = s3, C[to + 4] = s4;
    }
    for (; i < rows; i++) {
      let sum = 0;
      for (let e = first; e < last; e++) sum += A[places[e]! * rows + i]! * values[e]!;
      C[c * rows + i] = sum;
    }
  }
}

/** Column r of C gathers A's columns of the examples that have ink at place r, each times its ink. */
export function timesSparseTransposed(
  A: Float64Array,
  { starts, rows: places, values }: SparseColumns,
  rows: number,
  C: Float64Array,
): void {
  for (let j = 0; j + 1 < starts.length; j++) {
    const first = starts[j]!, last = starts[j + 1]!, from = j * rows;
    let i = 0;
    for (; i + AT_ONCE <= rows; i += AT_ONCE) {
      const a0 = A[from + i]!,
        a1 = A[from + i + 1]!,
        a2 = A[from + i + 2]!,
        a3 = A[from + i + 3]!,
        a4 = A[from + i + 4]!;
      for (let e = first; e < last; e++) {
        const to = places[e]! * rows + i, value = values[e]!;
        C[to]! += a0 * value;
        C[to + 1]! += a1 * value;
        C[to + 2]! += a2 * value;
        C[to + 3]! += a3 * value;
        C[to + 4]! += a4 * value;
      }
    }
    for (; i < rows; i++) {
      for (let e = first; e < last; e++) C[places[e]! * rows + i]! += A[from + i]! * values[e]!;
    }
  }
}
