import { assert, assertEquals } from "@std/assert";
import { drawDigits } from "../../lib/data/drawn_digits.ts";
import { runExperiment } from "../../lib/experiments/experiment.ts";
import { showReport } from "../../lib/notebook/report.ts";
import { printed } from "./printed.ts";

Deno.test("showReport() shows the table, the best, and the pictures' captions", async () => {
  const set = drawDigits(2300, 1),
    settings = { hidden: [4], init: "he", optimiser: "sgd", epochs: 1, rows: 300, validation: 100 };
  const rows = await Promise.all([1, 2].map((seed) => runExperiment({ ...settings, seed }, set)));
  const lines = await printed(() => showReport(rows));
  assert(lines[0]!.startsWith("validation part"), lines.join("\n"));
  assertEquals(lines.filter((line) => line.startsWith("Best on drawn digits")).length, 1);
});
