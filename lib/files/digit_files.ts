/**
 * The readers of each kind of source: from a path to {@linkcode Digits}. This is where files are read.
 *
 * @module
 */
import { basename, join } from "node:path";
import { type Matrix, shape, toRows, transpose } from "../matrix.ts";
import { isSquare, labelOf } from "../data/digit_table.ts";
import { type Digits, digitsFromFile } from "../data/digits.ts";
import { parseIdx } from "../formats/idx.ts";
import { isExpected } from "./download.ts";
import { type IdxPlace, openIdxPlace, unpackedIdx } from "./idx_files.ts";
import { parseInFile } from "../formats/in_file.ts";
import { parseMat } from "../formats/mat.ts";
import { MNIST_FILES } from "./mnist.ts";
import { type NpyArray, parseNpz } from "../formats/npz.ts";
import { readBytes } from "./read_file.ts";
import { unrollByColumns } from "../data/coursera.ts";

/** Coursera's ex4data1.mat. Throws a SyntaxError if a matrix is missing or does not fit. */
export async function loadMat(path: string): Promise<Digits> {
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

/** Tutorial 003's X.in and y.in in a folder. Throws a SyntaxError if they do not fit each other. */
export async function loadIn(folder: string): Promise<Digits> {
  const read = async (file: string) => parseInFile(new TextDecoder().decode(await readBytes(join(folder, file))), file);
  return fromCoursera(await read("X.in"), await read("y.in"), `${basename(folder)}/X.in`);
}

const COURSERA_MOST = 2; // ex4data1's pixels overshoot 1 by an eighth; whatever is above 2 counts to 255

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
  const inked = X.data.reduce((most, value) => Math.max(most, value), 0), greys = inked > COURSERA_MOST;
  if (inked > 255) throw new SyntaxError(`Cannot load "${name}": X must be from 0 to 1 or from 0 to 255, got ${inked}`);
  const values = unrollByColumns(transpose(X), side).data; // a square picture: the same swap turns columns into rows
  if (greys) values.forEach((value, i) => values[i] = value / 255);
  const pixels = Uint8Array.from(values, (value) => Math.round(255 * Math.min(1, Math.max(0, value))));
  const provenance = `${count.toLocaleString("en")} digits of ${side} × ${side} pixels from ${name}${
    greys ? ", grey levels from 0 to 255" : ""
  }`;
  return digitsFromFile({ pixels, values, labels, width: side, height: side, name, provenance });
}

/** Keras' mnist.npz. Throws a SyntaxError if an array is missing or does not fit. */
export async function loadNpz(path: string): Promise<Digits> {
  const name = basename(path), arrays = parseNpz(await readBytes(path), name);
  const part = (suffix: string, title: string): Digits => {
    const [x, y] = [`x_${suffix}`, `y_${suffix}`].map((key) => {
      const found = arrays.get(key);
      if (!found) {
        throw new SyntaxError(
          `Cannot load "${name}": array "${key}" is missing, found ${[...arrays.keys()].join(", ") || "none"}`,
        );
      }
      if (found instanceof SyntaxError) throw found;
      return found;
    }) as [NpyArray, NpyArray];
    const { pixels, values, width, height } = picturesOf(x, `x_${suffix}`, name);
    const labels = labelsOf(y, x.shape[0]!, `y_${suffix}`, name);
    const provenance = `${labels.length.toLocaleString("en")} digits from ${name}${
      values ? ", pixels from 0 to 1" : ""
    }`;
    return digitsFromFile({ pixels, ...values && { values }, labels, width, height, name: title, provenance });
  };
  return { ...part("train", "MNIST"), test: part("test", "MNIST test digits") };
}

