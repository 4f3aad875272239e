/**
 * Every number of a network of two, two and two units, with its arithmetic written out: forward, loss, backward, step.
 *
 * The values come from the library's own functions; only the words are made here.
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
import { inBrackets, told } from "./view.ts";

/** Where a chapter stands: what it computes with the small network. */
export type Stage = "product" | "forward" | "loss" | "backward" | "matrices" | "step";

/** One number of the network. */
export interface Quantity {
  /** As in formulas: z¹₁, ∂L/∂w²₁₂. */
  readonly name: string;
  /** How it comes about, with numbers. */
  readonly arithmetic: string;
  readonly value: number;
  /** Where it stands in the picture: see {@linkcode placeOf}. */
  readonly place: string;
  /** The edges and units that it is made of. */
  readonly from: readonly string[];
}

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

const LOW = "₁₂", HIGH = "¹²";

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

type Table = Readonly<Record<string, number>>;
type Order = (n: Table, label: number, rate: number, after: readonly number[]) => Quantity[];
const both = <T>(make: (i: number) => T): T[] => [make(0), make(1)];
const edges = (l: number, to: number) => both((from) => `w${l}.${to}.${from}`);

/** z of layer l: weights times what comes in, plus the bias. */
function sums(n: Table, l: 1 | 2): Quantity[] {
  const before = l === 1 ? "x" : "a1";
  return both((i) => ({
    name: `z${HIGH[l - 1]}${LOW[i]}`,
    arithmetic: `${
      edges(l, i).map((w, j) => `${inBrackets(n[w]!, 2)} · ${inBrackets(n[`${before}.${j}`]!, 2)}`).join(" + ")
    } + ${inBrackets(n[`b${l}.${i}`]!, 2)}`,
    value: n[`z${l}.${i}`]!,
    place: `z${l}.${i}`,
    from: [...edges(l, i), `b${l}.${i}`, ...both((j) => `${before}.${j}`)],
  }));
}

const bends: Order = (n) =>
  both((i) => ({
    name: `a¹${LOW[i]}`,
    arithmetic: `max(0, ${told(n[`z1.${i}`]!)})`,
    value: n[`a1.${i}`]!,
    place: `a1.${i}`,
    from: [`a1.${i}`],
  }));

const shares: Order = (n) =>
  both((i) => ({
    name: `p${LOW[i]}`,
    arithmetic: `exp(${told(n[`z2.${i}`]!)}) / (exp(${told(n["z2.0"]!)}) + exp(${told(n["z2.1"]!)}))`,
    value: n[`p.${i}`]!,
    place: `p.${i}`,
    from: ["p.0", "p.1"],
  }));

const surprise: Order = (n, label) => [{
  name: "L",
  arithmetic: `−log p${LOW[label]} = −log ${told(n[`p.${label}`]!)}`,
  value: n.loss!, // from the logits: finite where p has rounded to 0
  place: "loss",
  from: [`p.${label}`],
}];

const outputBlame: Order = (n) =>
  both((i) => ({
    name: `∂L/∂z²${LOW[i]}`,
    arithmetic: `p${LOW[i]} − y${LOW[i]} = ${told(n[`p.${i}`]!)} − ${n[`y.${i}`]}`,
    value: n[`dz2.${i}`]!,
    place: `dz2.${i}`,
    from: [`p.${i}`],
  }));

/** The slopes along the weights of layer l: the blame of the sum times what came in. */
function slopes(n: Table, l: 1 | 2): Quantity[] {
  const before = l === 1 ? "x" : "a1";
  return both((to) =>
    both((from): Quantity => ({
      name: `∂L/∂w${HIGH[l - 1]}${LOW[to]}${LOW[from]}`,
      arithmetic: `${inBrackets(n[`dz${l}.${to}`]!)} · ${inBrackets(n[`${before}.${from}`]!, l === 1 ? 2 : 3)}`,
      value: n[`dw${l}.${to}.${from}`]!,
      place: `dw${l}.${to}.${from}`,
      from: [`w${l}.${to}.${from}`, l === 1 ? `a1.${to}` : `p.${to}`, `${before}.${from}`],
    }))
  ).flat();
}

const biasSlopes = (n: Table, l: 1 | 2): Quantity[] =>
  both((i) => ({
    name: `∂L/∂b${HIGH[l - 1]}${LOW[i]}`,
    arithmetic: `∂L/∂z${HIGH[l - 1]}${LOW[i]}`,
    value: n[`db${l}.${i}`]!,
    place: `db${l}.${i}`,
    from: [`b${l}.${i}`],
  }));

/** Back through W²: along each edge its weight times the blame at its end. */
const hiddenBlame: Order = (n) =>
  both((i) => ({
    name: `∂L/∂a¹${LOW[i]}`,
    arithmetic: both((k) => `${inBrackets(n[`w2.${k}.${i}`]!, 2)} · ${inBrackets(n[`dz2.${k}`]!)}`).join(" + "),
    value: n[`da1.${i}`]!,
    place: `da1.${i}`,
    from: [...both((k) => `w2.${k}.${i}`), `a1.${i}`],
  }));

const mask: Order = (n) =>
  both((i) => ({
    name: `∂L/∂z¹${LOW[i]}`,
    arithmetic: n[`z1.${i}`]! > 0
      ? `awake: 1 · ${inBrackets(n[`da1.${i}`]!)}`
      : `silent: 0 · ${inBrackets(n[`da1.${i}`]!)}`,
    value: n[`dz1.${i}`]!,
    place: `dz1.${i}`,
    from: [`a1.${i}`],
  }));

/** Every weight and bias after one step. */
const moves: Order = (n, _label, rate, after) => {
  const places = [1, 2].flatMap((l) => [...both((to) => edges(l, to)).flat(), ...both((i) => `b${l}.${i}`)]);
  return places.map((place, i) => ({
    name: nameOf(place),
    arithmetic: `${told(n[place]!, 2)} − ${told(rate, 2)} · ${inBrackets(n[`d${place}`]!)}`,
    value: after[i]!,
    place: `new ${place}`,
    from: [place],
  }));
};

/** The name in formulas of a weight or bias: w1.0.1 is w¹₁₂. */
function nameOf(place: string): string {
  const [head, ...indices] = place.split(".");
  return `${head![0]}${HIGH[Number(head![1]) - 1]}${indices.map((i) => LOW[Number(i)]).join("")}`;
}

const ORDER: Readonly<Record<Stage, Order>> = {
  product: (n) => sums(n, 1),
  forward: (n, ...more) => [...sums(n, 1), ...bends(n, ...more), ...sums(n, 2), ...shares(n, ...more)],
  loss: (n, ...more) => [...shares(n, ...more), ...surprise(n, ...more), ...outputBlame(n, ...more)],
  backward: (n, ...more) => [
    ...outputBlame(n, ...more),
    ...slopes(n, 2),
    ...biasSlopes(n, 2),
    ...hiddenBlame(n, ...more),
    ...mask(n, ...more),
    ...slopes(n, 1),
    ...biasSlopes(n, 1),
  ],
  matrices: (n, ...more) => [
    ...outputBlame(n, ...more),
    ...slopes(n, 2),
    ...hiddenBlame(n, ...more),
    ...mask(n, ...more),
    ...slopes(n, 1),
  ],
  step: moves,
};
