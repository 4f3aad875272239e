/**
 * One door to all digits: whatever the file, out comes the same value. This is where files are read.
 *
 * @module
 */
import { gunzipSync } from "node:zlib";
import { basename, isAbsolute, join } from "node:path";
import { fileURLToPath } from "node:url";
import { checkDigitTable, describeFinding } from "./cleanliness.ts";
import { type NumericTable, parseNumericCsv } from "./csv.ts";
import { type Digits, digits } from "./digits.ts";
import { drawDigits } from "./drawn_digits.ts";
import { parseIdx } from "./idx.ts";
import { parseInFile } from "./in_file.ts";
import { parseMat } from "./mat.ts";
import { type NpyArray, parseNpz } from "./npz.ts";
import { unrollByColumns } from "./prepare.ts";
import { type Matrix, shape, toRows, transpose } from "../matrix.ts";

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

async function loadMat(path: string): Promise<Digits> {
  const name = basename(path), matrices = parseMat(await readBytes(path), name);
  const need = (key: string) => {
    const found = matrices.get(key);
    if (!found) {
      throw new SyntaxError(
        `Cannot load "${name}": matrix "${key}" is missing, found ${[...matrices.keys()].join(", ") || "none"}`,
      );
    }
    return found;
  };
  return fromCoursera(need("X"), need("y"), name);
}

async function loadIn(folder: string): Promise<Digits> {
  const read = async (file: string) => parseInFile(new TextDecoder().decode(await readBytes(join(folder, file))), file);
  return fromCoursera(await read("X.in"), await read("y.in"), `${basename(folder)}/X.in`);
}

/**
 * Digits as Coursera's exercise keeps them: X with one picture per row, unrolled column by column, and y from 1 to 10
 * with 10 for zero, as numbers or one-hot, in rows or in columns.
 */
function fromCoursera(X: Matrix, y: Matrix, name: string): Digits {
  const count = X.rows, side = Math.sqrt(X.cols);
  if (!Number.isInteger(side)) {
    throw new SyntaxError(`Cannot load "${name}": X ${shape(X)} must have a square number of columns`);
  }
  const rowsOfY = y.rows === count ? y : y.cols === count ? transpose(y) : null;
  if (!rowsOfY || (rowsOfY.cols !== 1 && rowsOfY.cols !== 10)) {
    throw new SyntaxError(
      `Cannot load "${name}": y ${shape(y)} must have a label or ten 0s and 1s for each of the ${count} rows of X ${
        shape(X)
      }`,
    );
  }
  const labels = Uint8Array.from(toRows(rowsOfY), (row, i) => {
    const label = row.length === 1 ? row[0]! : row.indexOf(1) + 1;
    if (!Number.isInteger(label) || label < 1 || label > 10) {
      throw new SyntaxError(
        `Cannot load "${name}": the label of row ${i + 1} must be from 1 to 10 (10 for zero), got ${label}`,
      );
    }
    return label % 10;
  });
  const bad = X.data.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) {
    throw new SyntaxError(
      `Cannot load "${name}": X(${bad % count + 1}, ${Math.floor(bad / count) + 1}) must be finite, got ${X.data[bad]}`,
    );
  }
  const values = unrollByColumns(transpose(X), side).data; // a square picture: the same swap turns columns into rows
  const pixels = Uint8Array.from(values, (value) => Math.round(255 * Math.min(1, Math.max(0, value))));
  const provenance = `${count.toLocaleString("en")} digits of ${side} × ${side} pixels from ${name}`;
  return digits({ pixels, values, labels, width: side, height: side, name, provenance });
}

async function loadNpz(path: string): Promise<Digits> {
  const name = basename(path), arrays = parseNpz(await readBytes(path), name);
  const part = (suffix: string, title: string): Digits => {
    const [x, y] = [`x_${suffix}`, `y_${suffix}`].map((key) => {
      const found = arrays.get(key);
      if (!found) {
        throw new SyntaxError(
          `Cannot load "${name}": array "${key}" is missing, found ${[...arrays.keys()].join(", ") || "none"}`,
        );
      }
      return found;
    }) as [NpyArray, NpyArray];
    const [count, height, width] = x.shape;
    if (x.shape.length !== 3 || y.shape.length !== 1 || y.shape[0] !== count || !(x.data instanceof Uint8Array)) {
      throw new SyntaxError(
        `Cannot load "${name}": x_${suffix} (${
          x.shape.join(", ")
        }) must be bytes of (n, height, width) and y_${suffix} (${y.shape.join(", ")}) must be (n)`,
      );
    }
    const provenance = `${count!.toLocaleString("en")} digits from ${name}`;
    return digits({
      pixels: x.data,
      labels: Uint8Array.from(y.data),
      width: width!,
      height: height!,
      name: title,
      provenance,
    });
  };
  return { ...part("train", "MNIST"), test: part("test", "MNIST test digits") };
}

async function loadMnist(folder: string): Promise<Digits> {
  const place = await Deno.stat(folder).catch(() => null);
  if (!place?.isDirectory) {
    throw new Error(
      `Cannot load MNIST from "${folder}": ${
        place ? "it is not a folder" : "there is no such folder"
      }; see data/README.md`,
    );
  }
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
      ? "there is no such file (a relative path starts where the command runs)"
      : cause instanceof Deno.errors.PermissionDenied
      ? "it may not be read"
      : (await Deno.stat(path).catch(() => null))?.isDirectory
      ? "it is a folder"
      : (cause as Error).message;
    throw new Error(`Cannot read "${path}": ${reason}`, { cause });
  }
}
