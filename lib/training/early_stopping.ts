/**
 * Stopping when more practice no longer helps.
 *
 * @module
 */
import { assertWhole } from "../assert_whole.ts";
import type { Network } from "../network/network.ts";
import type { TrainingRecord } from "./plan.ts";

/** Watches a training; see {@linkcode earlyStopping}. */
export interface EarlyStopping {
  /** To be called with each record: the training's `onRecord`. */
  readonly onRecord: (record: TrainingRecord, history: readonly TrainingRecord[], network: () => Network) => boolean;
  /** The network as it was at its best, and that record; nothing before the first one. */
  readonly best: () => { readonly network: Network; readonly record: TrainingRecord } | undefined;
}

/**
 * Stops a training once its test part has been read no better for some records, and keeps the network that did best.
 *
 * What serves as test part here is chosen by: it is a validation part, and says nothing any more about unseen digits.
 *
 * @param patience How many records in a row may pass without a better one; a whole number from 1.
 * @param by What is better: a lower loss, or a higher accuracy.
 * @throws {RangeError} If it is not.
 * @see Prechelt, "Early Stopping – But When?" (1998)
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import type { Network } from "../network/network.ts";
 *
 * const { onRecord, best } = earlyStopping(2), losses = [0.5, 0.3, 0.4, 0.35];
 * const stops = losses.map((testLoss, epoch) =>
 *   onRecord({ iteration: epoch, epoch, loss: 0, accuracy: 1, testLoss }, [], () => ({ layers: [] } as Network))
 * );
 * assertEquals(stops, [false, false, false, true]);
 * assertEquals(best()?.record.epoch, 1);
 * ```
 */
export function earlyStopping(patience: number, by: "testLoss" | "testAccuracy" = "testLoss"): EarlyStopping {
  assertWhole("stop early", "patience", patience, 1);
  let best: { network: Network; record: TrainingRecord } | undefined, since = 0;
  return {
    onRecord(record, _history, network) {
      const value = record[by];
      if (value === undefined) {
        throw new TypeError("Cannot stop early: the training needs a test part, here the validation digits");
      }
      const before = best?.record[by];
      if (before !== undefined && !(by === "testLoss" ? value < before : value > before)) return ++since >= patience;
      best = { network: network(), record };
      since = 0;
      return false;
    },
    best: () => best,
  };
}
