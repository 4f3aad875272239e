/**
 * The engine: a network and its examples in the kernels' memory, ready to be trained.
 *
 * @module
 */
import { matrix } from "../matrix.ts";
import type { Measures } from "../evaluation/evaluate.ts";
import type { Gradients } from "../network/backward.ts";
import type { Network } from "../network/network.ts";
import { blameOfBatch, stepOfBatch, taskOf } from "./batch.ts";
import { Pace } from "./adaptive.ts";
import { type Crew, startCrew, TASK } from "./workers.ts";
import { compileKernels, type Kernels, startKernels } from "./kernels.ts";
import {
  type ByteImages,
  type Layout,
  layOut,
  type SetPlace,
  SHARES,
  sharesOf,
  type Source,
  type Work,
  type Workplace,
} from "./layout.ts";
import { ALL, chunksOf, forwardPart, gradientOfShares, type Share, transposeWeights } from "./passes.ts";
import { type StepPlan, takeStep } from "./step.ts";
import { fillColumns, store } from "./upload.ts";

/** What to open the engine with. */
export interface EngineOptions {
  /** What it is for: learning by passes over all examples (where nothing is said), by mini-batches, or only reading. */
  readonly work?: Work;
  /** Examples per batch, or worked on at once. */
  readonly chunk?: number;
  /** How many optimiser memories are needed: 1 for momentum, 2 for Adam. */
  readonly moments?: number;
  /** How many workers share a pass over all examples, or a batch, this one included; 1 where nothing is said. */
  readonly workers?: number;
}

/** A network at work in the kernels' memory. Close it when done. */
export interface Engine extends AsyncDisposable {
  /** Where things are. */
  readonly layout: Layout;
  /** The kernels. */
  readonly kernels: Kernels;
  /** The parameters, as one list. */
  readonly parameters: Float32Array;
  /** The order in which mini-batches take the examples; empty without them. */
  readonly order: Uint32Array;
  /** Puts other weights in; the sizes must be the same. */
  put(network: Network): void;
  /** The network as it stands. */
  take(): Network;
  /** What lies in the gradient, divided by `examples`, in the form of a network's layers. */
  takeGradient(examples: number): Network;
  /** The gradient over the whole first set, summed; with `report`, its loss and accuracy. */
  gradient(report: boolean): Measures | null;
  /** Takes a step with the gradient that was just made. */
  step(plan: StepPlan): void;
  /** Sends a batch named in `order` forward and back: its loss and accuracy. */
  lookAtBatch(from: number, count: number): Measures;
  /** Makes that batch's gradient and takes a step with it. */
  batchStep(plan: StepPlan): void;
  /** Loss and accuracy over a set, nothing learned. */
  measure(set: number): Measures;
  /** The sum of the squares of all weights, biases left out. */
  sumOfSquares(): number;
  /** What the optimiser remembers, in the form of a network's layers. */
  takeMoments(): Gradients[];
  /** Puts that back. */
  putMoments(moments: readonly Gradients[]): void;
  /** The probabilities over the first set, `[classes × examples]`. */
  probabilities(): Float64Array;
  /** Puts other images, as bytes, in the place of the first set; no more than it had. Only for reading. */
  replace(images: ByteImages): void;
}

/** Examples worked on at once: their numbers stay in the second-level cache. */
export const CHUNK = 1024;

/**
 * Opens the engine, or returns null where the machine has no vectors for it, or too little memory (4 GB at most).
 *
 * @param network Where to start.
 * @param sources Sets of examples; the first is learned from.
 */
