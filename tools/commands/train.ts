/**
 * Trains a tutorial's network, as it was published or corrected.
 *
 * @module
 */
import { trainTutorial } from "../../lib/tutorials/train_tutorial.ts";
import { tutorial, TUTORIALS, type Variant } from "../../lib/tutorials/tutorials.ts";
import { className, type Digits } from "../../lib/data/digits.ts";
import { doubtsAbout } from "../../lib/data/digit_table.ts";
import { defaultSource, loadDigits } from "../../lib/files/sources.ts";
import { accuracyText, confusion, lessonText, perClass } from "../../lib/evaluation/metrics.ts";
import { matrix } from "../../lib/matrix.ts";
import { type EngineChoice, engineName, probabilitiesOf } from "../../lib/engine/choice.ts";
import type { Network } from "../../lib/network/network.ts";
import { mostLikely } from "../../lib/network/forward.ts";
import type { TrainingRecord } from "../../lib/training/plan.ts";
import type { Examples } from "../../lib/data/examples.ts";
import { asUsage, checkWeightsName, parseCommand, run, UsageError, wholeNumber } from "../command.ts";
import { readNetwork, saveNetwork, trySaving } from "../../lib/files/network_files.ts";

/** Grey levels 0 to 255 as they are: tutorial 004 without its division. */
function raw({ images: { rows, cols, data }, labels }: Examples): Examples {
  return { images: matrix(rows, cols, data.map((value) => Math.round(255 * value))), labels };
}

function report({ iteration, loss, accuracy, testAccuracy, ...rest }: TrainingRecord, json: boolean): void {
  if (json) {
    return console.log(
      JSON.stringify({
        event: "progress",
        iteration,
        epoch: rest.epoch,
        loss,
        accuracy,
        testLoss: rest.testLoss,
        testAccuracy,
      }),
    );
  }
  const percent = (share: number | undefined) => share === undefined ? "" : `${(100 * share).toFixed(1)} %`;
  console.log(
    `${String(iteration).padStart(9)}  ${loss.toFixed(4).padStart(8)}  ${percent(accuracy).padStart(8)}  ${
      percent(testAccuracy)
    }`.trimEnd(),
  );
}

/** What Keras prints after an epoch, and how long the rest will take. */
function reportEpoch({ epoch, ...record }: TrainingRecord, epochs: number, seconds: number, json: boolean): void {
  const { loss, accuracy, testLoss: validationLoss, testAccuracy: validationAccuracy } = record;
  if (json) {
    return console.log(JSON.stringify({ event: "epoch", epoch, loss, accuracy, validationLoss, validationAccuracy }));
  }
  const validation = validationLoss === undefined
    ? ""
    : `, validation loss ${validationLoss.toFixed(4)}, accuracy ${validationAccuracy!.toFixed(4)}`;
  const left = epoch < epochs ? `; about ${Math.ceil(seconds / epoch * (epochs - epoch))} s left` : "";
  console.log(
    `epoch ${epoch} of ${epochs}: loss ${loss.toFixed(4)}, accuracy ${accuracy.toFixed(4)}${validation}${left}`,
  );
}

/** Which class is read best and which worst: where to look next. */
async function extremes(
  set: Digits,
  network: Network,
  { images, labels }: Examples,
  choice: EngineChoice,
): Promise<string> {
  const shares = perClass(confusion(mostLikely(await probabilitiesOf(network, images, choice)), labels));
  const order = [...shares.keys()].filter((c) => !Number.isNaN(shares[c])).sort((a, b) => shares[b]! - shares[a]!);
  const say = (c: number) => `${className(set, c)} (${(100 * shares[c]!).toFixed(1)} %)`;
  return `Read best: ${say(order[0]!)}; worst: ${say(order.at(-1)!)}.`;
}

