/**
 * A report on experiments, shown in a notebook.
 *
 * @module
 */
import type { ExperimentRow, FailedRow } from "../experiments/rows.ts";
import { reportOf } from "../experiments/report.ts";
import { log, show, table } from "./show.ts";

/**
 * Shows what {@linkcode reportOf} says: the table, its sentences, its pictures.
 *
 * @param rows What `recordedRows("runs/NAME.jsonl")` gives, or any rows of `runExperiment`.
 * @throws {RangeError} If there is none.
 */
export async function showReport(rows: readonly (ExperimentRow | FailedRow)[]): Promise<void> {
  const report = reportOf(rows);
  await table(report.table.map(({ seconds: _, ...row }) => row)); // how long it took is no result
  for (const sentence of report.sentences) await log(sentence);
  for (const figure of report.figures) await show(figure);
}
