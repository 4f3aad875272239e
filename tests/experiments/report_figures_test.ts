import { assertEquals } from "@std/assert";
import { spreadOf } from "../../lib/evaluation/spread.ts";
import { type Candidate, figuresOf, valueOf } from "../../lib/experiments/report_figures.ts";

const data = { name: "digits", digits: 9, sha256: "f" };
const candidate = (rate: number, batch: number | undefined, score: number) =>
  ({
    ...{ name: `rate ${rate}`, data, score: spreadOf([score]), examples: 100 },
    settings: { rate, ...batch && { batch }, optimiser: "sgd" },
    rows: [{ testAccuracy: score, history: { after: [1], loss: [0.5] } }],
  }) as unknown as Candidate;

Deno.test("valueOf() names a setting, none where it was not said, and layers by their sizes", () => {
  const settings = { hidden: [8, 6], rate: 0.1 };
  assertEquals(["rate", "hidden", "batch", "data"].map((axis) => valueOf({ settings, data }, axis)), [
    "0.1",
    "8-6",
    "–",
    "digits",
  ]);
  assertEquals(valueOf({ settings: { hidden: [] }, data }, "hidden"), "none");
});

Deno.test("figuresOf(): a heat map for each pair of settings that were varied, empty where nothing was trained", () => {
  const some = [candidate(1, 8, 0.9), candidate(1, 16, 0.8), candidate(2, 8, 0.7), candidate(2, 16, 0.6)];
  const axes = new Map([["rate", ["1", "2", "3"]], ["batch", ["8", "16"]], ["epochs", ["–", "3"]]]);
  const [, map, , ...more] = figuresOf(some, axes, false);
  assertEquals(more, []);
  const { z, y } = map!.data[0] as { z: number[][]; y: string[] },
    { ticktext } = map!.layout.xaxis as { ticktext: string[] };
  assertEquals([ticktext, y], [["8", "16"], ["1", "2", "3"]]);
  assertEquals(z.map((row) => row.map(Math.round)), [[90, 80], [70, 60], [NaN, NaN]]);
});
