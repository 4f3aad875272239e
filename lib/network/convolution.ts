/**
 * Convolution: one small set of weights that looks at every place of a picture, and pooling, which keeps the strongest of
 * neighbouring answers.
 *
 * It is the dense layer's own product, `W X + b`, with every patch of the picture as a column of X. So a weight is shared by
 * all places, and its gradient is the sum over them: the same line of `backward`, on the same columns.
 *
 * @module
 * @see LeCun, Bottou, Bengio and Haffner, "Gradient-Based Learning Applied to Document Recognition" (1998)
 */
import { addColumn, type Matrix, matrix } from "../matrix.ts";
import { matmul } from "../products.ts";
import { type Convolution, type Layer, summedSize } from "./network.ts";

/**
 * The patches of some pictures as columns: what the window covers, place after place, picture after picture.
 *
 * @param images `[height · width · channels × examples]`.
 * @returns `[size · size · channels × places · examples]`; beyond the rim are zeros.
 * @see notebooks/15_convolution.ipynb
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { fromRows, toRows, transpose } from "../matrix.ts";
 *
 * const picture = transpose(fromRows([[1, 2, 3, 4, 5, 6]])); // 2 × 3, one channel
 * const columns = patches(picture, { height: 2, width: 3, channels: 1, size: 2, padding: 0, pool: 1 });
 * assertEquals(toRows(columns), [[1, 2], [2, 3], [4, 5], [5, 6]]);
 * ```
 */
export function patches(images: Matrix, convolution: Convolution): Matrix {
  const { rows, cols } = summedSize(convolution), { size, channels } = convolution;
  const columns = matrix(size * size * channels, rows * cols * images.cols);
  eachNumberOfPatches(convolution, images.cols, (inPatches, inImages) => {
    columns.data[inPatches] = images.data[inImages]!;
  });
  return columns;
}

/**
 * Patches laid back where they came from; where they overlap, they add up: how blame for patches becomes blame for pixels.
 *
 * @param columns As {@linkcode patches} returned them.
 * @returns `[height · width · channels × examples]`.
 */
export function joinPatches(columns: Matrix, convolution: Convolution): Matrix {
  const { rows, cols } = summedSize(convolution), { height, width, channels } = convolution;
  const images = matrix(height * width * channels, columns.cols / (rows * cols));
  eachNumberOfPatches(convolution, images.cols, (inPatches, inImages) => {
    images.data[inImages]! += columns.data[inPatches]!;
  });
  return images;
}

/** Calls back for each number of each patch that lies in the picture: its place among the patches, and in the pictures. */
export function eachNumberOfPatches(
  convolution: Convolution,
  examples: number,
  visit: (inPatches: number, inImages: number) => void,
) {
  const { height, width, channels, size, padding } = convolution, { rows, cols } = summedSize(convolution);
  let patch = 0;
  for (let example = 0; example < examples; example++) {
    const image = example * height * width * channels;
    for (let row = 0; row < rows; row++) {
      for (let col = 0; col < cols; col++, patch++) {
        for (let dy = 0; dy < size; dy++) {
          for (let dx = 0; dx < size; dx++) {
            const y = row + dy - padding, x = col + dx - padding;
            if (y < 0 || x < 0 || y >= height || x >= width) continue;
            const to = ((patch * size + dy) * size + dx) * channels, from = image + (width * y + x) * channels;
            for (let c = 0; c < channels; c++) visit(to + c, from + c);
          }
        }
      }
    }
  }
}

/**
 * The sums of a convolution: `W · patches + b`, then the largest of each pool.
 *
 * Pooled before the bend: as every bend here rises, the largest sum has the largest activation, and a quarter is left to bend.
 *
 * @param layer With `weights` `[filters × size · size · channels]`.
 * @param images `[height · width · channels × examples]`.
 * @returns Z, `[rows · columns · filters × examples]`.
 * @see notebooks/15_convolution.ipynb
 *
 * @example The difference to the right neighbour
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { fromRows, toRows, transpose } from "../matrix.ts";
 * import type { Layer } from "./network.ts";
 *
 * const layer: Layer = {
 *   weights: fromRows([[-1, 1, 0, 0]]),
 *   bias: fromRows([[0]]),
 *   activation: "relu",
 *   convolution: { height: 2, width: 3, channels: 1, size: 2, padding: 0, pool: 1 },
 * };
 * assertEquals(toRows(convolve(layer, transpose(fromRows([[1, 2, 9, 0, 0, 0]])))), [[1], [7]]);
 * ```
 */
export function convolve({ weights, bias, convolution }: Layer, images: Matrix): Matrix {
  const sums = addColumn(matmul(weights, patches(images, convolution!)), bias); // a column for each place
  return largestOfPools(sums, convolution!);
}

/**
 * The largest sum of each pool, of equals the first.
 *
 * @param sums `[filters × places · examples]`.
 * @returns `[rows · columns · filters × examples]`: a picture again, with a channel for each filter.
 */
export function largestOfPools(sums: Matrix, convolution: Convolution): Matrix {
  const { rows, cols } = summedSize(convolution), examples = sums.cols / (rows * cols);
  const largest = Float64Array.from(winnersOfPools(sums, convolution), (place) => sums.data[place]!);
  return matrix(largest.length / examples, examples, largest);
}

/**
 * What the gradient of a convolution is made from, in the dense layer's form: inputs that are patches, and the blame of each
 * place's sums. Only the winner of each pool is to blame.
 *
 * @param images What went into the layer.
 * @param dZ The blame of its pooled sums, shaped as {@linkcode convolve} returned them.
 * @returns `[size · size · channels × places · examples]` and `[filters × places · examples]`.
 */
export function byPatch(
  { weights, bias, convolution }: Layer,
  images: Matrix,
  dZ: Matrix,
): [inputs: Matrix, blame: Matrix] {
  const inputs = patches(images, convolution!), sums = addColumn(matmul(weights, inputs), bias);
  const blame = matrix(sums.rows, sums.cols);
  winnersOfPools(sums, convolution!).forEach((winner, i) => blame.data[winner] = dZ.data[i]!);
  return [inputs, blame];
}

/**
 * Where in the sums the largest of each pool stands, filter by filter, pool by pool, row by row: the order in which the next
 * layer reads them.
 */
export function winnersOfPools({ data, rows: filters, cols: places }: Matrix, convolution: Convolution): Uint32Array {
  const { cols } = summedSize(convolution), { pool } = convolution;
  const found = new Uint32Array(filters * places / pool ** 2);
  let at = 0;
  for (let top = 0; top < places / cols; top += pool) { // rows of all pictures, one picture below the other
    for (let left = 0; left < cols; left += pool) {
      for (let filter = 0; filter < filters; filter++) {
        const place = (dy: number, dx: number) => ((top + dy) * cols + left + dx) * filters + filter;
        let best = place(0, 0);
        for (let dy = 0; dy < pool; dy++) {
          for (let dx = 0; dx < pool; dx++) if (data[place(dy, dx)]! > data[best]!) best = place(dy, dx);
        }
        found[at++] = best;
      }
    }
  }
  return found;
}
