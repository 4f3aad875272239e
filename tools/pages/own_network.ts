/**
 * The network that a reader wrote in the workshop's page, kept in this browser for the other pages.
 *
 * @module
 */
import type { PadNetwork } from "./pad/page.ts";

const KEY = "digits-own-network";

/** Keeps it; whether this browser does so. */
export function keepOwn(network: PadNetwork): boolean {
  try {
    localStorage.setItem(KEY, JSON.stringify(network));
    return true;
  } catch {
    return false; // some browsers keep nothing for pages on disk
  }
}

/** The one that was kept, or null. */
export function keptOwn(): PadNetwork | null {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? "null");
    return typeof kept?.weights === "string" && typeof kept.accuracy === "number" ? kept : null;
  } catch {
    return null;
  }
}
