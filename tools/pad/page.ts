/**
 * The drawing pad around some networks.
 *
 * @module
 */
import { networkToSafetensors } from "../../lib/weights/safetensors.ts";
import { buildPage, type Page } from "../page.ts";
import type { Reader } from "../readers.ts";

/** A network as the page gets it. */
export interface PadReader extends Omit<Reader, "network"> {
  /** What it is called. */
  readonly title: string;
  /** How it differs. */
  readonly about: string;
  /** A safetensors file, base64. */
  readonly weights: string;
}

const ABOUT: Readonly<Record<string, string>> = {
  "000": "ReLU, 1,000 steps",
  "001": "ReLU, 500 steps",
  "002": "sigmoid, 800 steps",
  "003": "sigmoid, 20 steps of L-BFGS",
  "004": "ReLU, Adam",
};

/**
 * Builds the page.
 *
 * @param inBook With a link to the book's contents.
 */
export async function buildPad(readers: readonly Reader[], inBook = false): Promise<Page> {
  const networks = readers.map(({ network, ...about }): PadReader => ({
    ...about,
    title: `tutorial ${about.id}`,
    about: ABOUT[about.id]!,
    weights: networkToSafetensors(network, "F32").toBase64(),
  }));
  return await buildPage(new URL("./", import.meta.url), "pad", networks, inBook);
}
