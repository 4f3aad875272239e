/**
 * Gradients as tutorials 000 and 001 published them: the corrected ones are in `network/backward.ts`.
 *
 * @module
 */
import { matrix } from "../matrix.ts";
import { backward, type Gradients } from "../network/backward.ts";

const TEST_ROWS = 1000; // which 001 counts among those it learned from

/**
 * What 000 and 001 do to the bias gradients: they sum over all units at once, and give each unit that one number.
 *
 * At the output every column of A − Y sums to 0, so there the number is always 0 and the biases never move.
 */
export function scalarBias(...pass: Parameters<typeof backward>): Gradients {
  return {
    layers: backward(...pass).layers.map(({ weights, bias }) => {
      const sum = bias.data.reduce((a, b) => a + b, 0);
      return { weights, bias: matrix(bias.rows, 1, bias.data.map(() => sum)) };
    }),
  };
}

/** What 001 does besides: it divides by m of the whole file, 42,000, although it trains on 41,000. */
export function scalarBiasWrongCount(...pass: Parameters<typeof backward>): Gradients {
  const examples = pass[2].cols, factor = examples / (examples + TEST_ROWS);
  return {
    layers: scalarBias(...pass).layers.map(({ weights, bias }) => ({
      weights: { ...weights, data: weights.data.map((value) => value * factor) },
      bias: { ...bias, data: bias.data.map((value) => value * factor) },
    })),
  };
}
