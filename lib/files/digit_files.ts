/**
 * The readers of each kind of source: from a path to {@linkcode Digits}. This is where files are read.
 *
 * @module
 */
import { gunzipSync } from "node:zlib";
import { basename, join } from "node:path";
import { type Matrix, shape, toRows, transpose } from "../matrix.ts";
import { checkDigitTable, describeFinding, type NumericTable } from "../data/cleanliness.ts";
import { parseNumericCsv } from "../formats/csv.ts";
import { type DigitCsv, digitCsvReader } from "../formats/digit_csv.ts";
import { type Digits, digits } from "../data/digits.ts";
import { parseIdx } from "../formats/idx.ts";
import { isExpected } from "./download.ts";
import { parseInFile } from "../formats/in_file.ts";
import { parseMat } from "../formats/mat.ts";
import { MNIST_FILES } from "./mnist.ts";
import { type NpyArray, parseNpz } from "../formats/npz.ts";
import { openFile, readBytes } from "./read_file.ts";
import { unrollByColumns } from "../data/coursera.ts";

const LINE_FEED = 0x0A;

/**
 * Reads a CSV of numbers from disk.
 *
 * @throws {SyntaxError} If it is not text, or holds no row of numbers.
 * @throws {Error} If the file cannot be read.
 */
export async function readNumericCsv(path: string): Promise<NumericTable> {
  return parseNumericCsv(await readBytes(path), basename(path));
}

const PIECE = 1 << 22; // bytes: read and parsed while they are still in the processor's cache

/**
 * Reads a CSV in which every cell is a plain whole number from 0 to 255, in pieces; null if it is not such a file.
 *
 * @param onProgress Called after each piece with the share that is done.
 * @throws {Error} If the file cannot be read.
 */
export async function readDigitCsv(path: string, onProgress?: (share: number) => void): Promise<DigitCsv | null> {
  using file = await openFile(path);
  const { size } = await file.stat(), reader = digitCsvReader(size);
  let buffer = new Uint8Array(Math.min(PIECE, size + 1)), next = new Uint8Array(buffer.length), held = 0;
  let coming = file.read(buffer);
  for (let done = 0;;) {
    const count = await coming;
    if (count === null) return reader.push(buffer.subarray(0, held)) ? reader.end() : null;
    done += count;
    held += count;
    const lines = buffer.lastIndexOf(LINE_FEED, held - 1) + 1; // a piece ends with a line; the rest waits for the next
    if (lines > 0) { // the next piece is read while this one is parsed
      next.set(buffer.subarray(lines, held));
      held -= lines;
      coming = file.read(next.subarray(held));
      if (!reader.push(buffer.subarray(0, lines))) {
        await coming.catch(() => {}); // the file is closed only when nobody reads it any more
        return null;
      }
      [buffer, next] = [next, buffer];
    } else {
      if (held === buffer.length) { // a line longer than a piece
        next = new Uint8Array(2 * held);
        next.set(buffer);
        [buffer, next] = [next, new Uint8Array(2 * held)];
      }
      coming = file.read(buffer.subarray(held));
    }
    onProgress?.(done / size);
  }
}

/** Kaggle's train.csv. Throws a SyntaxError that names the first fault if it is not clean. */
export async function loadCsv(path: string): Promise<Digits> {
  const name = basename(path), plain = await readDigitCsv(path);
  if (plain && plain.labels.every((label) => label <= 9) && Number.isInteger(Math.sqrt(plain.cols - 1))) {
    const { labels, pixels, cols } = plain, side = Math.sqrt(cols - 1);
    return digits({
      pixels,
      labels,
      width: side,
      height: side,
      name,
      provenance: `${labels.length} digits from ${name}`,
    });
  }
  const table = await readNumericCsv(path);
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

/**
 * Four IDX files with the names of MNIST's in a folder, packed or not: MNIST itself or a set in its form, which is then
 * called as its folder is. Throws a SyntaxError if one is damaged.
 */
export async function loadMnist(folder: string): Promise<Digits> {
  const place = await Deno.stat(folder).catch(() => null);
  if (!place?.isDirectory) {
    throw new Error(
      `Cannot load MNIST from "${folder}": ${
        place ? "it is not a folder" : "there is no such folder"
      }; see data/README.md`,
    );
  }
  const train = await loadIdxPair(folder, "train"), test = await loadIdxPair(folder, "t10k");
  return { ...train, test: { ...test, name: `${test.name} test digits` } };
}

async function loadIdxPair(folder: string, part: string): Promise<Digits> {
  const labelBytes = await readPacked(folder, `${part}-labels-idx1-ubyte`);
  const images = parseIdx(await readPacked(folder, `${part}-images-idx3-ubyte`), `${part}-images-idx3-ubyte`);
  const labels = parseIdx(labelBytes, `${part}-labels-idx1-ubyte`);
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
  return digits({
    pixels: images.data,
    labels: labels.data,
    width: width!,
    height: height!,
    name,
    provenance: `${count!.toLocaleString("en")} ${written}, from ${basename(folder)}`,
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
