/**
 * The loop of every training by gradients, batch or mini-batch, plain or fast: look, step, keep a record; it can be watched,
 * stopped and taken up again. (L-BFGS asks for cost and gradient several times for one step, and has its own in `lbfgs.ts`.)
 *
 * @module
 */
import type { Examples } from "../data/examples.ts";
import type { Measures } from "../evaluation/evaluate.ts";
import { NotFinite, SumsNotFinite } from "../errors.ts";
import type { Network } from "../network/network.ts";
import { flatten } from "../network/theta.ts";
import { type Random, shuffledIndices } from "../random.ts";
import type { Optimiser } from "./optimisers.ts";
import { planOf, type Step, type TrainingResult, type TrainOptions } from "./plan.ts";
import type { OpenStepper, Stepper } from "./stepper.ts";

/** The usual iterations to look at: 0, 10, 20, 50, 100, then every 100. */
export function defaultSchedule(iteration: number): boolean {
  return [0, 10, 20, 50].includes(iteration) || iteration % 100 === 0;
}

/**
 * Trains a network: by updates from all examples (`iterations`), or from mini-batches (`epochs`).
 *
 * @param open Who does the arithmetic.
 * @param start Where to start (unless `resume` is given).
 * @param examples What to learn from.
 * @param options For how long, by which steps, and who is watching.
 * @returns The network, its history, and whether it was stopped. Stopped or not, nothing learned is lost, and stopping
 *   and resuming gives the very same weights as one long run.
 * @throws {TypeError} If it is not said for how long, or by which steps.
 * @throws {RangeError} If the loss stops being a finite number, there is nothing left to do, or a number makes no sense.
 * @see notebooks/08_update_and_train.ipynb
 */
export async function trainingLoop(
  open: OpenStepper,
  start: Network,
  examples: Examples,
  options: TrainOptions,
): Promise<TrainingResult> {
  const { resume, record = defaultSchedule, onRecord, onStep, shouldStop } = options;
  const count = examples.images.cols;
  const { optimiser, batchSize, byEpoch, perEpoch, total } = planOf(options, count);
  const done = resume?.iterations ?? 0;
  const random = resume ? copyOf(resume.memory.random) : options.random;
  const history = [...resume?.history ?? []];
  let seen = resume?.memory.seen ?? NOTHING;
  const state = resume?.memory.optimiser;
  await using stepper = await open(resume?.network ?? start, examples, { ...options, optimiser, batchSize, state });
  if (resume && byEpoch) stepper.order.set(resume.memory.order);

  /** What was seen, unless it is no number any more. */
  const checked = (iteration: number, look: () => Measures | null, exampleAt = (place: number) => place) => {
    try {
      const measures = look();
      if (measures && !Number.isFinite(measures.loss)) {
        throw notFinite(iteration, `loss must be finite, got ${measures.loss};`, optimiser);
      }
      return measures;
    } catch (error) {
      if (!(error instanceof SumsNotFinite)) throw error;
      const cause = new SumsNotFinite(error.layer, error.value, exampleAt(error.example));
      if (iteration === done) throw cause; // before the first update, no step is to blame
      const { layer, value, example } = cause;
      const where = `in layer ${layer}: its sums must be finite, got ${value} for example ${example}`;
      throw notFinite(iteration, `${where}; the steps are too long,`, optimiser, { cause });
    }
  };
  let enough = false;
  const keep = async (iteration: number, { loss, accuracy }: Measures) => {
    const epoch = Math.floor(iteration / perEpoch);
    const test = options.test && checked(iteration, () => stepper.measure("test"));
    const tested = test && { testLoss: test.loss, testAccuracy: test.accuracy };
    const entry = { iteration, epoch, loss, accuracy, ...tested };
    history.push(entry);
    enough = await onRecord?.(entry, history, () => stepper.network()) === true;
  };
  const end = (iterations: number, stopped: boolean): TrainingResult => {
    const order = stepper.order.slice();
    const memory = { count, batchSize, optimiser: stepper.state(), order, random: copyOf(random), seen };
    const network = stepper.network();
    if (flatten(network.layers).every(Number.isFinite)) return { network, history, iterations, stopped, memory };
    throw notFinite(iterations, "weights must be finite;", optimiser);
  };

  for (let iteration = done;; iteration++) {
    const stopped = iteration < total && (enough || await shouldStop?.(iteration) === true);
    const ends = stopped || iteration === total;
    const due = !byEpoch && (ends || record(iteration)) && history.at(-1)?.iteration !== iteration;
    if (ends) {
      if (due) await keep(iteration, checked(iteration, () => stepper.measure("train"))!);
      return end(iteration, stopped);
    }
    const from = iteration % perEpoch * batchSize;
    const size = Math.min(batchSize, count - from);
    if (from === 0 && random) stepper.order.set(shuffledIndices(count, random));
    const wanted = due || byEpoch || onStep !== undefined;
    const measures = checked(
      iteration,
      () => stepper.look(from, size, wanted),
      (place) => stepper.order[from + place]!,
    );
    if (due) await keep(iteration, measures!);
    if (due && enough) return end(iteration, true);
    stepper.step();
    await onStep?.(stepOf(stepper, iteration + 1, Math.floor((iteration + 1) / perEpoch), measures!));
    if (!byEpoch) continue;
    seen = { loss: seen.loss + measures!.loss * size, accuracy: seen.accuracy + measures!.accuracy * size };
    if (from + size < count) continue;
    await keep(iteration + 1, { loss: seen.loss / count, accuracy: seen.accuracy / count });
    seen = NOTHING;
  }
}

const NOTHING: Measures = { loss: 0, accuracy: 0 };

/** A report of an update; the network is fetched only if somebody asks. */
function stepOf(stepper: Stepper, iteration: number, epoch: number, { loss, accuracy }: Measures): Step {
  return {
    iteration,
    epoch,
    loss,
    accuracy,
    get network() {
      return stepper.network();
    },
  };
}

function copyOf(random: Random | undefined): Random | undefined {
  return random?.copy?.() ?? random;
}

function notFinite(iteration: number, what: string, optimiser: Optimiser, options?: ErrorOptions): NotFinite {
  const rate = optimiser.rule ? `a learningRate below ${optimiser.rule.learningRate}` : "a smaller learningRate";
  return new NotFinite(`Cannot continue training at iteration ${iteration}: ${what} try ${rate}`, options);
}
