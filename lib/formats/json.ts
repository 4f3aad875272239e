/**
 * Networks as JSON: what one can read and change by hand.
 *
 * @module
 */
import { fromRows, toRows } from "../matrix.ts";
import { parseJson } from "./json_text.ts";
import { type Activation, ACTIVATIONS, assertNetwork, type Convolution, type Network } from "../network/network.ts";

const FORMAT = "digits-from-scratch network 1";

/** A network as JSON; every number reads back to the last bit. */
export function networkToJson({ layers }: Network): string {
  const rows = layers.map(({ activation, weights, bias, convolution }) => ({
    activation,
    ...convolution && { convolution },
    bias: [...bias.data],
    weights: toRows(weights),
  }));
  return JSON.stringify({ format: FORMAT, layers: rows });
}

/**
 * A network from JSON.
 *
 * @param text What {@linkcode networkToJson} returned, or its bytes.
 * @param name What to call the file in an error.
 * @throws {SyntaxError} If it is no such JSON, holds too much, or a number is missing.
 * @throws {TypeError} If its layers do not fit each other.
 */
export function networkFromJson(text: string | Uint8Array, name: string): Network {
  let parsed: { format?: string; layers?: WrittenLayer[] };
  try {
    parsed = parseJson(typeof text === "string" ? new TextEncoder().encode(text) : text) as typeof parsed;
  } catch (cause) {
    throw new SyntaxError(`Cannot read "${name}" as a network: ${(cause as Error).message}`, { cause });
  }
  if (parsed?.format !== FORMAT || !Array.isArray(parsed.layers)) {
    throw new SyntaxError(
      `Cannot read "${name}" as a network: its format must be "${FORMAT}", got "${parsed?.format}"`,
    );
  }
  const layers = parsed.layers.map((layer, l) => {
    const { activation, bias, weights, convolution } = layer ?? {};
    if (!ACTIVATIONS.includes(activation) || !isNumbers([bias]) || !isNumbers(weights)) {
      throw new SyntaxError(
        `Cannot read "${name}" as a network: layer ${l + 1} needs activation, bias and weights, all finite numbers`,
      );
    }
    const uneven = weights.findIndex((row) => row.length !== weights[0]!.length);
    if (uneven >= 0) {
      throw new SyntaxError(
        `Cannot read "${name}" as a network: the weights of layer ${l + 1} must have ${weights[0]!.length} numbers ` +
          `in each row, row ${uneven} has ${weights[uneven]!.length}`,
      );
    }
    const numbers = { activation, weights: fromRows(weights), bias: fromRows(bias.map((value) => [value])) };
    return convolution ? { ...numbers, convolution: readConvolution(convolution, l, name) } : numbers;
  });
  assertNetwork({ layers });
  return { layers };
}

interface WrittenLayer {
  activation: Activation;
  bias: number[];
  weights: number[][];
  convolution?: unknown;
}

const NUMBERS = ["height", "width", "channels", "size", "padding", "pool"] as const;

/**
 * What a file says about a convolution.
 *
 * @param l Which layer, from 0.
 * @throws {SyntaxError} If one of its six numbers is missing; whether they fit, `assertNetwork` says.
 */
export function readConvolution(written: unknown, l: number, name: string): Convolution {
  const found = written as Record<string, unknown> | null;
  const missing = NUMBERS.find((key) => typeof found !== "object" || !found || !Number.isInteger(found[key]));
  if (!missing) return Object.fromEntries(NUMBERS.map((key) => [key, found![key]])) as unknown as Convolution;
  throw new SyntaxError(
    `Cannot read "${name}" as a network: the convolution of layer ${l + 1} needs ${NUMBERS.join(", ")}, ` +
      `all whole numbers; ${missing} is none`,
  );
}

function isNumbers(rows: unknown): boolean {
  return Array.isArray(rows) && rows.length > 0 &&
    rows.every((row) => Array.isArray(row) && row.length > 0 && row.every(Number.isFinite));
}
