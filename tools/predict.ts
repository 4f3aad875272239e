/**
 * Reads the digits on image files.
 *
 * @module
 */
import { basename } from "node:path";
import { type Reading, readPicture, UNSURE_BELOW } from "../lib/course/read_picture.ts";
import { tutorial } from "../lib/course/tutorials.ts";
import { readBytes } from "../lib/data/read_file.ts";
import { decodeImage } from "../lib/images/decode.ts";
import { type PhotoStages, preparePhoto, preparePhotoRaw } from "../lib/images/prepare_photo.ts";
import { gallery, type Tile } from "../lib/plots/digits.ts";
import { toPng } from "../lib/plots/static.ts";
import { parseCommand, run, UsageError } from "./command.ts";
import { readNetwork } from "./network_files.ts";
import { writeWhole } from "./notebook_file.ts";
import { readers } from "./readers.ts";

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
        help: "a saved network; where none is named, 004's, trained once in a few seconds",
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
      ? (await readers(["004"]))[0]!.network
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
