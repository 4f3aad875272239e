/**
 * The bug museum: what five tutorials printed wrong or lead others to do, and what it costs.
 *
 * @module
 */
import { type Digits, slice } from "../../data/digits.ts";
import { DATA_EXHIBITS } from "./data.ts";
import type { Exhibit, Material } from "./exhibit.ts";
import { MEASURING_EXHIBITS } from "./measuring.ts";
import { NETWORK_EXHIBITS } from "./network.ts";
import { TRAINING_EXHIBITS } from "./training.ts";
import costs from "./costs.json" with { type: "json" };

export type { Effect, Exhibit, Material, Version } from "./exhibit.ts";

/** All exhibits by number, those of others at the end. */
export const EXHIBITS: readonly Exhibit[] = [
  ...DATA_EXHIBITS,
  ...NETWORK_EXHIBITS,
  ...TRAINING_EXHIBITS,
  ...MEASURING_EXHIBITS,
]
  .toSorted((a, b) => a.id < b.id ? -1 : 1);

/**
 * The exhibit with this number.
 *
 * @throws {RangeError} If there is none.
 */
export function exhibit(id: string): Exhibit {
  const found = EXHIBITS.find((candidate) => candidate.id === id);
  if (!found) {
    throw new RangeError(`Cannot find exhibit "${id}": must be one of ${EXHIBITS.map((e) => e.id).join(", ")}`);
  }
  return found;
}

/** 3,000 digits to learn from and 1,000 to be read: enough to see what a mistake costs, in a second each. */
export function museumMaterial(set: Digits): Material {
  return { train: slice(set, 1000, 4000), test: slice(set, 0, 1000) };
}

/** Whose mistake it is, in words. */
export function whose({ madeBy, invitedBy, elsewhere }: Exhibit): string {
  if (madeBy) return `made by ${madeBy}`;
  return invitedBy ? `invited by ${invitedBy}` : `found in ${elsewhere}`;
}

/** What an exhibit's mistake costs on drawn digits and on MNIST, a number for each of the seeds 1 to 5. */
export interface Cost {
  /** On {@linkcode museumMaterial} of `drawn`. */
  readonly drawn: readonly number[];
  /** On that of MNIST. */
  readonly mnist: readonly number[];
}

/** The costs by exhibit, as `deno task make museum` measured them. */
export const COSTS: Readonly<Record<string, Cost>> = costs;
