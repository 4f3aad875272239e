/**
 * Trains a tutorial's network, as it was published or corrected.
 *
 * @module
 */
import { extname } from "node:path";
import { HANDWRITING } from "../../lib/data/distort.ts";
import { trainTutorial } from "../../lib/tutorials/train_tutorial.ts";
import { tutorial, TUTORIALS, type Variant } from "../../lib/tutorials/tutorials.ts";
import { type Digits } from "../../lib/data/digits.ts";
import { doubtsAbout } from "../../lib/data/digit_table.ts";
import { defaultSource, loadDigits } from "../../lib/files/sources.ts";
import { accuracyText, lessonText } from "../../lib/evaluation/metrics.ts";
import { matrix } from "../../lib/matrix.ts";
import { engineName } from "../../lib/engine/choice.ts";
import type { Examples } from "../../lib/data/examples.ts";
import { asUsage, checkWeightsName, parseCommand, run, UsageError, wholeNumber } from "../command.ts";
import { extremes, report, reportEpoch } from "./train_report.ts";
import { readNetwork, saveNetwork, trySaving } from "../../lib/files/network_files.ts";

/** Grey levels 0 to 255 as they are: tutorial 004 without its division. */
function raw({ images: { rows, cols, data }, labels }: Examples): Examples {
  return { images: matrix(rows, cols, data.map((value) => Math.round(255 * value))), labels };
}

if (import.meta.main) {
  const { values } = parseCommand({
    name: "train",
    summary: "Trains a network of the tutorials or of chapter 15 and prints how it goes.",
    options: {
      tutorial: { type: "string", value: "N", help: `which: ${Object.keys(TUTORIALS).join(", ")} (000)` },
      network: { type: "string", value: "15", help: "instead: chapter 15's convolutional network" },
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
      epochs: { type: "string", value: "N", help: "how many epochs, 004 (3) and 15 (5)" },
      distort: {
        type: "boolean",
        help: "other pictures of the same digits in each epoch: shifted, turned, scaled, bent (004 and 15)",
      },
      dropout: { type: "string", value: "SHARE", help: "share of hidden units silenced in each step, 004 and 15 (0)" },
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
    if (values.tutorial !== undefined && values.network !== undefined) {
      throw new UsageError("Cannot use --tutorial with --network: choose one");
    }
    const chosen = await asUsage(() => tutorial(text("network") ?? text("tutorial") ?? "000"));
    const called = chosen.id in TUTORIALS ? `tutorial ${chosen.id}` : `network ${chosen.id}`;
    const variant = (text("variant") ?? "corrected") as Variant;
    if (!["as-written", "corrected"].includes(variant)) {
      throw new UsageError(`Cannot use --variant ${variant}: must be as-written or corrected`);
    }
    const seed = wholeNumber("rng", values.rng, 0) ?? 1;
    const iterations = wholeNumber("iterations", values.iterations, 1),
      epochs = wholeNumber("epochs", values.epochs, 1);
    if (chosen.method.kind === "adam" ? iterations : epochs) {
      throw new UsageError(
        `Cannot use --${iterations ? "iterations" : "epochs"} with ${called}: it counts ${
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
        } with ${called}: it has several hidden layers and no penalty`,
      );
    }
    const dropout = values.dropout === undefined ? undefined : Number(values.dropout);
    if (dropout !== undefined && !(dropout >= 0 && dropout < 1)) {
      throw new UsageError(`Cannot use --dropout ${values.dropout}: must be a share from 0 to below 1`);
    }
    if (chosen.method.kind !== "adam" && (values.distort || dropout !== undefined)) {
      throw new UsageError(
        `Cannot use --${values.distort ? "distort" : "dropout"} with ${called}: it looks at all digits at once`,
      );
    }
    if (chosen.layers && values.save && extname(text("save")!) === "") {
      throw new UsageError(
        `Cannot use --save ${values.save}: Theta matrices hold no convolutions; use .safetensors, .json or .onnx`,
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
      const name = called[0]!.toUpperCase() + called.slice(1);
      console.log(`${name}, ${chosen.title}; ${variant}, ${sizes.join("-")}, seed ${seed}`);
      console.log(
        `${parts.train.provenance}: ${parts.train.labels.length} to learn from, ${
          parts.test?.labels.length ?? "none"
        } to test on`,
      );
      console.log("iteration      loss    lesson  test");
    }
    const allEpochs = epochs ?? (chosen.method.kind === "adam" ? chosen.method.epochs : 1);
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
      dropout,
      ...values.distort && { distortions: HANDWRITING },
      engine,
      workers,
      onEpoch: (record) => reportEpoch(record, allEpochs, (performance.now() - started) / 1000, values.json === true),
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
