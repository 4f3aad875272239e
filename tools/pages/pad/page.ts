/**
 * The drawing pad around some networks.
 *
 * @module
 */
import { tutorial, TUTORIALS } from "../../../lib/tutorials/tutorials.ts";
import { networkToSafetensors } from "../../../lib/formats/safetensors.ts";
import { type PadNetwork, writtenBy } from "./pad_network.ts";
import { buildPage, type Page } from "../page.ts";
import type { TrainedNetwork } from "../../commands/trained_networks.ts";

/** How a network differs from the others. */
function about({ id, parts }: TrainedNetwork): string {
  if (parts) return writtenBy(parts);
  const { activations, method } = tutorial(id), bend = activations.hidden === "sigmoid" ? "sigmoid" : "ReLU";
  if (method.kind === "adam") return `${bend}, Adam`;
  return `${bend}, ${method.iterations.toLocaleString("en")} steps${method.kind === "lbfgs" ? " of L-BFGS" : ""}`;
}

/**
 * Builds the page.
 *
 * @param inBook With a link to the book's contents.
 */
export async function buildPad(trained: readonly TrainedNetwork[], inBook = false): Promise<Page> {
  const networks = trained.map(({ network, ...rest }): PadNetwork => ({
    ...rest,
    title: rest.parts ? "your network" : rest.id in TUTORIALS ? `tutorial ${rest.id}` : `chapter ${rest.id}`,
    about: about({ network, ...rest }),
    weights: networkToSafetensors(network, "F32").toBase64(),
  }));
  return await buildPage(new URL("./", import.meta.url), "pad", "Draw a digit", networks, inBook);
}
