/**
 * The five tutorials' networks and chapter 15's: what `predict` and the drawing pad read with. Those that learned from drawn
 * digits come with the project, in data/networks/; those for other digits are trained once and kept in .cache.
 *
 * @module
 */
import { sha256 } from "../../lib/sha256.ts";
import { fileURLToPath } from "node:url";
import { trainTutorial } from "../../lib/tutorials/train_tutorial.ts";
import { CONVOLUTIONAL, NETWORKS, type Tutorial, TUTORIALS } from "../../lib/tutorials/tutorials.ts";
import { defaultSource, loadDigits, mnistFolder } from "../../lib/files/sources.ts";
import { type Digits, joined, slice } from "../../lib/data/digits.ts";
import { type Distortions, HANDWRITING } from "../../lib/data/distort.ts";
import { drawDigits, DRAWN_SEED } from "../../lib/data/drawn_digits.ts";
import { ALL_SKELETONS } from "../../lib/data/skeletons.ts";
import type { Network } from "../../lib/network/network.ts";
import { makeFolder, writeWhole } from "../../lib/files/write_file.ts";
import { readOwnNetwork } from "../../lib/files/own_network.ts";
import { readNetwork } from "../../lib/files/network_files.ts";
import { networkToSafetensors } from "../../lib/formats/safetensors.ts";
import { ROOT } from "../root.ts";

/** A trained network. */
export interface TrainedNetwork {
  /** Whose: `000` to `004`, `15` for chapter 15's, or `yours`. */
  readonly id: string;
  /** The network. */
  readonly network: Network;
  /** Share of the unseen digits that it reads correctly. */
  readonly accuracy: number;
  /** How many those were. */
  readonly examples: number;
  /** What it learned from. */
  readonly trainedOn: string;
  /** How many of its seven parts the reader wrote, where it is theirs. */
  readonly parts?: number;
}

const LESSON: Readonly<Record<string, string>> = { drawn: "drawn:20000", mnist: "mnist" }, UNSEEN = 1000, EPOCHS = 6;

/**
 * These read people's own pictures: they get more digits, written in every way that the program knows. Chapter 15's sees each of
 * them distorted, too, and less often.
 */
export const READERS: Readonly<Record<string, { readonly epochs: number; readonly distortions?: Distortions }>> = {
  "004": { epochs: EPOCHS },
  [CONVOLUTIONAL.id]: { epochs: 2, distortions: HANDWRITING },
};
const EVERYDAY = 60_000;

/** The networks that come with the project, and the key of what they learned from. */
export const SHIPPED = new URL("data/networks/", ROOT);

/** All that are shown beside each other. */
export const ALL: readonly string[] = [...Object.keys(TUTORIALS), CONVOLUTIONAL.id];

/**
 * The networks of some tutorials: those that come with the project, or from .cache where they are there.
 *
 * @param ids Which; all six where nothing is said.
 * @param say Told before each training.
 */
export async function trainedNetworks(
  ids: readonly string[] = ALL,
  say: (line: string) => void = console.error,
): Promise<TrainedNetwork[]> {
  const source = defaultSource(), key = await keyOf(source);
  const shipped = await Deno.readTextFile(new URL("key", SHIPPED)).catch(() => "");
  return await networksIn(
    shipped.trim() === key ? SHIPPED : new URL(`.cache/networks_${key}/`, ROOT),
    ids,
    source,
    say,
  );
}

/** The networks in a folder; what is missing there is trained. */
export async function networksIn(
  folder: URL,
  ids: readonly string[],
  source: string,
  say: (line: string) => void,
): Promise<TrainedNetwork[]> {
  const result: TrainedNetwork[] = [];
  let told = false;
  for (const id of ids) {
    const weights = new URL(`${id}.safetensors`, folder), notes = new URL(`${id}.json`, folder);
    const kept = await Promise.all([readNetwork(fileURLToPath(weights), []), Deno.readTextFile(notes)])
      .then(([network, about]) => ({ ...JSON.parse(about), id, network })).catch(() => null);
    if (kept) {
      result.push(kept);
      continue;
    }
    if (!told) {
      const digits = source === "drawn" ? "drawn digits" : source === "mnist" ? "MNIST" : source;
      say(`Training on ${digits}, once: kept in ${folder.href.slice(ROOT.href.length, -1)}`);
      await makeFolder(folder);
    }
    told = true;
    const { network, ...about } = await learn(NETWORKS[id]!, LESSON[source] ?? source);
    await writeWhole(weights, networkToSafetensors(network, "F32")); // the engine's own numbers: nothing is lost
    await writeWhole(notes, JSON.stringify(about)); // last: without it, the weights do not count
    say(`  ${id} reads ${(100 * about.accuracy).toFixed(1)} % of ${about.examples} unseen digits`);
    result.push({ ...about, id, network });
  }
  return result;
}

/** The same, and behind them the network that the reader wrote in the workshop, where there is one. */
export async function withOwn(networks: readonly TrainedNetwork[]): Promise<TrainedNetwork[]> {
  const own = await readOwnNetwork();
  return own ? [...networks, { ...own, id: "yours" }] : [...networks];
}

/** A name for the digits and for how is learned from them: with others, the networks are others. */
export async function keyOf(source: string): Promise<string> {
  const settings = Object.values(NETWORKS).map(({ id, sizes, layers, method }) => ({ id, sizes, layers, method }));
  const text = JSON.stringify([
    LESSON,
    UNSEEN,
    EPOCHS,
    EVERYDAY,
    READERS,
    ALL_SKELETONS,
    source === "drawn" ? null : mnistFolder(),
    settings,
    ...LESSON[source] ? [] : [source],
  ]);
  return `${source.split(":")[0]}_${(await sha256(text)).toHex().slice(0, 8)}`;
}

async function lessonFor(id: string, source: string): Promise<Digits> {
  if (!READERS[id]) return await loadDigits(source);
  const everyday = drawDigits(EVERYDAY, DRAWN_SEED, ALL_SKELETONS);
  if (source === LESSON.drawn) return everyday;
  const set = await loadDigits(source);
  return { ...joined(set, everyday), ...set.test && { test: set.test } };
}

async function learn(tutorial: Tutorial, source: string): Promise<Omit<TrainedNetwork, "id">> {
  const set = await lessonFor(tutorial.id, source), count = set.labels.length;
  const size = count - Math.min(UNSEEN, Math.ceil(count / 5)); // of a small set a fifth
  const testing = set.test ?? slice(set, size), training = set.test ? set : slice(set, 0, size);
  const { train } = tutorial.divide(training, "corrected", testing);
  const { network, final } = await trainTutorial(tutorial, {
    examples: tutorial.examples(train),
    test: tutorial.examples(testing),
    variant: "corrected",
    seed: 1,
    epochs: EPOCHS,
    ...READERS[tutorial.id],
    engine: "fast",
    workers: Math.min(2, navigator.hardwareConcurrency),
  });
  return {
    network,
    accuracy: final.testAccuracy!,
    examples: testing.labels.length,
    trainedOn: `${train.labels.length.toLocaleString("en")} ${set.name.replace(/( digits)?$/, " digits")}`,
  };
}
