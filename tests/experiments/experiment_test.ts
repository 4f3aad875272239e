import { assert, assertEquals } from "@std/assert";
import { slice } from "../../lib/data/digits.ts";
import { drawDigits } from "../../lib/data/drawn_digits.ts";
import { noteOf, runExperiment } from "../../lib/experiments/experiment.ts";
import type { ExperimentRow } from "../../lib/experiments/rows.ts";
import type { Settings } from "../../lib/experiments/settings.ts";

const set = drawDigits(2300, 1), common = { hidden: [6], init: "he" };

async function done(settings: Settings): Promise<ExperimentRow> {
  const row = await runExperiment(settings, set);
  assert("weights" in row, JSON.stringify(row));
  return row;
}

Deno.test("runExperiment() gives the same weights twice, for every kind of training; a rate that is too large is told", async () => {
  const kinds: Settings[] = [
    { ...common, optimiser: "descent", iterations: 12 },
    { ...common, optimiser: "lbfgs", iterations: 5, loss: "squared-error", activation: "tanh" },
    { ...common, optimiser: "momentum", epochs: 1, batch: 50, rows: 500, schedule: "cosine" },
    { ...common, optimiser: "adam", epochs: 2, hidden: [], augment: "turn", rows: 200 },
    { tutorial: "001", variant: "as-written", iterations: 3 },
    { tutorial: "001", init: "he", iterations: 3 },
    { tutorial: "003", iterations: 4 },
  ];
  const seen = new Set<string>();
  for (const settings of kinds) {
    const [one, two] = await Promise.all([done(settings), done(settings)]), { loss, after } = one.history;
    assertEquals({ ...one, seconds: 0 }, { ...two, seconds: 0 });
    assert(one.loss > 0 && one.testExamples === 1000 && one.testAccuracy > 0.05 && loss.length === after.length);
    assert(loss.length === 1 || loss.at(-1)! < loss[0]!, `${JSON.stringify(settings)}: ${loss}`);
    seen.add(one.weights);
  }
  assertEquals(seen.size, kinds.length);
  const wild = await runExperiment({ ...kinds[0]!, rate: 1e30 }, set);
  assert("error" in wild && wild.diverged && /finite/.test(wild.error), JSON.stringify(wild));
  const few = await runExperiment(kinds[0]!, drawDigits(100, 1));
  assert("error" in few && !few.diverged && few.error.includes("2000 are needed"), JSON.stringify(few));
});

Deno.test("each setting that is said makes another network", async () => {
  const base: Settings = { ...common, optimiser: "adam", epochs: 2, rows: 300 }, { weights } = await done(base);
  const other: Settings[] = [{ seed: 2 }, { rows: 299 }, { validation: 50 }, { lambda: 3 }, { beta1: 0.5 }, {
    beta2: 0.9,
  }];
  other.push({ epsilon: 0.1 }, { rate: 0.01 }, { batch: 10 }, { batch: "all" }, { loss: "logistic" }, {
    schedule: "linear",
  });
  other.push({ activation: "tanh" }, { augment: "shift" }, { init: "zeros" }, { hidden: [7] });
  for (const one of other) assert((await done({ ...base, ...one })).weights !== weights, JSON.stringify(one));
  const usual: Settings = { seed: 1, lambda: 0, beta1: 0.9, beta2: 0.999, epsilon: 1e-7, rate: 0.001, batch: 32 };
  const more: Settings = { loss: "cross-entropy", schedule: "constant", activation: "relu", augment: "none" };
  assertEquals((await done({ ...base, ...usual, ...more })).weights, weights);
});

Deno.test("a validation part is kept back from learning and measured after each epoch; patience takes the best epoch", async () => {
  const settings: Settings = { ...common, optimiser: "adam", rate: 0.02, epochs: 25, rows: 300, validation: 100 };
  const all = await done(settings), { validationAccuracy, after } = all.history;
  assertEquals([all.validationExamples, after.length, validationAccuracy!.length], [100, 25, 25]);
  assertEquals(all.validationAccuracy, validationAccuracy!.at(-1));
  const stopped = await done({ ...settings, patience: 3 }), best = validationAccuracy!.slice(0, stopped.bestEpoch);
  assertEquals(stopped.history.after.length, stopped.bestEpoch! + 3, "it went on for three epochs");
  assert(
    stopped.bestEpoch! < 22 && best.every((a, i) => i === best.length - 1 || a < best.at(-1)!),
    `${validationAccuracy}`,
  );
  assertEquals(stopped.validationAccuracy, best.at(-1), "and took the network as it was then");
  const none = await runExperiment({ ...settings, validation: 300 }, set);
  assert("error" in none && none.error.includes("validation must be a whole number from 1 to 299, got 300"));
});

Deno.test("dead units are counted: from zeros, none of the hidden units ever wakes", async () => {
  assertEquals((await done({ hidden: [6, 5], init: "zeros", optimiser: "sgd", epochs: 1, rows: 200 })).deadUnits, 11);
  assertEquals((await done({ hidden: [6], init: "he", optimiser: "sgd", epochs: 1, rows: 200 })).deadUnits, 0);
  assertEquals(
    (await done({ ...common, activation: "sigmoid", optimiser: "sgd", epochs: 1, rows: 200 })).deadUnits,
    undefined,
  );
});

Deno.test("noteOf() tells digits apart by what they are", async () => {
  const [one, same, fewer] = await Promise.all([set, drawDigits(2300, 1), slice(set, 1)].map(noteOf));
  assertEquals(one, same);
  assertEquals([one!.name, one!.digits, one!.sha256.length], ["drawn digits", 2300, 12]);
  assert(fewer!.sha256 !== one!.sha256);
});
