/**
 * One door to all digits: whatever the file, out comes the same value.
 *
 * @module
 */
import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";
import { fileURLToPath } from "node:url";
import { UnknownName } from "../errors.ts";
import type { Digits } from "../data/digits.ts";
import { drawDigits, DRAWN_SEED } from "../data/drawn_digits.ts";
import { loadCsv } from "./csv_files.ts";
import { loadIn, loadMat, loadMnist, loadNpz } from "./digit_files.ts";
import { loadPictureFolders } from "./picture_folders.ts";
import { hasMnist, MNIST_FOLDER } from "./mnist.ts";

/** How many digits `drawn` gives: 6,000 to learn from and 1,000 to test on. */
export const DRAWN_COUNT = 7000;

const KINDS = "drawn, drawn:COUNT, mnist, mnist:FOLDER, csv:FILE, mat:FILE, in:FOLDER, npz:FILE or pictures:FOLDER";

/**
 * Loads digits from a source.
 *
 * | source | what |
 * |---|---|
 * | `drawn` | the digits this program draws, always there; `drawn:20000` draws so many |
 * | `mnist` | MNIST as `deno task data` fetched it, or in the folder named by `DIGITS_DATA` |
 * | `mnist:FOLDER` | four IDX files with the names of MNIST's, packed (.gz) or not: MNIST itself, Fashion-MNIST, … |
 * | `csv:FILE` | Kaggle's train.csv, or any CSV with a label first or last and pixels to 255 or 1; also .gz and .zip |
 * | `mat:FILE` | Coursera's ex4data1.mat: X with 20 × 20 pixels column by column, y from 1 to 10 |
 * | `in:FOLDER` | tutorial 003's X.in and y.in, the same data as text |
 * | `npz:FILE` | Keras' mnist.npz: x_train, y_train, x_test, y_test |
 * | `pictures:FOLDER` | folders `0` to `9` of small pictures, also below `train` and `test` |
 *
 * @param source One of the above; where nothing is said, MNIST if it is there, else drawn digits.
 * @param classNames What the ten classes are called, where they are not the digits 0 to 9.
 * @returns The digits, with name and provenance; MNIST brings its test part along.
 * @throws {UnknownName} If there is no such kind of source, the path is missing, or there are not ten names.
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
export async function loadDigits(
  source: string = defaultSource(),
  classNames: readonly string[] | undefined = defaultClassNames(),
): Promise<Digits> {
  if (classNames && (classNames.length !== 10 || classNames.some((name) => !name))) {
    throw new UnknownName(`Cannot load data "${source}": ten class names are needed, got "${classNames.join(",")}"`);
  }
  const set = await load(source);
  if (source === namedSource() && (set.width !== 28 || set.height !== 28)) {
    throw new UnknownName(
      `Cannot use DIGITS_DATA=${
        Deno.env.get("DIGITS_DATA")
      }: the chapters need 28 × 28 pixels, got ${set.width} × ${set.height}`,
    );
  }
  if (!classNames) return set;
  return { ...set, classNames, ...set.test && { test: { ...set.test, classNames } } };
}

async function load(source: string): Promise<Digits> {
  const colon = source.indexOf(":");
  const [kind, path] = colon < 0 ? [source, ""] : [source.slice(0, colon), fromHome(source.slice(colon + 1))];
  if (kind === "drawn") return drawDigits(colon < 0 ? DRAWN_COUNT : drawnCount(source, path), DRAWN_SEED);
  if (kind === "mnist") return await loadMnist(path || downloadedMnist());
  const loaders: Record<string, (path: string) => Promise<Digits>> = {
    csv: loadCsv,
    mat: loadMat,
    in: loadIn,
    npz: loadNpz,
    pictures: loadPictureFolders,
  };
  const loader = Object.hasOwn(loaders, kind) ? loaders[kind] : undefined;
  if (loader && path) return await loader(path);
  const problem = loader ? `${kind} needs a path, as in ${kind}:PATH` : `must be ${KINDS}`;
  throw new UnknownName(`Cannot load data "${source}": ${problem}`);
}

function drawnCount(source: string, text: string): number {
  if (!/^[1-9]\d{0,5}$/.test(text)) {
    throw new UnknownName(`Cannot load data "${source}": drawn takes a count from 1 to 999999, as in drawn:20000`);
  }
  return Number(text);
}

/**
 * `mnist` where MNIST is at hand, otherwise `drawn`.
 *
 * `DIGITS_DATA` decides where it is set: a folder of IDX files, `drawn`, or a source such as `csv:train.csv`.
 */
export function defaultSource(): string {
  return namedSource() ?? (mnistFolder() === null ? "drawn" : "mnist");
}

/** The source that `DIGITS_DATA` spells out, its path made absolute; null where it names a folder, or nothing. */
function namedSource(): string | null {
  const [, kind, path] = /^(drawn|mnist|csv|mat|in|npz|pictures):(.+)$/.exec(Deno.env.get("DIGITS_DATA") ?? "") ?? [];
  if (!kind || !path) return null;
  return `${kind}:${kind === "drawn" ? path : fromProject(path)}`;
}

/** A notebook runs in notebooks/, the commands above it: both mean the project's folder, and `~` the reader's own. */
function fromProject(path: string): string {
  const whole = fromHome(path);
  return isAbsolute(whole) ? whole : fileURLToPath(projectFile(whole));
}

/** A path that may begin with `~`, which no shell replaces behind `csv:`. */
export function fromHome(path: string): string {
  if (!/^~(?=$|[/\\])/.test(path)) return path;
  return join(Deno.env.get("HOME") ?? Deno.env.get("USERPROFILE") ?? homedir(), path.slice(1));
}

/**
 * The folder of MNIST's files: that named by `DIGITS_DATA`, or data/mnist after `deno task data`; null where there is
 * none, or `DIGITS_DATA` says something else.
 */
export function mnistFolder(): string | null {
  const named = Deno.env.get("DIGITS_DATA");
  if (named === "drawn" || namedSource() !== null) return null;
  if (!named) return hasMnist() ? MNIST_FOLDER : null;
  return fromProject(named);
}

/** What `DIGITS_CLASSES` says the ten classes are called, with commas between the names. */
function defaultClassNames(): string[] | undefined {
  return Deno.env.get("DIGITS_CLASSES")?.split(",").map((name) => name.trim());
}

function downloadedMnist(): string {
  const folder = mnistFolder();
  if (folder !== null) return folder;
  throw new UnknownName(
    'Cannot load data "mnist": it is not here yet; "deno task data" fetches it, or name its folder, as in mnist:FOLDER',
  );
}

/**
 * Where Coursera's ex4data1.mat is: the folder named by `DIGITS_COURSERA`, or a folder `ex4` beside or in that of
 * MNIST. Null where there is none; the notebooks then do without.
 */
export async function findCoursera(): Promise<string | null> {
  const named = Deno.env.get("DIGITS_COURSERA"), data = mnistFolder();
  const places = [...named ? [named] : [], ...data ? [join(data, "ex4"), join(data, "..", "ex4")] : []];
  for (const place of places) {
    const folder = fromProject(place);
    if (await Deno.stat(join(folder, "ex4data1.mat")).then(() => true, () => false)) return folder;
  }
  return null;
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
