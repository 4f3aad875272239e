/**
 * The order in which PyTorch and ONNX keep pictures: channel after channel, where here the channels of a pixel lie side by side.
 *
 * @module
 */
import { type Matrix, matrix } from "../matrix.ts";
import type { Layer } from "./network.ts";

/**
 * Channels of what a layer multiplies its weights with: of a convolution's window, or of the pictures that a dense layer gets
 * from one; 1 where it gets no pictures.
 */
export function channelsOf({ convolution }: Pick<Layer, "convolution">, before: Layer | undefined): number {
  return convolution?.channels ?? (before?.convolution ? before.weights.rows : 1);
}

/** Weights whose columns go place by place, each with its channels, as weights that go channel by channel. */
export function channelsFirst(weights: Matrix, channels: number): Matrix {
  const places = weights.cols / channels;
  return columnsFrom(weights, (col) => col % places * channels + Math.floor(col / places));
}

/** The inverse. */
export function channelsLast(weights: Matrix, channels: number): Matrix {
  const places = weights.cols / channels;
  return columnsFrom(weights, (col) => col % channels * places + Math.floor(col / channels));
}

function columnsFrom({ rows, cols, data }: Matrix, source: (col: number) => number): Matrix {
  const result = matrix(rows, cols);
  for (let col = 0; col < cols; col++) {
    const from = source(col) * rows;
    result.data.set(data.subarray(from, from + rows), col * rows);
  }
  return result;
}
