/**
 * The network that a reader wrote in the workshop's page, kept in this browser for the other pages.
 *
 * @module
 */
import { keep, kept } from "./kept.ts";
import type { PadNetwork } from "./pad/page.ts";

const NAME = "own-network";

/** Keeps it; whether this browser does so. */
export function keepOwn(network: PadNetwork): boolean {
  return keep(NAME, JSON.stringify(network));
}

/** The one that was kept, or null. */
export function keptOwn(): PadNetwork | null {
  try {
    const network = JSON.parse(kept(NAME) ?? "null");
    return typeof network?.weights === "string" && typeof network.accuracy === "number" ? network : null;
  } catch {
    return null;
  }
}
