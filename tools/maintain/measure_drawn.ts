/**
 * How far drawn digits stand in for MNIST: both in numbers, and networks trained on one that read the other.
 *
 * Writes lib/evaluation/recorded_mnist.json. Needs MNIST (`deno task data`); takes about a minute. With `15` as its argument
 * chapter 15's network takes the place of tutorial 004's, with a distorted lesson, and nothing is written: some minutes.
 *
 * @module
 */
import { examplesOf } from "../../lib/data/examples.ts";
import type { Digits } from "../../lib/data/digits.ts";
import { HANDWRITING } from "../../lib/data/distort.ts";
import { drawDigits } from "../../lib/data/drawn_digits.ts";
import { loadDigits } from "../../lib/files/sources.ts";
import { probabilitiesOf } from "../../lib/engine/choice.ts";
import { train } from "../../lib/engine/train.ts";
import { meanImages, nearestMean } from "../../lib/evaluation/baseline.ts";
import { digitStatistics } from "../../lib/evaluation/statistics.ts";
import { glorot, initialise } from "../../lib/network/init.ts";
import type { Network } from "../../lib/network/network.ts";
import { accuracy } from "../../lib/evaluation/metrics.ts";
import { mostLikely } from "../../lib/network/forward.ts";
import { seededRandom } from "../../lib/random.ts";
import { adam } from "../../lib/training/optimisers.ts";
import { writeWhole } from "../../lib/files/write_file.ts";
import { trainTutorial } from "../../lib/tutorials/train_tutorial.ts";
import { CONVOLUTIONAL } from "../../lib/tutorials/tutorials.ts";
import { ROOT } from "../root.ts";

const SEEDS = [1, 2, 3, 4, 5], EPOCHS = 6, LESSON = 60_000, UNSEEN = 10_000;

async function learn(set: Digits, seed: number): Promise<Network> {
  if (Deno.args[0] === "15") return await learnWithWindows(set, seed);
  const random = seededRandom(seed), start = initialise([784, 128, 128, 10], random, glorot);
  const examples = examplesOf(set);
  return (await train(start, examples, { epochs: EPOCHS, optimiser: adam(), random, engine: "fast" })).network;
}

async function learnWithWindows(set: Digits, seed: number): Promise<Network> {
  const choice = { engine: "fast", workers: navigator.hardwareConcurrency } as const;
  const run = { examples: examplesOf(set), seed, variant: "corrected", epochs: EPOCHS, ...choice } as const;
  return (await trainTutorial(CONVOLUTIONAL, { ...run, distortions: HANDWRITING })).network;
}

async function reads(network: Network, set: Digits): Promise<number> {
  return accuracy(mostLikely(await probabilitiesOf(network, set, { engine: "fast" })), set.labels);
}

if (import.meta.main) {
  const mnist = await loadDigits("mnist"), means = meanImages(mnist), unseen = drawDigits(UNSEEN, 999);
  const shares = { drawnReadsMnist: [], mnistReadsDrawn: [], drawnReadsDrawn: [], mnistReadsMnist: [] } as Record<
    string,
    number[]
  >;
  for (const seed of SEEDS) {
    const byDrawn = await learn(drawDigits(LESSON, seed), seed), byMnist = await learn(mnist, seed);
    shares.drawnReadsMnist!.push(await reads(byDrawn, mnist.test!));
    shares.drawnReadsDrawn!.push(await reads(byDrawn, unseen));
    shares.mnistReadsDrawn!.push(await reads(byMnist, unseen));
    shares.mnistReadsMnist!.push(await reads(byMnist, mnist.test!));
    console.log(`seed ${seed}: ${Object.entries(shares).map(([name, all]) => `${name} ${all.at(-1)}`).join(", ")}`);
  }
  for (const [name, all] of Object.entries(shares)) {
    console.log(`${name}: mean ${(all.reduce((a, b) => a + b) / all.length).toFixed(4)}, least ${Math.min(...all)}`);
  }
  const record = {
    statistics: digitStatistics(mnist),
    nearestMean: accuracy(nearestMean(means, mnist.test!), mnist.test!.labels),
    means: Uint8Array.from(means.data, Math.round).toBase64(),
    ...shares,
  };
  if (Deno.args[0] === "15") Deno.exit();
  await writeWhole(new URL("lib/evaluation/recorded_mnist.json", ROOT), JSON.stringify(record, null, 2) + "\n");
}
