/**
 * A network as the drawing pad gets it.
 *
 * @module
 */
import type { TrainedNetwork } from "../../commands/trained_networks.ts";

/** A network as the page gets it. */
export interface PadNetwork extends Omit<TrainedNetwork, "network"> {
  /** What it is called. */
  readonly title: string;
  /** How it differs. */
  readonly about: string;
  /** A safetensors file, base64. */
  readonly weights: string;
}

/** How a reader's network differs from the others. */
export function writtenBy(parts: number): string {
  return parts === 7 ? "written by you" : `${parts} parts of 7 written by you`;
}
