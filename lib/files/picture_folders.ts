/**
 * Folders of small pictures, `0/` to `9/`: how MNIST is handed on as PNG files, and how people keep digits of their own.
 *
 * @module
 */
import { basename, join } from "node:path";
import { type Digits, digitsFromFile, rimOf } from "../data/digits.ts";
import { decodeImage } from "../images/decode.ts";
import { readBytes, readFolder } from "./read_file.ts";

const CLASSES = "0123456789".split("");
const LARGEST = 256; // pixels to a side: whatever is larger is a photo, and has to be cut out first
const PARTS = { train: ["train", "training"], test: ["test", "testing", "valid", "validation"] };

/**
 * Reads a folder with folders `0` to `9` of pictures, or one with `train` and `test` (`training`, `testing`) made like that.
 *
 * All pictures must have one size. Where their rims are light, they are turned round: ink counts up from 0, the paper. They
 * are dealt out in proportion to the folders, so that any longer part of them has all digits.
 *
 * @param folder Its path. `valid` and `validation` are taken for the test part, too.
 * @throws {SyntaxError} If there are no such folders, a file is no picture, or sizes differ.
 * @throws {Error} If a folder or file cannot be read.
 */
export async function loadPictureFolders(folder: string): Promise<Digits> {
  const name = basename(folder), inside = await readFolder(folder);
  const part = (names: readonly string[]) => inside.find((entry) => names.includes(entry.toLowerCase()));
  const [train, testing] = [part(PARTS.train), part(PARTS.test)];
  if (train === undefined) return await loadClasses(folder, name);
  const lesson = await loadClasses(join(folder, train), name);
  if (testing === undefined) return lesson;
  const test = await loadClasses(join(folder, testing), `${name} test digits`);
  if (test.width !== lesson.width || test.height !== lesson.height) {
    throw new SyntaxError(
      `Cannot load "${folder}": all must have one size: "${train}" has ${lesson.width} × ${lesson.height} pixels, ` +
        `"${testing}" ${test.width} × ${test.height}`,
    );
  }
  return { ...lesson, test };
}

async function loadClasses(folder: string, name: string): Promise<Digits> {
  const fail = (problem: string): never => {
    throw new SyntaxError(`Cannot load "${folder}": ${problem}`);
  };
  const inside = await readFolder(folder), classes = CLASSES.filter((digit) => inside.includes(digit));
  if (classes.length === 0) {
    const found = inside.slice(0, 5).join(", ") + (inside.length > 5 ? ", …" : "");
    fail(`it needs folders 0 to 9 with pictures, or train and test with such folders, found ${found || "nothing"}`);
  }
  const files = await Promise.all(
    classes.map(async (digit) =>
      (await readFolder(join(folder, digit))).filter((file) => file !== "Thumbs.db").map((file) => `${digit}/${file}`)
    ),
  );
  const dealt = files.flatMap((of) => of.map((file, i) => ({ file, at: (i + 0.5) / of.length })))
    .sort((a, b) => a.at - b.at).map(({ file }) => file); // in proportion: each folder from the first picture to the last
  if (dealt.length === 0) fail("its folders hold no pictures");
  let width = 0, height = 0, pixels = new Uint8Array();
  for (const [i, file] of dealt.entries()) {
    const picture = await decodeImage(await readBytes(join(folder, file), "pictureBytes"), file),
      said = `${picture.width} × ${picture.height}`;
    if (Math.max(picture.width, picture.height) > LARGEST) {
      fail(`"${file}" has ${said} pixels, at most ${LARGEST} × ${LARGEST}; "task predict" reads photos`);
    }
    if (i === 0) {
      ({ width, height } = picture);
      pixels = new Uint8Array(dealt.length * width * height);
    } else if (picture.width !== width || picture.height !== height) {
      fail(`all must have one size: "${dealt[0]}" has ${width} × ${height} pixels, "${file}" ${said}`);
    }
    pixels.set(picture.data.map(Math.round), i * width * height);
  }
  const light = rimOf({ pixels, width, height }) > 127;
  if (light) pixels.forEach((grey, i) => pixels[i] = 255 - grey);
  const labels = Uint8Array.from(dealt, (file) => Number(file[0]));
  const turned = light ? ", dark ink on light paper turned round" : "";
  const provenance = `${
    labels.length.toLocaleString("en")
  } digits of ${width} × ${height} pixels from folders of pictures in ${name}${turned}`;
  return digitsFromFile({ pixels, labels, width, height, name, provenance });
}
