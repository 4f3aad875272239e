/**
 * The engine: a network and its examples in the kernels' memory, ready to be trained.
 *
 * @module
 */
import { matrix } from "../matrix.ts";
import type { Measures } from "../evaluation/evaluate.ts";
import type { Gradients } from "../network/backward.ts";
import type { Network } from "../network/network.ts";
import { layingReady, type LayReady } from "./pictures.ts";
import { blameOfBatch, PLAN_AT, stepOfBatch, taskOf } from "./batch.ts";
import { Pace } from "./adaptive.ts";
import { type Crew, TASK } from "./workers.ts";
import { type Kernels } from "./kernels.ts";
import { type ByteImages } from "./layout.ts";
import type { Layout, SetPlace, Workplace } from "./places.ts";
import { forwardPart, gradientOfShares, transposeWeights } from "./passes.ts";
import { ALL, chunksOf, type Share } from "./part.ts";
import { type StepPlan, takeStep } from "./step.ts";
import { store } from "./upload.ts";

/** A network at work in the kernels' memory. Close it when done. */
export class Engine implements AsyncDisposable {
  /** The parameters, as one list. */
  readonly parameters: Float32Array;
  /** The order in which mini-batches take the examples; empty without them. */
  readonly order: Uint32Array;
  readonly #report: Float64Array[];
  readonly #task: Float64Array;
  readonly #pace = new Pace();
  readonly #sets: SetPlace[];
  #begun = 0;
  readonly #place: Workplace;
  readonly #layReady: LayReady | null;

  constructor(
    readonly memory: ArrayBufferLike,
    /** The kernels. */
    readonly kernels: Kernels,
    /** Where things are. */
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
    this.#layReady = layingReady(memory, layout);
    this.put(like);
  }

  /** Puts other weights in; the sizes must be the same. */
  put(network: Network): void {
    this.#write(this.parameters, network);
    transposeWeights(this.kernels, this.layout);
  }

  /** Puts that back. */
  putMoments(moments: readonly Gradients[]): void {
    moments.forEach((moment, k) => this.#write(this.#block(this.layout.moments[k]!), moment));
  }

  /** What the optimiser remembers, in the form of a network's layers. */
  takeMoments(): Gradients[] {
    return this.layout.moments.filter((at) => at > 0).map((at) => this.#network(this.#block(at), 1));
  }

  #block(at: number): Float32Array {
    return new Float32Array(this.memory, at, this.layout.parameterCount);
  }

  #write(block: Float32Array, { layers }: Gradients): void {
    layers.forEach(({ weights, bias }, l) => {
      const { units, stride, offset, weightCount, group } = this.layout.layers[l]!;
      for (let i = 0; i < weights.cols; i++) {
        block.set(weights.data.subarray(i * units, (i + 1) * units), offset / 4 + placeOf(i, group) * stride);
      }
      block.set(bias.data, offset / 4 + weightCount);
    });
  }

  /** The network as it stands. */
  take(): Network {
    return this.#network(this.parameters, 1);
  }

  /** What lies in the gradient, divided by `examples`, in the form of a network's layers. */
  takeGradient(examples: number): Network {
    return this.#network(this.#block(this.layout.shares[0]!.gradient), 1 / examples);
  }

  #network(block: Float32Array, factor: number): Network {
    return {
      layers: this.like.layers.map((layer, l) => {
        const { units, stride, offset, weightCount, group } = this.layout.layers[l]!, inputs = layer.weights.cols;
        const weights = matrix(units, inputs), bias = matrix(units, 1), start = offset / 4;
        for (let i = 0; i < inputs; i++) {
          const row = start + placeOf(i, group) * stride;
          for (let u = 0; u < units; u++) weights.data[i * units + u] = factor * block[row + u]!;
        }
        for (let u = 0; u < units; u++) bias.data[u] = factor * block[start + weightCount + u]!;
        return { ...layer, weights, bias };
      }),
    };
  }

  /** The gradient over the whole first set, summed; with `report`, its loss and accuracy. */
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

  /** The sum of the squares of all weights, biases left out. */
  sumOfSquares(): number {
    const { parameters, layers } = this.layout;
    const squares = layers.map(({ offset, weightCount }) =>
      this.kernels.sumOfSquares(parameters + offset, weightCount)
    );
    return squares.reduce((a, b) => a + b);
  }

  /** Takes a step with the gradient that was just made. */
  step(plan: StepPlan): void {
    takeStep(this.kernels, this.layout, plan);
  }

  /** Sends a batch named in `order` forward and back, for a step counted from 0: its loss and accuracy. */
  lookAtBatch(from: number, count: number, step: number): Measures {
    const { kernels, layout } = this;
    this.#task.set([from, count, step]);
    this.#begun = performance.now();
    for (const place of this.#report) place.fill(0);
    this.#shared(TASK.blameOfBatch, (share) => blameOfBatch(kernels, layout, this.#task, share, this.#layReady));
    return this.#measures(count);
  }

  /** Makes that batch's gradient and takes a step with it. */
  batchStep(plan: StepPlan): void {
    const { kernels, layout } = this;
    this.#task.set(plan, PLAN_AT);
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

  /** Loss and accuracy over a set, nothing learned. */
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

  /** Puts other images, as bytes, in the place of the first set; no more than it had. Only for reading. */
  replace(images: ByteImages): void {
    const place = { ...this.layout.sets[0]!, count: images.cols };
    store(this.memory, this.kernels, this.layout, place, { images });
    this.#sets[0] = place;
  }

  /** The probabilities over the first set, `[classes × examples]`. */
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

/** Where input i of a layer is in memory, where its inputs come in padded groups. */
function placeOf(i: number, [numbers, padded]: readonly [number, number]): number {
  return numbers === padded ? i : Math.floor(i / numbers) * padded + i % numbers;
}
