/**
 * Where to draw the line between sure and unsure: above it the network answers, below it a person is asked.
 *
 * @module
 */
import { interval } from "../../evaluation/metrics.ts";
import { COLOURS } from "../figure.ts";
import { drawing, words } from "../svg.ts";
import { Chart, PANEL_WIDTH } from "./chart.ts";
import { type Answering, answering, told, type View } from "./view.ts";

/** How sure the network was of each answer, in ten-thousandths, negative where it was wrong. */
export interface ThresholdValues {
  readonly sure: readonly number[];
}

/** What becomes of the digits. */
export interface ThresholdAnswer {
  readonly right: number;
  readonly wrong: number;
  readonly asked: number;
}

/** The view of some answers. */
export function thresholdViewOf({ sure }: ThresholdValues): View<{ threshold: number }, ThresholdAnswer> {
  const all = sure.length, start = { threshold: 0.5 };
  const sort = (threshold: number): ThresholdAnswer => {
    const answered = sure.filter((s) => Math.abs(s) / 10_000 >= threshold),
      right = answered.filter((s) => s > 0).length;
    return { right, wrong: answered.length - right, asked: all - answered.length };
  };
  const steps = Array.from({ length: 100 }, (_, i) => i / 100).map((t) => [t, sort(t)] as const);
  const accuracyOf = ({ right, wrong }: ThresholdAnswer) => right + wrong ? 100 * right / (right + wrong) : NaN;
  const bins = Array.from({ length: 20 }, (_, bin) => {
    const inside = sure.filter((s) => Math.min(19, Math.floor(Math.abs(s) / 500)) === bin);
    return { right: inside.filter((s) => s > 0).length, all: inside.length };
  });
  return {
    start,
    answer: ({ threshold }) => sort(threshold),
    draw: ({ threshold }, { right, wrong, asked }) => {
      const top = Math.max(...bins.map(({ all }) => all)) * 1.05;
      const chart = new Chart({
        title: "How sure it was",
        x: [0, 1],
        y: [0, top],
        xName: "probability of its answer",
        yName: "digits",
      });
      bins.forEach((bin, i) => {
        chart.bar(i / 20, (i + 1) / 20, bin.all, COLOURS.wrong, (i + 1) / 20 > threshold ? 1 : 0.3)
          .bar(i / 20, (i + 1) / 20, bin.right, COLOURS.right, (i + 1) / 20 > threshold ? 1 : 0.3);
      });
      chart.line([[threshold, 0], [threshold, top]], COLOURS.ink, { dashed: true }).legend([["right", COLOURS.right], [
        "wrong",
        COLOURS.wrong,
      ]]);
      const low = Math.min(...steps.map(([, s]) => accuracyOf(s)).filter(Number.isFinite));
      const curve = new Chart({
        title: "What it costs to be careful",
        x: [0, 100],
        y: [Math.floor(low / 5) * 5 - 1, 100],
        xName: "digits left to a person (%)",
        yName: "right, of those answered (%)",
        height: 220,
      });
      curve.line(steps.map(([, s]) => [100 * s.asked / all, accuracyOf(s)]), COLOURS.main).dot(
        100 * asked / all,
        accuracyOf({ right, wrong, asked }),
        COLOURS.second,
        "here",
        6,
      );
      let x = 8;
      const bar =
        ([[right, COLOURS.right, "right"], [wrong, COLOURS.wrong, "wrong"], [asked, "#a9b8c9", "asked"]] as const).map(
          ([count, colour, name], i) => {
            const width = count / all * (PANEL_WIDTH - 16),
              part = `<rect x="${x.toFixed(1)}" y="6" width="${width.toFixed(1)}" height="22" fill="${colour}"/>`;
            x += width;
            return part +
              words(8 + 125 * i, 46, `${count} ${name}`, {
                size: 12,
                colour: i === 2 ? "#4a5563" : colour,
                bold: true,
              });
          },
        );
      const joined = curve.picture(`Answered rightly: ${told(accuracyOf({ right, wrong, asked }), 1)} %.`);
      const both = joined.svg.replace("<svg ", '<svg y="56" ');
      return [chart.picture(`The line at ${told(threshold, 2)}.`), {
        ...drawing(PANEL_WIDTH, 280, [...bar, both]),
        caption: `${right} right, ${wrong} wrong, ${asked} left to a person.`,
      }];
    },
    say: ({ threshold }, { right, wrong, asked }) => {
      const answered = right + wrong;
      if (!answered) return `Nothing is that sure: all ${all} digits are left to a person.`;
      const [low, high] = interval(right / answered, answered);
      return `Answers from ${told(100 * threshold, 0)} % on: ${answered} of ${all} digits are answered, ${
        told(100 * right / answered, 1)
      } % of them rightly (95 % interval ${told(100 * low, 1)}–${
        told(100 * high, 1)
      } %), ${wrong} wrongly; ${asked} are left to a person.`;
    },
    controls: ({ threshold }) => [{
      kind: "slider",
      label: "answers only if at least this sure",
      ...{ min: 0, max: 1, step: 0.01, value: threshold },
      text: `${told(100 * threshold, 0)} %`,
      set: (to) => ({ threshold: to }),
    }],
    point: (state, panel, x, _, phase) =>
      panel === 0 && phase !== "hover"
        ? {
          threshold: Number(new Chart({ title: "", x: [0, 1], y: [0, 1], xName: "", yName: "" }).valueAt(x).toFixed(2)),
        }
        : state,
  };
}

/**
 * A threshold to drag between the answers that count and those that are left to a person.
 *
 * @param sureness The probability of each answer.
 * @param right Whether it was right.
 * @throws {TypeError} If there are none, or not as many of one as of the other.
 */
export function thresholdView(sureness: readonly number[], right: readonly boolean[]): Answering {
  if (sureness.length === 0 || sureness.length !== right.length) {
    throw new TypeError(
      `Cannot part sure from unsure: needs as many verdicts as answers, got ${sureness.length} and ${right.length}`,
    );
  }
  const sure = sureness.map((p, i) => Math.round(10_000 * p) * (right[i] ? 1 : -1));
  return answering("threshold", thresholdViewOf, { sure });
}
