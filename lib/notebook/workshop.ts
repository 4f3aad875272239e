/**
 * The workshop's last step: the reader's network trains, and is kept.
 *
 * @module
 */
import { toNetwork } from "../course/workshop/plain.ts";
import {
  type Epoch,
  largestDifference,
  type Own,
  PARTS,
  rightParts,
  trainOwn,
  UNSEEN,
  WORKSHOP_PLAN,
  workshopDigits,
} from "../course/workshop/run.ts";
import type { Digits } from "../data/digits.ts";
import { accuracyText } from "../evaluation/metrics.ts";
import { type OwnNetwork, saveOwnNetwork } from "../files/own_network.ts";
import { linesFigure } from "../plots/figures.ts";
import { inNotebook, log, showAs, table, tick } from "./show.ts";
import { cellBar } from "./progress_bar.ts";

/** Where the digits come from and the network goes to, where not as usual. */
export interface WorkshopSurroundings {
  /** The digits, the first thousand for the test. */
  readonly set?: Digits;
  /** Keeps the network. */
  readonly keep?: (network: OwnNetwork) => Promise<void>;
}

/**
 * Trains the network that the reader's parts make; the tested ones stand in for those that are not right yet. What comes of it is
 * kept for chapter 14 and for the drawing pad.
 *
 * @param own The reader's functions, by name.
 * @param surroundings For a test, or for other digits.
 * @returns How many of the seven parts are the reader's, and the share of the unseen digits that the network reads.
 */
export async function trainYours(
  own: Own,
  { set = workshopDigits(), keep = saveOwnNetwork }: WorkshopSurroundings = {},
): Promise<{ parts: number; accuracy: number }> {
  const theirs = rightParts(own), parts = theirs.length;
  await table(PARTS.map(({ id }) => ({ part: id, "whose is used": theirs.includes(id) ? "yours" : "the tested one" })));
  const display = crypto.randomUUID();
  const reference: Epoch[] = [], watch = cellBar({ total: WORKSHOP_PLAN.epochs, unit: "epoch" });
  for (const epoch of trainOwn({}, [], set)) {
    reference.push(epoch);
    await tick();
    await watch?.draw(epoch.epoch);
  }
  await watch?.end();
  const yours: Epoch[] = parts ? [] : reference;
  const draw = async (kind: string) => await showAs(kind, curve(yours, reference, parts), display);
  if (parts) {
    try {
      for (const epoch of trainOwn(own, theirs, set)) {
        yours.push(epoch);
        if (inNotebook()) await draw(yours.length === 1 ? "display_data" : "update_display_data");
        await tick();
      }
    } catch (error) { // right on small examples, and not on these
      await log(
        `Your network stopped ${yours.length ? `in epoch ${yours.length}` : "before the first epoch"}: ${error}`,
      );
      return { parts, accuracy: 0 };
    }
  }
  if (!parts || !inNotebook()) await draw("display_data");
  const { layers, accuracy } = yours.at(-1)!, other = reference.at(-1)!;
  await log(`${parts ? "yours" : "the tested parts"}:`, accuracyText(accuracy, UNSEEN));
  if (parts === 0) {
    await log("Write one part above, run its cell, and then this one again.");
    return { parts, accuracy };
  }
  const off = largestDifference(layers, other.layers);
  const same = off < 1e-6 ? `the same numbers, to ${off.toExponential(0)}` : "other numbers: other chances were drawn";
  await log(`the library's: ${accuracyText(other.accuracy, UNSEEN)}; ${same}`);
  const trainedOn = `${(set.labels.length - UNSEEN).toLocaleString("en")} drawn digits`;
  await keep({ network: toNetwork(layers), accuracy, examples: UNSEEN, parts, trainedOn });
  await log("Kept: chapter 14 lays it beside the five, and the drawing pad (deno task draw) lets it read along.");
  return { parts, accuracy };
}

function curve(yours: readonly Epoch[], reference: readonly Epoch[], parts: number) {
  const line = (name: string, epochs: readonly Epoch[], dashed: boolean) => ({
    ...{ name, x: epochs.map(({ epoch }) => epoch), y: epochs.map(({ accuracy }) => 100 * accuracy), dashed },
    mode: "lines+markers" as const,
  });
  const own = parts ? [line(parts === 7 ? "your network" : `${parts} parts of seven are yours`, yours, false)] : [];
  return linesFigure([...own, line("the tested parts", reference, own.length > 0)], {
    title: own.length ? "Your network learns" : "What is waiting for your parts",
    x: "epoch",
    y: "unseen digits read (%)",
    caption: `784-16-10, mini-batches of 16, after each epoch; ${
      accuracyText((own.length ? yours : reference).at(-1)!.accuracy, UNSEEN)
    } in the end.`,
  });
}