export async function openEngine(
  network: Network,
  sources: readonly Source[],
  { work = "passes", chunk: wanted = CHUNK, moments = 0, workers = 1 }: EngineOptions = {},
): Promise<Engine | null> {
  const module = await compileKernels();
  if (!module) return null;
  const count = sources[0]!.images.cols, chunk = work === "passes" ? evenChunk(count, wanted) : wanted;
  const pieces = work === "batches" ? Math.ceil(chunk / 4) : sharesOf(count, chunk);
  const crewSize = Math.max(1, Math.min(workers, pieces));
  const prepare = (grey: boolean) => {
    const layout = layOut(network, sources, chunk, { workers: crewSize, work, moments, grey });
    const memory = takeMemory(layout.bytes);
    if (!memory) return "too large";
    const kernels = startKernels(module, memory), { buffer } = memory;
    return sources.every((source, i) => store(buffer, kernels, layout, layout.sets[i]!, source))
      ? { layout, memory, kernels }
      : null;
  };
  const prepared = prepare(true) ?? prepare(false)!; // grey levels, unless one number turns out to be none
  if (prepared === "too large") return null;
  const { layout, memory, kernels } = prepared;
  const columns = fillColumns(memory.buffer, kernels, layout);
  const ready = { ...layout, chunkColumns: columns };
  const crew = crewSize > 1 ? await startCrew(module, memory, ready, crewSize - 1) : null;
  return new OpenEngine(memory.buffer, kernels, ready, network, crew);
}

/** At most `chunk` examples, so that each share gets as many chunks as the others; fewer than 128 would not pay. */
function evenChunk(count: number, chunk: number): number {
  const rounds = Math.ceil(count / chunk / SHARES);
  return Math.min(chunk, Math.max(128, 4 * Math.ceil(count / (4 * rounds * SHARES))));
}

/** Memory that is filled only where it is written; null where there is not so much, or none that can be shared. */
function takeMemory(bytes: number): WebAssembly.Memory | null {
  const pages = Math.ceil(bytes / 65536);
  try {
    return new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true });
  } catch {
    return null;
  }
}

class OpenEngine implements Engine {
  readonly parameters: Float32Array;
  readonly order: Uint32Array;
  readonly #report: Float64Array[];
  readonly #task: Float64Array;
  readonly #pace = new Pace();
  readonly #sets: SetPlace[];
  #begun = 0;
  readonly #place: Workplace;

  constructor(
    readonly memory: ArrayBufferLike,
    readonly kernels: Kernels,
    readonly layout: Layout,
    readonly like: Network,
    readonly crew: Crew | null,
  ) {
    this.parameters = new Float32Array(memory, layout.parameters, layout.parameterCount);
    this.order = new Uint32Array(memory, layout.order, layout.order ? layout.sets[0]!.count : 0);
    this.#report = layout.shares.map(({ report }) => new Float64Array(memory, report, 2));
    this.#task = taskOf(memory, layout);
    this.#sets = [...layout.sets];
    this.#place = layout.workplaces[0]!;
    this.put(like);
  }

  put(network: Network): void {
    this.#write(this.parameters, network);
    transposeWeights(this.kernels, this.layout);
  }

  putMoments(moments: readonly Gradients[]): void {
    moments.forEach((moment, k) => this.#write(this.#block(this.layout.moments[k]!), moment));
  }

  takeMoments(): Gradients[] {
    return this.layout.moments.filter((at) => at > 0).map((at) => this.#network(this.#block(at), 1));
  }

  #block(at: number): Float32Array {
    return new Float32Array(this.memory, at, this.layout.parameterCount);
  }

  #write(block: Float32Array, { layers }: Gradients): void {
    layers.forEach(({ weights, bias }, l) => {
      const { inputs, units, stride, offset, weightCount } = this.layout.layers[l]!;
      for (let i = 0; i < inputs; i++) {
        block.set(weights.data.subarray(i * units, (i + 1) * units), offset / 4 + i * stride);
      }
      block.set(bias.data, offset / 4 + weightCount);
    });
  }

  take(): Network {
    return this.#network(this.parameters, 1);
  }

  takeGradient(examples: number): Network {
    return this.#network(this.#block(this.layout.shares[0]!.gradient), 1 / examples);
  }

