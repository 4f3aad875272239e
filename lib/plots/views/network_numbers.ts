/**
 * Every number of a network of two, two and two units: forward, loss, backward, step, by the library's own functions.
 *
 * @module
 */
import { fromRows, type Matrix, toRows, transpose } from "../../matrix.ts";
import { backward } from "../../network/backward.ts";
import { forward } from "../../network/forward.ts";
import { cost } from "../../network/loss.ts";
import type { Network } from "../../network/network.ts";
import { update } from "../../network/update.ts";
import { matmul } from "../../products.ts";
import { ORDER, type Quantity, type Stage } from "./network_arithmetic.ts";

/** All that is computed for one example. */
export interface NetworkAnswer {
  readonly network: Network;
  /** Values by their place: x.0, z1.0, a1.0, z2.0, p.0, w1.0.1, b1.0, and the slopes along them with a d in front. */
  readonly numbers: Readonly<Record<string, number>>;
  readonly loss: number;
  /** The loss after one step downhill. */
  readonly lossAfter: number;
  /** The numbers of the chapter in the order in which they are computed. */
  readonly quantities: readonly Quantity[];
}

/** The network with these twelve numbers: W¹ row by row, b¹, W² row by row, b². */
export function networkOf(n: readonly number[]): Network {
  const layer = (from: number) => ({
    weights: fromRows([n.slice(from, from + 2), n.slice(from + 2, from + 4)]),
    bias: fromRows([[n[from + 4]!], [n[from + 5]!]]),
  });
  return { layers: [{ ...layer(0), activation: "relu" }, { ...layer(6), activation: "softmax" }] };
}

/** A network of two, two and two units, and an example for it. */
export interface SmallExample {
  /** Its layers. */
  readonly network: Network;
  /** Two numbers. */
  readonly input: readonly number[];
  /** The true class, 0 or 1. */
  readonly label: number;
}

/** The one that the course works through, from chapter 03 to 08. */
export const SMALL_EXAMPLE: SmallExample = {
  network: networkOf([0.5, -0.4, 0.3, 0.8, 0.1, -0.2, -0.6, 0.7, 0.9, -0.5, 0.2, 0.05]),
  input: [1, 0.5],
  label: 0,
};

/** Checks that an example is small. Throws a TypeError with its sizes if not. */
export function assertSmall({ network, input }: SmallExample): void {
  const sizes = network.layers.map(({ weights: { rows, cols } }) => `${cols} → ${rows}`).join(", ");
  if (sizes === "2 → 2, 2 → 2" && input.length === 2) return;
  throw new TypeError(`Cannot draw the network: needs 2 → 2, 2 → 2 and two inputs, got ${sizes} and ${input.length}`);
}

/** Its twelve numbers again. */
export function numbersOf({ layers }: Network): number[] {
  return layers.flatMap(({ weights, bias }) => [...toRows(weights).flat(), ...bias.data]);
}

/** Computes everything for one example. */
export function computeNetwork(
  numbers: readonly number[],
  input: readonly number[],
  label: number,
  stage: Stage,
  rate: number,
): NetworkAnswer {
  const network = networkOf(numbers), x = fromRows(input.map((value) => [value]));
  const lossOf = (of: Network) => cost(of, forward(of, x), [label]);
  const pass = forward(network, x), targets = fromRows([[Number(label === 0)], [Number(label === 1)]]);
  const gradients = backward(network, pass, targets), after = update(network, gradients, rate);
  const [dz1, dz2] = gradients.layers.map(({ bias }) => bias) as [Matrix, Matrix]; // for one example they are the same
  const table: Record<string, number> = {};
  const put = (name: string, { data }: Matrix) => data.forEach((value, i) => table[`${name}.${i}`] = value);
  const [z1, z2] = pass.preActivations as [Matrix, Matrix];
  const columns = { x, z1, a1: pass.activations[1]!, z2, p: pass.probabilities, dz1, dz2, y: targets };
  for (const [name, column] of Object.entries(columns)) put(name, column);
  put("da1", matmul(transpose(network.layers[1]!.weights), dz2));
  table.loss = lossOf(network);
  network.layers.forEach(({ weights, bias }, l) => {
    put(`b${l + 1}`, bias);
    put(`db${l + 1}`, gradients.layers[l]!.bias);
    for (const [name, m] of [["w", weights], ["dw", gradients.layers[l]!.weights]] as const) {
      toRows(m).forEach((row, to) => row.forEach((value, from) => table[`${name}${l + 1}.${to}.${from}`] = value));
    }
  });
  return {
    network,
    numbers: table,
    loss: table.loss,
    lossAfter: lossOf(after),
    quantities: ORDER[stage](table, label, rate, numbersOf(after)),
  };
}
