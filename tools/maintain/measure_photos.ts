/**
 * How many of other people's pictures are read, by what the network has learned from.
 *
 * `deno run -A tools/maintain/measure_photos.ts FOLDER [004 or 15]`: the network of tutorial 004, or chapter 15's, trained as
 * `predict` trains it. FOLDER holds pictures and a manifest.json with `files` (file, label, kind)
 * and `several` (file, rows). MNIST is measured, too, where it is here. The pictures are not the project's to hand on.
 *
 * @module
 */
import { join } from "node:path";
import { joined } from "../../lib/data/digits.ts";
import { drawDigits, DRAWN_SEED } from "../../lib/data/drawn_digits.ts";
import { type Examples, examplesOf } from "../../lib/data/examples.ts";
import { ALL_SKELETONS } from "../../lib/data/skeletons.ts";
import type { Digits } from "../../lib/data/digits.ts";
import { train } from "../../lib/engine/train.ts";
import { UNSURE_BELOW } from "../../lib/evaluation/metrics.ts";
import { loadDigits, mnistFolder } from "../../lib/files/sources.ts";
import { decodeImage } from "../../lib/images/decode.ts";
import { findDigits } from "../../lib/images/find_digits.ts";
import { preparePhoto, preparePhotoRaw } from "../../lib/images/prepare_photo.ts";
import { glorot, initialise } from "../../lib/network/init.ts";
import { seededRandom } from "../../lib/random.ts";
import { adam } from "../../lib/training/optimisers.ts";
import type { Network } from "../../lib/network/network.ts";
import { trainTutorial } from "../../lib/tutorials/train_tutorial.ts";
import { CONVOLUTIONAL } from "../../lib/tutorials/tutorials.ts";
import { READERS } from "../commands/trained_networks.ts";
import { classify } from "../../lib/tutorials/classify.ts";

const SEEDS = [1, 2, 3, 4, 5], EPOCHS = 6, COUNT = 60_000;

interface Manifest {
  readonly files: readonly { readonly file: string; readonly label: number; readonly kind: string }[];
  readonly several: readonly { readonly file: string; readonly rows: readonly string[] }[];
}

const [folder, id = "004"] = Deno.args,
  manifest: Manifest = JSON.parse(await Deno.readTextFile(join(folder!, "manifest.json")));
const open = async (file: string) => await decodeImage(await Deno.readFile(join(folder!, file)), file);
const singles = await Promise.all(manifest.files.map(async (one) => {
  const image = await open(one.file);
  const small = Math.max(image.width, image.height) < 48, found = small ? [] : findDigits(image).flat();
  return { ...one, found: found.length, prepared: preparePhoto(image).prepared, raw: preparePhotoRaw(image) };
}));
const several = await Promise.all(
  manifest.several.map(async (one) => ({ ...one, found: findDigits(await open(one.file)) })),
);

async function dense(examples: Examples, seed: number): Promise<Network> {
  const start = initialise([784, 128, 128, 10], seededRandom(seed), glorot);
  const { network } = await train(start, examples, {
    ...{ epochs: EPOCHS, optimiser: adam(), random: seededRandom(seed + 100), engine: "fast", record: () => false },
  });
  return network;
}

async function convolutional(examples: Examples, seed: number): Promise<Network> {
  const choice = { engine: "fast", workers: navigator.hardwareConcurrency } as const;
  const run = { examples, seed, variant: "corrected", ...READERS[CONVOLUTIONAL.id], ...choice } as const;
  return (await trainTutorial(CONVOLUTIONAL, run)).network;
}

const everyday = drawDigits(COUNT, DRAWN_SEED, ALL_SKELETONS);
const lessons: Record<string, Digits> = {
  "drawn digits": drawDigits(COUNT, DRAWN_SEED),
  "and everyday ones": everyday,
};
if (mnistFolder()) {
  const mnist = await loadDigits("mnist");
  Object.assign(lessons, { MNIST: mnist, "MNIST and everyday ones": joined(mnist, everyday) });
}
for (const [lesson, set] of Object.entries(lessons)) {
  const examples = examplesOf(set), rows: Record<string, number>[] = [];
  for (const seed of SEEDS) {
    const network = id === "004" ? await dense(examples, seed) : await convolutional(examples, seed);
    const reads = (pixels: Uint8Array, label: number) => classify(network, pixels).digit === label;
    const row: Record<string, number> = {
      all: singles.filter(({ prepared, label }) => reads(prepared, label)).length,
      photos: singles.filter(({ kind, prepared, label }) => kind === "photo" && reads(prepared, label)).length,
      "as 004 does it": singles.filter(({ raw, label }) => reads(raw, label)).length,
      "found as one, and read": singles.filter(({ found, prepared, label }) =>
        found < 2 && reads(prepared, label)
      ).length,
      "several wholly": several.filter(({ found, rows }) => {
        const text = found.map((row) => row.map(({ prepared }) => classify(network, prepared).digit).join(""));
        return text.join("\n") === rows.join("\n");
      }).length,
    };
    for (const right of [false, true]) {
      const read = singles.filter(({ prepared, label }) => reads(prepared, label) === right);
      row[`"not sure" said of ${right ? "right" : "wrong"} ones`] = read.filter(({ prepared }) =>
        classify(network, prepared).probability < UNSURE_BELOW
      ).length;
    }
    rows.push(row);
  }
  const said = Object.keys(rows[0]!).map((what) => {
    const values = rows.map((row) => row[what]!), mean = values.reduce((a, b) => a + b) / values.length;
    return `${what} ${mean.toFixed(1)} (${Math.min(...values)}–${Math.max(...values)})`;
  });
  console.log(
    `${lesson}: ${
      said.join(", ")
    }; of ${singles.length} singles and ${several.length} with several, ${SEEDS.length} seeds`,
  );
}
