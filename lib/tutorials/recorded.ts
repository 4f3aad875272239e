/**
 * Rows of experiments that were run before, to be drawn and compared without waiting.
 *
 * @module
 */
import { projectFile } from "../files/sources.ts";
import type { ExperimentRow, FailedRow } from "./experiment.ts";

/**
 * The rows of `data/recorded/NAME.jsonl`, made by `deno task experiment data/recorded/NAME.json`.
 *
 * @param name tutorials, rates, race or rows.
 */
export async function recordedRows(name: string): Promise<ExperimentRow[]> {
  const text = await Deno.readTextFile(projectFile(`data/recorded/${name}.jsonl`));
  const rows: (ExperimentRow | FailedRow)[] = text.trim().split("\n").map((line) => JSON.parse(line));
  return rows.filter((row): row is ExperimentRow => !("error" in row));
}
