/**
 * MNIST in numbers, recorded: what the drawn digits are laid beside where MNIST itself is not at hand.
 *
 * @module
 */
import { type Matrix, matrix } from "../matrix.ts";
import type { DigitStatistics } from "./statistics.ts";
import recorded from "./recorded_mnist.json" with { type: "json" };

/** What was measured of MNIST, and of networks that crossed from one set to the other. */
export interface RecordedMnist {
  /** MNIST's 60,000 training digits in numbers. */
  readonly statistics: DigitStatistics;
  /** Share of MNIST's 10,000 test digits that the nearest average of its training digits reads. */
  readonly nearestMean: number;
  /** The average picture of each digit, `[784 × 10]`, grey levels. */
  readonly means: Matrix;
  /** 784-128-128-10 by Adam, trained on drawn digits alone: share of MNIST's test digits read, one number per seed. */
  readonly drawnReadsMnist: readonly number[];
  /** The same trained on MNIST: share of 10,000 drawn digits read, one number per seed. */
  readonly mnistReadsDrawn: readonly number[];
  /** The same trained on drawn digits: share of 10,000 other drawn digits read, one number per seed. */
  readonly drawnReadsDrawn: readonly number[];
  /** The same trained on MNIST: share of MNIST's test digits read, one number per seed. */
  readonly mnistReadsMnist: readonly number[];
}

/** As measured by `deno run -A tools/maintain/measure_drawn.ts`. */
export const RECORDED_MNIST: RecordedMnist = {
  ...recorded,
  means: matrix(784, 10, Uint8Array.fromBase64(recorded.means)),
};
