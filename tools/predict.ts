/**
 * Reads the digits on image files.
 *
 * @module
 */
import { basename, dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { digits } from "../lib/data/digits.ts";
import { courseraToDigits, normalise } from "../lib/data/prepare.ts";
import { readBytes } from "../lib/data/read_file.ts";
import { defaultSource, loadDigits } from "../lib/data/sources.ts";
import { tutorial } from "../lib/course/tutorials.ts";
import { trainEpochs } from "../lib/engine/train.ts";
import { decodeImage } from "../lib/images/decode.ts";
import { type PhotoStages, preparePhoto, preparePhotoRaw } from "../lib/images/prepare_photo.ts";
import { at } from "../lib/matrix.ts";
import { forward } from "../lib/network/forward.ts";
import { glorot, initialise, type Network, sizesOf } from "../lib/network/init.ts";
import { gallery, type Tile } from "../lib/plots/digits.ts";
import { toPng } from "../lib/plots/static.ts";
import { seededRandom } from "../lib/random.ts";
import { adam } from "../lib/training/optimisers.ts";
import { parseCommand, run, UsageError } from "./command.ts";
import { readNetwork, saveNetwork } from "./network_files.ts";
import { ROOT, writeWhole } from "./notebook_file.ts";

/** What a network says to one picture. */
export interface Reading {
  /** The most probable digit. */
  readonly digit: number;
  /** Its probability. */
  readonly probability: number;
  /** The second most probable one. */
  readonly runnerUp: number;
  /** Its probability. */
  readonly runnerUpProbability: number;
}

/** Below this probability a reading comes with a remark. */
export const UNSURE_BELOW = 0.6;

/** Reads a 28 × 28 picture with a network of any of the tutorials' forms. */
export function readPicture(network: Network, pixels: Uint8Array): Reading {
  const [inputs] = sizesOf(network);
  const set = digits({ pixels, labels: Uint8Array.of(0), width: 28, height: 28, name: "photo", provenance: "" });
  if (inputs !== 784 && inputs !== 400) {
    throw new RangeError(`Cannot read pictures with a network of ${inputs} inputs: must be 784 or 400`);
  }
  const images = inputs === 400 ? tutorial("002").examples(set).images : normalise(set);
  const { probabilities } = forward(network, images);
  const classes = Array.from({ length: probabilities.rows }, (_, k) => k);
  const [best, second] = classes.sort((a, b) => at(probabilities, b, 0) - at(probabilities, a, 0)) as [number, number];
  const name = (k: number) => inputs === 400 ? courseraToDigits([k])[0]! : k;
  return {
    digit: name(best),
    probability: at(probabilities, best, 0),
    runnerUp: name(second),
    runnerUpProbability: at(probabilities, second, 0),
  };
}

/** A network of tutorial 004's kind, trained once in a few seconds and kept in .cache. */
async function ownNetwork(): Promise<Network> {
  const source = defaultSource(), path = fileURLToPath(new URL(`.cache/reader_${source}.safetensors`, ROOT));
  const kept = await readNetwork(path, []).catch(() => null);
  if (kept) return kept;
  const set = await loadDigits(source === "drawn" ? "drawn:30000" : source), random = seededRandom(1);
  console.error(`No network yet: training one on ${source === "drawn" ? "30,000 drawn digits" : set.name}, once`);
  const { network } = await trainEpochs(
    initialise([784, 128, 128, 10], random, glorot),
    { images: normalise(set), labels: set.labels },
    { epochs: 4, optimiser: adam(), random, engine: "fast" },
  );
  await Deno.mkdir(dirname(path), { recursive: true });
  await saveNetwork(path, network);
  return network;
}

/** The stages of each photo in a row: what was seen, found and given to the network. */
function stagesPicture(all: readonly { name: string; stages: PhotoStages; reading: Reading | null }[]) {
  const tiles = all.flatMap(({ name, stages, reading }): Tile[] => {
    const square = (image: PhotoStages["grey"], turn: boolean) => {
      const side = 84, scale = side / Math.max(image.width, image.height), values = new Float64Array(side * side);
      for (let y = 0; y < Math.floor(image.height * scale); y++) {
        for (let x = 0; x < Math.floor(image.width * scale); x++) {
          const value = image.data[Math.floor(y / scale) * image.width + Math.floor(x / scale)]!;
          values[y * side + x] = turn ? 255 - value : value;
        }
      }
      return values;
    };
    const large = new Float64Array(84 * 84);
    for (let i = 0; i < large.length; i++) {
      large[i] = stages.prepared[Math.floor(Math.floor(i / 84) / 3) * 28 + Math.floor((i % 84) / 3)]!;
    }
    return [
      { values: square(stages.grey, true), caption: name.slice(0, 14) },
      { values: square(stages.ink, false), caption: "ink, even light" },
      { values: square(stages.digit, false), caption: "the digit alone" },
      { values: large, caption: reading ? `read as ${reading.digit}` : "blank" },
    ];
  });
  return gallery(tiles, {
    caption: "Photo, ink, digit, and the 28 × 28 pixels that the network sees.",
    columns: 4,
    largest: 255,
  });
}

if (import.meta.main) {
  const { values, operands } = parseCommand({
    name: "predict",
    summary: "Reads the digit on each image (PNG or JPEG).",
    operands: "IMAGE…",
    count: [1, 1000],
    options: {
      weights: {
        type: "string",
        value: "FILE",
        help: "a saved network; one is trained in a few seconds where none is named",
      },
      raw: { type: "boolean", help: "shrink and invert the whole image, as tutorial 004 does, and nothing else" },
      stages: { type: "string", value: "FILE.png", help: "draw what was found at each step" },
      json: { type: "boolean", help: "one JSON object per line" },
    },
    notes: ["Exit status: 0 all were read, 1 one of them is no image or blank, 2 wrong usage."],
  });
  await run(async () => {
    const weights = values.weights as string | undefined, picture = values.stages as string | undefined;
    if (picture !== undefined && !picture.endsWith(".png")) {
      throw new UsageError(`Cannot use --stages ${picture}: must end in .png`);
    }
    if (picture !== undefined && values.raw) {
      throw new UsageError("Cannot use --stages with --raw: there are no stages then");
    }
    const network = weights === undefined
      ? await ownNetwork()
      : await readNetwork(weights, tutorial("002").sizes.slice(1).map(() => "sigmoid"));
    const seen: { name: string; stages: PhotoStages; reading: Reading | null }[] = [];
    let failed = false;
    if (!values.json) console.log("digit  probability  runner-up     image");
    for (const file of operands) {
      try {
        const image = decodeImage(await readBytes(file), basename(file)), stages = preparePhoto(image);
        const blank = stages.blank && !values.raw;
        const reading = blank ? null : readPicture(network, values.raw ? preparePhotoRaw(image) : stages.prepared);
        seen.push({ name: basename(file), stages, reading });
        failed ||= blank;
        if (values.json) {
          console.log(
            JSON.stringify({
              file,
              digit: reading?.digit ?? null,
              probability: reading?.probability ?? null,
              blank,
              ...reading && { runnerUp: reading.runnerUp },
            }),
          );
        } else if (!reading) console.log(`    –            –  –             ${file}: blank, no ink was found`);
        else {
          const percent = (p: number) => `${(100 * p).toFixed(1)} %`;
          const remark = reading.probability < UNSURE_BELOW ? "   not sure" : "";
          console.log(
            `${String(reading.digit).padStart(5)}  ${percent(reading.probability).padStart(11)}  ${
              `${reading.runnerUp} (${percent(reading.runnerUpProbability)})`.padEnd(12)
            }  ${file}${remark}`,
          );
        }
      } catch (error) {
        failed = true;
        if (values.json) console.log(JSON.stringify({ file, error: (error as Error).message }));
        else console.error((error as Error).message);
      }
    }
    if (picture !== undefined && seen.length) {
      await writeWhole(picture, await toPng(stagesPicture(seen), 1));
    }
    return Number(failed);
  });
}
