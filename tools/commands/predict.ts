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
import { probabilitiesOf } from "../../lib/engine/choice.ts";
import { loadTestCsv } from "../../lib/files/csv_files.ts";
import { toSubmission } from "../../lib/formats/kaggle_csv.ts";
import { mostLikely } from "../../lib/network/forward.ts";
import { type Network, sizesOf } from "../../lib/network/network.ts";
import { foundPicture } from "../../lib/plots/found_picture.ts";
import { photoStagesPicture, type ReadPhoto } from "../../lib/plots/photo_stages.ts";
import { toPng } from "../../lib/plots/static.ts";
import { writeWhole } from "../../lib/files/write_file.ts";
import { readDigits, type ReadPicture, remarksOn } from "../../lib/tutorials/read_digits.ts";
import { fromWhereCalled, parseCommand, picturesAmong, run, UsageError } from "../command.ts";
import { readNetwork } from "../../lib/files/network_files.ts";
import { tutorial } from "../../lib/tutorials/tutorials.ts";
import { trainedNetworks } from "./trained_networks.ts";

const percent = (p: number) => `${(100 * p).toFixed(1)} %`;

if (import.meta.main) {
  const { values, operands } = parseCommand({
    name: "predict",
    summary: "Reads the digits on each picture, row by row, or those in a CSV.",
    operands: "PICTURE…",
    count: [0, 1000],
    options: {
      weights: {
        type: "string",
        value: "FILE",
        help: "a saved network",
      },
      network: {
        type: "string",
        value: "ID",
        help: "or one of the course's own, trained once in some seconds: 000 to 004 (004 where nothing is said), or 15",
      },
      one: { type: "boolean", help: "only the largest digit of each picture" },
      raw: { type: "boolean", help: "shrink and invert the whole picture, as tutorial 004 does, and nothing else" },
      stages: { type: "string", value: "FILE.png", help: "draw what was found at each step" },
      csv: {
        type: "string",
        value: "FILE",
        help: "read the rows of a CSV of pixels instead, such as Kaggle's test.csv",
      },
      submission: { type: "string", value: "FILE.csv", help: "where to write ImageId,Label for each row of --csv" },
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
    for (const [option, other] of [["stages", "raw"], ["one", "raw"], ["network", "weights"]] as const) {
      if (values[option] && values[other]) throw new UsageError(`Cannot use --${option} with --${other}: choose one`);
    }
    const table = values.csv as string | undefined, submission = values.submission as string | undefined;
    if ((table === undefined) !== (submission === undefined)) {
      throw new UsageError(
        `Cannot use --${table === undefined ? "submission" : "csv"} alone: --csv FILE --submission FILE.csv`,
      );
    }
    if ((table === undefined) === (operands.length === 0)) {
      throw new UsageError(
        table === undefined
          ? "Cannot read nothing: name a PICTURE, or --csv FILE"
          : "Cannot read pictures and --csv at once: choose one",
      );
    }
    const network = weights === undefined
      ? (await trainedNetworks([tutorial((values.network as string | undefined) ?? "004").id]))[0]!.network
      : await readNetwork(fromWhereCalled(weights), []);
    if (table !== undefined) {
      const count = await writeSubmission(network, fromWhereCalled(table), fromWhereCalled(submission!));
      console.log(
        values.json
          ? JSON.stringify({ event: "done", rows: count, submission })
          : `${count.toLocaleString("en")} rows read; ImageId,Label written to ${submission}.`,
      );
      return 0;
    }
    const seen: ReadPhoto[] = [];
    let failed = false, found: { image: GreyImage; read: ReadPicture } | null = null;
    if (!values.json) console.log("digit  probability  runner-up     picture");
    for (const file of await picturesAmong(operands)) {
      try {
        const image = await decodeImage(await readBytes(fromWhereCalled(file), "pictureBytes"), basename(file));
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

/** What Kaggle's Digit Recognizer wants to be sent: a digit for each row of test.csv, in its order. */
async function writeSubmission(network: Network, from: string, to: string): Promise<number> {
  const images = await loadTestCsv(from), wanted = sizesOf(network)[0]!;
  if (images.rows !== wanted) {
    throw new TypeError(
      `Cannot read "${basename(from)}": the network takes ${wanted} pixels a row, got ${images.rows}`,
    );
  }
  const predicted = mostLikely(await probabilitiesOf(network, images, { engine: "fast" }));
  await writeWhole(to, toSubmission(predicted));
  return predicted.length;
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