if (import.meta.main) {
  const { values } = parseCommand({
    name: "train",
    summary: "Trains a tutorial's network and prints how it goes.",
    options: {
      tutorial: { type: "string", value: "N", help: `which: ${Object.keys(TUTORIALS).join(", ")} (000)` },
      variant: {
        type: "string",
        value: "V",
        help: "as-written, with the published mistakes, or corrected (corrected)",
      },
      data: {
        type: "string",
        value: "SOURCE",
        help: "drawn, drawn:COUNT, mnist, mnist:FOLDER, csv:FILE, mat:FILE, in:FOLDER, npz:FILE or pictures:FOLDER",
      },
      test: { type: "string", value: "SOURCE", help: "test on another source instead of a part of the data" },
      classes: { type: "string", value: "NAMES", help: "what the ten classes are called, with commas (0,1,…,9)" },
      rng: { type: "string", value: "N", help: "seed of the starting weights (1)" },
      iterations: { type: "string", value: "N", help: "how many updates, 000 to 003 (as the tutorial)" },
      epochs: { type: "string", value: "N", help: "how many epochs, 004 (3)" },
      hidden: { type: "string", value: "N", help: "units of the hidden layer, 000 to 003 (as the tutorial)" },
      lambda: { type: "string", value: "X", help: "strength of the weight penalty, 000 to 003 (as the tutorial)" },
      engine: {
        type: "string",
        value: "NAME",
        help: "fast, in Float32, or reference, the plain code in Float64 (fast; with --json reference)",
      },
      workers: {
        type: "string",
        value: "N",
        help: "how many cores the fast engine uses (all, up to 8); the result is the same",
      },
      raw: { type: "boolean", help: "feed grey levels 0 to 255 as they are, without dividing by 255" },
      weights: {
        type: "string",
        value: "FILE",
        help: "start from a saved network: .safetensors, .json, or a folder with W1.in, W2.in",
      },
      save: {
        type: "string",
        value: "FILE",
        help: "save the trained network: .safetensors, .json, .onnx, or a folder for TrainedW1.in, …",
      },
      json: { type: "boolean", help: "one JSON object per line" },
    },
    notes: [
      "Where nothing is said, the data are MNIST if it is here (deno task data, or DIGITS_DATA names its folder), else the drawn digits.",
      "Ctrl-C ends the training and keeps what was learned. Exit status: 0 done, 1 the data say no, 2 wrong usage.",
    ],
  });
  await run(async () => {
    const text = (name: keyof typeof values) => values[name] as string | undefined;
    const chosen = await asUsage(() => tutorial(text("tutorial") ?? "000"));
    const variant = (text("variant") ?? "corrected") as Variant;
    if (!["as-written", "corrected"].includes(variant)) {
      throw new UsageError(`Cannot use --variant ${variant}: must be as-written or corrected`);
    }
    const seed = wholeNumber("rng", values.rng, 0) ?? 1;
    const iterations = wholeNumber("iterations", values.iterations, 1),
      epochs = wholeNumber("epochs", values.epochs, 1);
    if (chosen.method.kind === "adam" ? iterations : epochs) {
      throw new UsageError(
        `Cannot use --${iterations ? "iterations" : "epochs"} with tutorial ${chosen.id}: it counts ${
          iterations ? "epochs" : "iterations"
        }`,
      );
    }
    checkWeightsName("weights", text("weights"));
    checkWeightsName("save", text("save"));
    if (values.save) await trySaving(text("save")!);
    const hidden = wholeNumber("hidden", values.hidden, 1),
      lambda = values.lambda === undefined ? undefined : Number(values.lambda);
    if (lambda !== undefined && !(lambda >= 0 && lambda < Infinity)) {
      throw new UsageError(`Cannot use --lambda ${values.lambda}: must be a number from 0`);
    }
    if (chosen.method.kind === "adam" && (hidden ?? lambda) !== undefined) {
      throw new UsageError(
        `Cannot use --${
          hidden === undefined ? "lambda" : "hidden"
        } with tutorial 004: it has two hidden layers and no penalty`,
      );
    }
    const source = text("data") ?? defaultSource();
    // a program that reads single numbers gets the exact ones, a person gets them soon
    const engine = await asUsage(() => engineName(text("engine") ?? (values.json ? "reference" : "fast")));
    const workers = wholeNumber("workers", values.workers, 1, 64) ?? Math.min(8, navigator.hardwareConcurrency);
    const names = text("classes")?.split(",").map((name) => name.trim());
    const set = await asUsage(() => loadDigits(source, names)), other = text("test");
    if (other === source) throw new UsageError(`Cannot use --test ${other}: must be another source than --data`);
    const elsewhere = other === undefined ? undefined : await asUsage(() => loadDigits(other));
    const test = elsewhere?.test ?? elsewhere; // a source's own test part, where it has one
    const parts = chosen.divide(set, variant, test);
    for (const [part, said] of [[parts.train, "digits to learn from"], [parts.test, "digits to test on"]] as const) {
      for (const doubt of part ? doubtsAbout(part, said) : []) console.error(`train: warning: ${doubt}`);
    }
    const bends = chosen.sizes.slice(1).map((_, l, all) =>
      l === all.length - 1 ? chosen.activations.output ?? "softmax" : chosen.activations.hidden ?? "relu"
    );
    const weights = text("weights");
    const start = weights === undefined ? undefined : await readNetwork(weights, bends);
    const form = (set: Digits) => values.raw ? raw(chosen.examples(set)) : chosen.examples(set);

    const sizes = hidden === undefined ? chosen.sizes : chosen.sizes.with(1, hidden);
    if (!values.json) {
      console.log(`Tutorial ${chosen.id}, ${chosen.title}; ${variant}, ${sizes.join("-")}, seed ${seed}`);
      console.log(
        `${parts.train.provenance}: ${parts.train.labels.length} to learn from, ${
          parts.test?.labels.length ?? "none"
        } to test on`,
      );
      console.log("iteration      loss    lesson  test");
    }
    const started = performance.now();
    let stop = false;
    Deno.addSignalListener("SIGINT", () => stop = true);
    const { network, final, message, evaluations } = await trainTutorial(chosen, {
      variant,
      seed,
      start,
      iterations,
      epochs,
      examples: form(parts.train),
      test: parts.test && form(parts.test),
      validation: parts.validation && form(parts.validation),
      hidden,
      lambda,
      engine,
      workers,
      onEpoch: (record) => reportEpoch(record, epochs ?? 3, (performance.now() - started) / 1000, values.json === true),
      onProgress: (progress) => report(progress, values.json === true),
      shouldStop: async () => {
        await new Promise((resolve) => setImmediate(resolve)); // lets Ctrl-C be heard
        return stop;
      },
    });
    const seconds = (performance.now() - started) / 1000;
    if (values.save) await saveNetwork(text("save")!, network);
    if (values.json) {
      console.log(JSON.stringify({
        event: "done",
        tutorial: chosen.id,
        variant,
        iterations: final.iteration,
        loss: final.loss,
        trainAccuracy: final.accuracy,
        testLoss: final.testLoss ?? null,
        testAccuracy: final.testAccuracy ?? null,
        testExamples: parts.test?.labels.length ?? 0,
        seconds: Number(seconds.toFixed(3)),
        seed,
        data: source,
        ...message && { message },
        ...evaluations !== undefined && { evaluations },
      }));
    } else {
      if (message) console.log(`${message} (${evaluations} looks at cost and gradient).`);
      console.log(`Read of what it learned from: ${lessonText(final.accuracy, parts.train.labels.length)}`);
      if (parts.test) {
        console.log(`Read of digits it never saw: ${accuracyText(final.testAccuracy!, parts.test.labels.length)}`);
        console.log(await extremes(set, network, form(parts.test), { engine }));
      }
      console.log(
        `${final.iteration} updates in ${seconds.toFixed(1)} seconds${values.save ? `; saved to ${values.save}` : ""}.`,
      );
    }
    return 0;
  });
}
