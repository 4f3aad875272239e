/**
 * Training to watch: digits drawn in the page, one network or several side by side, their curves and their hidden units' weights.
 *
 * @module
 */
import { drawDigits } from "../../data/drawn_digits.ts";
import { slice } from "../../data/digits.ts";
import { normalise, oneHot } from "../../data/prepare.ts";
import type { Examples } from "../../data/examples.ts";
import { evaluate } from "../../evaluation/evaluate.ts";
import { backward } from "../../network/backward.ts";
import { forward } from "../../network/forward.ts";
import { glorot, he, initialise, type Initialiser, uniformHalf, zeros } from "../../network/init.ts";
import type { Network } from "../../network/network.ts";
import { withInk } from "../../products.ts";
import { type Random, seededRandom, shuffledIndices } from "../../random.ts";
import { batchOf } from "../../training/batches.ts";
import { adam, momentum, type Optimiser, type OptimiserState, sgd } from "../../training/optimisers.ts";
import { type Answering, answering, type Control, told, type View } from "./view.ts";
import { curvesPanels, weightsPanel } from "./training_panels.ts";

const STARTS: Readonly<Record<string, Initialiser>> = {
  "He": he,
  "Glorot": glorot,
  "±0.5": uniformHalf,
  "zeros": zeros,
};
const OPTIMISERS: Readonly<Record<string, (rate: number) => Optimiser>> = {
  "plain steps": (rate) => sgd(rate),
  "momentum": (rate) => momentum(rate),
  "Adam": (learningRate) => adam({ learningRate }),
};

/** One network in training. */
export interface Lane {
  readonly name: string;
  readonly hidden: number;
  /** A key of the starts: He, Glorot, ±0.5, zeros. */
  readonly start: string;
  readonly rate: number;
  /** plain steps, momentum or Adam; plain steps where nothing is said. */
  readonly optimiser?: string;
}

/** What is trained on what. */
export interface TrainingValues {
  readonly lanes: readonly Lane[];
  /** Drawn digits to learn from; 200 more are only read. */
  readonly digits: number;
  /** Examples to a step; all where nothing is said. */
  readonly batch?: number;
  /** Steps to the end. */
  readonly steps: number;
  /** Steps to a frame; 1 where nothing is said. */
  readonly hurry?: number;
}

/** A lane as it stands. */
export interface Runner {
  readonly lane: Lane;
  readonly network: Network;
  readonly memory: OptimiserState;
  readonly random: Random;
  readonly order: readonly number[];
  readonly at: number;
  /** Loss on what it learns from, share of unseen digits read: after each frame, with its step. */
  readonly history: readonly { readonly step: number; readonly loss: number; readonly read: number }[];
  /** What became of it, if it ended in no number. */
  readonly lost: boolean;
}

/** How far they are. */
export interface TrainingState {
  readonly runners: readonly Runner[];
  readonly step: number;
  readonly batch: number;
  readonly looking: number;
}

const UNSEEN = 200, SEED = 2024, BATCHES = [8, 32, 128];
const sets = new Map<number, { lesson: Examples; unseen: Examples }>(); // drawn once in a page

function setOf(count: number): { lesson: Examples; unseen: Examples } {
  const known = sets.get(count);
  if (known) return known;
  const all = drawDigits(count + UNSEEN, SEED);
  const examples = (from: number, to: number): Examples => {
    const part = slice(all, from, to);
    return { images: withInk(normalise(part)), labels: part.labels };
  };
  const made = { unseen: examples(0, UNSEEN), lesson: examples(UNSEEN, UNSEEN + count) };
  sets.set(count, made);
  return made;
}

