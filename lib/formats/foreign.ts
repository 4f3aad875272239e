/**
 * Files of other kinds by their first bytes: what they are, and the way out.
 *
 * @module
 */

const KINDS: readonly (readonly [start: string, kind: string, remedy: string])[] = [
  ["PAR1", "a Parquet file", 'save it as CSV, as by pandas: pd.read_parquet(file).to_csv("digits.csv", index=False)'],
  ["ARROW1", "an Arrow file", 'save it as CSV, as by pandas: pd.read_feather(file).to_csv("digits.csv", index=False)'],
  ["ORC", "an ORC file", "save it as CSV, as by pandas.read_orc() and to_csv()"],
  ["\x89HDF", "an HDF5 file", "save its arrays by numpy.savez() and load that as npz:FILE"],
  ["\x93NUMPY", "a single NumPy array", "save pictures and labels together by numpy.savez() and load that as npz:FILE"],
  ["SQLite format 3", "an SQLite database", "export the table as CSV"],
  ["MATLAB 5.0", "a MATLAB file", "load it as mat:FILE"],
  ["\x80\x03", "a Python pickle", "save it as CSV or .npz from Python; a pickle is a program, and is not run here"],
  ["\x80\x04", "a Python pickle", "save it as CSV or .npz from Python; a pickle is a program, and is not run here"],
  ["\x80\x05", "a Python pickle", "save it as CSV or .npz from Python; a pickle is a program, and is not run here"],
  ["\xD0\xCF\x11\xE0", "an old Excel workbook", "save it as CSV"],
  ["%PDF", "a PDF", "download the data themselves"],
  ["BZh", "packed by bzip2", "unpack it first"],
  ["\xFD7zXZ", "packed by xz", "unpack it first"],
  ["7z\xBC\xAF", "a 7z archive", "unpack it first"],
  ["Rar!", "a RAR archive", "unpack it first"],
];

/**
 * What a file is, if it is of a kind that is known and not read; null otherwise.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(foreignKind(new TextEncoder().encode("PAR1..."))?.split(":")[0], "it is a Parquet file");
 * assertEquals(foreignKind(new TextEncoder().encode("label,pixel0")), null);
 * ```
 */
export function foreignKind(bytes: Uint8Array): string | null {
  const start = String.fromCharCode(...bytes.subarray(0, 16));
  const known = KINDS.find(([signature]) => start.startsWith(signature));
  return known ? `it is ${known[1]}: ${known[2]}` : null;
}
