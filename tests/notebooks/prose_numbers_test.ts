// Every percentage in the notebooks' prose: shown by a cell of the same notebook, computed here from what was recorded, or argued.
import { assert, assertEquals } from "@std/assert";
import { mean } from "../../lib/evaluation/spread.ts";
import { RECORDED_MNIST } from "../../lib/evaluation/recorded_mnist.ts";
import { recordedRows } from "../../lib/experiments/rows.ts";
import { listNotebooks, readNotebook, sourceOf } from "../../tools/notebooks/notebook_file.ts";
import { ROOT } from "../../tools/root.ts";

const tutorials = (await recordedRows("tutorials")).filter(({ data }) => data.name === "MNIST");
const recorded = (tutorial: string, variant: string) =>
  100 *
  mean(
    tutorials.filter(({ settings: s }) => s.tutorial === tutorial && s.variant === variant && !s.init).map((row) =>
      row.testAccuracy
    ),
  );
const { drawnReadsMnist, mnistReadsMnist, nearestMean } = RECORDED_MNIST;
const CLAIMS = "claims_test.ts measures it", PAPER = "the paper named beside it";
const lastRung = (await recordedRows("ladder")).filter(({ settings: s }) => s.filters && s.distort).map((row) =>
  row.testAccuracy
);

/** By cell and number: the number as it is computed, or why there is none. */
const KNOWN: Readonly<Record<string, Readonly<Record<string, number | string>>>> = {
  "01-36d": {
    "82": 100 * nearestMean,
    "74": "notebook 14 prints 73.9 of drawn digits; about",
    "94.6": 100 * mean(drawnReadsMnist),
    "94.9": 100 * Math.max(...drawnReadsMnist),
    "97.8": 100 * mean(mnistReadsMnist),
  },
  "03-16": { "11.35": "1,135 of MNIST's 10,000 test digits are ones: counted in digit_files_test.ts" },
  "03-26": { "84.3": CLAIMS, "89.7": CLAIMS, "91.7": CLAIMS },
  "05-04b": { "92": "a tutorial's example" },
  "07-23": { "85.2": recorded("001", "corrected"), "2.4": 100 * (1 - 41 / 42) },
  "09-30": { "85.6": "a question's own number" },
  "10-35": { "91.6": recorded("002", "corrected") },
  "11-23e": { "91.7": CLAIMS, "92.8": CLAIMS },
  "13-25j": { "80": "UNSURE_BELOW, where a remark begins" },
  "12-01": { "97": recorded("004", "corrected") },
  "12-25k": { "97.2": recorded("004", "corrected"), "94.1": "README.md names the command: train --raw, seed 1" },
  "12-36": { "97": recorded("004", "corrected") },
  "00-14": { "99.5": 100 * mean(lastRung) },
  "14-25": { "88.5": "an exercise's own number", "87.1": "an exercise's own number" },
  "15-32": { "29": "chapter 13 prints 29.3" },
  "15-39": {
    "1.4": CLAIMS,
    "37.1": CLAIMS,
    "42.5": CLAIMS,
    "57.9": CLAIMS,
    "70.3": CLAIMS,
    "76.8": CLAIMS,
    "97.2": CLAIMS,
    "97.4": CLAIMS,
    "97.7": CLAIMS,
    "98.6": CLAIMS,
    "98.8": CLAIMS,
    "99.2": CLAIMS,
  },
  "16-07": { "29": "chapter 13 prints 29.3" },
  "16-34": {
    "0.23": PAPER,
    "0.35": PAPER,
    "0.4": PAPER,
    "0.8": PAPER,
    "0.95": PAPER,
    "1.6": PAPER,
    "12.0": PAPER,
    "2.5": PAPER,
    "3.05": PAPER,
  },
  "16-37": { "97.7": "DRAWN_DIGITS.md names the command" },
};

Deno.test("every percentage in the notebooks' prose is shown, computed, or argued", async () => {
  const used: string[] = [];
  for (const path of await listNotebooks()) {
    const { cells } = await readNotebook(new URL(path, ROOT));
    const shown = cells.flatMap((cell) => [
      ...cell.cell_type === "code" ? [sourceOf(cell)] : [],
      ...(cell.outputs ?? []).map(({ data }) => [data?.["text/plain"] ?? ""].flat().join("")),
    ]).join("\n");
    for (const cell of cells.filter(({ cell_type }) => cell_type === "markdown")) {
      for (const [, number] of sourceOf(cell).replace(/\s+/g, " ").matchAll(/(\d+(?:\.\d+)?) ?(?:%|points?\b)/g)) {
        if (new RegExp(`(?<![\\d.])${number!.replace(".", "\\.")}(?![\\d])`).test(shown)) continue;
        const known = KNOWN[cell.id!]?.[number!];
        assert(known !== undefined, `${path}, ${cell.id}: where does ${number} come from?`);
        used.push(`${cell.id} ${number}`);
        if (typeof known === "string") continue;
        const decimals = number!.split(".")[1]?.length ?? 0;
        assertEquals(known.toFixed(decimals), number, `${path}, ${cell.id}`);
      }
    }
  }
  const listed = Object.entries(KNOWN).flatMap(([cell, numbers]) =>
    Object.keys(numbers).map((number) => `${cell} ${number}`)
  );
  assertEquals(listed.filter((one) => !used.includes(one)), [], "listed, and not needed");
});