/** The view of a training. */
export function trainingViewOf(values: TrainingValues): View<TrainingState, readonly Runner[]> {
  const { lanes, digits, steps, hurry = 1 } = values, single = lanes.length === 1;
  const begin = (lane: Lane): Runner => {
    const network = initialise([784, lane.hidden, 10], seededRandom(1), STARTS[lane.start]!),
      { lesson, unseen } = setOf(digits);
    const first = { step: 0, loss: evaluate(network, lesson).loss, read: evaluate(network, unseen).accuracy };
    const memory = optimiserOf(lane).init(network);
    return { lane, network, memory, random: seededRandom(7), order: [], at: 0, history: [first], lost: false };
  };
  const from = (lanes: readonly Lane[], batch: number): TrainingState => ({
    runners: lanes.map(begin),
    step: 0,
    batch,
    looking: lanes.length - 1,
  });
  const start = from(lanes, values.batch ?? digits);
  const changed = (state: TrainingState, change: Partial<Lane>) =>
    from(state.runners.map(({ lane }) => ({ ...lane, ...change })), state.batch);
  const best = (runners: readonly Runner[]) =>
    runners.toSorted((a, b) => b.history.at(-1)!.read - a.history.at(-1)!.read)[0]!;
  return {
    start,
    answer: ({ runners }) => runners,
    draw: ({ looking }, runners) => [
      ...curvesPanels(runners, steps, digits, UNSEEN),
      weightsPanel(runners[Math.min(looking, runners.length - 1)]!),
    ],
    say: ({ step }, runners) => {
      const read = ({ lane, history, lost }: Runner) =>
        `${lane.name}: ${
          lost
            ? "its numbers have run away: too large a rate"
            : `loss ${told(history.at(-1)!.loss, 2)}, ${
              told(100 * history.at(-1)!.read, 1)
            } % of ${UNSEEN} unseen digits`
        }`;
      if (single) return `Step ${step}: ${read(runners[0]!).replace(/^.*?: /, "")}.`;
      const leader = best(runners);
      return `Step ${step}. ${runners.map(read).join(" · ")}.${step ? ` Ahead: ${leader.lane.name}.` : ""}`;
    },
    controls: (state) => {
      const list: Control<TrainingState>[] = [
        {
          kind: "button",
          label: "Start again",
          act: () => ({ ...from(state.runners.map(({ lane }) => lane), state.batch), looking: state.looking }),
        },
      ];
      if (single) {
        const { lane } = state.runners[0]!;
        list.push({
          kind: "slider",
          label: "learning rate",
          ...{ min: -3, max: 0.5, step: 0.1, value: Number(Math.log10(lane.rate).toFixed(6)) },
          text: String(Number(lane.rate.toPrecision(2))),
          set: (power) => withRate(state, 10 ** power),
        }, {
          kind: "slider",
          label: "hidden units",
          ...{ min: 1, max: 20, step: 1, value: lane.hidden },
          set: (hidden) => changed(state, { hidden }),
        }, {
          kind: "choice",
          label: "start",
          options: Object.keys(STARTS),
          value: Object.keys(STARTS).indexOf(lane.start),
          set: (i) => changed(state, { start: Object.keys(STARTS)[i]! }),
        });
      } else {
        list.push({
          kind: "choice",
          label: "weights of",
          options: lanes.map(({ name }) => name),
          value: state.looking,
          set: (looking) => ({ ...state, looking }),
        });
      }
      if (values.batch) {
        list.push({
          kind: "choice",
          label: "batch size",
          options: BATCHES.map(String),
          value: BATCHES.indexOf(state.batch),
          set: (i) => ({ ...from(state.runners.map(({ lane }) => lane), BATCHES[i]!), looking: state.looking }),
        });
      }
      return list;
    },
    play: (state) => {
      if (state.step >= steps) return null;
      const count = Math.min(hurry, steps - state.step), step = state.step + count;
      return {
        ...state,
        step,
        runners: state.runners.map((runner) => advanced(runner, count, step, state.batch, digits)),
      };
    },
  };
}

/** Another rate from here on: what was learned stays. */
function withRate(state: TrainingState, rate: number): TrainingState {
  return { ...state, runners: state.runners.map((runner) => ({ ...runner, lane: { ...runner.lane, rate } })) };
}

function optimiserOf({ optimiser = "plain steps", rate }: Lane): Optimiser {
  return OPTIMISERS[optimiser]!(rate);
}

/** Some steps further, by the functions of the course. */
function advanced(runner: Runner, count: number, step: number, batch: number, digits: number): Runner {
  if (runner.lost) return runner;
  const { lesson, unseen } = setOf(digits), optimiser = optimiserOf(runner.lane), random = runner.random.copy!();
  let { network, memory, order, at } = runner, loss = 0;
  try {
    for (let k = 0; k < count; k++) {
      if (batch < digits && at % digits === 0) [order, at] = [shuffledIndices(digits, random), 0];
      const own = batch < digits ? batchOf(lesson, order.slice(at, at + batch)) : lesson;
      at = Math.min(digits, at + batch);
      const pass = forward(network, own.images);
      ({ network, state: memory } = optimiser.step(network, backward(network, pass, oneHot(own.labels, 10)), memory));
    }
    loss = evaluate(network, lesson).loss;
    const history = [...runner.history, { step, loss, read: evaluate(network, unseen).accuracy }];
    return { ...runner, network, memory, random, order, at: at % digits, history, lost: !Number.isFinite(loss) };
  } catch { // sums that are no numbers any more
    return { ...runner, lost: true };
  }
}

/**
 * A training to watch, step by step or playing.
 *
 * @param lanes One network, or several side by side.
 * @param options How many drawn digits, steps, examples to a step.
 * @param shown After how many frames the still picture is taken.
 */
export function trainingView(
  lanes: readonly Lane[],
  options: Omit<TrainingValues, "lanes">,
  shown = options.steps / (options.hurry ?? 1),
): Answering {
  const values = { lanes, ...options }, view = trainingViewOf(values);
  let state = view.start;
  for (let frame = 0; frame < shown; frame++) state = view.play!(state) ?? state;
  return answering("training", trainingViewOf, values, state);
}
