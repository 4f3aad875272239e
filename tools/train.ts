/**
 * Trains a tutorial's network, as it was published or corrected.
 *
 * @module
 */
import { splitLike, tutorial, TUTORIALS, type Variant } from "../lib/course/tutorials.ts";
import { normalise } from "../lib/data/prepare.ts";
import { defaultSource, loadDigits } from "../lib/data/sources.ts";
import { accuracyText } from "../lib/evaluation/metrics.ts";
import { initialise } from "../lib/network/init.ts";
import { seededRandom } from "../lib/random.ts";
import { train, type TrainingRecord } from "../lib/training/train.ts";
import type { Digits } from "../lib/data/digits.ts";
import { parseCommand, run, UsageError, wholeNumber } from "./command.ts";

const examples = (set: Digits) => ({ images: normalise(set), labels: set.labels });

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
        help: "drawn, mnist:FOLDER or csv:FILE (mnist if DIGITS_DATA is set, else drawn)",
      },
      test: { type: "string", value: "SOURCE", help: "test on another source instead of the first 1,000 digits" },
      rng: { type: "string", value: "N", help: "seed of the starting weights (1)" },
      iterations: { type: "string", value: "N", help: "how many updates (as the tutorial)" },
      json: { type: "boolean", help: "one JSON object per line" },
    },
    notes: ["Exit status: 0 done, 1 the data or the training says no, 2 wrong usage. Ctrl-C prints the result so far."],
  });
  await run(async () => {
    const text = (value: string | boolean | undefined, otherwise: string) =>
      typeof value === "string" ? value : otherwise;
    const asUsage = <T>(look: () => T): T => {
      try {
        return look();
      } catch (error) {
        throw new UsageError((error as Error).message);
      }
    };
    const chosen = asUsage(() => tutorial(text(values.tutorial, "000")));
    const variant = text(values.variant, "corrected") as Variant;
    if (!(variant in chosen.gradients)) {
      throw new UsageError(`Cannot use --variant ${variant}: must be ${Object.keys(chosen.gradients).join(" or ")}`);
    }
    const seed = wholeNumber("rng", values.rng, 0) ?? 1;
    const iterations = wholeNumber("iterations", values.iterations, 1) ?? chosen.iterations;
    const source = text(values.data, defaultSource());
    const load = (name: string) =>
      loadDigits(name).catch((error) =>
        Promise.reject(error instanceof RangeError ? new UsageError(error.message) : error)
      );

    const parts = splitLike(chosen, await load(source));
    const test = values.test ? await load(text(values.test, "")) : parts.test;
    if (!values.json) {
      console.log(
        `Tutorial ${chosen.id}, ${variant}: ${
          chosen.sizes.join("-")
        }, learning rate ${chosen.learningRate}, seed ${seed}`,
      );
      console.log(
        `${parts.train.provenance}: ${parts.train.labels.length} to learn from, ${test.labels.length} to test on`,
      );
      console.log("iteration      loss  training  test");
    }
    const started = performance.now();
    let stop = false;
    Deno.addSignalListener("SIGINT", () => stop = true);
    const result = await train(
      initialise(chosen.sizes, seededRandom(seed), chosen.initialiser),
      examples(parts.train),
      {
        iterations,
        learningRate: chosen.learningRate,
        gradients: chosen.gradients[variant],
        test: examples(test),
        onRecord: (record) => report(record, values.json === true),
        shouldStop: async () => {
          await new Promise((resolve) => setImmediate(resolve)); // lets Ctrl-C be heard
          return stop;
        },
      },
    );
    const seconds = (performance.now() - started) / 1000, last = result.history.at(-1)!;
    if (values.json) {
      console.log(JSON.stringify({
        event: "done",
        tutorial: chosen.id,
        variant,
        iterations: result.iterations,
        loss: last.loss,
        trainAccuracy: last.accuracy,
        testLoss: last.testLoss,
        testAccuracy: last.testAccuracy,
        testExamples: test.labels.length,
        seconds: Number(seconds.toFixed(3)),
        seed,
        data: source,
      }));
    } else {
      console.log(
        `Test accuracy ${
          accuracyText(last.testAccuracy!, test.labels.length)
        }, after ${result.iterations} iterations in ${seconds.toFixed(1)} seconds.`,
      );
    }
    return 0;
  });
}

function report({ iteration, loss, accuracy, testLoss, testAccuracy }: TrainingRecord, json: boolean): void {
  if (json) { // full batch: one update sees every example, so iterations and epochs are the same
    console.log(
      JSON.stringify({ event: "progress", iteration, epoch: iteration, loss, accuracy, testLoss, testAccuracy }),
    );
  } else {
    const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
    console.log(
      `${String(iteration).padStart(9)}  ${loss.toFixed(4).padStart(8)}  ${percent(accuracy).padStart(8)}  ${
        percent(testAccuracy!)
      }`,
    );
  }
}
