/**
 * One door to all digits: whatever the file, out comes the same value. This is where files are read.
 *
 * @module
 */
import { gunzipSync } from "node:zlib";
import { basename, join } from "node:path";
import { checkDigitTable, describeFinding } from "./cleanliness.ts";
import { type NumericTable, parseNumericCsv } from "./csv.ts";
import { type Digits, digits } from "./digits.ts";
import { drawDigits } from "./drawn_digits.ts";
import { parseIdx } from "./idx.ts";

/** How many digits `drawn` gives: 6,000 to learn from and 1,000 to test on. */
export const DRAWN_COUNT = 7000;
/** The seed of the digits that `drawn` gives. */
export const DRAWN_SEED = 2024;

const KINDS = "drawn, mnist:FOLDER or csv:FILE";

/**
 * Loads digits from a source.
 *
 * | source | what |
 * |---|---|
 * | `drawn` | the digits this program draws, always there |
 * | `mnist:FOLDER` | MNIST's four IDX files, packed (.gz) or not |
 * | `mnist` | the same, from the folder named by `DIGITS_DATA` |
 * | `csv:FILE` | Kaggle's train.csv: a header, then label and 784 pixels |
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
  if (kind === "csv" && path) return await loadCsv(path);
  const problem = kind === "csv" ? "csv needs a file, as in csv:train.csv" : `must be ${KINDS}`;
  throw new RangeError(`Cannot load data "${source}": ${problem}`);
}

/** `mnist` where `DIGITS_DATA` names a folder, otherwise `drawn`. */
export function defaultSource(): string {
  return Deno.env.get("DIGITS_DATA") ? "mnist" : "drawn";
}

function dataFolder(): string {
  const folder = Deno.env.get("DIGITS_DATA");
  if (!folder) {
    throw new RangeError(
      'Cannot load data "mnist": name the folder of the IDX files, as in mnist:FOLDER, or set DIGITS_DATA to it',
    );
  }
  return folder;
}

/**
 * Reads a CSV of numbers from disk.
 *
 * @throws {SyntaxError} If it is not text, or holds no row of numbers.
 * @throws {Error} If the file cannot be read.
 */
export async function readNumericCsv(path: string): Promise<NumericTable> {
  return parseNumericCsv(await readBytes(path), basename(path));
}

async function loadCsv(path: string): Promise<Digits> {
  const name = basename(path), table = await readNumericCsv(path);
  const [fault] = checkDigitTable(table);
  if (fault) {
    throw new SyntaxError(`Cannot load "${name}": ${describeFinding(fault)}; "check-data ${path}" lists all faults`);
  }
  const size = table.cols - 1, side = Math.sqrt(size);
  if (!Number.isInteger(side)) {
    throw new SyntaxError(`Cannot load "${name}": a square picture is needed, got ${size} pixels a row`);
  }
  const labels = new Uint8Array(table.rows), pixels = new Uint8Array(table.rows * size);
  for (let row = 0; row < table.rows; row++) {
    labels[row] = table.values[row * table.cols]!;
    pixels.set(table.values.subarray(row * table.cols + 1, (row + 1) * table.cols), row * size);
  }
  return digits({ pixels, labels, width: side, height: side, name, provenance: `${table.rows} digits from ${name}` });
}

async function loadMnist(folder: string): Promise<Digits> {
  const test = await loadIdxPair(folder, "t10k", "MNIST test digits");
  return { ...await loadIdxPair(folder, "train", "MNIST"), test };
}

async function loadIdxPair(folder: string, part: string, name: string): Promise<Digits> {
  const images = parseIdx(await readPacked(folder, `${part}-images-idx3-ubyte`), `${part}-images-idx3-ubyte`);
  const labels = parseIdx(await readPacked(folder, `${part}-labels-idx1-ubyte`), `${part}-labels-idx1-ubyte`);
  const [count, height, width] = images.sizes;
  if (images.sizes.length !== 3 || labels.sizes.length !== 1 || labels.sizes[0] !== count) {
    throw new SyntaxError(
      `Cannot load ${name} from "${folder}": images [${images.sizes.join(" × ")}] and labels ` +
        `[${labels.sizes.join(" × ")}] must be [n × height × width] and [n]`,
    );
  }
  return digits({
    pixels: images.data,
    labels: labels.data,
    width: width!,
    height: height!,
    name,
    provenance: `${count!.toLocaleString("en")} digits written by people (LeCun and Cortes), from ${basename(folder)}`,
  });
}

async function readPacked(folder: string, name: string): Promise<Uint8Array> {
  const packed = await readBytes(join(folder, `${name}.gz`)).catch(() => null);
  if (!packed) return await readBytes(join(folder, name));
  try {
    return gunzipSync(packed);
  } catch (cause) {
    throw new SyntaxError(`Cannot unpack "${name}.gz": ${(cause as Error).message}`, { cause });
  }
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

async function readBytes(path: string): Promise<Uint8Array> {
  try {
    return await Deno.readFile(path);
  } catch (cause) {
    const reason = cause instanceof Deno.errors.NotFound
      ? "there is no such file"
      : cause instanceof Deno.errors.PermissionDenied
      ? "it may not be read"
      : (await Deno.stat(path).catch(() => null))?.isDirectory
      ? "it is a folder"
      : (cause as Error).message;
    throw new Error(`Cannot read "${path}": ${reason}`, { cause });
  }
}
