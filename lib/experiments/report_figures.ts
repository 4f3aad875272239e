/**
 * Pictures of many trainings: dots, heat maps, learning curves.
 *
 * @module
 */
import { matrix } from "../matrix.ts";
import { type Spread, spreadText } from "../evaluation/spread.ts";
import { dotsFigure } from "../plots/dots.ts";
import type { Figure } from "../plots/figure.ts";
import { linesFigure } from "../plots/figures.ts";
import { heatFigure } from "../plots/heat_maps.ts";
import type { DataNote, ExperimentRow } from "./rows.ts";
import type { Settings } from "./settings.ts";

/** Trainings that differ in their seed alone. */
export interface Candidate {
  /** What sets it apart from the others. */
  readonly name: string;
  /** The settings without the seed. */
  readonly settings: Settings;
  /** Its digits. */
  readonly data: DataNote;
  /** Its rows. */
  readonly rows: readonly ExperimentRow[];
  /** Accuracy on the part to choose by: the validation part, or the test part where there is none. */
  readonly score: Spread;
  /** How many digits that part has. */
  readonly examples: number;
}

/** The settings in which trainings differ, with all their values. */
export type Axes = ReadonlyMap<string, readonly string[]>;
/** What a training was of. */
export type Setup = Pick<ExperimentRow, "settings" | "data">;

/** A setting, or the digits, as text; nothing where it was not said. */
export function valueOf({ settings, data }: Setup, axis: string): string {
  if (axis === "data") return data.name;
  const value = settings[axis as keyof Settings];
  if (axis === "hidden" && Array.isArray(value)) return value.length ? value.join("-") : "none";
  return value === undefined ? "–" : String(value);
}

const SHOWN = 24; // candidates in a picture of dots
const CURVES = 5;

/** All pictures of the candidates of one set of digits, the best first. */
export function figuresOf(candidates: readonly Candidate[], axes: Axes, chosen: boolean): Figure[] {
  return [dots(candidates, chosen), ...heatMaps(candidates, axes, chosen), curves(candidates)];
}

function dots(candidates: readonly Candidate[], chosen: boolean): Figure {
  const shown = candidates.slice(0, SHOWN), [best] = shown as [Candidate], part = chosen ? "validation" : "test";
  const left = candidates.length - shown.length;
  return dotsFigure(
    shown.map(({ name, rows }) => ({
      name,
      values: rows.map((row) => 100 * (row.validationAccuracy ?? row.testAccuracy)),
    })),
    {
      title: `${best.data.name}: every training a dot, their mean a stroke`,
      x: `accuracy on the ${part} part, %`,
      y: "",
      caption: `The best: ${best.name}, ${spreadText(best.score, best.examples)}.${
        left ? ` ${left} more are in the table.` : ""
      }`,
    },
  );
}

/** One map for each pair of settings: the best that was reached with both, whatever the others. */
function heatMaps(candidates: readonly Candidate[], axes: Axes, chosen: boolean): Figure[] {
  const said = (name: string) => axes.get(name)!.filter((value) => value !== "–");
  const names = [...axes.keys()].filter((name) => name !== "data" && said(name).length > 1),
    part = chosen ? "validation" : "test";
  return names.flatMap((down, i) =>
    names.slice(i + 1).flatMap((across) => {
      const [rows, columns] = [said(down), said(across)];
      const best = (row: string, column: string) =>
        Math.max(
          ...candidates.filter((one) => valueOf(one, down) === row && valueOf(one, across) === column)
            .map(({ score }) => 100 * score.mean),
        );
      const values = columns.flatMap((column) => rows.map((row) => best(row, column)));
      const found = values.filter(Number.isFinite);
      if (found.length < 4) return [];
      const low = Math.min(...found),
        high = Math.max(...found),
        middle = found.toSorted((a, b) => a - b)[found.length >> 1]!;
      return [heatFigure(matrix(rows.length, columns.length, values.map((v) => Number.isFinite(v) ? v : NaN)), {
        ...{
          title: `${candidates[0]!.data.name}, ${down} by ${across}: accuracy on the ${part} part, %`,
          x: across,
          y: down,
        },
        ...{
          rowNames: rows,
          columnNames: columns,
          decimals: 1,
          from: Math.max(low - 0.2 * (high - low), high - 3 * (high - middle)),
        },
        caption: `From ${low.toFixed(1)} to ${
          high.toFixed(1)
        } %: for each pair the best mean over seeds, whatever the other settings.`,
      })];
    })
  );
}

function curves(candidates: readonly Candidate[]): Figure {
  const shown = candidates.slice(0, CURVES);
  const validated = shown.every(({ rows }) => rows[0]!.history.validationLoss);
  const byEpochs = shown.every(({ settings: { optimiser } }) => ["sgd", "momentum", "adam"].includes(optimiser ?? ""));
  return linesFigure(
    shown.map(({ name, rows: [row] }) => ({
      name,
      x: row!.history.after,
      y: validated ? row!.history.validationLoss! : row!.history.loss,
    })),
    {
      title: `${shown[0]!.data.name}: learning curves, the first seed of each${
        candidates.length > CURVES ? ` (the first ${CURVES})` : ""
      }`,
      x: byEpochs ? "epochs" : "updates, evaluations or epochs",
      y: validated ? "loss on the validation part" : "loss on what it learns from",
      caption: shown.map(({ name, rows: [row] }) => {
        const { loss, validationLoss } = row!.history;
        return `${name}: ${(validated ? validationLoss! : loss).at(-1)?.toFixed(3) ?? "nothing recorded"}`;
      }).join("; ") + ".",
      logY: true,
    },
  );
}