/** Pictures as people save them from Keras: bytes or numbers to 255 or 1, (n, 28, 28), (n, 28, 28, 1) or (n, 784). */
function picturesOf(
  { shape, data }: NpyArray,
  key: string,
  name: string,
): Pick<Digits, "pixels" | "values" | "width" | "height"> {
  const fail = (found: string): never => {
    throw new SyntaxError(
      `Cannot load "${name}": ${key} must be (n, height, width), (n, height, width, 1) or (n, pixels of a square), ` +
        `with numbers from 0 to 255 or from 0 to 1, got ${found}`,
    );
  };
  const said = `(${shape.join(", ")})`, [, height, width, colours = 1] = shape;
  if (shape.length < 2 || shape.length > 4 || colours !== 1) fail(said);
  if (shape.length === 2 && !isSquare(height!)) fail(said);
  const size = shape.length === 2
    ? { width: Math.sqrt(height!), height: Math.sqrt(height!) }
    : { width: width!, height: height! };
  if (data instanceof Uint8Array) return { pixels: data, ...size };
  const most = data.reduce((a, b) => Math.max(a, b), 0), unit = most <= 1;
  const wrong = data.find((value) => !(value >= 0 && value <= 255 && (unit || Number.isInteger(value))));
  if (wrong !== undefined) fail(`${wrong} among them`);
  return unit
    ? { pixels: Uint8Array.from(data, (value) => Math.round(255 * value)), values: data, ...size }
    : { pixels: Uint8Array.from(data), ...size };
}

/** Labels as numbers, (n) or (n, 1), or as ten 0s and a 1 each, (n, 10). */
function labelsOf({ shape, data }: NpyArray, count: number, key: string, name: string): Uint8Array {
  const fail = (found: string): never => {
    throw new SyntaxError(
      `Cannot load "${name}": ${key} must be (${count}) labels from 0 to 9, (${count}, 1) or one-hot (${count}, 10), got ${found}`,
    );
  };
  const [n, classes = 1] = shape;
  if (shape.length > 2 || n !== count || (classes !== 1 && classes !== 10)) fail(`(${shape.join(", ")})`);
  return Uint8Array.from({ length: count }, (_, i) => {
    const label = classes === 1 ? data[i]! : labelOf(data.subarray(10 * i, 10 * i + 10));
    if (!Number.isInteger(label) || label < 0 || label > 9) {
      fail(`${classes === 1 ? label : "no single 1"} at row ${i}`);
    }
    return label;
  });
}

/**
 * Four IDX files in MNIST's form in a folder or a .zip, packed or not: MNIST itself or another set, which is then called
 * as its folder is. Throws a SyntaxError if one is damaged.
 */
export async function loadMnist(folder: string): Promise<Digits> {
  const place = await openIdxPlace(folder, "Cannot load MNIST");
  const train = await loadIdxPair(place, folder, "train"), test = await loadIdxPair(place, folder, "t10k");
  return { ...train, test: { ...test, name: `${test.name} test digits` } };
}

async function loadIdxPair(place: IdxPlace, folder: string, part: "train" | "t10k"): Promise<Digits> {
  const labelsHere = await place.read(`${part}-labels`), imagesHere = await place.read(`${part}-images`);
  const labelBytes = unpackedIdx(labelsHere), labels = parseIdx(labelBytes, labelsHere.name);
  const images = parseIdx(unpackedIdx(imagesHere), imagesHere.name);
  const known = MNIST_FILES.find(({ name }) => name === `${part}-labels-idx1-ubyte.gz`);
  const isMnist = await isExpected(labelBytes, known!), name = isMnist ? "MNIST" : basename(folder);
  const [count, height, width] = images.sizes;
  if (images.sizes.length !== 3 || labels.sizes.length !== 1 || labels.sizes[0] !== count) {
    throw new SyntaxError(
      `Cannot load ${name} from "${folder}": images [${images.sizes.join(" × ")}] and labels ` +
        `[${labels.sizes.join(" × ")}] must be [n × height × width] and [n]`,
    );
  }
  const written = isMnist ? "digits written by people (LeCun and Cortes)" : "pictures in the form of MNIST";
  return digitsFromFile({
    pixels: images.data,
    labels: labels.data,
    width: width!,
    height: height!,
    name,
    provenance: `${count!.toLocaleString("en")} ${written}, from ${basename(folder)}`,
  });
}
