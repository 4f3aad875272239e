/**
 * Reads the digits on image files.
 *
 * @module
 */
import { basename } from "node:path";
import { classify } from "../../lib/tutorials/classify.ts";
import { readBytes } from "../../lib/files/read_file.ts";
import { decodeImage } from "../../lib/images/decode.ts";
import type { GreyImage } from "../../lib/images/grey_image.ts";
import { preparePhoto, preparePhotoRaw } from "../../lib/images/prepare_photo.ts";
import type { Network } from "../../lib/network/network.ts";
import { foundPicture } from "../../lib/plots/found_picture.ts";
import { photoStagesPicture, type ReadPhoto } from "../../lib/plots/photo_stages.ts";
import { toPng } from "../../lib/plots/static.ts";
import { writeWhole } from "../../lib/files/write_file.ts";
import { readDigits, type ReadPicture, remarksOn } from "../../lib/tutorials/read_digits.ts";
import { fromWhereCalled, parseCommand, picturesAmong, run, UsageError } from "../command.ts";
import { readNetwork } from "../../lib/files/network_files.ts";
import { trainedNetworks } from "./trained_networks.ts";

const percent = (p: number) => `${(100 * p).toFixed(1)} %`;

if (import.meta.main) {
  const { values, operands } = parseCommand({
    name: "predict",
    summary: "Reads the digits on each picture, row by row.",
    operands: "PICTURE…",
    count: [1, 1000],
    options: {
      weights: {
        type: "string",
        value: "FILE",
        help: "a saved network; where none is named, 004's, trained once in some seconds",
      },
      one: { type: "boolean", help: "only the largest digit of each picture" },
      raw: { type: "boolean", help: "shrink and invert the whole picture, as tutorial 004 does, and nothing else" },
      stages: { type: "string", value: "FILE.png", help: "draw what was found at each step" },
      json: { type: "boolean", help: "one JSON object per line" },
    },
    notes: [
      "PICTURE is a file, a folder of pictures, or a pattern such as 'photos/IMG*.jpg'.",
      "Exit status: 0 all were read, 1 one of them is no picture or blank, 2 wrong usage.",
    ],
  });
  await run(async () => {
    const weights = values.weights as string | undefined, picture = values.stages as string | undefined;
    if (picture !== undefined && !picture.endsWith(".png")) {
      throw new UsageError(`Cannot use --stages ${picture}: must end in .png`);
    }
    for (const [option, other] of [["stages", "raw"], ["one", "raw"]] as const) {
      if (values[option] && values[other]) throw new UsageError(`Cannot use --${option} with --${other}: choose one`);
    }
    const network = weights === undefined
      ? (await trainedNetworks(["004"]))[0]!.network
      : await readNetwork(fromWhereCalled(weights), []);
    const seen: ReadPhoto[] = [];
    let failed = false, found: { image: GreyImage; read: ReadPicture } | null = null;
    if (!values.json) console.log("digit  probability  runner-up     picture");
    for (const file of await picturesAmong(operands)) {
      try {
        const image = await decodeImage(await readBytes(fromWhereCalled(file)), basename(file));
        const read = values.raw || values.one
          ? onlyOne(network, image, values.raw === true)
          : readDigits(network, image);
        if (read.stages) {
          seen.push({ name: basename(file), stages: read.stages, digit: read.rows[0]?.[0]?.digit ?? null });
        } else found ??= { image, read };
        failed ||= !read.text;
        console.log(values.json ? asJson(file, read) : asLine(file, read));
      } catch (error) {
        failed = true;
        if (values.json) console.log(JSON.stringify({ file, error: (error as Error).message }));
        else console.error((error as Error).message);
      }
    }
    if (picture !== undefined && (seen.length || found)) {
      const drawn = found ? foundPicture(found.image, found.read) : photoStagesPicture(seen);
      await writeWhole(fromWhereCalled(picture), await toPng(drawn, 1));
    }
    return Number(failed);
  });
}

/** The largest digit alone, prepared or as tutorial 004 does it. */
function onlyOne(network: Network, image: GreyImage, raw: boolean): ReadPicture {
  const stages = preparePhoto(image);
  if (stages.blank && !raw) return { rows: [], text: "", stages };
  const { pass: _, ...reading } = classify(network, raw ? preparePhotoRaw(image) : stages.prepared);
  const box = { left: 0, top: 0, width: image.width, height: image.height };
  return { rows: [[{ ...reading, box, touched: false }]], text: String(reading.digit), stages: raw ? null : stages };
}

function asJson(file: string, { rows, text, stages }: ReadPicture): string {
  const digits = rows.map((row) => row.map(({ probabilities: _, runnerUpProbability: _p, ...digit }) => digit));
  const [one] = digits.flat(), single = digits.flat().length === 1 ? one : null;
  return JSON.stringify({
    file,
    text,
    ...single
      ? { digit: single.digit, probability: single.probability, runnerUp: single.runnerUp }
      : { digit: null, probability: null },
    blank: text === "",
    ...stages && { others: stages.others },
    rows: digits,
  });
}

function asLine(file: string, read: ReadPicture): string {
  const digits = read.rows.flat(), remarks = remarksOn(read).map((remark) => `   ${remark}`).join("");
  if (digits.length === 0) {
    return `    –            –  –             ${file}: ${
      read.stages?.blob ? "no digit, only a blob of ink" : "blank, no ink was found"
    }`;
  }
  if (digits.length > 1) {
    const least = digits.reduce((a, b) => b.probability < a.probability ? b : a);
    return `${read.text.replaceAll("\n", " / ")}   ${digits.length} digits, the least sure ${
      percent(least.probability)
    }   ${file}${remarks}`;
  }
  const [{ digit, probability, runnerUp, runnerUpProbability }] = digits as [typeof digits[number]];
  return `${String(digit).padStart(5)}  ${percent(probability).padStart(11)}  ${
    `${runnerUp} (${percent(runnerUpProbability)})`.padEnd(12)
  }  ${file}${remarks}`;
}
