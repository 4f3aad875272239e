/**
 * The network that a reader wrote in the workshop, kept for chapter 14 and the drawing pad.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import type { Network } from "../network/network.ts";
import { readNetwork, saveNetwork } from "./network_files.ts";
import { projectFile } from "./sources.ts";
import { makeFolder, writeWhole } from "./write_file.ts";

/** A reader's network. */
export interface OwnNetwork {
  /** The network. */
  readonly network: Network;
  /** Share of the unseen digits that it reads. */
  readonly accuracy: number;
  /** How many those were. */
  readonly examples: number;
  /** How many of the seven parts are the reader's. */
  readonly parts: number;
  /** What it learned from. */
  readonly trainedOn: string;
}

const FOLDER = projectFile(".cache/");

/** Keeps a reader's network; the one before it is gone. */
export async function saveOwnNetwork({ network, ...about }: OwnNetwork, folder = FOLDER): Promise<void> {
  await makeFolder(folder);
  await saveNetwork(fileURLToPath(new URL("workshop.safetensors", folder)), network);
  await writeWhole(new URL("workshop.json", folder), JSON.stringify(about)); // last: without it, the weights do not count
}

/** The reader's network; null where none was kept, or what was kept is damaged. */
export async function readOwnNetwork(folder = FOLDER): Promise<OwnNetwork | null> {
  try {
    const about = JSON.parse(await Deno.readTextFile(new URL("workshop.json", folder)));
    return { ...about, network: await readNetwork(fileURLToPath(new URL("workshop.safetensors", folder)), []) };
  } catch {
    return null;
  }
}
