/**
 * Training to watch: digits drawn in the page, one network or several side by side, their curves and their hidden units' weights.
 *
 * @module
 */
import { accuracyText } from "../../evaluation/metrics.ts";
import { advanced, begin, type Lane, type Runner, STARTS, UNSEEN } from "./runner.ts";
import { type Answering, answering, type Control, told, type View } from "./view.ts";
import { curvesPanels, weightsPanel } from "./training_panels.ts";

/** What is trained on what. */
export interface TrainingValues {
  /** One network, or several side by side. */
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

/** How far they are. */
export interface TrainingState {
  readonly runners: readonly Runner[];
  readonly step: number;
  readonly batch: number;
  readonly looking: number;
}

const BATCHES = [8, 32, 128];

/** The view of a training. */
export function trainingViewOf(values: TrainingValues): View<TrainingState, readonly Runner[]> {
  const { lanes, digits, steps, hurry = 1 } = values, single = lanes.length === 1;
  const from = (lanes: readonly Lane[], batch: number): TrainingState => ({
    runners: lanes.map((lane) => begin(lane, digits)),
    step: 0,
    batch,
    looking: lanes.length - 1,
  });
  const start = from(lanes, values.batch ?? digits);
  const changed = (state: TrainingState, change: Partial<Lane>) =>
    from(state.runners.map(({ lane }) => ({ ...lane, ...change })), state.batch);
  return {
    start,
    answer: ({ runners }) => runners,
    draw: ({ looking }, runners) => [
      ...curvesPanels(runners, steps, digits, UNSEEN),
      weightsPanel(runners[looking]!, !single),
    ],
    say: ({ step }, runners) => {
      const lost = "its numbers have run away: too large a rate";
      const lossOf = ({ history }: Runner) => `loss ${told(history.at(-1)!.loss, 2)}`;
      const readOf = ({ history }: Runner) => history.at(-1)!.read;
      const [first] = runners as [Runner];
      if (single) {
        return `Step ${step}: ${first.lost ? lost : `${lossOf(first)}, read ${accuracyText(readOf(first), UNSEEN)}`}.${
          moodOf(first, step)
        }`;
      }
      const all = runners.map((runner) =>
        `${runner.lane.name}: ${runner.lost ? lost : `${lossOf(runner)}, ${told(100 * readOf(runner), 1)} %`}`
      );
      return `Step ${step}; read on ${UNSEEN} unseen digits, so that up to 7 points are chance. ${all.join(" · ")}.`;
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
    ...hurry > 1 && { stepName: `${hurry} steps` },
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

/** Why it does not learn, where it does not. */
function moodOf({ awake, lane, network, lost }: Runner, step: number): string {
  if (lost || step === 0) return "";
  if (lane.start === "zeros") return " From zeros all hidden units stay alike, and silent.";
  const { rows } = network.layers[0]!.weights;
  if (awake === 0) return ` No hidden unit wakes for any digit any more: ${rows === 1 ? "it has" : "all have"} died.`;
  return awake < rows / 2 ? ` ${rows - awake} of ${rows} hidden units have died.` : "";
}

/** Another rate from here on: what was learned stays. */
function withRate(state: TrainingState, rate: number): TrainingState {
  return { ...state, runners: state.runners.map((runner) => ({ ...runner, lane: { ...runner.lane, rate } })) };
}

/**
 * A training to watch, step by step or playing.
 *
 * @param lanes One network, or several side by side.
 * @param options How many drawn digits, steps, examples to a step.
 * @param shown After how many frames the still picture is taken.
 * @throws {RangeError} If there is no such start, optimiser or batch size.
 */
export function trainingView(
  lanes: readonly Lane[],
  options: Omit<TrainingValues, "lanes">,
  shown = options.steps / (options.hurry ?? 1),
): Answering {
  if (options.batch && !BATCHES.includes(options.batch)) {
    throw new RangeError(`Cannot train: batch must be one of ${BATCHES.join(", ")}, got ${options.batch}`);
  }
  const values = { lanes, ...options }, view = trainingViewOf(values);
  let state = view.start;
  for (let frame = 0; frame < shown; frame++) state = view.play!(state) ?? state;
  return answering("training", trainingViewOf, values, state);
}
