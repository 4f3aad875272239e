/**
 * One door to all digits: whatever the file, out comes the same value.
 *
 * @module
 */
import { isAbsolute, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Digits } from "./digits.ts";
import { drawDigits } from "./drawn_digits.ts";
import { loadCsv, loadIn, loadMat, loadMnist, loadNpz } from "./files.ts";

/** How many digits `drawn` gives: 6,000 to learn from and 1,000 to test on. */
export const DRAWN_COUNT = 7000;
/** The seed of the digits that `drawn` gives. */
export const DRAWN_SEED = 2024;

const KINDS = "drawn, mnist:FOLDER, csv:FILE, mat:FILE, in:FOLDER or npz:FILE";

/**
 * Loads digits from a source.
 *
 * | source | what |
 * |---|---|
 * | `drawn` | the digits this program draws, always there |
 * | `mnist:FOLDER` | MNIST's four IDX files, packed (.gz) or not |
 * | `mnist` | the same, from the folder named by `DIGITS_DATA` |
 * | `csv:FILE` | Kaggle's train.csv: a header, then label and 784 pixels |
 * | `mat:FILE` | Coursera's ex4data1.mat: X with 20 × 20 pixels column by column, y from 1 to 10 |
 * | `in:FOLDER` | tutorial 003's X.in and y.in, the same data as text |
 * | `npz:FILE` | Keras' mnist.npz: x_train, y_train, x_test, y_test |
 *
 * @param source One of the above; where nothing is said, MNIST if `DIGITS_DATA` names a folder, else drawn digits.
 * @returns The digits, with name and provenance; MNIST brings its test part along.
 * @throws {RangeError} If there is no such kind of source, or the path is missing.
 * @throws {SyntaxError} If a file is not what its kind says.
 * @throws {Error} If a file cannot be read.
 * @see data/README.md
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const set = await loadDigits("drawn");
 * assertEquals([set.labels.length, set.width, set.height], [7000, 28, 28]);
 * ```
 */
export async function loadDigits(source: string = defaultSource()): Promise<Digits> {
  const colon = source.indexOf(":");
  const [kind, path] = colon < 0 ? [source, ""] : [source.slice(0, colon), source.slice(colon + 1)];
  if (kind === "drawn" && colon < 0) return drawDigits(DRAWN_COUNT, DRAWN_SEED);
  if (kind === "mnist") return await loadMnist(path || dataFolder());
  const loaders: Record<string, (path: string) => Promise<Digits>> = {
    csv: loadCsv,
    mat: loadMat,
    in: loadIn,
    npz: loadNpz,
  };
  const load = Object.hasOwn(loaders, kind) ? loaders[kind] : undefined;
  if (load && path) return await load(path);
  const problem = load ? `${kind} needs a path, as in ${kind}:PATH` : `must be ${KINDS}`;
  throw new RangeError(`Cannot load data "${source}": ${problem}`);
}

/** `mnist` where `DIGITS_DATA` names a folder, otherwise `drawn`. */
export function defaultSource(): string {
  return Deno.env.get("DIGITS_DATA") ? "mnist" : "drawn";
}

/**
 * Where Coursera's ex4data1.mat is: the folder named by `DIGITS_COURSERA`, or a folder `ex4` beside or in that of
 * `DIGITS_DATA`. Null where there is none; the notebooks then do without.
 */
export async function findCoursera(): Promise<string | null> {
  const named = Deno.env.get("DIGITS_COURSERA"), data = Deno.env.get("DIGITS_DATA");
  const places = [...named ? [named] : [], ...data ? [join(data, "ex4"), join(data, "..", "ex4")] : []];
  for (const place of places) {
    const folder = isAbsolute(place) ? place : fileURLToPath(projectFile(place));
    if (await Deno.stat(join(folder, "ex4data1.mat")).then(() => true, () => false)) return folder;
  }
  return null;
}

function dataFolder(): string {
  const folder = Deno.env.get("DIGITS_DATA");
  if (!folder) {
    throw new RangeError(
      'Cannot load data "mnist": name the folder of the IDX files, as in mnist:FOLDER, or set DIGITS_DATA to it',
    );
  }
  if (isAbsolute(folder)) return folder;
  return fileURLToPath(projectFile(folder)); // a notebook runs in notebooks/, the commands above it: both mean the same
}

/**
 * A file of the project, given from the project's folder, wherever the notebook runs.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 *
 * assert((await Deno.stat(projectFile("data/sample.csv"))).isFile);
 * ```
 */
export function projectFile(path: string): URL {
  return new URL(`../../${path}`, import.meta.url);
}
