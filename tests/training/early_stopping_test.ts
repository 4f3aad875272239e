import { assert, assertEquals, assertThrows } from "@std/assert";
import { drawDigits } from "../../lib/data/drawn_digits.ts";
import { examplesOf } from "../../lib/data/examples.ts";
import { train } from "../../lib/engine/train.ts";
import { evaluate } from "../../lib/evaluation/evaluate.ts";
import { initialise } from "../../lib/network/init.ts";
import { seededRandom } from "../../lib/random.ts";
import { earlyStopping } from "../../lib/training/early_stopping.ts";
import { adam } from "../../lib/training/optimisers.ts";

Deno.test("earlyStopping() ends a training that learns its few digits by heart, and keeps the network it had before", async () => {
  const lesson = examplesOf(drawDigits(60, 1)),
    test = examplesOf(drawDigits(200, 2)),
    { onRecord, best } = earlyStopping(5);
  const { history, stopped } = await train(initialise([784, 30, 10], seededRandom(1)), lesson, {
    ...{ epochs: 200, batchSize: 20, optimiser: adam({ learningRate: 0.005 }), random: seededRandom(2), test },
    onRecord,
  });
  const losses = history.map(({ testLoss }) => testLoss!), lowest = losses.indexOf(Math.min(...losses));
  assert(stopped && history.length < 200);
  assertEquals(lowest, history.length - 6);
  assertEquals(best()!.record, history[lowest]);
  assertEquals(evaluate(best()!.network, test).loss, losses[lowest]);
});

Deno.test("earlyStopping() starts anew with each better record", () => {
  const { onRecord } = earlyStopping(2), network = () => initialise([2, 2], seededRandom(1));
  const says = [5, 4, 4, 3, 3.5, 3].map((testLoss, epoch) =>
    onRecord({ iteration: epoch, epoch, loss: 0, accuracy: 0, testLoss }, [], network)
  );
  assertEquals(says, [false, false, false, false, false, true]);
});

Deno.test("earlyStopping() needs a test part, and a patience of at least one", () => {
  const record = { iteration: 1, epoch: 1, loss: 1, accuracy: 0 };
  assertThrows(() => earlyStopping(3).onRecord(record, [], () => ({ layers: [] })), TypeError, "needs a test part");
  assertThrows(() => earlyStopping(0), RangeError, "patience must be a whole number from 1, got 0");
});