  #network(block: Float32Array, factor: number): Network {
    return {
      layers: this.like.layers.map(({ activation }, l) => {
        const { inputs, units, stride, offset, weightCount } = this.layout.layers[l]!;
        const weights = matrix(units, inputs), bias = matrix(units, 1), start = offset / 4;
        for (let i = 0; i < inputs; i++) {
          for (let u = 0; u < units; u++) weights.data[i * units + u] = factor * block[start + i * stride + u]!;
        }
        for (let u = 0; u < units; u++) bias.data[u] = factor * block[start + weightCount + u]!;
        return { weights, bias, activation };
      }),
    };
  }

  gradient(report: boolean): Measures | null {
    const { layout, kernels, crew } = this, { count } = layout.sets[0]!;
    for (const place of this.#report) place.fill(0);
    const share = { worker: 0, workers: layout.workplaces.length }, [first, ...others] = layout.shares;
    crew?.begin(report ? TASK.gradientAndReport : TASK.gradient);
    gradientOfShares(kernels, layout, share, report);
    crew?.finish();
    for (const { gradient } of others) kernels.addScaled(first!.gradient, gradient, layout.parameterCount, 1);
    return report ? this.#measures(count) : null;
  }

  sumOfSquares(): number {
    const { parameters, layers } = this.layout;
    const squares = layers.map(({ offset, weightCount }) =>
      this.kernels.sumOfSquares(parameters + offset, weightCount)
    );
    return squares.reduce((a, b) => a + b);
  }

  step(plan: StepPlan): void {
    takeStep(this.kernels, this.layout, plan);
  }

  lookAtBatch(from: number, count: number): Measures {
    const { kernels, layout } = this;
    this.#task[0] = from;
    this.#task[1] = count;
    this.#begun = performance.now();
    for (const place of this.#report) place.fill(0);
    this.#shared(TASK.blameOfBatch, (share) => blameOfBatch(kernels, layout, this.#task, share));
    return this.#measures(count);
  }

  batchStep(plan: StepPlan): void {
    const { kernels, layout } = this;
    this.#task.set(plan, 2);
    this.#shared(TASK.stepOfBatch, (share) => stepOfBatch(kernels, layout, this.#task, share));
    this.#pace.took(performance.now() - this.#begun);
  }

  /** Does a piece of work together with the crew, or alone. */
  #shared(task: number, work: (share: Share) => void): void {
    const crew = this.#pace.together ? this.crew : null;
    crew?.begin(task);
    work(crew ? { worker: 0, workers: this.layout.workplaces.length } : ALL);
    crew?.finish();
  }

  measure(index: number): Measures {
    const set = this.#sets[index]!;
    for (const place of this.#report) place.fill(0);
    for (const [, part] of chunksOf(set, this.layout.chunk)) {
      forwardPart(this.kernels, this.layout, this.#place, part, {
        learn: false,
        report: this.layout.shares[0]!.report,
      });
    }
    return this.#measures(set.count);
  }

  replace(images: ByteImages): void {
    const place = { ...this.layout.sets[0]!, count: images.cols };
    store(this.memory, this.kernels, this.layout, place, { images });
    this.#sets[0] = place;
  }

  probabilities(): Float64Array {
    const set = this.#sets[0]!, { units, stride } = this.layout.layers.at(-1)!;
    const out = new Float64Array(units * set.count), from = this.#place.activations.at(-1)! / 4;
    const floats = new Float32Array(this.memory);
    for (const [, part] of chunksOf(set, this.layout.chunk)) {
      forwardPart(this.kernels, this.layout, this.#place, part, { learn: false, report: 0 });
      for (let j = 0; j < part.count; j++) {
        const at = from + j * stride, to = (part.first + j) * units;
        for (let u = 0; u < units; u++) out[to + u] = floats[at + u]!;
      }
    }
    return out;
  }

  #measures(count: number): Measures {
    const [loss, right] = this.#report.reduce(([l, r], place) => [l + place[0]!, r + place[1]!], [0, 0]);
    return { loss: loss / count, accuracy: right / count };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.crew?.close();
  }
}
