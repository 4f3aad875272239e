/**
 * The report of many trainings: what to lay along the axis, what to colour, what to hold fast.
 *
 * @module
 */
import { spreadOf } from "../../evaluation/spread.ts";
import { COLOURS, SERIES_COLOURS } from "../figure.ts";
import { drawing, words } from "../svg.ts";
import { Chart, PANEL_WIDTH } from "./chart.ts";
import { type Answering, answering, type Control, told, type View } from "./view.ts";

/** Trainings of all combinations of some settings, several seeds each. */
export interface ReportValues {
  /** The settings that differ, and the values that each takes. */
  readonly factors: readonly { readonly name: string; readonly values: readonly string[] }[];
  /** For each training, which value of each factor, and the share read, in per cent. */
  readonly rows: readonly (readonly number[])[];
  /** Of what the share is. */
  readonly of: string;
}

/** What is looked at. */
export interface ReportState {
  readonly along: number;
  readonly colour: number;
  /** For each factor, which value is held fast; −1 for all. */
  readonly held: readonly number[];
}

/** The trainings that are left, by colour and place. */
export interface ReportAnswer {
  readonly groups: readonly {
    readonly along: number;
    readonly colour: number;
    readonly shares: readonly number[];
    readonly mean: number;
  }[];
  readonly count: number;
}

/** The view of a report. */
export function reportViewOf({ factors, rows, of }: ReportValues): View<ReportState, ReportAnswer> {
  const others = (state: ReportState) =>
    factors.map((_, f) => f).filter((f) => f !== state.along && f !== state.colour);
  const start: ReportState = { along: factors.length - 1, colour: 0, held: factors.map(() => -1) };
  return {
    start,
    answer: (state) => {
      const { along, colour, held } = state, free = others(state);
      const left = rows.filter((row) => free.every((f) => held[f]! < 0 || row[f] === held[f]));
      const groups = factors[colour]!.values.flatMap((_, c) =>
        factors[along]!.values.map((_, a) => {
          const shares = left.filter((row) => row[along] === a && row[colour] === c).map((row) => row.at(-1)!);
          return {
            along: a,
            colour: c,
            shares,
            mean: shares.length && 100 * spreadOf(shares.map((share) => share / 100)).mean,
          };
        })
      ).filter(({ shares }) => shares.length);
      return { groups, count: left.length };
    },
    draw: ({ along, colour }, { groups }) => {
      const names = factors[along]!.values,
        low = Math.floor(Math.min(90, ...groups.flatMap(({ shares }) => shares)) / 10) * 10;
      const chart = new Chart({
        title: `${of}, by ${factors[along]!.name}`,
        x: [-0.5, names.length - 0.5],
        y: [low, 100],
        xName: factors[along]!.name,
        yName: "read (%)",
        height: 320,
        xMarks: names.map((_, i) => i),
        xText: (i) => names[i] ?? "",
      });
      const series = factors[colour]!.values;
      series.forEach((_, c) => {
        const own = groups.filter((group) => group.colour === c), paint = SERIES_COLOURS[c % SERIES_COLOURS.length]!;
        const place = (a: number) => a + (c - (series.length - 1) / 2) * 0.14;
        if (colour !== along) chart.line(own.map(({ along, mean }) => [place(along), mean]), paint);
        for (const { along, shares, mean } of own) {
          shares.forEach((share) => chart.dot(place(along), share, paint, "", 2.5));
          chart.dot(place(along), mean, paint, "", 5);
        }
      });
      if (colour !== along) chart.legend(series.map((name, c) => [name, SERIES_COLOURS[c % SERIES_COLOURS.length]!]));
      const best = groups.toSorted((a, b) => b.mean - a.mean);
      const parts = [words(8, 16, "Best first", { size: 13, bold: true })];
      best.slice(0, 10).forEach(({ along: a, colour: c, shares, mean }, i) => {
        const y = 44 + 25 * i, [least, most] = [Math.min(...shares), Math.max(...shares)];
        parts.push(
          words(
            8,
            y,
            `${factors[colour]!.values[c]}${colour === along ? "" : `, ${factors[along]!.name} ${names[a]}`}`,
            { size: 11.5 },
          ),
          words(
            PANEL_WIDTH - 8,
            y,
            `${told(mean, 1)} % (${shares.length} trainings, ${told(least, 1)}–${told(most, 1)})`,
            {
              size: 11.5,
              anchor: "end",
              bold: i === 0,
              colour: i === 0 ? COLOURS.right : COLOURS.ink,
            },
          ),
        );
      });
      return [chart.picture(`${of} by ${factors[along]!.name} and ${factors[colour]!.name}.`), {
        ...drawing(PANEL_WIDTH, 320, parts),
        caption: `Best: ${told(best[0]?.mean ?? NaN, 1)} %.`,
      }];
    },
    say: ({ along, colour }, { groups, count }) => {
      if (!groups.length) return "No training has these settings.";
      const best = groups.toSorted((a, b) => b.mean - a.mean)[0]!;
      const reach = Math.max(...groups.map(({ shares }) => Math.max(...shares) - Math.min(...shares)));
      return `${count} trainings. Best: ${factors[colour]!.name} ${factors[colour]!.values[best.colour]}${
        along === colour ? "" : `, ${factors[along]!.name} ${factors[along]!.values[best.along]}`
      }, ${told(best.mean, 1)} % in the mean. Trainings in one place of the chart lie up to ${
        told(reach, 1)
      } points apart.`;
    },
    controls: (state) => {
      const names = factors.map(({ name }) => name);
      const list: Control<ReportState>[] = [
        {
          kind: "choice",
          label: "along the axis",
          options: names,
          value: state.along,
          set: (along) => ({ ...state, along, colour: along === state.colour ? state.along : state.colour }),
        },
        {
          kind: "choice",
          label: "in colours",
          options: names,
          value: state.colour,
          set: (colour) => ({ ...state, colour, along: colour === state.along ? state.colour : state.along }),
        },
      ];
      for (const f of others(state)) {
        list.push({
          kind: "choice",
          label: `only ${names[f]}`,
          options: ["all", ...factors[f]!.values],
          value: state.held[f]! + 1,
          set: (i) => ({ ...state, held: state.held.with(f, i - 1) }),
        });
      }
      return list;
    },
  };
}

/**
 * A report to turn about.
 *
 * @param factors The settings that differ, and the values that each takes.
 * @param rows For each training, its value of each factor, and the share read, 0 to 1.
 * @param of Of what the share is: "MNIST's validation digits read".
 * @throws {RangeError} If a row has a value that its factor does not name.
 */
export function reportView(
  factors: ReportValues["factors"],
  rows: readonly { readonly values: readonly string[]; readonly share: number }[],
  of: string,
): Answering {
  const packed = rows.map(({ values, share }) => [
    ...values.map((value, f) => {
      const at = factors[f]!.values.indexOf(value);
      if (at < 0) throw new RangeError(`Cannot report: ${factors[f]!.name} has no value ${value}`);
      return at;
    }),
    Number((100 * share).toFixed(2)),
  ]);
  return answering("report", reportViewOf, { factors, rows: packed, of });
}
