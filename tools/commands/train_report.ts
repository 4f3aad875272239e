/**
 * How `train` says how a training goes.
 *
 * @module
 */
import { className, type Digits } from "../../lib/data/digits.ts";
import type { Examples } from "../../lib/data/examples.ts";
import { type EngineChoice, probabilitiesOf } from "../../lib/engine/choice.ts";
import { confusion, perClass } from "../../lib/evaluation/metrics.ts";
import { mostLikely } from "../../lib/network/forward.ts";
import type { Network } from "../../lib/network/network.ts";
import type { TrainingRecord } from "../../lib/training/plan.ts";

/** A line, or an object, for one look at the network. */
export function report({ iteration, loss, accuracy, testAccuracy, ...rest }: TrainingRecord, json: boolean): void {
  if (json) {
    return console.log(
      JSON.stringify({
        event: "progress",
        iteration,
        epoch: rest.epoch,
        loss,
        accuracy,
        testLoss: rest.testLoss,
        testAccuracy,
      }),
    );
  }
  const percent = (share: number | undefined) => share === undefined ? "" : `${(100 * share).toFixed(1)} %`;
  console.log(
    `${String(iteration).padStart(9)}  ${loss.toFixed(4).padStart(8)}  ${percent(accuracy).padStart(8)}  ${
      percent(testAccuracy)
    }`.trimEnd(),
  );
}

/** What Keras prints after an epoch, and how long the rest will take. */
export function reportEpoch(
  { epoch, ...record }: TrainingRecord,
  epochs: number,
  seconds: number,
  json: boolean,
): void {
  const { loss, accuracy, testLoss: validationLoss, testAccuracy: validationAccuracy } = record;
  if (json) {
    return console.log(JSON.stringify({ event: "epoch", epoch, loss, accuracy, validationLoss, validationAccuracy }));
  }
  const validation = validationLoss === undefined
    ? ""
    : `, validation loss ${validationLoss.toFixed(4)}, accuracy ${validationAccuracy!.toFixed(4)}`;
  const left = epoch < epochs ? `; about ${Math.ceil(seconds / epoch * (epochs - epoch))} s left` : "";
  console.log(
    `epoch ${epoch} of ${epochs}: loss ${loss.toFixed(4)}, accuracy ${accuracy.toFixed(4)}${validation}${left}`,
  );
}

/** Which class is read best and which worst: where to look next. */
export async function extremes(
  set: Digits,
  network: Network,
  { images, labels }: Examples,
  choice: EngineChoice,
): Promise<string> {
  const shares = perClass(confusion(mostLikely(await probabilitiesOf(network, images, choice)), labels));
  const order = [...shares.keys()].filter((c) => !Number.isNaN(shares[c])).sort((a, b) => shares[b]! - shares[a]!);
  const say = (c: number) => `${className(set, c)} (${(100 * shares[c]!).toFixed(1)} %)`;
  return `Read best: ${say(order[0]!)}; worst: ${say(order.at(-1)!)}.`;
}
