/**
 * Writes data/sample.csv, data/dirty.csv and the pictures of the pages; a test makes them again and compares.
 *
 * @module
 */
import { toKaggleCsv } from "../../lib/formats/kaggle_csv.ts";
import { pixelsOf, slice } from "../../lib/data/digits.ts";
import { drawDigits } from "../../lib/data/drawn_digits.ts";
import { examplesOf } from "../../lib/data/examples.ts";
import { split } from "../../lib/data/prepare.ts";
import { meanImages } from "../../lib/evaluation/baseline.ts";
import { RECORDED_MNIST } from "../../lib/evaluation/recorded_mnist.ts";
import { he, initialise } from "../../lib/network/init.ts";
import { gallery } from "../../lib/plots/digits.ts";
import { walkView } from "../../lib/plots/views/walk_view.ts";
import { toPng } from "../../lib/plots/static.ts";
import { seededRandom } from "../../lib/random.ts";
import { train } from "../../lib/engine/train.ts";
import { writeWhole } from "../../lib/files/write_file.ts";
import { ROOT } from "../root.ts";

/** A thousand drawn digits. */
export function sampleCsv(): string {
  return toKaggleCsv(drawDigits(1000, 7));
}

/** Ten of them with three faults: text in a cell of row 3, label 11 in row 6, a short row 8. */
export function dirtyCsv(): string {
  const lines = toKaggleCsv(slice(drawDigits(1000, 7), 0, 10)).split("\n");
  const edit = (row: number, change: (cells: string[]) => string[]) => {
    lines[row] = change(lines[row]!.split(",")).join(",");
  };
  edit(3, (cells) => cells.with(401, "ink"));
  edit(6, (cells) => cells.with(0, "11"));
  edit(8, (cells) => cells.slice(0, 700));
  return lines.join("\n");
}

/** One digit on its way through a network that has learned a little: the README's picture. */
export async function walkThroughPng(): Promise<Uint8Array> {
  const { train: lesson, test } = split(drawDigits(2000, 2024), 500);
  const { network } = await train(
    initialise([784, 10, 10], seededRandom(2), he),
    examplesOf(lesson),
    { iterations: 60, learningRate: 0.3 },
  );
  return await toPng(walkView(network, test, [17]).still, 2);
}

/** Fifty drawn digits, then the mean pictures of drawn digits and of MNIST: for the page on drawn digits. */
export async function drawnDigitsPng(): Promise<Uint8Array> {
  const set = drawDigits(7000, 2024), means = meanImages(set);
  const examples = Array.from({ length: 5 }, (_, row) =>
    Array.from({ length: 10 }, (_, digit) => {
      const index = [...set.labels.keys()].filter((i) => set.labels[i] === digit)[row]!;
      return { values: pixelsOf(set, index) };
    })).flat();
  const averages = [means, RECORDED_MNIST.means].flatMap(({ data }, s) =>
    Array.from({ length: 10 }, (_, digit) => ({
      values: data.subarray(784 * digit, 784 * (digit + 1)),
      caption: s ? "MNIST" : "drawn",
    }))
  );
  const caption = "Drawn digits, their mean pictures, and MNIST's.";
  return await toPng(gallery([...examples, ...averages], { caption, largest: 255 }), 2);
}

if (import.meta.main) {
  await writeWhole(new URL("data/sample.csv", ROOT), sampleCsv());
  await writeWhole(new URL("data/dirty.csv", ROOT), dirtyCsv());
  await writeWhole(new URL("notebooks/walk_through.png", ROOT), await walkThroughPng());
  await writeWhole(new URL("notebooks/drawn_digits.png", ROOT), await drawnDigitsPng());
}
