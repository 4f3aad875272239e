import { assert, assertEquals } from "@std/assert";
import { drawDigits } from "../../lib/data/drawn_digits.ts";
import { runExperiment } from "../../lib/experiments/experiment.ts";

Deno.test("runExperiment() gives the same weights twice, for every kind of training; a rate that is too large is told", async () => {
  const set = drawDigits(2300, 1), common = { data: "drawn:2300", hidden: [6], init: "he" };
  const kinds = [
    { ...common, optimiser: "descent", iterations: 12 },
    { ...common, optimiser: "lbfgs", iterations: 5 },
    { ...common, optimiser: "momentum", epochs: 1, batch: 50, rows: 500 },
    { data: "drawn:2300", tutorial: "001", variant: "as-written", iterations: 3 } as const,
    { data: "drawn:2300", tutorial: "003", iterations: 4 },
  ];
  for (const settings of kinds) {
    const [one, two] = await Promise.all([runExperiment(settings, set), runExperiment(settings, set)]);
    assert("weights" in one && "weights" in two, JSON.stringify(one));
    assertEquals({ ...one, seconds: 0 }, { ...two, seconds: 0 });
    assert(one.loss > 0 && one.testExamples === 1000 && one.testAccuracy > 0.05 && one.history.length > 0);
    assert(
      one.history.at(-1)![1] < one.history[0]![1] || one.history.length === 1,
      `${JSON.stringify(settings)}: ${one.history}`,
    );
  }
  const wild = await runExperiment({ ...kinds[0]!, rate: 1e30 } as never, set);
  assert("error" in wild && /finite/.test(wild.error), JSON.stringify(wild));
  const few = await runExperiment(kinds[0]!, drawDigits(100, 1));
  assert("error" in few && few.error.includes("2000 are needed"), JSON.stringify(few));
});
