/**
 * Reads the digits on image files.
 *
 * @module
 */
import { basename } from "node:path";
import { classify, UNSURE_BELOW } from "../../lib/tutorials/classify.ts";
import { readBytes } from "../../lib/files/read_file.ts";
import { decodeImage } from "../../lib/images/decode.ts";
import { preparePhoto, preparePhotoRaw } from "../../lib/images/prepare_photo.ts";
import { photoStagesPicture, type ReadPhoto } from "../../lib/plots/photo_stages.ts";
import { toPng } from "../../lib/plots/static.ts";
import { writeWhole } from "../../lib/files/write_file.ts";
import { parseCommand, run, UsageError } from "../command.ts";
import { readNetwork } from "../../lib/files/network_files.ts";
import { trainedNetworks } from "./trained_networks.ts";

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
      ? (await trainedNetworks(["004"]))[0]!.network
      : await readNetwork(weights, []);
    const seen: ReadPhoto[] = [];
    let failed = false;
    if (!values.json) console.log("digit  probability  runner-up     image");
    for (const file of operands) {
      try {
        const image = await decodeImage(await readBytes(file), basename(file)), stages = preparePhoto(image);
        const blank = stages.blank && !values.raw;
        const reading = blank ? null : classify(network, values.raw ? preparePhotoRaw(image) : stages.prepared);
        seen.push({ name: basename(file), stages, digit: reading?.digit ?? null });
        failed ||= blank;
        if (values.json) {
          console.log(
            JSON.stringify({
              file,
              digit: reading?.digit ?? null,
              probability: reading?.probability ?? null,
              blank,
              ...reading && { runnerUp: reading.runnerUp, others: stages.others },
            }),
          );
        } else if (!reading) console.log(`    –            –  –             ${file}: blank, no ink was found`);
        else {
          const percent = (p: number) => `${(100 * p).toFixed(1)} %`;
          const remark = `${reading.probability < UNSURE_BELOW ? "   not sure" : ""}${
            stages.others && !values.raw ? "   more than one digit? The largest is read" : ""
          }`;
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
      await writeWhole(picture, await toPng(photoStagesPicture(seen), 1));
    }
    return Number(failed);
  });
}
